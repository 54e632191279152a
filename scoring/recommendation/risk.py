"""The risk of an offer: points for what it exposes people to, autonomy, missing safeguards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from scoring.rules import conditions
from scoring.rules.conditions import Evidence
from scoring.rules.model import Offer, RiskBand, RiskRules, Safeguard
from scoring.rules.rulebook import Guidance

RISK_ORDER: tuple[RiskBand, ...] = ("low", "moderate", "high")


@dataclass(frozen=True)
class RiskPoint:
    """Some points of an offer's risk.

    Attributes:
        reason: what they are for, as the rules have it: the title of an exposure or a safeguard,
            or a sentence.
        exposes: of an exposure, the way in which this offer exposes people.
        answered: of a missing safeguard, whether it is known to be missing.
    """

    points: int
    kind: Literal["exposure", "autonomy", "safeguard", "unguarded", "part"]
    reason: str
    exposes: str = ""
    answered: bool = True


@dataclass(frozen=True)
class Risk:
    """An offer's risk with every point that makes it, and the safeguards that lower it."""

    band: RiskBand
    points: tuple[RiskPoint, ...]
    in_place: tuple[str, ...] = ()

    @property
    def rank(self) -> int:
        """The place of its band, from 0 for the lowest."""
        return RISK_ORDER.index(self.band)

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
        RiskPoint(exposures[letter].points, "exposure", exposures[letter].title, exposes=how)
        for letter, how in offer.exposes.items()
    ]
    autonomy = rules_.arrangements[offer.arrangement]
    points.append(RiskPoint(autonomy, "autonomy", rules_.arrangement_reasons[offer.arrangement]))
    in_place = []
    for safeguard in rules_.safeguards:
        if safeguard.id not in offer.safeguards:
            continue
        if conditions.holds(safeguard.missing, evidence, cautious=cautious):
            known = _answered(safeguard, evidence)
            points.append(RiskPoint(safeguard.points, "safeguard", safeguard.title, answered=known))
        else:
            in_place.append(safeguard.title)
    if not in_place and rules_.unguarded.concerns(offer):
        points.append(RiskPoint(rules_.unguarded.points, "unguarded", rules_.unguarded.because))
    parts = [
        risk(part, guidance, evidence, cautious=cautious).total for part in guidance.parts_of(offer)
    ]
    short = max(parts, default=0) - sum(point.points for point in points)
    if short > 0:
        points.append(RiskPoint(short, "part", rules_.riskiest_part))
    points = [point for point in points if point.points]
    return Risk(band(sum(point.points for point in points), rules_), tuple(points), tuple(in_place))


def _answered(safeguard: Safeguard, evidence: Evidence) -> bool:
    """Whether somebody has answered what makes a safeguard missing."""
    return any(
        conditions.answered(leaf, evidence) and conditions.leaf_holds(leaf, evidence, cautious=True)
        for leaf in safeguard.missing.leaves()
    )
