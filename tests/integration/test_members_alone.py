"""Members of the working group answer alone, hand in, and end that part: on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from alembic import command

from assessment.services.access import sessions
from assessment.services.access.sweeping import Sweeper
from assessment.services.respondents import answering
from assessment.services.respondents.answering import RefusedError
from assessment.services.respondents.members import ALL_IN
from assessment.services.results.round_results import stored_answers
from assessment.services.rounds.reply_counts import reply_counts
from assessment.services.working_group import before_agreement
from assessment.services.working_group.agreed_answers import working_group_round
from assessment.services.working_group.before_agreement import (
    ENDED_ALREADY,
    AlonePart,
    alone_part,
)
from assessment.store import Store, open_store
from assessment.store.records import AssessmentRecord
from assessment.store.tables import draft, member_response, session
from scoring.disclosure.before_agreement import ClassCounts, WhetherAgreed
from tests.integration.test_store import config
from tests.support.assessments import opened
from tests.support.members import alone, handed_in_alone
from tests.support.respondents import begun, draft_of, entered, first_answer
from tests.support.working_group import know

FIRST, SECOND = "supervision.named_supervisor", "supervision.agreed_intervals"


def rows(store: Store, table: sa.Table) -> int:
    with store.engine.connect() as connection:
        return connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()


def test_a_member_is_asked_what_is_in_place_as_it_applies_and_never_whether_they_agree(
    store: Store, record: AssessmentRecord
) -> None:
    before = alone(store, record)
    assert {q.item.kind for q in before.questions.values()} == {"practice"}
    assert not any(q.may_disagree for q in before.questions.values())
    know(store, record, pay="expenses_only")
    after = alone(store, record)
    left_out = before.questions.keys() - after.questions.keys()
    assert left_out and FIRST in after.questions
    # Read alone, not talked over: far from the three hours and more of talk.
    assert before.asked.counted[0] > 100 and before.asked.minutes < 100


def test_what_a_member_answers_alone_comes_back_by_a_code_and_is_handed_in_once(
    store: Store, record: AssessmentRecord
) -> None:
    here = alone(store, record)
    answering.save(store, here, {FIRST: "partly"})
    code = sessions.return_code(store, here.token)
    assert code is not None
    found = sessions.find_invitation(store, code)
    assert found is not None and (found.role, found.answered) == ("respondent", True)
    there = draft_of(store, entered(store, code, own_device=True).token)
    assert there.saved == {FIRST: "partly"}
    with pytest.raises(RefusedError):  # what was open elsewhere has ended
        answering.save(store, here, {FIRST: "in_place"})
    assert answering.hand_in(store, there.token) == answering.hand_in(store, there.token)
    assert (rows(store, member_response), rows(store, draft), rows(store, session)) == (1, 0, 0)
    assert answering.find_visit(store, there.token).state == "handed_in"


def test_the_session_of_a_member_alone_does_not_open_the_joint_screen(
    store: Store, record: AssessmentRecord
) -> None:
    assert working_group_round(store, alone(store, record).token) is None
    together = entered(store, record.working_group.code)
    assert together.role == "working_group"
    assert working_group_round(store, together.token) is not None
    assert answering.find_visit(store, together.token).state == "nobody"


def test_what_members_answer_alone_is_in_no_result_no_export_and_no_count_of_replies(
    store: Store, record: AssessmentRecord
) -> None:
    answers = [{FIRST: "partly"}] * 6
    counts, table = reply_counts(store, record), stored_answers(store, record).table
    handed_in_alone(store, record, *answers)
    assert reply_counts(store, record) == counts
    before_agreement.end(store, record)
    assert stored_answers(store, record).table.equals(table)


def test_the_end_keeps_what_may_be_shown_and_deletes_all_that_members_answered(
    store: Store, record: AssessmentRecord
) -> None:
    answers: list[dict[str, str]] = [{FIRST: "partly", SECOND: "planned"}] * 3
    answers += [{FIRST: "in_place"}, {FIRST: "dont_know"}, {FIRST: "not_in_place"}]
    handed_in_alone(store, record, *answers)
    assert alone_part(store, record) == AlonePart(open=True, ended=False, enough="counts")
    before_agreement.end(store, record)
    part = alone_part(store, record)
    assert (part.open, part.ended, part.members) == (False, True, 6)
    classes = ("Not in place or planned", "Partly", "In place")
    assert part.spreads == {
        FIRST: ClassCounts(classes, (1, 3, 1), "few"),
        SECOND: WhetherAgreed(agree=True),
    }
    assert rows(store, member_response) == 0
    with pytest.raises(RefusedError, match=ENDED_ALREADY):
        before_agreement.end(store, record)


def test_whoever_has_not_handed_in_by_the_end_cannot_any_more(
    store: Store, record: AssessmentRecord
) -> None:
    late, other = alone(store, record), begun(store, record)
    answering.save(store, late, {FIRST: "partly"})
    before_agreement.end(store, record)
    with pytest.raises(RefusedError):
        answering.save(store, late, {FIRST: "in_place"})
    assert answering.hand_in(store, late.token) is None
    found = sessions.find_invitation(store, record.working_group.code)
    assert found is not None
    assert sessions.begin(store, sessions.alone(found)) is None
    # Respondents go on, and so does the group together.
    answering.save(store, one := draft_of(store, other), first_answer(one))
    assert sessions.begin(store, found) is not None


def test_no_more_hand_in_than_there_are_members(store: Store, record: AssessmentRecord) -> None:
    """Whoever hands in for others is noticed by those who then cannot."""
    handed_in_alone(store, record, *[{FIRST: "partly"}] * record.working_group.members)
    one_more = alone(store, record)
    answering.save(store, one_more, {FIRST: "partly"})
    with pytest.raises(RefusedError) as refused:
        answering.hand_in(store, one_more.token)
    assert str(refused.value) == ALL_IN
    assert draft_of(store, one_more.token).saved == {FIRST: "partly"}


def test_what_was_never_ended_goes_with_the_round(store: Store, record: AssessmentRecord) -> None:
    handed_in_alone(store, record, {FIRST: "partly"})
    other = opened(store, title="Later", closes_on=record.closes_on + timedelta(days=90))
    handed_in_alone(store, other, {FIRST: "partly"})
    Sweeper().sweep(store, record.closes_on + timedelta(days=15))
    assert rows(store, member_response) == 1
    with store.write() as work:
        work.assessments.remove(other.id)
        work.commit()
    assert rows(store, member_response) == 0


def test_an_older_database_keeps_the_drafts_of_respondents(
    store: Store, url: str, record: AssessmentRecord
) -> None:
    token = begun(store, record)
    answering.save(store, one := draft_of(store, token), first_answer(one))
    answering.save(store, alone(store, record), {FIRST: "partly"})
    handed_in_alone(store, opened(store, title="Another"), {FIRST: "partly"})
    with store.engine.begin() as connection:
        command.downgrade(config(connection), "0014")
    store.close()
    again = open_store(url)
    assert draft_of(again, token).saved == first_answer(one)
    assert (rows(again, draft), rows(again, session)) == (1, 1)
    answering.save(again, draft_of(again, token), {})
    assert answering.hand_in(again, token)
    again.close()
