"""The organisations of an installation, for whoever looks after it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from streamlit.testing.v1 import AppTest

from assessment.services.access import organisations
from assessment.services.access.accounts import Access
from assessment.store import Store
from assessment.store.records import AccountRecord, OrganisationRecord
from assessment.store.scope import Scope
from tests.support import coordinators
from tests.support.assessments import opened
from tests.support.clock import set_clock
from tests.support.coordinators import NAME
from tests.support.screens import screen, words

ROOT = Access("root", None, "administrator", "Root")
FIRST = ("Anchor", "beacon", "Cedar", "dale", "Elm", "Fern", "Glen", "hill", "Iris", "Jay")
TWELVE = [*(f"{name} House" for name in FIRST), "Reed Lane", "zephyr house"]


@pytest.fixture(autouse=True)
def _administrator(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    coordinators.on_screens(monkeypatch, "administrator")


def houses(store: Store, *names: str) -> None:
    """Organisations whose ids are their names in small letters."""
    with store.write() as work:
        for name in names:
            work.organisations.add(OrganisationRecord(name.lower(), name, "", ""))
        work.commit()


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    assert not app.exception
    return app


def entries(app: AppTest) -> list[str]:
    """The names in the list, in their order."""
    said = words(app).split('<h3 class="pw-step">')[1:]
    return [part.partition("</h3>")[0] for part in said]


def entry(app: AppTest, name: str) -> str:
    """What stands in the entry of one of them."""
    return words(app).partition(f'<h3 class="pw-step">{name}</h3>')[2].partition("<h3")[0]


def test_names_stand_in_their_order_whatever_letters_are_capitals(store: Store) -> None:
    houses(store, *reversed(TWELVE))
    assert entries(screen("organisations")) == TWELVE


def test_the_link_stands_in_the_entry_that_was_tapped(store: Store) -> None:
    houses(store, *TWELVE)
    app = press(screen("organisations"), "let-zephyr house")
    said = entry(app, "zephyr house")
    assert "The link for a coordinator of zephyr house" in said and "/account/" in said
    assert words(app).count("/account/") == said.count("/account/")
    assert "Made just now, for zephyr house:" in said and 'data-target="told-1"' in said
    # The reader's place moves there once for each tap.
    assert 'data-target="told-1"' not in words(app.run())
    assert "/account/" in entry(app, "zephyr house")
    app = press(app, "let-elm house")
    assert "/account/" in entry(app, "Elm House") and 'data-target="told-2"' in words(app)
    assert "/account/" not in entry(app, "zephyr house")


def test_a_wrong_name_is_refused_in_the_entry_that_was_tapped(store: Store) -> None:
    houses(store, *TWELVE)
    organisations.close(store, ROOT, "zephyr house")
    app = press(screen("organisations"), "to-delete-zephyr house")
    app.text_input(key="typed-zephyr house").set_value("Zephyr")
    said = entry(press(app, "delete-zephyr house"), "zephyr house")
    assert "This is not the name of the organisation" in said and 'role="alert"' in said
    assert 'data-target="told-1"' in said
    app.text_input(key="typed-zephyr house").set_value("zephyr house")
    assert "zephyr house" not in entries(press(app, "delete-zephyr house"))


def test_what_is_gone_meanwhile_is_told(store: Store) -> None:
    houses(store, "Elm House")
    app = press(screen("organisations"), "to-close-elm house")
    with store.write() as work:
        work.organisations.remove("elm house")
        work.commit()
    assert organisations.GONE in words(press(app, "close-elm house"))


def test_many_organisations_are_narrowed_to_those_that_are_looked_for(store: Store) -> None:
    houses(store, *TWELVE[:10])
    app = screen("organisations")
    assert [field.label for field in app.text_input] == ["Name of a new organisation"]
    houses(store, *TWELVE[10:])
    app = screen("organisations")
    app.text_input(key="organisation-find").set_value(" HOUSE").run()
    assert entries(app) == [name for name in TWELVE if name != "Reed Lane"]
    app.text_input(key="organisation-find").set_value("reed  l").run()
    assert entries(app) == ["Reed Lane"]
    app.text_input(key="organisation-find").set_value("Willow").run()
    assert entries(app) == [] and "No organisation here has this in its name." in words(app)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("  ", "Write the name of the new organisation."),
        ("x" * 240, "This is too long by 40"),
        ("ELM  house", "There is an organisation of this name already."),
    ],
)
def test_what_is_wrong_with_the_name_of_a_new_organisation_is_told_there(
    store: Store, name: str, told: str
) -> None:
    houses(store, "Elm House")
    app = screen("organisations")
    app.text_input(key="organisation-new").set_value(name)
    said = words(press(app, "open-organisation"))
    assert told in said.partition("Served here")[0] and entries(app) == ["Elm House"]


def test_closing_says_what_becomes_of_the_rounds(store: Store) -> None:
    houses(store, "Bridge House")
    own = store.of(Scope("bridge house", "sam"))
    app = press(screen("organisations"), "to-close-bridge house")
    assert "Close Bridge House? Nobody of it can come in then" in words(app)
    assert "cannot be opened again" not in words(app)
    typed = "To be sure, type its name: Bridge House"
    assert typed not in [field.label for field in app.text_input]
    opened(own, organisation="Bridge House")
    assert "Its round that is not over ends at once. It cannot be opened again" in words(app.run())
    assert typed in [field.label for field in app.text_input]
    opened(own, organisation="Bridge House")
    said = words(app.run())
    assert "Its 2 rounds that are not over end at once." in said
    assert "they stay closed after “Open Bridge House again”, too." in said
    assert app.button(key="close-bridge house").label == "Yes, close Bridge House"
    said = entry(press(app, "close-bridge house"), "Bridge House")
    assert "This is not the name of the organisation." in said and "Nothing was closed." in said
    assert "2 rounds, 2 not over" in said
    app.text_input(key="typed-to-close-bridge house").set_value("Bridge  House ")
    press(app, "close-bridge house")
    assert "2 rounds, 0 not over" in entry(app, "Bridge House")


def test_whoever_comes_in_after_the_last_coordinator_sees_its_rounds(store: Store) -> None:
    houses(store, "Bridge House", "Elm House")
    opened(store.of(Scope("bridge house", "sam")), organisation="Bridge House")
    app = screen("organisations")
    assert "nobody any more" in entry(app, "Bridge House")
    assert "Whoever uses this link will see all its rounds." in entry(app, "Bridge House")
    assert "nobody yet" in entry(app, "Elm House")
    assert "Whoever uses this link" not in entry(app, "Elm House")
    with store.write() as work:
        work.accounts.add(AccountRecord("sam", "bridge house", "coordinator", "sam"))
        work.commit()
    assert "Whoever uses this link" not in entry(screen("organisations"), "Bridge House")


def test_who_else_looks_after_the_installation_stands_there_by_name(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_clock(monkeypatch, datetime(2026, 3, 2, 9, 5, tzinfo=UTC))
    assert "Nobody beside you looks after this installation." in words(screen("organisations"))
    houses(store, "Elm House")
    with store.write() as work:
        work.accounts.add(AccountRecord("kim", None, "administrator", "kim"))
        work.accounts.add(AccountRecord("alex", None, "administrator", "Alex"))
        work.accounts.add(AccountRecord("sam", "elm house", "coordinator", "sam"))
        work.commit()
    said = words(screen("organisations")).partition("Administrators")[2]
    assert "Beside you, this installation is looked after by Alex and kim." in said
    assert "As it was on Monday 2 March 2026, 9:05am (London time)." in said
    assert NAME not in said and "sam" not in said


def test_an_organisation_is_renamed_in_its_entry(store: Store) -> None:
    houses(store, "Anchor House", "Elm House", "Fern House")
    app = press(screen("organisations"), "to-rename-elm house")
    assert app.text_input(key="name-elm house").value == "Elm House"
    for name, told in (
        ("  ", organisations.NO_NEW_NAME),
        ("anchor  house", organisations.TAKEN),
        ("x" * 240, "This is too long by 40"),
    ):
        app.text_input(key="name-elm house").set_value(name)
        said = entry(press(app, "rename-elm house"), "Elm House")
        assert told in said and 'role="alert"' in said
    app.text_input(key="name-elm house").set_value(" Reed   Lane")
    press(app, "rename-elm house")
    assert entries(app) == ["Anchor House", "Fern House", "Reed Lane"]
    said = entry(app, "Reed Lane")
    assert "Renamed: until now it was called Elm House." in said and "data-target" in said
    # It is told until something else is tapped.
    assert "Renamed:" not in words(press(app, "to-close-fern house"))


def test_renaming_ends_where_it_is_left(store: Store) -> None:
    houses(store, "Elm House")
    app = press(screen("organisations"), "to-rename-elm house")
    press(app, "leave-elm house")
    assert entries(app) == ["Elm House"]
    assert [field.label for field in app.text_input] == ["Name of a new organisation"]
    app = press(app, "to-rename-elm house")
    app.text_input(key="name-elm house").set_value("elm house")
    press(app, "rename-elm house")
    assert entries(app) == ["elm house"]
