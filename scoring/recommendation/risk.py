"""The risk of an offer: points for what it exposes people to, autonomy, missing safeguards."""

from __future__ import annotations

from dataclasses import dataclass

from scoring.rules import conditions
from scoring.rules.conditions import Evidence
from scoring.rules.model import Offer, RiskBand, RiskRules, Safeguard
from scoring.rules.rulebook import Guidance

RISK_ORDER: tuple[RiskBand, ...] = ("low", "moderate", "high")


@dataclass(frozen=True)
class RiskPoint:
    """Some points with the reason for them; ``kind`` says where they come from."""

    points: int
    because: str
    kind: str


@dataclass(frozen=True)
class Risk:
    """An offer's risk with every point that makes it, and the safeguards that lower it."""

    band: RiskBand
    points: tuple[RiskPoint, ...]
    in_place: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        return sum(point.points for point in self.points)


def band(points: int, rules_: RiskRules) -> RiskBand:
    """The band of a number of points."""
    if points <= rules_.low_up_to:
        return "low"
    return "moderate" if points <= rules_.moderate_up_to else "high"


def risk(offer: Offer, guidance: Guidance, evidence: Evidence, *, cautious: bool = True) -> Risk:
    """The risk of an offer. Gates are not read: a failed gate is not also a risk point.

    A combined offer has at least the points of its riskiest part.

    Args:
        cautious: whether a fact that nobody answered counts against the offer.
    """
    rules_ = guidance.risk
    if offer.arrangement is None:
        return Risk("low", ())
    exposures = {exposure.letter: exposure for exposure in rules_.exposures}
    points = [
        RiskPoint(exposures[letter].points, f"{exposures[letter].title}: {how}", "exposure")
        for letter, how in offer.exposes.items()
    ]
    autonomy = rules_.arrangements[offer.arrangement]
    points.append(RiskPoint(autonomy, rules_.arrangement_reasons[offer.arrangement], "autonomy"))
    in_place = []
    for safeguard in rules_.safeguards:
        if safeguard.id not in offer.safeguards:
            continue
        if conditions.holds(safeguard.missing, evidence, cautious=cautious):
            text = (
                "Not in place yet" if _answered(safeguard, evidence) else "Not known to be in place"
            )
            points.append(RiskPoint(safeguard.points, f"{text}: {safeguard.title}", "safeguard"))
        else:
            in_place.append(safeguard.title)
    if not in_place and rules_.unguarded.concerns(offer):
        points.append(RiskPoint(rules_.unguarded.points, rules_.unguarded.because, "unguarded"))
    parts = [
        risk(part, guidance, evidence, cautious=cautious).total for part in guidance.parts_of(offer)
    ]
    short = max(parts, default=0) - sum(point.points for point in points)
    if short > 0:
        points.append(RiskPoint(short, rules_.riskiest_part, "part"))
    points = [point for point in points if point.points]
    return Risk(band(sum(point.points for point in points), rules_), tuple(points), tuple(in_place))


def _answered(safeguard: Safeguard, evidence: Evidence) -> bool:
    """Whether somebody has answered what makes a safeguard missing."""
    return any(
        conditions.answered(leaf, evidence) and conditions.leaf_holds(leaf, evidence, cautious=True)
        for leaf in safeguard.missing.leaves()
    )
