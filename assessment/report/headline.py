"""The headline: what may begin and what may not yet, never the band alone."""

from __future__ import annotations

from assessment.report.basics import Basics, basics
from questionnaires.phrases import listed, lower, upper
from scoring.profile import Profile
from scoring.recommendation.offers import EXPERIENCE
from scoring.recommendation.wishes import ClosedWish

#: How many repairs, or how many offers, a headline names.
MAX_NAMED = 2


def headline(profile: Profile) -> str:
    """Two or three short sentences: what may begin, or why nothing may yet."""
    advice, wishes = profile.recommendation, profile.wishes
    offer = advice.start.offer
    running = [lower(result.offer.title) for result in advice.running]
    begin = f"Begin with {offer.phrase}."
    # What can always begin is of no model.
    if offer.model is not None:
        first = "The next step may be" if running else "Ready to start with"
        parts = [f"{first} {offer.phrase}."]
        answered = any(result.need == "main" for result in advice.running)
        if advice.because == "other_need" and not answered:
            parts.append(
                "You have not said which need is the main one."
                if wishes.main_need is None
                else f"Your main need has to wait: {lower(wishes.main_need)}."
            )
        if wishes.closed is not None:
            parts.append(_closed_wish(wishes.closed))
        return " ".join(parts)
    found = basics(profile)
    match advice.because:
        case "main_need":
            return f"{begin} It is what you say is needed most."
        case "too_early":
            return f"Too early to say whether peer work may start. {_unanswered(found)}"
        case "not_heard":
            return (
                "Too few service users and peer workers have answered for their view to be shown, "
                f"so no start is advised yet. {begin}"
            )
        case "no_need_answered":
            return _no_need(profile)
        case "appetite":
            return (
                "The basics are in place. What would answer the need carries more risk than you "
                f"want to take, or than a first step may. {begin}"
            )
        case "culture":
            return f"Peer work has too little backing here to start well. {begin}"
        case _ if running:
            runs = "runs" if len(running) == 1 else "run"
            return f"{upper(listed(running))} {runs} already. {_repairs(found)}"
        case _:
            return f"Not ready to start peer work yet. {begin}"


def _unanswered(found: Basics) -> str:
    """How many of the basics nobody has said anything about; else that more has to be known, which
    a quick look may not have asked."""
    open_, total = len(found.unanswered), len(found.all)
    if not open_:
        return "Some of what a first step needs is not known yet."
    if open_ == total:
        return f"None of the {total} basics is answered yet."
    return f"{open_} of the {total} basics {'is' if open_ == 1 else 'are'} not answered yet."


def _repairs(found: Basics) -> str:
    """What has to be put right first where peer work runs already."""
    open_ = [lower(result.gate.title) for result in found.all if not result.met]
    if not open_:
        return "Anything new waits for conditions of its own."
    more = len(open_) - MAX_NAMED
    end = f", and {more} more" if more > 0 else ""
    return f"Put right before anything new: {'; '.join(open_[:MAX_NAMED])}{end}."


def _no_need(profile: Profile) -> str:
    """The basics are there, and nothing that is possible answers a stated need."""
    advice = profile.recommendation
    nearest = [lower(result.offer.title) for result in advice.nearest[:MAX_NAMED]]
    possible = f" Possible by now: {listed(nearest)}." if nearest else ""
    if not profile.wishes.any_need:
        return (
            "Ready for peer work. Say which need it should answer, and a first step can be named."
            f"{possible}"
        )
    # What takes experience that nobody has is no way to begin, however near its gates are.
    first = next((r for r in advice.waiting if EXPERIENCE not in r.blocked_by), None)
    if first is not None:
        missing = [lower(profile.gates[name].gate.title) for name in first.open_gates[:MAX_NAMED]]
        until = f", until this is there: {listed(missing)}" if missing else ""
        return (
            f"Ready for peer work; what answers your need waits: {lower(first.offer.title)}"
            f"{until}.{possible}"
        )
    how = " in a way that can come first" if advice.waiting else ""
    return f"Ready for peer work, and nothing here answers the need you named{how}.{possible}"


def _closed_wish(wish: ClosedWish) -> str:
    """That what is hoped for is not open; "not yet ready" only where something known stands in
    its way."""
    match wish.state:
        case "answers_no_need":
            return f"{upper(wish.phrase)} would answer no need that you named."
        case "unknown":
            return f"Too little is answered to say whether you are ready for {wish.phrase}."
        case "not_yet":
            return f"Not yet ready for {wish.phrase}."
