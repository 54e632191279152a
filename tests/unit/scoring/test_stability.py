"""The stability of the start: of few who happen to agree nobody is sure."""

from __future__ import annotations

from math import sqrt
from statistics import NormalDist
from typing import Any

import pytest

from scoring.stability import stability
from tests.support.organisations import evaluated, guidance, library, merged, read
from tests.support.results import FALLBACK
from tests.support.scenarios import base


def shares(people: int, heads: dict[str, int]) -> dict[str, float]:
    """How sure each start is where two groups put the culture at 50, ten points above what every
    start needs of it, and where so many of each answered, all of them alike."""
    culture = [d.id for d in library().dimensions.values() if d.domain == "culture"]
    organisation: dict[str, Any] = merged(
        base("ready_for_anything"),
        {
            "agreed": {
                item.id: None
                for item in library().items.values()
                if item.kind == "practice" and item.dimension in culture
            },
            "groups": {
                name: {"people": people, "by_kind": {"frequency": "often", "agreement": "neither"}}
                for name in ("service_user", "staff")
            }
            | {"peer_worker": None, "manager": None, "board": None},
            "context": {"eligible": heads},
        },
    )
    profile = evaluated(organisation)
    assert profile.domains["culture"].score == 50
    return stability(read(organisation), profile, guidance())


@pytest.mark.parametrize("people", [5, 7, 9])
def test_people_stand_as_far_apart_as_they_count_for(people: int) -> None:
    """Their deviation is not published and counts as 30 points: so the mean of two groups of one
    weight varies by 30/√(2n), and is rounded below 40 as often as a normal distribution is."""
    below = NormalDist(50, 30 / sqrt(2 * people)).cdf(39.5)
    assert shares(people, {})[FALLBACK] == pytest.approx(below, abs=0.05)


def test_five_who_happen_to_agree_are_not_sure_of_themselves() -> None:
    """Five of an unknown number may by chance be ten points too high; five of five are not."""
    assert max(shares(5, {}).values()) < 1
    assert max(shares(5, {"service_user": 5, "staff": 5}).values()) == 1
