"""Agreement and alpha: rounding neither divides people nor makes them consistent."""

from __future__ import annotations

import numpy as np

from scoring.statistics.agreement import alpha, view


def test_ends_of_the_scale_are_reached_in_any_order_of_items() -> None:
    """Rungs 4, 3, 1 and 2 of seven have a mean of 25, or a hair above it as they come."""
    rungs = np.array([100 * rung / 6 for rung in (3, 2, 0, 1)])
    low = [rungs[list(order)].sum() / 4 for order in ((0, 1, 2, 3), (3, 2, 1, 0))]
    assert low[0] > 25 >= low[1], "an example on both sides of 25 is needed here"
    for score in low:
        assert view(np.array([score, 100.0]), np.array([1, 1]), 2.0, 7) == "divided"


def test_alike_answers_have_no_alpha() -> None:
    """Their total does not vary; what is left of rounding divided by the same gave 1."""
    for n in range(20, 60):
        for rung in range(7):
            values = np.full((8, n), 100 * rung / 6)
            assert alpha(values, np.ones(n, dtype=np.int64)) is None
