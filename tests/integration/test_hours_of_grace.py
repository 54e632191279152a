"""The end of a round, and the hours of grace after it, on both databases: who had begun may go on,
and nobody begins anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pandas as pd
import pytest

from assessment.services.access import sessions
from assessment.services.respondents import answering
from assessment.services.respondents.answering import (
    CLOSED,
    Draft,
    RefusedError,
    find_visit,
    hand_in,
)
from assessment.services.respondents.arriving import arrive
from assessment.services.respondents.sent_answers import save_sent
from assessment.services.results.round_results import stored_answers
from assessment.services.rounds.workbook_import import import_answers
from assessment.store import Store
from assessment.store.records import AssessmentRecord
from questionnaires.problems import ProblemsError
from scoring.answers.matrix import COLUMNS
from tests.support import loops
from tests.support.assessments import opened
from tests.support.clock import set_clock
from tests.support.respondents import begun, draft_of, first_answer

#: In Berlin, where the round ends at midnight of the 18th, which is 23:00 UTC, with two hours more.
BEFORE, WITHIN, AFTER = "2026-12-18T22:59:59", "2026-12-18T23:00:00", "2026-12-19T01:00:00"


@pytest.fixture
def berlin(store: Store, monkeypatch: pytest.MonkeyPatch) -> AssessmentRecord:
    set_clock(monkeypatch, BEFORE)
    days = {"opens_on": date(2026, 12, 1), "closes_on": date(2026, 12, 18)}
    return opened(store, time_zone="Europe/Berlin", grace_hours=2, **days)


def with_an_answer(store: Store, record: AssessmentRecord) -> str:
    token = begun(store, record)
    draft = draft_of(store, token)
    answering.save(store, draft, first_answer(draft))
    return token


def sent(store: Store, draft: Draft, question: int) -> str:
    """What the light form is told of an answer to a question of the first page."""
    item = draft.pages[0].questions[question]
    fields = {"question": [item.item.id], item.item.id: [item.choices[0].code]}
    found = loops.run(save_sent(store, draft.token, item.item.id, fields))
    assert found is not None
    return found.problem


def handed_in(store: Store, record: AssessmentRecord) -> int:
    return stored_answers(store, record).table["respondent"].nunique()


def test_who_had_begun_goes_on_and_hands_in_until_the_grace_is_over(
    store: Store, berlin: AssessmentRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    early, late = (draft_of(store, with_an_answer(store, berlin)) for _ in range(2))
    set_clock(monkeypatch, WITHIN)
    for draft in (early, late):
        assert sent(store, draft, 1) == ""
        assert find_visit(store, draft.token).state == "answering"
    assert hand_in(store, early.token)
    set_clock(monkeypatch, AFTER)
    assert sent(store, late, 2) == CLOSED
    with pytest.raises(RefusedError, match="no longer takes answers"):
        hand_in(store, late.token)
    visit = find_visit(store, late.token)
    assert (visit.state, visit.had_answers) == ("closed", True)
    assert handed_in(store, berlin) == 1


def test_who_had_only_opened_it_does_not_begin_in_the_hours_of_grace(
    store: Store, berlin: AssessmentRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = begun(store, berlin)
    draft = draft_of(store, token)
    set_clock(monkeypatch, WITHIN)
    assert sent(store, draft, 0) == CLOSED
    with pytest.raises(RefusedError, match="no longer takes answers"):
        answering.save(store, draft, first_answer(draft))
    with pytest.raises(RefusedError):
        hand_in(store, token)
    visit = find_visit(store, token)
    assert (visit.state, visit.had_answers) == ("closed", False)
    assert handed_in(store, berlin) == 0


def test_a_link_begins_nothing_after_the_end_and_a_code_still_brings_answers_back(
    store: Store, berlin: AssessmentRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = with_an_answer(store, berlin)
    code = sessions.return_code(store, token)
    assert code is not None
    link = berlin.group("staff").code
    set_clock(monkeypatch, WITHIN)
    assert sessions.enter(store, link) is None
    assert arrive(store, link, None).state == "closed"
    elsewhere = sessions.enter(store, code)
    assert elsewhere is not None
    assert find_visit(store, elsewhere.token).state == "answering"
    assert hand_in(store, elsewhere.token)
    # The working group's own link is no respondent's.
    assert sessions.enter(store, berlin.working_group.code) is not None


def test_before_the_first_day_a_link_begins_nothing(
    store: Store, berlin: AssessmentRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_clock(monkeypatch, "2026-11-30T22:59")  # a minute before midnight in Berlin
    assert sessions.enter(store, berlin.group("staff").code) is None
    set_clock(monkeypatch, "2026-11-30T23:00")
    assert sessions.enter(store, berlin.group("staff").code) is not None


def test_an_early_end_holds_for_pages_that_are_open_already(
    store: Store, berlin: AssessmentRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    writing = draft_of(store, with_an_answer(store, berlin))
    reading = draft_of(store, begun(store, berlin))
    set_clock(monkeypatch, "2026-12-05T15:20")
    with store.write() as work:
        closed_at = datetime(2026, 12, 5, 15, 20, tzinfo=UTC)
        work.assessments.change(berlin.id, closed_at=closed_at)
        work.commit()
    assert sent(store, writing, 1) == ""
    assert sent(store, reading, 0) == CLOSED
    set_clock(monkeypatch, "2026-12-05T17:20")
    assert sent(store, writing, 2) == CLOSED


def test_a_page_that_was_open_learns_new_days_and_whom_to_turn_to(
    store: Store, berlin: AssessmentRecord
) -> None:
    token = with_an_answer(store, berlin)
    current = find_visit(store, token).draft
    assert current is not None
    with store.write() as work:
        work.assessments.change(berlin.id, closes_on=date(2026, 12, 20))
        work.assessments.change_organisation(berlin.organisation.id, help_contact="Ask Kim")
        work.commit()
    again = find_visit(store, token, current).draft
    assert again is current
    assert again.record.closes_on == date(2026, 12, 20)
    assert again.record.organisation.help_contact == "Ask Kim"


def test_workbooks_come_late_as_soon_as_the_end_is_over_and_never_into_final_results(
    store: Store, berlin: AssessmentRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = begun(store, berlin)
    (item, value), *_ = first_answer(draft_of(store, token)).items()
    where = draft_of(store, token).library.questionnaire_of[item].id
    table = pd.DataFrame([("a", "staff", where, item, value)], columns=list(COLUMNS), dtype="str")
    for moment in (WITHIN, AFTER):
        set_clock(monkeypatch, moment)
        with pytest.raises(ProblemsError, match="This round has ended"):
            import_answers(store, berlin, table)
        assert import_answers(store, berlin, table, late=True).respondents["staff"] == 1
    with store.write() as work:
        work.assessments.change(berlin.id, published_on=date(2026, 12, 20))
        work.commit()
    # What the page believed when it was opened does not count.
    with pytest.raises(ProblemsError, match="final"):
        import_answers(store, replace(berlin), table, late=True)
    assert handed_in(store, berlin) == 2
