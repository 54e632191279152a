"""Who may come in: the links that are made there, those that are open, and taking one back."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from assessment.services.access import accounts
from assessment.services.access.codes import hashed
from assessment.services.rounds import audit
from assessment.store import Store
from assessment.store.records import AccountRole
from tests.support import coordinators
from tests.support.coordinators import NAME
from tests.support.screens import screen, words

GOOD = "apple river lamp stone"


def press(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception
    return app


def token_on(app: AppTest) -> str:
    return words(app).split("/account/", 1)[1].split("<", 1)[0]


def log_on(app: AppTest) -> str:
    return words(app).split("What was changed here", 1)[1]


def test_a_link_to_a_wrong_address_is_taken_back(store: Store) -> None:
    app = press(screen("people"), "Let a viewer in")
    assert "whoever opens it first makes the account" in words(app)
    viewer = token_on(app)
    app = press(app, "Let another coordinator in")
    said = words(app)
    assert "For a viewer" in said and "For another coordinator" in said
    assert f"Made by {NAME} · works until" in said
    press(app, "Withdraw the link for another coordinator")
    said = words(app)
    # Nor does the card of the link that was made last show it any more.
    assert "For another coordinator" not in said and "/account/" not in said
    assert f"Withdrew the link for a coordinator that {NAME} made." in log_on(app)
    assert accounts.look_at_link(store, viewer) is not None
    press(app, "Withdraw the link for a viewer")
    assert "Links that nobody has used yet" not in words(app)
    assert accounts.look_at_link(store, viewer) is None


def test_a_link_for_a_passphrase_says_whose_and_that_no_account_is_made(store: Store) -> None:
    app = press(screen("people"), "Change my passphrase")
    said = words(app)
    assert f"The link for a new passphrase of {NAME}" in said
    assert "chooses a new passphrase for this account" in said
    assert "makes the account" not in said
    assert "Earlier links for this do nothing any more." in said
    assert f"For a new passphrase of {NAME}" in said
    one = token_on(app)
    two = token_on(press(app, "Change my passphrase"))
    assert accounts.look_at_link(store, one) is None
    assert accounts.look_at_link(store, two) is not None


def test_neither_what_is_in_a_link_nor_its_hash_is_in_the_list_or_in_the_log(store: Store) -> None:
    app = press(screen("people"), "Let a viewer in")
    token = token_on(app)
    again = screen("people")
    assert "For a viewer" in words(again)
    for secret in (token, hashed(token)):
        assert secret not in words(again)
        assert not any(secret in str(button.proto) for button in again.button)


def test_it_is_said_that_links_end_with_whoever_made_them(store: Store) -> None:
    coordinators.signed_in(store, "viewer", organisation=organisation_of(store))
    app = screen("people")
    remove = next(button for button in app.button if str(button.key).startswith("to-remove-"))
    assert "Links that they made" in words(press(app, remove.label))


@pytest.mark.usefixtures("store")
def test_another_link_for_a_first_coordinator_says_that_it_ends_the_earlier_ones(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    coordinators.on_screens(monkeypatch, "administrator")
    app = screen("organisations")
    app.text_input[0].set_value("Reed Lane")
    press(app, "Open it")
    assert "Earlier links" not in words(app)
    press(app, "Let a coordinator of Reed Lane in")
    assert "Earlier links for this do nothing any more." in words(app)


@pytest.mark.parametrize("role", ["administrator", "viewer"])
def test_administrators_and_viewers_change_their_own_passphrase_on_the_first_screen(
    store: Store, monkeypatch: pytest.MonkeyPatch, role: AccountRole
) -> None:
    coordinators.on_screens(monkeypatch, role)
    app = press(screen("home"), "Change my passphrase")
    said = words(app)
    assert "The link for your new passphrase" in said
    assert f"Only {NAME} should have it" in said
    token = token_on(app)
    assert f'href="/account/{token}"' in said and "Choose it now" in said
    accounts.use_link(store, token, name="", passphrase=GOOD, again=GOOD)
    assert accounts.sign_in(store, NAME, GOOD)
    if role == "viewer":
        with store.read() as work:
            (listed,) = work.organisations.all()
        told = [entry.what for entry in audit.entries_of_organisation(store, listed.record)]
        assert told == [
            f"Chose another passphrase by a link that {NAME} made.",
            f"Made a link for another passphrase of {NAME}.",
        ]


def test_coordinators_change_theirs_where_they_see_who_may_come_in(store: Store) -> None:
    assert "Change my passphrase" not in [button.label for button in screen("home").button]
    said = words(press(screen("people"), "Change my passphrase"))
    assert "Choose it now" in said


def test_only_whoever_signs_in_with_a_passphrase_changes_it(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    coordinators.on_screens(monkeypatch, "viewer")
    screen("home")
    with store.write() as work:
        account = work.accounts.by_name(NAME)
        assert account is not None
        work.accounts.hand_over(account.id, "a" * 64)
        work.commit()
    assert "Change my passphrase" not in [button.label for button in screen("home").button]


def organisation_of(store: Store) -> str:
    with store.write() as work:
        owner = coordinators.organisation_in(work)
        work.commit()
    return owner
