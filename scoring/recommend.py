"""The recommendation: which offers are possible, which comes first, what blocks the rest.

The start is the best fit within the lowest risk band that has a candidate. Ties go to the offer
with fewer risk points, then to the earlier one in the file.
"""

from __future__ import annotations

from dataclasses import dataclass

from scoring import rules
from scoring.gates import is_met
from scoring.guidance import ChoiceRules, Offer, RiskBand
from scoring.risk import RISK_ORDER, Risk, risk
from scoring.rulebook import Guidance
from scoring.rules import Evidence

EXPERIENCE, RISK, FIT = "experience", "risk", "fit"


@dataclass(frozen=True)
class OfferResult:
    """One offer as it stands for an organisation.

    Attributes:
        fit: 0 to 100, from stated facts.
        blocked_by: gate ids, then ``risk``, ``fit``, ``experience``; empty for a candidate.
    """

    offer: Offer
    risk: Risk
    fit: int
    fits: tuple[str, ...]
    blocked_by: tuple[str, ...]

    @property
    def candidate(self) -> bool:
        return not self.blocked_by


@dataclass(frozen=True)
class Recommendation:
    """Every offer but the fallback is in exactly one of start, open, ruled_out."""

    start: OfferResult
    open: tuple[OfferResult, ...]
    ruled_out: tuple[OfferResult, ...]

    @property
    def offers(self) -> tuple[OfferResult, ...]:
        return (self.start, *self.open, *self.ruled_out)


def fit(offer: Offer, evidence: Evidence) -> tuple[int, tuple[str, ...]]:
    """How well an offer answers the stated needs, 0 to 100, with the reasons."""
    matched = [f for f in offer.fits if rules.holds(f.when, evidence, cautious=False)]
    return min(100, sum(f.points for f in matched)), tuple(f.because for f in matched)


def highest_risk(choice: ChoiceRules, evidence: Evidence) -> RiskBand:
    """The highest risk at which a start is possible: appetite can only narrow it."""
    answer = evidence.facts.get(choice.appetite.fact)
    wished: RiskBand = choice.appetite.unanswered
    for code in answer if isinstance(answer, frozenset) else ():
        wished = choice.appetite.highest[code]
    lower = min(RISK_ORDER.index(wished), RISK_ORDER.index(choice.highest_risk))
    return RISK_ORDER[lower]


def refused_for_experience(offer: Offer, choice: ChoiceRules, evidence: Evidence) -> bool:
    """Whether nobody's experience allows this kind of start."""
    rule = choice.experience
    if not rules.holds(rule.when, evidence, cautious=True):
        return False
    return (
        not {offer.model, *offer.includes}.isdisjoint(rule.refuse_models)
        or offer.role_level in rule.refuse_role_levels
        or offer.arrangement in rule.refuse_arrangements
    )


def consider(offer: Offer, guidance: Guidance, evidence: Evidence) -> OfferResult:
    """One offer: its risk, its fit and what blocks it."""
    choice = guidance.choice
    its_risk = risk(offer, guidance.risk, evidence)
    its_fit, reasons = fit(offer, evidence)
    blocked = [gate.id for gate in guidance.gates_of(offer) if not is_met(gate, evidence)]
    allowed = RISK_ORDER.index(highest_risk(choice, evidence))
    if RISK_ORDER.index(its_risk.band) > allowed:
        blocked.append(RISK)
    if its_fit < choice.minimum_fit:
        blocked.append(FIT)
    if refused_for_experience(offer, choice, evidence):
        blocked.append(EXPERIENCE)
    return OfferResult(offer, its_risk, its_fit, reasons, tuple(dict.fromkeys(blocked)))


def recommend(guidance: Guidance, evidence: Evidence) -> Recommendation:
    """Choose the starting offer and sort the others."""
    results = [consider(offer, guidance, evidence) for offer in guidance.starts]
    candidates = [result for result in results if result.candidate]
    fallback = OfferResult(guidance.fallback, Risk("low", ()), 0, (), ())
    start = min(candidates, key=_order) if candidates else fallback
    return Recommendation(
        start=start,
        open=tuple(sorted((c for c in candidates if c is not start), key=_order)),
        ruled_out=tuple(result for result in results if not result.candidate),
    )


def _order(result: OfferResult) -> tuple[int, int, int]:
    return RISK_ORDER.index(result.risk.band), -result.fit, result.risk.total
