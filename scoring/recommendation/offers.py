"""The recommendation: which offers are possible, which comes first, what blocks the rest.

The start is the best fit within the lowest risk band among the possible offers that answer the
main need; where there is none, among those that answer another stated need. Ties go to the offer
with fewer risk points, then to the earlier one in the file. What runs already is never the start.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from scoring.recommendation.gates import is_met, is_open
from scoring.recommendation.risk import RISK_ORDER, Risk, risk
from scoring.rules import conditions
from scoring.rules.conditions import Evidence
from scoring.rules.model import CULTURE_GATE, HEARD_GATE, ChoiceRules, Offer, RiskBand
from scoring.rules.rulebook import Guidance

EXPERIENCE, RISK, FIT, RUNNING = "experience", "risk", "fit", "running"
#: What blocks an offer beside its gates.
OTHER_BLOCKS = (RUNNING, RISK, FIT, EXPERIENCE)

Need = Literal["main", "other"]
#: Why the start is what it is: what it answers, or what keeps every offer from being possible.
#: ``too_early``: what is not answered yet could change it.
Because = Literal[
    "main_need",
    "other_need",
    "no_need_answered",
    "gates",
    "culture",
    "not_heard",
    "appetite",
    "too_early",
]


@dataclass(frozen=True)
class OfferResult:
    """One offer as it stands for an organisation.

    Attributes:
        fit: 0 to 100, from stated facts.
        fits: why it fits, in words.
        need: whether it answers the main need, another stated one, or none.
        blocked_by: gate ids, then ``running``, ``risk``, ``fit``, ``experience``; empty where the
            offer is possible.
        unanswered: those of the blocking gates that what is unanswered could still meet.
    """

    offer: Offer
    risk: Risk
    fit: int
    fits: tuple[str, ...]
    need: Need | None
    blocked_by: tuple[str, ...]
    unanswered: tuple[str, ...] = ()

    @property
    def candidate(self) -> bool:
        return not self.blocked_by

    @property
    def open_gates(self) -> tuple[str, ...]:
        """The gates that are not met: for what runs already, the repairs."""
        return tuple(name for name in self.blocked_by if name not in OTHER_BLOCKS)


@dataclass(frozen=True)
class Recommendation:
    """Every offer but the fallback is in exactly one of start, open, ruled_out.

    Attributes:
        because: what the start answers, or why there is none beyond the fallback.
        alternative: a possible offer with lower risk or better fit than the start.
        running: what runs already; these are ruled out as a start.
        nearest: possible but for the need: they answer none that was stated.
        waiting: the offers that answer the main need, or where none is named a stated one, and
            are not possible yet, the nearest first; empty where the start answers the main need.
    """

    start: OfferResult
    because: Because
    open: tuple[OfferResult, ...]
    ruled_out: tuple[OfferResult, ...]
    alternative: OfferResult | None = None
    alternative_because: Literal["lower_risk", "better_fit"] | None = None
    running: tuple[OfferResult, ...] = ()
    nearest: tuple[OfferResult, ...] = ()
    waiting: tuple[OfferResult, ...] = ()

    @property
    def offers(self) -> tuple[OfferResult, ...]:
        return (self.start, *self.open, *self.ruled_out)


def stated_needs(choice: ChoiceRules, evidence: Evidence) -> tuple[str | None, frozenset[str]]:
    """The main need and every stated one. A single need is the main one."""
    stated = evidence.codes(choice.need.needs_fact)
    main = next(iter(evidence.codes(choice.need.main_fact)), None)
    if main is not None:
        return main, stated | {main}
    return (next(iter(stated)) if len(stated) == 1 else None), stated


def fit(
    offer: Offer, choice: ChoiceRules, evidence: Evidence
) -> tuple[int, tuple[str, ...], Need | None]:
    """How well an offer suits, 0 to 100, with the reasons and the need that it answers."""
    main, stated = stated_needs(choice, evidence)
    answered = [need for need in offer.needs if need.need in stated]
    need: Need | None = None
    points = 0
    if any(one.need == main for one in answered):
        need, points = "main", choice.need.main_points
    elif answered:
        need, points = "other", choice.need.other_points
    matched = [f for f in offer.fits if conditions.holds(f.when, evidence, cautious=False)]
    points += sum(f.points for f in matched)
    return min(100, points), tuple(f.because for f in (*answered, *matched)), need


def highest_risk(choice: ChoiceRules, evidence: Evidence) -> RiskBand:
    """The highest risk at which a start is possible: appetite can only narrow it."""
    wished: RiskBand = choice.appetite.unanswered
    for code in evidence.codes(choice.appetite.fact):
        wished = choice.appetite.highest[code]
    lower = min(RISK_ORDER.index(wished), RISK_ORDER.index(choice.highest_risk))
    return RISK_ORDER[lower]


def refused_for_experience(offer: Offer, guidance: Guidance, evidence: Evidence) -> bool:
    """Whether the experience that there is does not allow this kind of start, or a part of it."""
    rule = guidance.choice.experience
    if not conditions.holds(rule.when, evidence, cautious=True):
        return False
    return any(
        one.model in rule.refuse_models
        or one.role_level in rule.refuse_role_levels
        or one.arrangement in rule.refuse_arrangements
        for one in (offer, *guidance.parts_of(offer))
    )


def consider(offer: Offer, guidance: Guidance, evidence: Evidence) -> OfferResult:
    """One offer: its risk, its fit and what blocks it."""
    choice = guidance.choice
    its_risk = risk(offer, guidance, evidence)
    its_fit, reasons, need = fit(offer, choice, evidence)
    failed = [gate for gate in guidance.gates_of(offer) if not is_met(gate, evidence)]
    blocked = [gate.id for gate in failed]
    if offer.id in evidence.codes(choice.running.fact):
        blocked.append(RUNNING)
    if its_risk.rank > RISK_ORDER.index(highest_risk(choice, evidence)):
        blocked.append(RISK)
    if need is None:
        blocked.append(FIT)
    if refused_for_experience(offer, guidance, evidence):
        blocked.append(EXPERIENCE)
    unanswered = tuple(gate.id for gate in failed if is_open(gate, evidence))
    return OfferResult(
        offer, its_risk, its_fit, reasons, need, tuple(dict.fromkeys(blocked)), unanswered
    )


def recommend(guidance: Guidance, evidence: Evidence) -> Recommendation:
    """Choose the starting offer and sort the others."""
    results = [consider(offer, guidance, evidence) for offer in guidance.starts]
    possible = sorted((result for result in results if result.candidate), key=_order)
    ruled_out = tuple(result for result in results if not result.candidate)
    nearest = tuple(sorted((r for r in ruled_out if r.blocked_by == (FIT,)), key=_order))
    running = tuple(result for result in ruled_out if RUNNING in result.blocked_by)
    fallback = _fallback(guidance, evidence)
    best = [r for r in possible if r.need == "main"] or possible
    because: Because
    if fallback.need == "main":
        start, because = fallback, "main_need"
    elif not best:
        start, because = fallback, _why_none(ruled_out, guidance, evidence)
    else:
        start = best[0]
        because = "main_need" if start.need == "main" else "other_need"
    others = tuple(result for result in possible if result is not start)
    alternative, better = (None, None) if start is fallback else _alternative(start, others)
    return Recommendation(
        start=start,
        because=because,
        open=others,
        ruled_out=ruled_out,
        alternative=alternative,
        alternative_because=better,
        running=running,
        nearest=nearest,
        waiting=() if because == "main_need" else _waiting(ruled_out),
    )


def _waiting(ruled_out: Iterable[OfferResult]) -> tuple[OfferResult, ...]:
    """What answers the main need, or where none is named a stated one, the nearest first."""
    fresh = [result for result in ruled_out if RUNNING not in result.blocked_by]
    wanted = [r for r in fresh if r.need == "main"] or [r for r in fresh if r.need == "other"]
    return tuple(sorted(wanted, key=lambda result: (len(result.blocked_by), *_order(result))))


def _fallback(guidance: Guidance, evidence: Evidence) -> OfferResult:
    """What can always begin; it is the start of its own where it answers the main need."""
    _, reasons, need = fit(guidance.fallback, guidance.choice, evidence)
    return OfferResult(guidance.fallback, Risk("low", ()), 0, reasons, need, ())


def _order(result: OfferResult) -> tuple[int, int, int]:
    return result.risk.rank, -result.fit, result.risk.total


def _alternative(
    start: OfferResult, others: Iterable[OfferResult]
) -> tuple[OfferResult | None, Literal["lower_risk", "better_fit"] | None]:
    """What else could be chosen: lower risk first, else a better fit at more risk."""
    safer = [r for r in others if r.risk.total < start.risk.total]
    if safer:
        return min(safer, key=lambda r: (-r.fit, r.risk.total)), "lower_risk"
    better = [r for r in others if r.fit > start.fit]
    if better:
        return min(better, key=_order), "better_fit"
    return None, None


def _why_none(results: Iterable[OfferResult], guidance: Guidance, evidence: Evidence) -> Because:
    """Why no offer is possible, by the one that is nearest to it among those that are wanted."""
    _, stated = stated_needs(guidance.choice, evidence)
    fresh = [result for result in results if RUNNING not in result.blocked_by]
    wanted = [result for result in fresh if result.need is not None]
    general = [gate for gate in guidance.every_offer_gates if not is_met(gate, evidence)]
    known = [gate.id for gate in general if not is_open(gate, evidence)]
    if CULTURE_GATE in known:
        return "culture"
    if any(result.blocked_by == (HEARD_GATE,) for result in wanted):
        return "not_heard"
    if not general and not stated:
        return "no_need_answered"
    if any(not certain_blocks(result, guidance, evidence) for result in wanted or fresh):
        return "too_early"
    if any(result.blocked_by == (RISK,) for result in wanted):
        return "appetite"
    return "gates" if general else "no_need_answered"


def certain_blocks(result: OfferResult, guidance: Guidance, evidence: Evidence) -> frozenset[str]:
    """What keeps an offer back whatever is answered further."""
    open_ = {*result.unanswered, *open_blocks(result, guidance, evidence)}
    return frozenset(result.blocked_by) - open_


def open_blocks(result: OfferResult, guidance: Guidance, evidence: Evidence) -> frozenset[str]:
    """What keeps an offer back beside its gates and could be lifted by what is unanswered."""
    choice = guidance.choice
    could_be_lifted = {
        FIT: choice.need.needs_fact not in evidence.facts,
        EXPERIENCE: not conditions.holds(choice.experience.when, evidence, cautious=False),
        RISK: _least_risk(result.offer, guidance, evidence) <= _most_risk_wished(choice, evidence),
    }
    return frozenset(name for name in result.blocked_by if could_be_lifted.get(name))


def _least_risk(offer: Offer, guidance: Guidance, evidence: Evidence) -> int:
    """The rank of the risk if every safeguard that nobody has answered were in place."""
    library = evidence.library
    unanswered = {
        leaf.practice: library.options(library.items[leaf.practice])[-1].code
        for safeguard in guidance.risk.safeguards
        for leaf in safeguard.missing.leaves()
        if leaf.practice and not conditions.answered(leaf, evidence)
    }
    best = evidence.with_practices(unanswered)
    return risk(offer, guidance, best, cautious=False).rank


def _most_risk_wished(choice: ChoiceRules, evidence: Evidence) -> int:
    """The rank of the highest risk of a start; with any appetite, where none is said."""
    known = choice.appetite.fact in evidence.facts
    return RISK_ORDER.index(highest_risk(choice, evidence) if known else choice.highest_risk)
