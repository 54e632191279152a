"""Fixes: the smallest set of changes after which an offer becomes a candidate.

Found by search and shown by evaluating again, never guessed. A fix raises one practice to the
step that a gate or safeguard of the offer names, sets one changeable fact, or lifts one score to
the threshold that is named. Conditions joined by "all" are forced, alternatives are tried out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, islice, product
from typing import Literal

from questionnaires.model import FACT_KINDS
from scoring.recommendation.gates import is_met
from scoring.recommendation.offers import EXPERIENCE, FIT, RISK, RUNNING, OfferResult, consider
from scoring.rules import conditions
from scoring.rules.checks.rules import MAX_COMBINATIONS
from scoring.rules.conditions import Evidence
from scoring.rules.model import Condition, Gate, Offer
from scoring.rules.rulebook import Guidance
from scoring.thresholds import thresholds


@dataclass(frozen=True, order=True)
class Fix:
    """One change: ``raise`` a practice, ``set`` a fact or ``lift`` a score."""

    kind: Literal["raise", "set", "lift"]
    id: str
    to: str
    effort: int

    def apply(self, evidence: Evidence) -> Evidence:
        """The evidence after the change."""
        if self.kind == "raise":
            return evidence.with_practices({self.id: self.to})
        if self.kind == "lift":
            return evidence.with_score(self.id, float(self.to))
        item = evidence.library.items[self.id]
        if item.kind == "number":
            return evidence.with_fact(self.id, float(self.to))
        chosen = frozenset({self.to})
        if item.kind == "choices":
            options = evidence.library.options(item)
            exclusive = {option.code for option in options if option.exclusive}
            chosen |= evidence.codes(self.id) - exclusive
        return evidence.with_fact(self.id, chosen)


def fixes(result: OfferResult, guidance: Guidance, evidence: Evidence) -> tuple[Fix, ...] | None:
    """The smallest set of fixes for a ruled-out offer; None where no set of fixes unlocks it.

    Ties go to the least effort, then to the ids.
    """
    if {FIT, EXPERIENCE, RUNNING} & set(result.blocked_by):
        return None
    offer = result.offer
    failed = [gate for gate in guidance.gates_of(offer) if not is_met(gate, evidence)]
    combinations = [list(_combinations(gate.needs, guidance, evidence)) for gate in failed]
    if not all(combinations):
        return None
    found: list[tuple[Fix, ...]] = []
    for choice in islice(product(*combinations), MAX_COMBINATIONS):
        needed = frozenset(fix for combination in choice for fix in combination)
        found += _with_safeguards(needed, failed, offer, guidance, evidence)
    return min(found, key=_order) if found else None


def _order(set_: Sequence[Fix]) -> tuple[int, int, list[str]]:
    return len(set_), sum(fix.effort for fix in set_), sorted(fix.id for fix in set_)


def _combinations(
    condition: Condition, guidance: Guidance, evidence: Evidence
) -> Iterator[frozenset[Fix]]:
    """The sets of fixes that make a condition hold; none where one part cannot be changed."""
    if conditions.holds(condition, evidence, cautious=False):
        yield frozenset()
        return
    if condition.all is not None:
        parts = [list(_combinations(part, guidance, evidence)) for part in condition.all]
        for choice in product(*parts):
            yield frozenset(fix for combination in choice for fix in combination)
    elif condition.any is not None:
        for part in condition.any:
            yield from _combinations(part, guidance, evidence)
    else:
        yield from (frozenset({fix}) for fix in _fix(condition, guidance, evidence))


def _fix(leaf: Condition, guidance: Guidance, evidence: Evidence) -> tuple[Fix, ...]:
    """The fixes that alone make a condition hold, each by itself."""
    if leaf.practice is not None:
        effort = guidance.effort_of(leaf.practice) or thresholds().effort_unless_known
        return (Fix("raise", leaf.practice, str(leaf.at_least or leaf.below), effort),)
    if leaf.score is not None:
        wanted = f"{float(leaf.at_least or leaf.below or 0):g}"
        return (Fix("lift", leaf.score, wanted, thresholds().effort_of_a_score),)
    if leaf.fact is None:
        return ()
    item = evidence.library.items[leaf.fact]
    if not item.changeable or item.kind not in FACT_KINDS:
        return ()
    if leaf.is_one_of is not None:
        return tuple(Fix("set", leaf.fact, code, item.effort) for code in leaf.is_one_of)
    value = leaf.includes or leaf.excludes or f"{float(leaf.at_least or 0):g}"
    return (Fix("set", leaf.fact, value, item.effort),)


def _with_safeguards(
    needed: frozenset[Fix],
    failed: Sequence[Gate],
    offer: Offer,
    guidance: Guidance,
    evidence: Evidence,
) -> list[tuple[Fix, ...]]:
    """The needed fixes, with the fewest safeguards that bring the risk down far enough."""
    after = _apply(needed, evidence)
    result = consider(offer, guidance, after)
    if result.candidate:
        return [tuple(sorted(_without_idle(needed, failed, offer, guidance, evidence)))]
    if result.blocked_by != (RISK,):
        return []
    missing = [
        fix
        for safeguard in guidance.risk.safeguards
        if safeguard.id in offer.safeguards
        and conditions.holds(safeguard.missing, after, cautious=True)
        for fix in _ends(safeguard.missing, guidance, after)
    ]
    for size in range(1, len(missing) + 1):
        found = [
            tuple(sorted(needed | set(extra)))
            for extra in combinations(missing, size)
            if consider(offer, guidance, _apply(needed | set(extra), evidence)).candidate
        ]
        if found:
            return found
    return []


def _ends(missing: Condition, guidance: Guidance, evidence: Evidence) -> tuple[Fix, ...]:
    """The fixes that each make a safeguard no longer missing, for conditions of one part."""
    leaves = missing.leaves()
    if len(leaves) != 1 or leaves[0].is_one_of is not None:
        return ()
    return _fix(leaves[0], guidance, evidence)


def _apply(set_: frozenset[Fix] | set[Fix], evidence: Evidence) -> Evidence:
    # Most fixes raise practices: together, since each by itself would copy all practices anew.
    evidence = evidence.with_practices({fix.id: fix.to for fix in set_ if fix.kind == "raise"})
    for fix in sorted(fix for fix in set_ if fix.kind != "raise"):
        evidence = fix.apply(evidence)
    return evidence


def _without_idle(
    needed: frozenset[Fix],
    failed: Sequence[Gate],
    offer: Offer,
    guidance: Guidance,
    evidence: Evidence,
) -> frozenset[Fix]:
    """The set without fixes that another one of it already brings about."""
    for fix in sorted(needed, key=lambda f: (-f.effort, f.id)):
        rest = needed - {fix}
        after = _apply(rest, evidence)
        gates_met = all(is_met(gate, after) for gate in failed)
        if gates_met and consider(offer, guidance, after).candidate:
            needed = rest
    return needed


def changes(offer: Offer, guidance: Guidance, evidence: Evidence) -> tuple[Fix, ...]:
    """Every fix that may stand in a set that unlocks an offer, gate by gate, then safeguards."""
    found = [
        fix
        for gate in guidance.gates_of(offer)
        for combination in _combinations(gate.needs, guidance, evidence)
        for fix in sorted(combination)
    ]
    for safeguard in guidance.risk.safeguards:
        if safeguard.id in offer.safeguards:
            found += _ends(safeguard.missing, guidance, evidence)
    return tuple(dict.fromkeys(found))
