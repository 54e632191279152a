"""Risk: points for exposure, autonomy and missing safeguards, added by hand from risk.yaml."""

from __future__ import annotations

import pytest

from scoring.recommendation.risk import Risk, band, risk
from scoring.rules.conditions import Evidence
from scoring.rules.model import RiskBand
from tests.support.evidence import ready
from tests.support.organisations import guidance, library

NOTHING = Evidence(library())


def of(offer: str, evidence: Evidence) -> Risk:
    return risk(guidance().offers[offer], guidance(), evidence)


def by_kind(found: Risk) -> dict[str, int]:
    kinds = dict.fromkeys((point.kind for point in found.points), 0)
    for point in found.points:
        kinds[point.kind] += point.points
    return kinds


@pytest.mark.parametrize(
    ("points", "name"), [(0, "low"), (3, "low"), (4, "moderate"), (12, "moderate"), (13, "high")]
)
def test_low_ends_at_three_and_moderate_at_twelve(points: int, name: RiskBand) -> None:
    assert band(points, guidance().risk) == name


def test_a_welcome_beside_staff_is_low_with_every_safeguard_and_moderate_with_none() -> None:
    # Exposure: V 1 + D 1. Safeguards: changed_relationships 1, told_to_people 1, drift_watched 1.
    with_all, with_none = of("welcome_in_house", ready()), of("welcome_in_house", NOTHING)
    assert (by_kind(with_all), with_all.total, with_all.band) == ({"exposure": 2}, 2, "low")
    assert by_kind(with_none) == {"exposure": 2, "safeguard": 3}
    assert (with_none.total, with_none.band) == (5, "moderate")
    assert (len(with_all.in_place), len(with_none.in_place)) == (3, 0)


def test_work_between_two_people_with_no_safeguard_at_all_has_eight_points_more() -> None:
    # V 1 + K 1 + T 1 + D 1; peer_supervision 3, outside_support 2, disclosure_choice 1 and
    # changed_relationships 1; one to one without any of them 8.
    found = of("buddying", NOTHING)
    assert by_kind(found) == {"exposure": 4, "safeguard": 7, "unguarded": 8}
    assert (found.total, found.band) == (19, "high")
    one = NOTHING.with_practices({"boundaries.disclosure_choice": "in_place"})
    assert by_kind(of("buddying", one)) == {"exposure": 4, "safeguard": 6}


def test_a_safeguard_that_is_partly_there_is_missing() -> None:
    partly = ready().with_practices({"supervision.peer_supervision": "partly"})
    assert of("buddying", ready()).total == 4
    assert of("buddying", partly).total == 4 + 3


def test_what_can_always_begin_has_no_risk() -> None:
    assert of(guidance().choice.fallback, NOTHING) == Risk("low", ())
