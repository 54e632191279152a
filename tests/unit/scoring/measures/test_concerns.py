"""Concerns: shares in tenths, counted by hand."""

from __future__ import annotations

from typing import Any

from scoring.disclosure.groups_and_rounding import Suppressed
from scoring.measures.concerns import ConcernResult, Shares
from tests.support.organisations import evaluated, guidance

WANTED, WORKS = "concern.wanted", "concern.effective"
NONE, SOME, SERIOUS = "not_a_concern", "some", "serious"


def people(count: int, *answers: str, item: str = WANTED) -> dict[str, Any]:
    return {"people": count, "items": {item: list(answers)}}


def found(**groups: dict[str, Any]) -> dict[str, ConcernResult]:
    return {concern.id: concern for concern in evaluated({"groups": groups}).concerns}


def test_a_serious_concern_is_a_concern_too() -> None:
    # Of ten: four have none, three have some, three a serious one.
    staff = people(10, *[NONE] * 4, *[SOME] * 3, *[SERIOUS] * 3)
    concern = found(staff=staff)[WANTED]
    assert concern.groups == {"staff": Shares(some=0.6, serious=0.3, n=10)}
    assert concern.responses == tuple(r.id for r in guidance().responses if r.concern == WANTED)


def test_over_groups_people_count_alike() -> None:
    # Six of ten staff and all five managers: 11 of 15 are 0.73, in tenths 0.7; serious 5 of 15.
    staff, managers = people(10, *[NONE] * 4, *[SOME] * 6), people(5, SERIOUS)
    concern = found(staff=staff, manager=managers)[WANTED]
    assert (concern.share_some, concern.share_serious) == (0.7, 0.3)


def test_fewer_answers_than_the_minimum_are_not_counted() -> None:
    staff = {"people": 5, "items": {WANTED: [SOME] * 4 + [None], WORKS: SOME}}
    assert WANTED not in found(staff=staff)
    concern = found(staff=staff, manager=people(5, SOME))[WANTED]
    assert isinstance(concern.groups["staff"], Suppressed)
    assert concern.share_some == 1.0


def test_the_most_widely_held_comes_first_and_then_the_more_serious() -> None:
    items = {
        WORKS: [SOME, SOME, SOME, SOME, NONE],
        WANTED: [SERIOUS, SOME, SOME, SOME, NONE],
        "concern.good_practice": SOME,
    }
    concerns = evaluated({"groups": {"staff": {"people": 5, "items": items}}}).concerns
    assert [concern.id for concern in concerns] == ["concern.good_practice", WANTED, WORKS]
