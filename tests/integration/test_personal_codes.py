"""Codes of which each lets one person answer once, on both databases: what they open, what ends
them, and that two who use one at once do not both answer."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from assessment.services.access import sessions
from assessment.services.respondents.answering import hand_in, save
from assessment.services.respondents.arriving import arrive
from assessment.services.respondents.just_handed_in import HandedIn
from assessment.services.rounds import audit, personal_codes
from assessment.services.rounds.personal_codes import Codes
from assessment.store import Store
from assessment.store.records import AssessmentRecord
from assessment.store.tables import invitation
from tests.integration.test_two_at_once import together
from tests.support.respondents import draft_of, entered, first_answer


@pytest.fixture
def codes(store: Store, record: AssessmentRecord) -> tuple[str, ...]:
    return personal_codes.make(store, record, "staff", 3)


def begin(store: Store, code: str, token: str = "", *, typed: bool = False) -> str:
    """The token of a session that a code leads to; empty where it leads to none."""
    found = sessions.find_invitation(store, code, typed=typed)
    session = found and sessions.begin(store, found, token, own_device=True)
    return session.token if session else ""


def answered(store: Store, code: str) -> str:
    token = begin(store, code)
    draft = draft_of(store, token)
    save(store, draft, first_answer(draft))
    return token


def state(store: Store, code: str, token: str = "", *, typed: bool = False) -> str:
    return arrive(store, code, token, typed=typed).state


def states(store: Store) -> list[str]:
    with store.engine.connect() as connection:
        return sorted(connection.execute(sa.select(invitation.c.state)).scalars())


def test_a_code_lets_one_person_answer_and_one_alone(
    store: Store, record: AssessmentRecord, codes: tuple[str, ...]
) -> None:
    token = answered(store, codes[0])
    assert hand_in(store, token)
    assert states(store) == ["open", "open", "used"]
    for typed in (False, True):
        assert state(store, codes[0], typed=typed) == "used"
        assert begin(store, codes[0], typed=typed) == ""
    assert state(store, codes[1]) == "fresh"
    with store.read() as work:
        assert work.responses.counts(record.id) == {"staff": 1}


def test_a_code_of_words_works_as_one_of_letters_does(
    store: Store, record: AssessmentRecord
) -> None:
    code = personal_codes.make(store, record, "staff", 1, words=True)[0]
    token = answered(store, code)
    assert state(store, code) == "type_it"
    typed = " ".join(word[:4] for word in code.upper().split("-"))
    assert state(store, typed, typed=True) == "resume"
    assert hand_in(store, token)
    assert state(store, typed, typed=True) == "used"


def test_the_link_of_the_group_asks_for_the_code(
    store: Store, record: AssessmentRecord, codes: tuple[str, ...]
) -> None:
    link = record.group("staff").code
    assert state(store, link) == "needs_code"
    assert begin(store, link) == ""
    other = record.group("manager").code
    assert state(store, other) == "fresh" and begin(store, other)
    personal_codes.back_to_one_link(store, record, "staff")
    assert state(store, link) == "fresh" and begin(store, link)
    assert begin(store, codes[0])


def test_looking_at_a_link_uses_nothing_up(store: Store, codes: tuple[str, ...]) -> None:
    for _ in range(3):
        assert state(store, codes[0]) == "fresh"
    assert states(store) == ["open", "open", "open"]


def test_answers_come_back_only_where_the_code_is_typed(
    store: Store, codes: tuple[str, ...]
) -> None:
    token = answered(store, codes[0])
    assert state(store, codes[0], token) == "answering"  # on the device where it was begun
    assert state(store, codes[0]) == "type_it"
    assert begin(store, codes[0]) == ""
    assert state(store, codes[0], typed=True) == "resume"
    elsewhere = begin(store, codes[0], typed=True)
    assert draft_of(store, elsewhere).saved == first_answer(draft_of(store, elsewhere))
    # Whoever had it open before, such as somebody who printed the cards, no longer has.
    assert sessions.session_of(store, token) is None


def test_what_was_begun_and_not_answered_is_gone_on_with_by_the_link(
    store: Store, codes: tuple[str, ...]
) -> None:
    """Somebody taps twice, or the first page never came."""
    first = begin(store, codes[0])
    second = begin(store, codes[0])
    assert second and second != first
    assert sessions.session_of(store, first) is None
    assert draft_of(store, second).saved == {}


def test_a_code_that_was_asked_for_leads_back_as_well_and_leaves_the_card_as_it_is(
    store: Store, codes: tuple[str, ...]
) -> None:
    token = answered(store, codes[0])
    asked_for = sessions.return_code(store, token)
    assert asked_for is not None
    for code in (asked_for, codes[0], asked_for):
        token = begin(store, code, typed=True)
        assert len(draft_of(store, token).saved) == 1
    assert hand_in(store, token)
    assert states(store) == ["open", "open", "used"]
    assert state(store, asked_for, typed=True) == "unknown"


def test_codes_that_are_called_back_open_nothing_and_whoever_has_begun_goes_on(
    store: Store, record: AssessmentRecord, codes: tuple[str, ...]
) -> None:
    done, begun = answered(store, codes[0]), answered(store, codes[1])
    hand_in(store, done)
    personal_codes.call_back(store, record, "staff")
    assert states(store) == ["open", "revoked", "used"]
    assert state(store, codes[2]) == "revoked" and begin(store, codes[2]) == ""
    assert hand_in(store, begun)
    again = personal_codes.make(store, record, "staff", 1)
    assert begin(store, again[0])


def test_the_card_of_somebody_else_does_not_lead_into_what_is_begun_on_a_device(
    store: Store, codes: tuple[str, ...]
) -> None:
    token = answered(store, codes[0])
    assert state(store, codes[1], token) == "elsewhere"
    assert begin(store, codes[1], token) == ""  # not before the first has their code
    fresh = begin(store, codes[2])
    assert draft_of(store, fresh).saved == {}


def test_a_second_person_on_a_device_where_one_has_handed_in_is_not_asked_who_they_are(
    store: Store, record: AssessmentRecord, codes: tuple[str, ...]
) -> None:
    done = HandedIn(record.id, "staff", own_device=True)
    hand_in(store, answered(store, codes[0]))
    assert arrive(store, codes[1], None, done).state == "fresh"
    assert arrive(store, codes[0], None, done).state == "handed_in"


def test_two_who_begin_with_one_code_at_once_make_one_draft(
    store: Store, record: AssessmentRecord
) -> None:
    for code in personal_codes.make(store, record, "staff", 8):
        tokens = together(lambda: begin(store, code), lambda: begin(store, code))  # noqa: B023
        alive = [token for token in tokens if token and sessions.session_of(store, token)]
        assert len(alive) == 1
        hand_in(store, alive[0])
    with store.read() as work:
        assert work.responses.counts(record.id) == {"staff": 8}


@pytest.mark.parametrize("number", [0, -1, personal_codes.MOST_AT_ONCE + 1])
def test_no_number_of_codes_is_made_that_nobody_needs(
    store: Store, record: AssessmentRecord, number: int
) -> None:
    with pytest.raises(ValueError, match="at a time"):
        personal_codes.make(store, record, "staff", number)


def test_the_codes_themselves_are_not_in_the_store(
    store: Store, record: AssessmentRecord, codes: tuple[str, ...]
) -> None:
    entered(store, codes[0])
    with store.engine.connect() as connection:
        for name in sa.inspect(store.engine).get_table_names():
            rows = repr(connection.exec_driver_sql(f"select * from {name}").all())
            assert not any(code in rows or code.replace("-", "") in rows for code in codes)


def test_nothing_that_is_told_of_codes_tells_how_many_have_begun(
    store: Store, record: AssessmentRecord
) -> None:
    """A coordinator makes codes, calls them back and looks: the same whoever has used one."""
    told = []
    for group, people in (("staff", 0), ("manager", 3)):
        codes = personal_codes.make(store, record, group, 4)
        for code in codes[:people]:
            hand_in(store, answered(store, code))
        personal_codes.call_back(store, record, group)
        entries = [entry.what for entry in audit.entries(store, record)]
        told.append((personal_codes.made(store, record)[group], entries[:2]))
    title = {name: record.group(name).title for name in ("staff", "manager")}
    assert told[0][0] == told[1][0] == Codes(made=4, since=0)
    assert [text.replace(title["staff"], title["manager"]) for text in told[0][1]] == told[1][1]


def test_more_codes_are_offered_as_the_last_ones_were(
    store: Store, record: AssessmentRecord
) -> None:
    for words in (True, False, True):
        personal_codes.make(store, record, "staff", 1, words=words)
        assert personal_codes.made(store, record)["staff"].words is words
    personal_codes.make(store, record, "manager", 1)
    assert personal_codes.made(store, record)["manager"].words is False


def test_codes_count_from_the_last_calling_back_on(store: Store, record: AssessmentRecord) -> None:
    for number, since in ((4, 4), (2, 6)):
        personal_codes.make(store, record, "staff", number)
        assert personal_codes.made(store, record)["staff"].since == since
    personal_codes.make(store, record, "manager", 1)
    personal_codes.call_back(store, record, "staff")
    personal_codes.make(store, record, "staff", 3)
    assert personal_codes.made(store, record) == {"staff": Codes(9, 3), "manager": Codes(1, 1)}
    personal_codes.call_back(store, record, "staff")
    assert personal_codes.made(store, record)["staff"] == Codes(9, 0)
