"""Bands begin at 40, 60 and 80 points."""

from __future__ import annotations

import pytest

from scoring.rules.bands import BANDS, at_most_one_above, band_of, lowest, rank
from scoring.rules.model import Band


@pytest.mark.parametrize(
    ("points", "band"),
    [
        (0, "groundwork"),
        (39, "groundwork"),
        (40, "emerging"),
        (59, "emerging"),
        (60, "nearly_ready"),
        (79, "nearly_ready"),
        (80, "ready"),
        (100, "ready"),
    ],
)
def test_a_band_begins_at_its_first_point(points: int, band: Band) -> None:
    assert band_of(points) == band


def test_a_limit_allows_one_band_above_it_and_none_above_the_highest() -> None:
    assert [at_most_one_above(band) for band in BANDS] == [*BANDS[1:], "ready"]


def test_the_lowest_of_some_bands_is_the_first_in_their_order() -> None:
    assert lowest(["ready", "emerging", "nearly_ready"]) == "emerging"
    assert [rank(band) for band in BANDS] == [0, 1, 2, 3]
