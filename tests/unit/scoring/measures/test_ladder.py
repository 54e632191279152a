"""The ladder: where groups place an area, and the rung that practices show.

Of writing policies one practice shows the sixth of seven rungs, and no practice a lower one.
"""

from __future__ import annotations

from typing import Any

from scoring.disclosure.groups_and_rounding import Suppressed
from scoring.measures.ladder import AreaResult
from tests.support.organisations import evaluated

PRACTICE = "voice_in_improvement.in_policies"


def rungs(people: int, *now: str) -> dict[str, Any]:
    return {"people": people, "items": {"ladder.now.policies": list(now)}}


def policies(step: str | None = None, **groups: dict[str, Any]) -> AreaResult:
    agreed = {PRACTICE: step} if step else {}
    return evaluated({"groups": groups, "agreed": agreed}).ladder["policies"]


def test_a_group_places_an_area_at_its_mean_in_half_rungs() -> None:
    # (3 + 3 + 3 + 4 + 3 + 3) / 6 = 3.17 is nearest to 3; (3 + 4) / 2 = 3.5.
    assert policies(staff=rungs(6, "3", "3", "3", "4", "3", "3")).now["staff"] == 3.0
    assert policies(staff=rungs(6, "3", "4")).now["staff"] == 3.5


def test_fewer_than_five_have_no_rung() -> None:
    found = policies(staff=rungs(5, "3"), manager=rungs(4, "7"))
    assert isinstance(found.now["manager"], Suppressed)


def test_practices_show_a_rung_once_they_are_in_place() -> None:
    staff = rungs(5, "3")
    found = [policies(step, staff=staff) for step in ("in_place", "partly", None)]
    # What nobody answered may be in place after all.
    assert [(area.evidenced, area.known) for area in found] == [
        (6, True),
        (None, True),
        (None, False),
    ]


def test_who_places_it_a_rung_above_the_evidence_claims_it() -> None:
    # Without the practice of the sixth rung, the fifth is the most that is not shown to be wrong.
    groups = {"staff": rungs(5, "6"), "manager": rungs(5, "5")}
    assert policies("partly", **groups).claimed_above == ("staff",)
    assert policies("in_place", **groups).claimed_above == ()
    assert policies(None, **groups).claimed_above == ()
