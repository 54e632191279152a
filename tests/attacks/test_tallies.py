"""Attacks on choices and numbers: what they tell of the answers of fewer than the minimum.

The attacker knows all that is published of a question, how it was worked out, and how many
answered. Every way in which a group may have answered is tried; those that are published alike
cannot be told apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain, combinations, product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.disclosure.groups_and_rounding import Suppressed
from scoring.disclosure.tallies import PublishedNumber, publish_number, publish_tally

CODES = "abcde"


def ways(n: int, options: int) -> Iterator[tuple[int, ...]]:
    """Every way in which n people choose one of some options each."""
    for counts in product(range(n + 1), repeat=options - 1):
        if sum(counts) <= n:
            yield (*counts, n - sum(counts))


def told(counts: Sequence[int], n: int, minimum: int, *, single: bool) -> str:
    by_code = dict(zip(CODES, counts, strict=False))
    return repr(publish_tally(by_code, n, minimum, single=single))


@pytest.mark.parametrize("minimum", [4, 5])
@pytest.mark.parametrize(("options", "most"), [(2, 45), (3, 26), (4, 16)])
def test_nobody_learns_how_many_chose_an_answer_that_few_chose(
    options: int, most: int, minimum: int
) -> None:
    """Nor how many chose any of several answers, where these together are few: for each set of
    answers, the sum is open, or nobody, or at least the minimum."""
    places = range(options)
    some = [*chain.from_iterable(combinations(places, size) for size in range(1, options))]
    for n in range(minimum, most + 1):
        alike: dict[str, list[tuple[int, ...]]] = defaultdict(list)
        for counts in ways(n, options):
            alike[told(counts, n, minimum, single=True)].append(counts)
        for published, possible in alike.items():
            for those in some:
                sums = {sum(counts[at] for at in those) for counts in possible}
                assert len(sums) > 1 or not 0 < min(sums) < minimum, (published, those, sums)


@pytest.mark.parametrize("minimum", [4, 5, 10])
def test_of_one_of_several_answers_neither_the_few_who_chose_it_are_counted_nor_who_did_not(
    minimum: int,
) -> None:
    for n in range(minimum, 60):
        alike: dict[str, set[int]] = defaultdict(set)
        for count in range(n + 1):
            alike[told([count], n, minimum, single=False)].add(count)
        for published, possible in alike.items():
            few = {min(count, n - count) for count in possible}
            assert len(possible) > 1 or not 0 < min(few) < minimum or n == minimum, published


def test_under_the_minimum_nothing_is_told() -> None:
    assert {told(counts, 4, 5, single=True) for counts in ways(4, 3)} == {
        repr(Suppressed("few_answers", 5))
    }


NUMBERS = st.lists(st.integers(0, 10**9).map(float), min_size=1, max_size=60)


@given(NUMBERS, st.integers(4, 10))
def test_each_published_number_has_the_minimum_of_people_on_either_side(
    numbers: list[float], minimum: int
) -> None:
    found = publish_number(numbers, minimum)
    if not isinstance(found, PublishedNumber):
        assert len(numbers) < 2 * minimum
        return
    figures = [found.median, *(found.middle_half or ())]
    for figure in figures:
        slack = abs(figure) * 0.06  # two digits
        assert sum(number <= figure + slack for number in numbers) >= minimum
        assert sum(number >= figure - slack for number in numbers) >= minimum


@given(NUMBERS, st.integers(4, 10), st.floats(0, 1e12))
def test_the_largest_and_the_smallest_number_change_nothing_that_is_told(
    numbers: list[float], minimum: int, larger: float
) -> None:
    """Whoever lies furthest out could be known by it."""
    ordered = sorted(numbers)
    further = [ordered[0] - larger, *ordered[1:-1], ordered[-1] + larger]
    if len(numbers) > 2:
        assert publish_number(further, minimum) == publish_number(ordered, minimum)


def test_a_number_by_which_somebody_is_known_is_not_told_to_its_last_digit() -> None:
    phone: Any = [79461234.0] * 20
    found = publish_number(phone, 5)
    assert isinstance(found, PublishedNumber)
    assert (found.median, found.middle_half) == (79_000_000, (79_000_000, 79_000_000))
