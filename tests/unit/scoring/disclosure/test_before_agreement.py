"""What may be shown of answers that members of a working group gave alone.

By hand, for a practice: "not in place" and "planned" are one class, "partly" and "in place" one
each. The demo's own words stand in the scale.
"""

from __future__ import annotations

import pytest

from questionnaires.library import Library
from scoring.disclosure.before_agreement import (
    ClassCounts,
    SpreadBefore,
    WhetherAgreed,
    members_told,
)
from scoring.measures.before_agreement import spreads_before_agreement
from tests.support.organisations import library as built_in

ITEM = "supervision.named_supervisor"
CLASSES = ("Not in place or planned", "Partly", "In place")


@pytest.fixture(scope="module")
def library() -> Library:
    return built_in()


def spread(library: Library, *codes: str, minimum: int = 5) -> SpreadBefore | None:
    responses = [{ITEM: code} if code else {} for code in codes]
    return spreads_before_agreement(responses, library, minimum).get(ITEM)


def test_from_the_minimum_on_classes_are_counted(library: Library) -> None:
    found = spread(library, "not_in_place", "planned", "planned", "partly", "in_place")
    assert found == ClassCounts(CLASSES, (3, 1, 1), "none")
    assert not found.agree


@pytest.mark.parametrize(
    ("codes", "agree"),
    [
        (("partly", "partly", "partly"), True),
        (("not_in_place", "planned", "planned", "planned"), True),  # one class
        (("partly", "partly", "in_place"), False),
        (("not_in_place", "in_place", "partly", "planned"), False),
    ],
)
def test_under_the_minimum_only_whether_they_agree(
    library: Library, codes: tuple[str, ...], *, agree: bool
) -> None:
    assert spread(library, *codes) == WhetherAgreed(agree)


@pytest.mark.parametrize(
    "codes", [(), ("partly",), ("partly", "partly"), ("partly", "in_place", "dont_know", "")]
)
def test_of_fewer_than_three_answers_nothing(library: Library, codes: tuple[str, ...]) -> None:
    assert spread(library, *codes) is None


def test_dont_know_stands_apart_and_makes_nobody_differ(library: Library) -> None:
    assert spread(library, "partly", "partly", "partly", "dont_know") == WhetherAgreed(True)
    five = ("partly",) * 5
    assert spread(library, *five, "dont_know") == ClassCounts(CLASSES, (0, 5, 0), "few")
    assert spread(library, *five, *["dont_know"] * 5) == ClassCounts(CLASSES, (0, 5, 0), "many")


def test_the_minimum_is_the_rounds_own(library: Library) -> None:
    four = ("partly",) * 4
    assert spread(library, *four, minimum=4) == ClassCounts(CLASSES, (0, 4, 0), "none")
    assert spread(library, *four, minimum=5) == WhetherAgreed(True)


def test_how_many_handed_in_is_told_from_the_minimum_on() -> None:
    assert [members_told(n, 5) for n in (0, 1, 4, 5, 6)] == [None, None, None, 5, 6]
