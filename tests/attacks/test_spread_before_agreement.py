"""A member of the working group wants to know what another one answered alone.

The attacker is in the room: knows who is there, what they themselves answered, everything that the
screens show, and the whole database after the end. Each of them may look as often as they like,
before and after another hands in.

Every world is tried: all answers that the others may have given and that lead to what is shown. The
answer of one person is known where it is the same in all of them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import product
from pathlib import Path

import pytest

from assessment.services.respondents.answering import hand_in, save
from assessment.services.working_group import before_agreement
from assessment.services.working_group.agreed_answers import agree
from assessment.services.working_group.before_agreement import alone_part
from assessment.store import Store
from assessment.store.members import MemberResponses
from assessment.store.records import AssessmentRecord
from assessment.store.tables import member_response, spread_before_agreement
from assessment.store.traces import Traces
from scoring.disclosure.before_agreement import SpreadBefore, publish_before_agreement
from tests.support.assessments import opened, plan
from tests.support.members import alone, handed_in_alone
from tests.support.working_group import know, round_of

FIRST, SECOND = "supervision.named_supervisor", "supervision.agreed_intervals"
THIRD = "supervision.cover"
STEPS = ("not_in_place", "planned", "partly", "in_place", "dont_know")
CLASSES = ("low", "middle", "high")
#: An answer of one of the classes; one off the scale; none at all.
ANSWERS = (0, 1, 2, "dont_know", None)
World = tuple[object, ...]


def shown(world: Sequence[object], minimum: int) -> SpreadBefore | None:
    counts = [sum(answer == at for answer in world) for at in range(3)]
    return publish_before_agreement(CLASSES, counts, world.count("dont_know"), minimum)


@pytest.mark.parametrize(("members", "minimum"), [(3, 5), (4, 5), (5, 5), (4, 4), (5, 4)])
def test_one_members_answer_is_known_only_where_all_others_answer_alike(
    members: int, minimum: int
) -> None:
    """As promised: unless everybody else says the same. The first attacks the second."""
    told = {world: shown(world, minimum) for world in product(ANSWERS, repeat=members)}
    possible: dict[object, set[object]] = {}
    for world, found in told.items():
        possible.setdefault((world[0], found), set()).add(world[1])
    for world, found in told.items():
        if len(set(world[1:])) > 1:
            assert len(possible[world[0], found]) > 1, (world, found)


def test_of_two_nothing_is_known_not_even_whether_they_answered() -> None:
    assert {shown(world, 5) for world in product(ANSWERS, repeat=2)} == {None}


def test_two_questions_together_tell_no_more_than_each_alone() -> None:
    """People keep their places from one question to the next, and what is told does not: so a world
    of one question goes with every world of the other."""
    minimum, answers = 4, (0, 2, None)
    worlds = list(product(product(answers, repeat=4), repeat=2))
    told = {world: tuple(shown(one, minimum) for one in world) for world in worlds}
    possible: dict[object, set[object]] = {}
    for first, second in worlds:
        key = (first[0], second[0], told[first, second])
        possible.setdefault(key, set()).add(first[1])
    for first, second in worlds:
        if len(set(first[1:])) > 1:
            assert len(possible[first[0], second[0], told[first, second]]) > 1


def looks(store: Store, record: AssessmentRecord) -> str:
    """Everything that the joint screen has of the part in which members answer alone."""
    return repr(alone_part(store, record))


def test_a_look_before_and_after_one_more_member_tells_nothing(store: Store) -> None:
    """By hand: what ending would show changes with the third and the fifth, whatever they said."""
    for answer in ("in_place", "not_in_place"):
        record = opened(store, title=answer, minimum_group_size=5)
        changed, before = [], looks(store, record)
        for number in range(1, 7):
            handed_in_alone(store, record, {FIRST: answer})
            after = looks(store, record)
            if after != before:
                changed.append(number)
            before = after
        assert changed == [3, 5]
        assert "in_place" not in before and "In place" not in before


def test_there_is_one_look_only(store: Store) -> None:
    """Nobody can end it, look, add an answer, and look again; nor does agreeing change what is
    shown."""
    record = opened(store)
    handed_in_alone(store, record, *[{FIRST: "partly"}] * 3, {FIRST: "in_place"})
    late = alone(store, record)
    save(store, late, {FIRST: "in_place"})
    before_agreement.end(store, record)
    before = looks(store, record)
    assert hand_in(store, late.token) is None
    agree(store, round_of(store, record), FIRST, "in_place", "", after=0)
    agree(store, know(store, record), FIRST, "partly", "", after=1)
    assert looks(store, record) == before


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_after_the_end_the_database_holds_no_more_than_is_shown(
    store: Store, tmp_path: Path
) -> None:
    record = opened(store)
    answers = [{FIRST: code, SECOND: code} for code in STEPS]
    handed_in_alone(store, record, *answers)
    kept = [json.dumps(dict(sorted(one.items()))).encode() for one in answers]
    assert store.traces.wait(20)
    file = tmp_path / "new" / "store.sqlite"
    assert all(one in file.read_bytes() for one in kept)
    before_agreement.end(store, record)
    assert store.traces.wait(20)
    files = b"".join(path.read_bytes() for path in file.parent.glob("store.sqlite*"))
    assert [one for one in kept if one in files] == []
    with store.read() as work:
        found = work.members.spread(record.id)
    assert found is not None
    # Four on the scale, of five who handed in: only whether they agree.
    assert json.loads(found.spreads) == {FIRST: {"agree": False}, SECOND: {"agree": False}}


def test_the_spread_does_not_say_which_questions_the_only_one_left_open(store: Store) -> None:
    record = opened(store)
    handed_in_alone(store, record, {FIRST: "partly"})
    before_agreement.end(store, record)
    with store.read() as work:
        found = work.members.spread(record.id)
    assert found is not None and (found.members, found.spreads) == (None, "{}")


def test_members_rows_have_no_time_and_no_group() -> None:
    assert set(member_response.columns.keys()) == {"id", "assessment", "answers"}
    assert set(spread_before_agreement.columns.keys()) == {
        "assessment",
        "ended_on",
        "members",
        "spreads",
    }


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
@pytest.mark.parametrize("defended", [True, False], ids=["as it is", "without defence"])
def test_postgresqls_transactions_and_places_do_not_tell_who_handed_in_when(
    store: Store, monkeypatch: pytest.MonkeyPatch, *, defended: bool
) -> None:
    """The attacker saw in which order the members put their phones down."""
    if not defended:
        monkeypatch.setattr(Traces, "erase", lambda _: None)
        monkeypatch.setattr(MemberResponses, "write_anew", lambda *_: None)
    many = plan().working_group.model_copy(update={"members": 20})
    record = opened(store, working_group=many)
    given = [
        {FIRST: STEPS[at % 4], SECOND: STEPS[at // 4 % 4], THIRD: STEPS[at // 16]}
        for at in range(20)
    ]
    handed_in_alone(store, record, *given)
    with store.engine.connect() as connection:
        guessed = connection.exec_driver_sql(
            "select answers from member_response order by xmin::text::bigint, ctid"
        )
        found = [json.loads(answers) for answers in guessed.scalars()]
    right = sum(one == other for one, other in zip(found, given, strict=True))
    # So many of twenty are right by mere chance less than once in ten million tries.
    assert right < 10 if defended else right == 20
