"""Whether intervals hold what they should, and whether groups that do not differ are said to.

A small version runs with `make test`, the large one with `make check-deep`. The bounds are what
`docs/design/scoring.md` says under Interval, or what was measured with many rounds, less what so
few rounds may be off.
"""

from __future__ import annotations

from math import sqrt

import pytest

from tests.support.drawing import (
    ALIKE,
    BADLY_OFF,
    LARGE,
    LIKE_THE_DEMONSTRATION,
    MIDDLING,
    SMALL,
    TWO_CAMPS,
    WIDE,
    Situation,
    Sizes,
    covered,
    gaps_in,
    organisations,
    without_difference,
)
from tests.support.sizes import DEEP

ROUNDS = 20_000 if DEEP else 1_000


def below(share: float) -> float:
    """Where a share may lie by chance in so few rounds."""
    return share - 3 * sqrt(share * (1 - share) / ROUNDS)


@pytest.mark.parametrize(
    ("situation", "n", "heads", "least"),
    [
        # As scoring.md says under Interval: at n = 5 of 30, one in five badly off, 94 %.
        (BADLY_OFF, 5, 30, 0.94),
        (BADLY_OFF, 9, 30, 0.92),
        (BADLY_OFF, 12, 30, 0.92),
        (TWO_CAMPS, 5, 30, 0.93),
        (TWO_CAMPS, 12, 30, 0.95),
        (WIDE, 5, 30, 0.95),
        (WIDE, 12, 30, 0.94),
        (WIDE, 45, 200, 0.94),
        (ALIKE, 5, 30, 0.95),
        (ALIKE, 12, 30, 0.95),
    ],
    ids=lambda value: value.name if isinstance(value, Situation) else str(value),
)
def test_an_interval_holds_the_mean_of_the_group(
    situation: Situation, n: int, heads: int, least: float
) -> None:
    now, before = covered(situation, n, heads, ROUNDS)
    assert now >= below(least)
    if n >= 10:  # once in many thousand rounds a half is rounded the other way
        assert now == pytest.approx(before, abs=0.001)


def test_with_its_own_deviation_a_small_group_is_often_missed() -> None:
    """Where by chance none of the five is badly off they lie close together, far from the truth."""
    _, before = covered(BADLY_OFF, 5, 30, ROUNDS)
    assert before < 0.85


@pytest.mark.parametrize("sizes", [SMALL, LIKE_THE_DEMONSTRATION], ids=["small", "demonstration"])
def test_sixty_organisations_without_any_difference_state_no_gap(sizes: Sizes) -> None:
    """Nor do a thousand, but for a few in a hundred at most."""
    assert not any(gap.finding for found in organisations(sizes, 60) for gap in found)
    if DEEP:
        stated = sum(any(g.finding for g in found) for found in organisations(sizes, 1000, seed=1))
        assert stated <= 20


@pytest.mark.skipif(not DEEP, reason="takes long")
@pytest.mark.parametrize("sizes", [MIDDLING, LARGE], ids=["middling", "large"])
def test_larger_organisations_state_one_in_twenty_times_at_most(sizes: Sizes) -> None:
    """That is what 95 % promises; the bound is where three standard errors would lie."""
    stated = sum(any(g.finding for g in found) for found in organisations(sizes, 400, seed=1))
    assert stated / 400 <= 0.05 + 3 * sqrt(0.05 * 0.95 / 400)


def test_a_true_difference_is_found() -> None:
    """Thirty of each side, forty points apart in everything."""
    sizes = {"service_user": 30, "staff": 30}
    found = [gaps_in(without_difference(sizes, seed, {"staff": 40.0})) for seed in range(5)]
    assert all(sum(gap.finding for gap in gaps) >= 5 for gaps in found)
