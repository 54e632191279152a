"""The way of offers: from today's to the wished-for."""

from __future__ import annotations

from assessment.report.basics import (
    left_for_the_full_round,
    not_asked,
    too_early,
    unanswered_facts_of,
)
from assessment.report.blocks.next_steps import coming
from assessment.report.chart_specifications import PathChart, Stop, StopState
from assessment.report.model import Block
from assessment.report.tables import table
from assessment.report.terms import BLOCKERS, chips_of, cite
from questionnaires.phrases import counted, listed, lower, upper
from scoring.profile import Profile
from scoring.recommendation.offers import FIT, OfferResult
from scoring.recommendation.risk import RISK_ORDER
from scoring.rules.rulebook import Guidance
from scoring.thresholds import thresholds

#: How many things are named beside one stop; the rest is counted.
MAX_NEEDS = 4


def path(profile: Profile, guidance: Guidance) -> Block | None:
    """Today's start, what is open beside it, what comes next, and what is hoped for.

    None while it is too early to say: a way is counted from what is known.
    """
    if too_early(profile):
        return None
    advice = profile.recommendation
    wished = _wished_models(profile, guidance)
    start = advice.start
    stops = [_stop(result, "open", "Runs already", wished) for result in advice.running]
    today = "The next step" if advice.running else "Today"
    stops += [_stop(start, "start", today, wished)]
    stops += [_stop(result, "open", "Also possible today", wished) for result in advice.open]
    for result, needed in coming(profile)[: thresholds().next_offers]:
        away = f"{upper(counted(len(needed), 'change', in_words=True))} away"
        stops.append(_stop(result, "next", away, wished, _needs(result, profile, guidance)))
    goal = None if any(stop.wished for stop in stops) else _goal(profile, wished)
    if goal is not None:
        held = f"Waits for {counted(len(goal.blocked_by), 'thing', in_words=True)}"
        stops.append(_stop(goal, "blocked", held, wished, _needs(goal, profile, guidance)))
    if len(stops) == 1:
        return None
    finding = _finding(profile, guidance, goal, stops)
    alt = f"{finding}. " + " ".join(f"{stop.title}: {lower(stop.distance)}." for stop in stops)
    library = profile.evidence.library
    by_title = {result.offer.title: result.offer for result in advice.offers}
    rows = tuple(
        (
            stop.title,
            stop.distance,
            ", ".join(stop.chips),
            "; ".join(stop.needs),
            cite(by_title[stop.title].source, library),
        )
        for stop in stops
    )
    return Block(
        "path",
        "How do we get from here to what we hope for?",
        finding,
        (PathChart(alt, tuple(stops)),),
        table("path", ("Offer", "How far", "What kind", "What it still needs", "Source"), rows),
        how=(
            "Next come offers that a few changes would open: the fewest changes first, then the "
            "least effort. Each set of changes was tried out and found to be enough.",
            "What nobody can open by one decision, such as experience, is named and not counted.",
        ),
    )


def _wished_models(profile: Profile, guidance: Guidance) -> frozenset[str]:
    value = profile.evidence.facts.get(guidance.choice.wished_fact, frozenset())
    return value if isinstance(value, frozenset) else frozenset()


def _stop(
    result: OfferResult,
    state: StopState,
    distance: str,
    wished: frozenset[str],
    needs: tuple[str, ...] = (),
) -> Stop:
    hoped = result.offer.model in wished
    return Stop(result.offer.title, state, distance, chips_of(result)[:3], needs, hoped)


def _needs(result: OfferResult, profile: Profile, guidance: Guidance) -> tuple[str, ...]:
    """What blocks an offer, in words; the first few, and how many more."""
    open_ = unanswered_facts_of(result, profile, guidance)
    later = left_for_the_full_round(profile, guidance)
    named = []
    for name in result.blocked_by:
        title = open_.get(name) or BLOCKERS.get(name) or guidance.gates[name].title
        unasked = name in result.unanswered and not_asked(profile.gates[name], profile)
        if unasked or (name in open_ and name in later):
            named.append(f"Not asked: {lower(title)}")
        elif name in open_ or name in result.unanswered:
            named.append(f"Not answered yet: {lower(title)}")
        else:
            named.append(upper(title))
    rest = len(named) - MAX_NEEDS
    return (*named[:MAX_NEEDS], *([f"and {rest} more"] if rest > 0 else []))


def _goal(profile: Profile, wished: frozenset[str]) -> OfferResult | None:
    """The nearest ruled-out offer of the kind that is hoped for."""
    return min(
        (r for r in profile.recommendation.ruled_out if r.offer.model in wished),
        key=lambda r: (FIT in r.blocked_by, len(r.blocked_by), RISK_ORDER.index(r.risk.band)),
        default=None,
    )


def _finding(
    profile: Profile, guidance: Guidance, goal: OfferResult | None, stops: list[Stop]
) -> str:
    if goal is not None:
        kind = guidance.choice.wished_phrases.get(str(goal.offer.model), "peer work")
        steps = sum(stop.state == "next" for stop in stops)
        between = {0: "nothing that a few changes would open", 1: "one offer", 2: "two offers"}
        lies = "lies" if steps < 2 else "lie"
        return f"Between today's start and {kind} {lies} {between.get(steps, 'three offers')}"
    reached = [stop.title for stop in stops if stop.state in ("start", "open") and stop.wished]
    if reached:
        return f"What we hope for is possible today: {listed([lower(title) for title in reached])}"
    for result, needed in coming(profile)[:1]:
        away = counted(len(needed), "change", in_words=True)
        return f"{result.offer.title} is {away} away"
    return "More than one offer is possible today"
