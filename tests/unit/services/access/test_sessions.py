"""Sessions: what a link, a code and a device lead to, and what they never lead to."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from assessment.services.access import sessions
from assessment.services.access.sessions import EnteredSession
from assessment.services.respondents import answering
from assessment.store import Store
from assessment.store.records import AssessmentRecord
from tests.support.assessments import opened
from tests.support.respondents import begun, draft_of, entered, first_answer


def answer_one(store: Store, token: str) -> dict[str, str]:
    """Give the first answer of the first question, and return it."""
    draft = draft_of(store, token)
    answer = first_answer(draft)
    answering.save(store, draft, answer)
    return answer


def test_a_code_is_read_however_it_was_typed(store: Store, record: AssessmentRecord) -> None:
    code = record.group("staff").code
    for typed in (code.lower(), code.replace("-", ""), f" {code.replace('-', ' ')} "):
        assert entered(store, typed).role == "respondent"


@pytest.mark.parametrize("code", ["", "-", "22222-22222-222", "' or 1=1 --", "K" * 5000, "é\0"])
def test_a_code_that_nobody_was_given_opens_nothing(
    store: Store, record: AssessmentRecord, code: str
) -> None:
    assert sessions.enter(store, code, {}) is None


def test_looking_at_the_link_begins_nothing(store: Store, record: AssessmentRecord) -> None:
    """Programs that send links look at them first."""
    found = entered(store, record.group("staff").code)
    assert not found.begun
    assert answering.open_draft(store, found.token) is None


def test_an_own_device_goes_on_where_it_stopped(store: Store, record: AssessmentRecord) -> None:
    code = record.group("staff").code
    first = entered(store, code)
    assert sessions.begin(store, first.token, own_device=True)
    answer = answer_one(store, first.token)
    again = entered(store, code, first.token)
    assert (again.token, again.begun, again.stays) == (first.token, True, True)
    assert draft_of(store, again.token).saved == answer


def test_a_shared_device_begins_afresh_for_the_next_person(
    store: Store, record: AssessmentRecord
) -> None:
    code = record.group("staff").code
    first = entered(store, code)
    sessions.begin(store, first.token, own_device=False)
    answer_one(store, first.token)
    after = entered(store, code, first.token)
    assert after.token != first.token and not after.begun and not after.stays
    sessions.begin(store, after.token, own_device=False)
    assert draft_of(store, after.token).saved == {}
    # The cookie of the person before leads nowhere any more.
    assert sessions.session_of(store, first.token) is None


def test_the_return_code_brings_answers_back_on_another_device(
    store: Store, record: AssessmentRecord
) -> None:
    first = begun(store, record, own_device=False)
    answer = answer_one(store, first)
    code = sessions.return_code(store, first)
    assert code is not None
    sessions.leave(store, first)
    back = entered(store, code)
    assert draft_of(store, back.token).saved == answer


def test_only_the_newest_return_code_works(store: Store, record: AssessmentRecord) -> None:
    first = begun(store, record, own_device=False)
    old, new = (sessions.return_code(store, first) for _ in range(2))
    assert old and new and old != new
    assert sessions.enter(store, old, {}) is None
    assert sessions.enter(store, new, {}) is not None


def test_after_leaving_nothing_is_saved_from_a_window_that_stayed_open(
    store: Store, record: AssessmentRecord
) -> None:
    first = begun(store, record)
    draft = draft_of(store, first)
    sessions.leave(store, first)
    with pytest.raises(answering.RefusedError, match="You have left"):
        answering.save(store, draft, first_answer(draft))


def test_what_is_handed_in_is_handed_in_once(store: Store, record: AssessmentRecord) -> None:
    first = begun(store, record)
    answer_one(store, first)
    assert answering.hand_in(store, first)
    assert not answering.hand_in(store, first)
    with store.read() as work:
        assert work.responses.counts(record.id) == {"staff": 1}
        assert work.drafts.begun(record.id) == {}
    assert not sessions.begin(store, first, own_device=True)


@pytest.mark.parametrize("own", [True, False], ids=["own device", "shared device"])
def test_after_handing_in_the_next_person_on_the_device_begins_afresh(
    store: Store, record: AssessmentRecord, own: bool
) -> None:
    """A device of one's own says first that something was handed in; another one says nothing."""
    first = begun(store, record, own_device=own)
    answering.hand_in(store, first)
    after: EnteredSession | None = entered(store, record.group("staff").code, first)
    if own:
        assert after is not None and after.token == first and not after.begun
        assert answering.find_visit(store, after.token).state == "handed_in"
        after = sessions.somebody_else(store, after.token)
    assert after is not None and after.token != first and not after.begun
    assert answering.find_visit(store, after.token).state == "fresh"
    assert sessions.session_of(store, first) is None


