"""Sessions: what a link, a code and a device lead to, and what they never lead to."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from assessment.services.access import sessions
from assessment.services.respondents import answering
from assessment.services.respondents.arriving import arrive
from assessment.services.respondents.just_handed_in import HandedIn
from assessment.store import Store
from assessment.store.records import AssessmentRecord
from assessment.store.tables import assessment, draft, session
from tests.support.assessments import opened
from tests.support.respondents import begun, draft_of, drafts_by_group, entered, first_answer


def answer_one(store: Store, token: str) -> dict[str, str]:
    """Give the first answer of the first question, and return it."""
    draft = draft_of(store, token)
    answer = first_answer(draft)
    answering.save(store, draft, answer)
    return answer


def rows(store: Store) -> tuple[int, int]:
    """How many sessions and drafts there are."""
    with store.engine.connect() as connection:
        counts = [
            connection.scalar(sa.select(sa.func.count()).select_from(table))
            for table in (session, draft)
        ]
    return counts[0], counts[1]


def test_a_code_is_read_however_it_was_typed(store: Store, record: AssessmentRecord) -> None:
    code = record.group("staff").code
    for typed in (code.lower(), code.replace("-", ""), f" {code.replace('-', ' ')} "):
        assert entered(store, typed).role == "respondent"


@pytest.mark.parametrize("code", ["", "-", "22222-22222-222", "' or 1=1 --", "K" * 5000, "é\0"])
def test_a_code_that_nobody_was_given_opens_nothing(
    store: Store, record: AssessmentRecord, code: str
) -> None:
    assert sessions.enter(store, code) is None


def test_looking_at_the_link_begins_nothing(store: Store, record: AssessmentRecord) -> None:
    """Programs that send links look at them first."""
    found = arrive(store, record.group("staff").code, None)
    assert (found.state, found.group) == ("fresh", "staff")
    assert rows(store) == (0, 0)


def test_an_own_device_goes_on_where_it_stopped(store: Store, record: AssessmentRecord) -> None:
    code = record.group("staff").code
    first = entered(store, code, own_device=True)
    answer = answer_one(store, first.token)
    assert arrive(store, code, first.token).state == "answering"
    again = entered(store, code, first.token, own_device=True)
    assert (again.token, again.stays) == (first.token, True)
    assert draft_of(store, again.token).saved == answer


def test_a_shared_device_begins_afresh_for_the_next_person(
    store: Store, record: AssessmentRecord
) -> None:
    code = record.group("staff").code
    first = entered(store, code)
    answer_one(store, first.token)
    after = entered(store, code, first.token)
    assert after.token != first.token and not after.stays
    assert draft_of(store, after.token).saved == {}
    # The cookie of the person before leads nowhere any more.
    assert sessions.session_of(store, first.token) is None


def test_nobody_on_a_shared_device_goes_on_with_a_draft_whose_code_another_person_has(
    store: Store, record: AssessmentRecord
) -> None:
    code = record.group("staff").code
    before = entered(store, code)
    theirs = sessions.return_code(store, before.token)
    after = entered(store, code, before.token)
    answer_one(store, after.token)
    assert theirs is not None
    assert draft_of(store, entered(store, theirs).token).saved == {}


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
    assert sessions.enter(store, old) is None
    assert sessions.enter(store, new) is not None


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
    done = answering.hand_in(store, first)
    assert done == HandedIn(record.id, "staff", own_device=True)
    assert answering.hand_in(store, first) == done  # a second tap is told the same
    assert answering.hand_in(store, "nobody's") is None
    with store.read() as work:
        assert work.responses.counts(record.id) == {"staff": 1}
    assert drafts_by_group(store) == {}
    assert answering.find_visit(store, first).draft is None


@pytest.mark.parametrize("own", [True, False], ids=["own device", "shared device"])
def test_after_handing_in_the_next_person_on_the_device_begins_afresh(
    store: Store, record: AssessmentRecord, own: bool
) -> None:
    """A device of one's own says first that something was handed in; another one says nothing."""
    first = begun(store, record, own_device=own)
    answering.hand_in(store, first)
    code = record.group("staff").code
    assert arrive(store, code, first).state == "handed_in"
    assert arrive(store, code, first, somebody_else=True).state == "fresh"
    after = entered(store, code, first)
    assert after.token != first
    assert draft_of(store, after.token).saved == {}
    assert sessions.session_of(store, first) is None


def test_another_groups_link_takes_another_session(store: Store, record: AssessmentRecord) -> None:
    first = begun(store, record)
    other = entered(store, record.group("manager").code, first)
    found = sessions.session_of(store, other.token)
    assert found is not None and found[0].group == "manager"


def test_another_link_takes_nothing_away_where_answers_are_unfinished(
    store: Store, record: AssessmentRecord
) -> None:
    other = record.group("manager").code
    first = begun(store, record)
    assert not sessions.unfinished(store, first)  # nothing is answered yet
    answer_one(store, first)
    assert sessions.unfinished(store, first)
    assert arrive(store, other, first).state == "elsewhere"
    assert sessions.enter(store, other, first) is None
    assert sessions.session_of(store, first) is not None
    sessions.leave(store, first)
    assert arrive(store, other, first).state == "fresh"


def test_the_code_of_another_person_takes_nothing_away_where_answers_are_unfinished(
    store: Store, record: AssessmentRecord
) -> None:
    theirs = begun(store, record, own_device=False)
    code = sessions.return_code(store, theirs)
    mine = begun(store, record)
    answer_one(store, mine)
    assert code is not None and sessions.enter(store, code, mine) is None
    assert sessions.unfinished(store, mine)
    # One's own code goes on with one's own answers.
    own = sessions.return_code(store, mine)
    assert own is not None and entered(store, own, mine).token == mine


def test_the_working_group_keeps_a_session_beside_the_respondents(
    store: Store, record: AssessmentRecord
) -> None:
    mine = begun(store, record)
    team = entered(store, record.working_group.code, mine)
    assert team.role == "working_group"
    assert sessions.session_of(store, mine) is not None


def test_the_working_group_begins_no_draft(store: Store, record: AssessmentRecord) -> None:
    team = entered(store, record.working_group.code, own_device=True)
    assert team.role == "working_group"
    assert rows(store) == (1, 0)
    assert entered(store, record.working_group.code, team.token).token == team.token


@pytest.mark.parametrize(("first", "last"), [(1, 9), (-9, -3)], ids=["not yet open", "closed"])
def test_nothing_is_saved_outside_the_days_of_the_round(
    store: Store, first: int, last: int
) -> None:
    days = [date.today() + timedelta(days=shift) for shift in (first, last)]
    draft = draft_of(store, begun(store, opened(store)))
    with store.engine.begin() as connection:
        connection.execute(sa.update(assessment).values(opens_on=days[0], closes_on=days[1]))
    with pytest.raises(answering.RefusedError, match="no longer takes answers"):
        answering.save(store, draft, first_answer(draft))
    assert draft.saved == {}


@pytest.mark.parametrize("own", [True, False])
def test_a_browser_remembers_that_it_has_handed_in(own: bool) -> None:
    done = HandedIn("0" * 32, "staff", own)
    assert HandedIn.read(str(done)) == done


@pytest.mark.parametrize("text", [None, "", "own", "own.", "own.x", "own.x."])
def test_a_cookie_of_something_else_says_nothing_of_handing_in(text: str | None) -> None:
    assert HandedIn.read(text) is None
