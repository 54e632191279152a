"""A plan in the making under the app tester: found again, told as saved only where it is, deleted
in two taps, and the same in two windows."""

from __future__ import annotations

import re
import sqlite3
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from assessment.services.rounds import plans_in_the_making
from assessment.services.rounds.plans_in_the_making import keep, plans, typed_in
from assessment.store import Store
from assessment.store.plans import Plans
from tests.support.assessments import opened
from tests.support.coordinators import own
from tests.support.screens import screen, words

PLAN = "0123456789abcdef0123456789abcdef"
SAVED = "Saved. You can close this page and go on later"
NOT_SAVED = "Not saved: the database does not answer just now."

#: What the fields have before anybody enters anything: kept with the first thing that is entered.
FILLED_IN = {"time_zone": "Europe/London"}


def window(**address: str) -> AppTest:
    """The plan in a window of its own."""
    return screen("set_up", plan=PLAN, **address)


def named(app: AppTest, name: str) -> AppTest:
    return app.text_input(key="plan-organisation").set_value(name).run()


def test_looking_keeps_nothing_and_says_nothing_of_saving(store: Store) -> None:
    app = window()
    assert not app.exception
    assert "Saved" not in words(app)
    assert plans(store) == []


def test_whoever_comes_back_finds_what_was_typed(store: Store) -> None:
    app = named(window(), "Beacon <b>Street</b>")
    app.radio(key="plan-setting").set_value("Homeless service").run()
    app.text_area(key="plan-help_contact").set_value("Maria")
    app.button(key="next").click().run()
    app.checkbox(key="plan-asks-staff").check().run()
    app.text_input(key="plan-head_count-staff").set_value("about 12").run()
    assert SAVED in words(app)
    again = window(step="review")
    assert "Whom do you want to hear?" in words(again)
    assert again.checkbox(key="plan-asks-staff").value is True
    assert again.text_input(key="plan-head_count-staff").value == "about 12"
    again.button(key="back").click().run()
    assert again.text_input(key="plan-organisation").value == "Beacon <b>Street</b>"
    assert again.radio(key="plan-setting").value == "Homeless service"


def test_a_field_that_is_emptied_stays_empty(store: Store) -> None:
    app = named(window(), "Beacon")
    named(app, "")
    assert typed_in(store, PLAN) == FILLED_IN
    assert window().text_input(key="plan-organisation").value == ""


def test_two_windows_see_what_the_other_has_changed_and_the_last_change_stands(
    store: Store,
) -> None:
    first, second = named(window(), "Beacon"), window()
    second.text_area(key="plan-help_contact").set_value("Maria").run()
    first.radio(key="plan-setting").set_value("Homeless service").run()
    assert first.text_area(key="plan-help_contact").value == "Maria"
    named(first, "Beacon Street")
    named(second, "Beacon House")
    assert named(second, "Beacon House").radio(key="plan-setting").value == "Homeless service"
    assert first.run().text_input(key="plan-organisation").value == "Beacon House"
    named(first, "")
    assert second.run().text_input(key="plan-organisation").value == ""
    second.run()
    assert typed_in(store, PLAN) == FILLED_IN | {
        "help_contact": "Maria",
        "setting": "Homeless service",
    }
    assert len(plans(store)) == 1


def test_saved_is_said_only_of_what_is_stored_and_what_was_not_is_tried_again(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = named(window(), "Beacon")

    def fail(*_: object) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    with monkeypatch.context() as broken:
        broken.setattr(Plans, "put", fail)
        named(app, "Beacon Street")
        assert NOT_SAVED in words(app)
        assert SAVED not in words(app)
        assert typed_in(store, PLAN) == FILLED_IN | {"organisation": "Beacon"}
    app.radio(key="plan-setting").set_value("Homeless service").run()
    assert SAVED in words(app)
    assert typed_in(store, PLAN) == FILLED_IN | {
        "organisation": "Beacon Street",
        "setting": "Homeless service",
    }


def test_a_plan_that_is_too_large_is_not_told_as_saved(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plans_in_the_making, "LARGEST", 100)
    app = named(window(), "x" * 200)
    assert "this is more than a plan can hold" in words(app)
    assert SAVED not in words(app)
    named(app, "Beacon")
    assert SAVED in words(app)
    named(app, "x" * 200)
    assert "this is more than a plan can hold" in words(named(app, "y" * 200))
    assert SAVED in words(named(app, "Beacon"))


def test_the_first_screen_lists_plans_and_deletes_one_in_two_taps(store: Store) -> None:
    today = date.today()
    typed = {"organisation": "<i>Willow</i>", "title": "*Autumn*"}
    keep(own(store), PLAN, typed, begin=True, today=today)
    keep(own(store), "f" * 32, {"members": "3"}, begin=True, today=today)
    app = screen("home")
    assert not app.exception
    assert f'href="/set-up?plan={PLAN}&amp;step=review"' in words(app)
    # The plan that was changed last is what comes next.
    filled = re.findall(r'<a class="pw-button"[^>]*>([^<]*)</a>', words(app))
    assert filled == ["Go on"]
    assert "&lt;i&gt;Willow" in words(app) and "no organisation named yet" in words(app)
    app.button(key=f"to-delete-{PLAN}").click().run()
    assert len(plans(store)) == 2
    app.button(key=f"keep-{PLAN}").click().run()
    app.button(key=f"to-delete-{PLAN}").click().run()
    app.button(key=f"delete-{PLAN}").click().run()
    assert [plan.id for plan in plans(store)] == ["f" * 32]
    assert "Willow" not in words(app)


def test_a_plan_that_could_not_be_deleted_is_told_so(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(own(store), PLAN, {"title": "Autumn"}, begin=True, today=date.today())

    def fail(*_: object) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    app = screen("home")
    app.button(key=f"to-delete-{PLAN}").click().run()
    monkeypatch.setattr(Plans, "remove", fail)
    app.button(key=f"delete-{PLAN}").click().run()
    assert "Not deleted: the database does not answer" in words(app)


def test_a_plan_that_another_window_deleted_is_told_so_and_not_made_again(store: Store) -> None:
    app = named(window(), "Beacon")
    plans_in_the_making.delete(store, PLAN)
    assert "This plan was deleted" in words(named(app, "Beacon Street"))
    assert plans(store) == []


def test_to_deepen_a_quick_look_twice_makes_one_plan(store: Store) -> None:
    quick = opened(store, form="quick")
    first = screen("set_up", deepen=quick.id)
    assert "Is this right?" in words(first)
    second = screen("set_up", deepen=quick.id)
    assert "Is this right?" in words(second)
    assert first.query_params["plan"] == second.query_params["plan"]
    assert len(plans(store)) == 1
