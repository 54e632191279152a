"""What a coordinator changes on the overview while a round runs."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import TextInput

from assessment.services.current_store import store
from assessment.services.rounds import overview
from assessment.services.rounds.states import RoundState, state_of
from assessment.store.records import AssessmentRecord
from questionnaires.phrases import day
from tests.support.assessments import group_plan, opened
from tests.support.clock import set_clock
from tests.support.publishing import publish
from tests.support.screens import screen, words

pytestmark = pytest.mark.usefixtures("store")


def press(app: AppTest, key: str) -> AppTest:
    return app.button(key=key).click().run()


def offered(app: AppTest) -> set[str]:
    keys = {str(button.key) for button in app.button if str(button.key).startswith("change-")}
    return {key.removeprefix("change-") for key in keys}


def now(record: AssessmentRecord) -> AssessmentRecord:
    found = overview.chosen(store(), record.id)
    assert found is not None
    return found


def text_input(app: AppTest, label: str) -> TextInput:
    return next(box for box in app.text_input if label in box.label)


def test_the_last_day_is_moved_and_the_page_says_the_new_one() -> None:
    record = opened(store())
    app = press(screen("overview"), "change-dates")
    later = record.closes_on + timedelta(days=7)
    next(box for box in app.date_input if box.label == "Last day").set_value(later)
    press(app, "do-dates")
    assert not app.exception
    assert "The days are changed" in words(app)
    assert "open until " in words(app) and f"{day(later)}, midnight (London time)" in words(app)
    assert f"Changed the last day from {day(record.closes_on)} to {day(later)}." in words(app)
    assert now(record).closes_on == later
    assert not list(app.date_input)


def test_what_cannot_be_is_told_at_its_field_and_what_was_typed_stays() -> None:
    record = opened(store(), groups=(group_plan("staff", 12), group_plan("manager", 2)))
    app = press(screen("overview"), "change-heads")
    text_input(app, "Managers").set_value("7")
    press(app, "do-heads")
    assert 'role="alert">When the round opened, Managers had fewer than 5 people' in words(app)
    assert text_input(app, "Managers").value == "7"
    assert now(record) == record
    press(app, "leave-heads")
    assert "When the round opened" not in words(app) and not app.text_input


def test_closing_early_takes_a_second_tap_that_says_what_happens() -> None:
    record = opened(store())
    app = press(screen("overview"), "change-close")
    assert state_of(now(record)) is RoundState.OPEN
    assert "Nobody can begin any more" in words(app) and "cannot be opened again" in words(app)
    press(app, "do-close")
    assert not app.exception
    assert state_of(now(record)) is RoundState.CLOSING
    text = words(app)
    assert "whoever had begun can hand in until" in text
    assert f"/i/{record.group('staff').code}" not in text
    assert offered(app) == {"help", "delete"}


def test_a_round_is_deleted_only_by_its_name() -> None:
    record = opened(store(), title="Autumn <b>round</b>")
    app = press(screen("overview"), "change-delete")
    assert "Autumn &lt;b&gt;round&lt;/b&gt;" in words(app)
    text_input(app, "Name of the round to delete").set_value("Autumn")
    press(app, "do-delete")
    assert "Nothing was deleted." in words(app)
    assert now(record) == record
    text_input(app, "Name of the round to delete").set_value("autumn <b>ROUND</b>")
    press(app, "do-delete")
    assert not app.exception
    assert overview.chosen(store(), record.id) is None
    assert "is deleted, with all that was given to it" in words(app)


def test_only_what_the_state_allows_is_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    first, last = date(2026, 12, 1), date(2026, 12, 18)
    always = {"help", "delete"}
    for moment, expected in (
        ("2026-11-20", {"dates", "heads", "names"}),
        ("2026-12-02", {"dates", "heads", "names", "close"}),
        ("2026-12-25", set()),
        ("2026-12-26", {"archive"}),
    ):
        set_clock(monkeypatch, date.fromisoformat(moment))
        record = opened(store(), opens_on=first, closes_on=last)
        if "archive" in expected:
            publish(store(), record)
        app = screen("overview", assessment=record.id)
        assert not app.exception
        assert offered(app) == expected | always, moment
