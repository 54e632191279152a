"""Receipts: what is told of a changed or deleted answer, and what nobody can do without one."""

from __future__ import annotations

import json
import math

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from assessment.services.access.codes import ALPHABET, is_id, new_id
from assessment.services.respondents import just_handed_in, receipts
from assessment.services.respondents.answering import hand_in, save
from assessment.services.respondents.receipts import LENGTH, as_written, seal, stands
from assessment.store import Store
from assessment.store.records import AssessmentRecord
from assessment.store.tables import metadata, response
from tests.support.clock import LONG_AGO, set_clock
from tests.support.respondents import begun, draft_of, first_answer

PEOPLE, BY_CHANCE = 20, 10


def handed_in(store: Store, record: AssessmentRecord) -> str:
    """The receipt of somebody who has handed in."""
    token = begun(store, record)
    draft = draft_of(store, token)
    save(store, draft, first_answer(draft))
    assert hand_in(store, token)
    found = just_handed_in.receipt_of(token)
    assert found is not None and not found.own_words
    return found.number


@pytest.fixture
def number(store: Store, record: AssessmentRecord) -> str:
    return handed_in(store, record)


@pytest.fixture
def over(number: str, record: AssessmentRecord, monkeypatch: pytest.MonkeyPatch) -> None:
    """The round has ended, after the receipt was given."""
    set_clock(monkeypatch, record.closes_on + LONG_AGO)


def written(store: Store, **values: str) -> None:
    with store.engine.begin() as connection:
        connection.execute(sa.update(response).values(**values))


def answers(store: Store) -> dict[str, str]:
    with store.engine.connect() as connection:
        return json.loads(connection.execute(sa.select(response.c.answers)).scalar_one())


@pytest.mark.usefixtures("over")
def test_after_the_end_a_receipt_says_that_the_answers_stand(store: Store, number: str) -> None:
    for typed in (number, number.lower(), number.replace("-", " "), f" {number}\n"):
        assert stands(store, typed)


