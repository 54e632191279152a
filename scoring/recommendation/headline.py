"""The headline: what may begin and what may not yet, never the band alone."""

from __future__ import annotations

from collections.abc import Sequence

from questionnaires.phrases import listed, lower, upper
from scoring.recommendation.gates import GateResult
from scoring.recommendation.offers import (
    EXPERIENCE,
    FIT,
    OfferResult,
    Recommendation,
    certain_blocks,
    stated_needs,
)
from scoring.rules.conditions import Evidence
from scoring.rules.rulebook import Guidance

#: The kind of peer work that is named as not yet possible where no wish is known, from the one
#: that organisations most often hope for on.
USUAL_WISHES = ("one_to_one", "outreach", "group_work", "peer_research", "mixed")
#: How many repairs, or how many offers, a headline names.
MAX_NAMED = 2


def headline(
    recommendation: Recommendation,
    evidence: Evidence,
    guidance: Guidance,
    gates: Sequence[GateResult],
) -> str:
    """Two or three short sentences: what may begin, or why nothing may yet.

    Args:
        gates: those that are asked of every offer.
    """
    start, because = recommendation.start, recommendation.because
    running = [lower(result.offer.title) for result in recommendation.running]
    begin = f"Begin with {start.offer.phrase}."
    if start.offer.id != guidance.choice.fallback:
        first = "The next step may be" if running else "Ready to start with"
        parts = [f"{first} {start.offer.phrase}."]
        answered = any(result.need == "main" for result in recommendation.running)
        if because == "other_need" and not answered:
            parts.append(_main_need_waits(evidence, guidance))
        if not_yet := _not_yet(recommendation, evidence, guidance):
            parts.append(not_yet)
        return " ".join(parts)
    match because:
        case "main_need":
            return f"{begin} It is what you say is needed most."
        case "too_early":
            return f"Too early to say whether peer work may start. {_unanswered(gates)}"
        case "not_heard":
            return (
                "Too few service users and peer workers have answered for their view to be shown, "
                f"so no start is advised yet. {begin}"
            )
        case "no_need_answered":
            return _no_need(recommendation, evidence, guidance)
        case "appetite":
            return (
                "The basics are in place. What would answer the need carries more risk than you "
                f"want to take, or than a first step may. {begin}"
            )
        case "culture":
            return f"Peer work has too little backing here to start well. {begin}"
        case _:
            if running:
                return f"{upper(listed(running))} {_runs(running)} already. {_repairs(gates)}"
            return f"Not ready to start peer work yet. {begin}"


def _runs(running: Sequence[str]) -> str:
    return "runs" if len(running) == 1 else "run"


def _unanswered(gates: Sequence[GateResult]) -> str:
    """How many of the basics nobody has said anything about; else that more has to be known, which
    a quick look may not have asked."""
    open_ = sum(not gate.answered for gate in gates)
    if not open_:
        return "Some of what a first step needs is not known yet."
    some = "None" if open_ == len(gates) else str(open_)
    verb = "is" if open_ in (1, len(gates)) else "are"
    end = "answered yet" if some == "None" else "not answered yet"
    return f"{some} of the {len(gates)} basics {verb} {end}."


def _repairs(gates: Sequence[GateResult]) -> str:
    """What has to be put right first where peer work runs already."""
    open_ = [lower(gate.gate.title) for gate in gates if not gate.met]
    if not open_:
        return "Anything new waits for conditions of its own."
    more = len(open_) - MAX_NAMED
    end = f", and {more} more" if more > 0 else ""
    return f"Put right before anything new: {'; '.join(open_[:MAX_NAMED])}{end}."


def _no_need(recommendation: Recommendation, evidence: Evidence, guidance: Guidance) -> str:
    """The basics are there, and nothing that is possible answers a stated need."""
    _, stated = stated_needs(guidance.choice, evidence)
    nearest = [lower(result.offer.title) for result in recommendation.nearest[:MAX_NAMED]]
    possible = f" Possible by now: {listed(nearest)}." if nearest else ""
    if not stated:
        return (
            "Ready for peer work. Say which need it should answer, and a first step can be named."
            f"{possible}"
        )
    # What takes experience that nobody has is no way to begin, however near its gates are.
    first = next((r for r in recommendation.waiting if EXPERIENCE not in r.blocked_by), None)
    if first is not None:
        missing = [lower(guidance.gates[gate].title) for gate in first.open_gates[:MAX_NAMED]]
        until = f", until this is there: {listed(missing)}" if missing else ""
        return (
            f"Ready for peer work; what answers your need waits: {lower(first.offer.title)}"
            f"{until}.{possible}"
        )
    return (
        "Ready for peer work, and nothing here answers the need you named in a way that can come "
        f"first.{possible}"
        if recommendation.waiting
        else f"Ready for peer work, and nothing here answers the need you named.{possible}"
    )


def _main_need_waits(evidence: Evidence, guidance: Guidance) -> str:
    """That the start answers another need than the main one."""
    need = guidance.choice.need
    main, _ = stated_needs(guidance.choice, evidence)
    if main is None:
        return "You have not said which need is the main one."
    item = evidence.library.items[need.main_fact]
    labels = {option.code: option.label for option in evidence.library.options(item)}
    return f"Your main need has to wait: {lower(labels.get(main, main))}."


def _not_yet(recommendation: Recommendation, evidence: Evidence, guidance: Guidance) -> str | None:
    """What is said of the wished-for kind of peer work, or of a usual one, that is not open.

    "Not yet ready" is said only where something is known that stands in its way.
    """
    phrases = guidance.choice.wished_phrases
    here: tuple[OfferResult, ...] = (
        recommendation.start,
        *recommendation.open,
        *recommendation.running,
    )
    possible = {result.offer.model for result in here}
    near = {result.offer.model for result in recommendation.nearest}
    unknown = {
        result.offer.model
        for result in recommendation.ruled_out
        if not certain_blocks(result, guidance, evidence) - {FIT}
    }
    wished = evidence.facts.get(guidance.choice.wished_fact, frozenset())
    for model in wished if isinstance(wished, frozenset) else ():
        if model not in phrases:
            continue
        if model in possible:
            return None
        if model in near:
            return f"{upper(phrases[model])} would answer no need that you named."
        if model in unknown:
            return f"Too little is answered to say whether you are ready for {phrases[model]}."
        return f"Not yet ready for {phrases[model]}."
    for model in USUAL_WISHES:
        if model not in possible | near | unknown and model in phrases:
            return f"Not yet ready for {phrases[model]}."
    return None
