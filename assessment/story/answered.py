"""What was answered at all: a thing that nobody has answered is not told as missing."""

from __future__ import annotations

from scoring.gates import GateResult
from scoring.guidance import Condition
from scoring.profile import Profile
from scoring.rulebook import Guidance
from scoring.rules import Evidence, leaf_holds

#: The states of a gate in words, each with a sign.
MET, NOT_MET, NOT_ANSWERED = "✓ met", "– not met", "? not answered yet"


def any_figure(profile: Profile) -> bool:
    """Whether there is any score to tell of."""
    return any(result.score is not None for result in profile.dimensions.values())


def not_answered(result: GateResult, evidence: Evidence) -> bool:
    """Whether all that keeps a gate from being met is that nobody has answered it."""
    if result.met:
        return False
    return not any(
        _known(leaf, evidence)
        for leaf in result.gate.needs.leaves()
        if not leaf_holds(leaf, evidence, cautious=False)
    )


def state(result: GateResult, evidence: Evidence) -> str:
    """Whether a gate is met, in words."""
    if result.met:
        return MET
    return NOT_ANSWERED if not_answered(result, evidence) else NOT_MET


def needs_stated(profile: Profile, guidance: Guidance) -> bool:
    """Whether anything was said about the needs by which offers are compared."""
    facts = profile.evidence.facts
    return any(
        leaf.fact in facts
        for offer in guidance.starts
        for reason in offer.fits
        for leaf in reason.when.leaves()
    )


def _known(leaf: Condition, evidence: Evidence) -> bool:
    if leaf.practice is not None:
        return leaf.practice in evidence.practices
    if leaf.score is not None:
        return leaf.score in evidence.scores
    if leaf.fact is not None:
        return leaf.fact in evidence.facts
    # People with lived experience are not heard: nobody of theirs has answered, or too few.
    return False