def test_nothing_is_told_while_somebody_can_hand_in(
    store: Store, record: AssessmentRecord, number: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even that the receipt is one: whoever sees it could see that somebody has handed in."""
    assert not stands(store, number)
    set_clock(monkeypatch, record.closes_on)
    assert not stands(store, number)


@pytest.mark.usefixtures("over")
def test_a_changed_added_or_removed_answer_is_noticed(store: Store, number: str) -> None:
    true = answers(store)
    item, value = next(iter(true.items()))
    for false in ({item: f"{value}x"}, true | {"belief_in_peers.experts": "agree"}, {}):
        written(store, answers=json.dumps(false))
        assert not stands(store, number)
    written(store, answers=json.dumps(true))
    assert stands(store, number)


@pytest.mark.usefixtures("over")
def test_answers_that_were_moved_to_another_group_are_noticed(store: Store, number: str) -> None:
    written(store, group="manager")
    assert not stands(store, number)


@pytest.mark.usefixtures("over")
def test_a_seal_of_others_does_not_pass(store: Store, number: str) -> None:
    """Whoever changes an answer cannot make its seal without the receipt."""
    item, value = next(iter(answers(store).items()))
    with store.engine.connect() as connection:
        assessment = connection.execute(sa.select(response.c.assessment)).scalar_one()
    false = {item: f"{value}x"}
    made = seal(receipts.new_number(), assessment, "staff", false)
    written(store, answers=json.dumps(false), seal=made)
    assert not stands(store, number)


@pytest.mark.usefixtures("over")
def test_a_deleted_response_is_noticed(store: Store, number: str) -> None:
    with store.engine.begin() as connection:
        connection.execute(sa.delete(response))
    assert not stands(store, number)


@pytest.mark.usefixtures("over")
def test_the_same_answers_written_anew_stand(
    store: Store, record: AssessmentRecord, number: str
) -> None:
    """In another order, with other blanks, and by what the store does to rows."""
    turned = dict(reversed(answers(store).items()))
    written(store, answers=json.dumps(turned, indent=2))
    with store.write() as work:
        work.responses.write_anew(record.id, "staff")
        work.commit()
    assert stands(store, number)


#: Answers as a store could keep them.
ANSWERS = st.dictionaries(st.text(min_size=1), st.text(), max_size=6)


@given(ANSWERS, ANSWERS)
def test_seals_are_the_same_for_the_same_answers_alone(
    one: dict[str, str], other: dict[str, str]
) -> None:
    number = "2345-6789-ABCD-EFGH"
    turned = dict(reversed(one.items()))
    assert seal(number, "a", "g", one) == seal(number, "a", "g", turned)
    assert (seal(number, "a", "g", one) == seal(number, "a", "g", other)) == (one == other)
    assert seal(number, "a", "g", one) != seal("3345-6789-ABCD-EFGH", "a", "g", one)


def test_nobody_guesses_a_receipt() -> None:
    """By NIST SP 800-63B, 64 bits are enough for what is looked up and limited in its tries."""
    assert LENGTH * math.log2(len(set(ALPHABET))) >= 64
    drawn = {receipts.new_number() for _ in range(2000)}
    assert len(drawn) == 2000
    assert all(as_written(number) == number for number in drawn)
    signs = [sign for number in drawn for sign in number if sign != "-"]
    # Each of 31 signs comes 1032 times on average, with a standard deviation of 32.
    assert all(abs(signs.count(sign) - 1032) < 6 * 32 for sign in ALPHABET)


@pytest.mark.usefixtures("over")
def test_what_looks_like_a_receipt_opens_nothing(store: Store, number: str) -> None:
    with store.engine.connect() as connection:
        name, sealed = connection.execute(sa.select(response.c.id, response.c.seal)).one()
    last = "2" if number[-1] != "2" else "3"
    for tried in ("", "-", number[:-1], f"{number[:-1]}{last}", f"{number}2", name, sealed):
        assert not stands(store, tried)


def test_no_receipt_is_in_the_database(store: Store, number: str) -> None:
    for table in metadata.sorted_tables:
        with store.engine.connect() as connection:
            rows = repr(connection.execute(sa.select(table)).all()).upper()
        assert number not in rows and number.replace("-", "") not in rows


def test_no_column_tells_the_order_of_handing_in(store: Store, record: AssessmentRecord) -> None:
    given_out = [handed_in(store, record) for _ in range(PEOPLE)]
    order = [receipts.response_id(number) for number in given_out]
    for column in (response.c.seal, response.c.id):
        with store.engine.connect() as connection:
            guessed = list(connection.execute(sa.select(response.c.id).order_by(column)).scalars())
        assert sum(one == other for one, other in zip(guessed, order, strict=True)) < BY_CHANCE


def test_a_response_without_a_receipt_looks_as_one_with(
    store: Store, record: AssessmentRecord, number: str
) -> None:
    """One that came by workbook."""
    with store.write() as work:
        work.responses.add(new_id(), record.id, "staff", {"a": "b"}, {})
        work.commit()
    with store.engine.connect() as connection:
        rows = connection.execute(sa.select(response.c.id, response.c.seal)).all()
    assert len({len(sealed) for _, sealed in rows}) == 1
    assert all(is_id(name) and int(sealed, 16) for name, sealed in rows)
    assert receipts.response_id(number) in [name for name, _ in rows]


def test_the_process_forgets_receipts(monkeypatch: pytest.MonkeyPatch) -> None:
    done = just_handed_in.HandedIn("a", "staff", own_device=True)
    now = 1000.0
    monkeypatch.setattr(just_handed_in.time, "monotonic", lambda: now)
    just_handed_in.note("one", done, receipts.Receipt("K7QM-X4PD-9RTC-H2WZ"))
    assert just_handed_in.receipt_of("one") is not None
    now += just_handed_in.RECEIPT_STAYS
    assert just_handed_in.receipt_of("one") is None
    just_handed_in.note("two", done, receipts.Receipt("K7QM-X4PD-9RTC-H2WZ"))
    assert "one" not in [name for name, known in just_handed_in._known.items() if known.receipt]
    assert just_handed_in.by("one") == done
    just_handed_in.forget("two")
    assert just_handed_in.receipt_of("two") is None
    assert "K7QM" not in repr(receipts.Receipt("K7QM-X4PD-9RTC-H2WZ"))