def test_nobody_else_takes_a_session_that_has_not_handed_in(
    store: Store, record: AssessmentRecord
) -> None:
    first = begun(store, record)
    assert sessions.somebody_else(store, first) is None
    assert sessions.session_of(store, first) is not None


def test_another_groups_link_takes_another_session(store: Store, record: AssessmentRecord) -> None:
    first = begun(store, record)
    other = entered(store, record.group("manager").code, first)
    found = sessions.session_of(store, other.token)
    assert found is not None and found[0].group == "manager" and not other.begun


def test_another_link_waits_where_answers_are_unfinished(
    store: Store, record: AssessmentRecord
) -> None:
    first = begun(store, record)
    assert not sessions.unfinished(store, first)  # nothing is answered yet
    answer_one(store, first)
    assert sessions.unfinished(store, first)
    other = entered(store, record.group("manager").code, first)
    assert other.waits and other.token != first
    assert sessions.session_of(store, first) is not None
    taken = sessions.take_over(store, first, other.token)
    assert taken is not None and taken.token == other.token and not taken.begun
    assert sessions.session_of(store, first) is None


def test_the_code_of_another_person_waits_where_answers_are_unfinished(
    store: Store, record: AssessmentRecord
) -> None:
    theirs = begun(store, record, own_device=False)
    code = sessions.return_code(store, theirs)
    mine = begun(store, record)
    answer_one(store, mine)
    assert code is not None and entered(store, code, mine).waits
    assert sessions.unfinished(store, mine)
    # One's own code goes on with one's own answers.
    own = sessions.return_code(store, mine)
    assert own is not None and entered(store, own, mine).token == mine


@pytest.mark.parametrize("waiting", ["", "guessed"])
def test_nothing_is_put_away_for_a_session_that_does_not_wait(
    store: Store, record: AssessmentRecord, waiting: str
) -> None:
    first = entered(store, record.group("staff").code)
    assert sessions.take_over(store, first.token, waiting) is None
    assert sessions.session_of(store, first.token) is not None


def test_the_working_group_keeps_a_session_beside_the_respondents(
    store: Store, record: AssessmentRecord
) -> None:
    mine = begun(store, record)
    team = entered(store, record.working_group.code, mine)
    assert team.role == "working_group"
    assert sessions.session_of(store, mine) is not None


def test_the_working_group_cannot_begin_a_draft(store: Store, record: AssessmentRecord) -> None:
    team = entered(store, record.working_group.code)
    assert not sessions.begin(store, team.token, own_device=True)


@pytest.mark.parametrize(("first", "last"), [(1, 9), (-9, -1)], ids=["not yet open", "closed"])
def test_nothing_is_saved_outside_the_days_of_the_round(
    store: Store, first: int, last: int
) -> None:
    days = [date.today() + timedelta(days=shift) for shift in (first, last)]
    record = opened(store, opens_on=days[0], closes_on=days[1])
    session = begun(store, record)
    draft = draft_of(store, session)
    with pytest.raises(answering.RefusedError, match="no longer takes answers"):
        answering.save(store, draft, first_answer(draft))
    assert draft.saved == {}
