"""What nobody can reach is deleted; whatever leads anybody anywhere stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from assessment.services.access import sessions
from assessment.services.access.sweeping import AFTER_LAST_DAY, LEFT_BARE, Sweeper, Swept
from assessment.services.respondents.answering import hand_in, save
from assessment.store import Store
from assessment.store.records import AssessmentRecord
from assessment.store.sessions import MOST_VALUES
from tests.support.assessments import opened
from tests.support.respondents import begun, draft_of, entered, first_answer

TODAY = date.today()


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def count(store: Store, table: str) -> int:
    with store.engine.connect() as connection:
        return connection.exec_driver_sql(f"select count(*) from {table}").scalar_one()


def answered(store: Store, record: AssessmentRecord) -> str:
    token = begun(store, record)
    draft = draft_of(store, token)
    save(store, draft, first_answer(draft))
    return token


def test_a_session_with_which_nothing_was_answered_goes_after_two_days_and_no_other(
    store: Store, record: AssessmentRecord
) -> None:
    clock = Clock()
    sweeper = Sweeper(clock)
    working = answered(store, record)
    team = entered(store, record.working_group.code).token
    early, late, noted = (begun(store, record) for _ in range(3))
    assert sessions.return_code(store, noted)  # somebody has written it down
    assert sweeper.sweep(store, TODAY) == Swept(0, 0)
    draft = draft_of(store, late)
    save(store, draft, first_answer(draft))
    clock.now = LEFT_BARE - 1
    assert sweeper.sweep(store, TODAY) == Swept(0, 0)
    clock.now = LEFT_BARE
    assert sweeper.sweep(store, TODAY) == Swept(1, 1)
    assert sessions.session_of(store, early) is None
    for token in (working, team, late, noted):
        assert sessions.session_of(store, token) is not None
    assert len(draft_of(store, working).saved) == len(draft_of(store, late).saved) == 1


def test_whoever_answers_after_being_seen_is_spared(store: Store, record: AssessmentRecord) -> None:
    """Between the look and the deletion somebody answers."""
    token = begun(store, record)
    with store.read() as work:
        seen = work.sessions.bare()
    draft = draft_of(store, token)
    save(store, draft, first_answer(draft))
    with store.write() as work:
        assert work.sessions.remove_bare(seen) == 0
        work.commit()
    assert len(draft_of(store, token).saved) == 1


def test_a_flood_of_sessions_is_swept_in_parts(store: Store, record: AssessmentRecord) -> None:
    clock, number = Clock(), 2 * MOST_VALUES + 1
    known = sessions.session_of(store, begun(store, record))
    assert known is not None
    with store.write() as work:
        for at in range(number):
            work.sessions.add(f"{at:064}", replace(known[0], draft=None))
        work.commit()
    sweeper = Sweeper(clock)
    sweeper.sweep(store, TODAY)
    clock.now = LEFT_BARE
    assert sweeper.sweep(store, TODAY) == Swept(number + 1, 1)
    assert count(store, "session") == count(store, "draft") == 0


@pytest.mark.parametrize("has_code", [False, True])
def test_a_draft_to_which_nothing_leads_goes(
    store: Store, record: AssessmentRecord, has_code: bool
) -> None:
    token = answered(store, record)
    code = sessions.return_code(store, token) if has_code else None
    sessions.leave(store, token)
    assert Sweeper().sweep(store, TODAY) == Swept(0, 0 if has_code else 1)
    assert count(store, "draft_answer") == int(has_code)
    if code:
        assert len(draft_of(store, entered(store, code).token).saved) == 1


def test_two_weeks_after_the_last_day_sessions_and_drafts_go_and_what_was_handed_in_stays(
    store: Store, record: AssessmentRecord
) -> None:
    open_round = opened(store, closes_on=record.closes_on + timedelta(days=1))
    left, handed = answered(store, record), answered(store, record)
    sessions.return_code(store, left)
    hand_in(store, handed)
    other = answered(store, open_round)
    entered(store, record.working_group.code)
    last_day = record.closes_on + AFTER_LAST_DAY
    assert Sweeper().sweep(store, last_day) == Swept(0, 0)
    assert Sweeper().sweep(store, last_day + timedelta(days=1)) == Swept(2, 1)
    assert sessions.session_of(store, left) is None
    assert count(store, "response") == 1
    assert len(draft_of(store, other).saved) == 1


def test_once_a_round_is_over_what_was_deleted_in_it_is_overwritten(
    store: Store, record: AssessmentRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    times: list[Store] = []

    def compact(store: Store) -> None:
        times.append(store)

    monkeypatch.setattr(Store, "compact", compact)
    sweeper = Sweeper()
    # In London the grace ends at two o'clock of the next day, so all is over the day after that.
    for days, expected in ((0, 0), (1, 0), (2, 1), (2, 1), (3, 1)):
        sweeper.sweep(store, record.closes_on + timedelta(days=days))
        assert len(times) == expected


def test_sweeping_an_empty_store_deletes_nothing(store: Store) -> None:
    assert Sweeper().sweep(store, TODAY) == Swept(0, 0)
