"""What follows: the start, what comes next, what blocks the rest, what must be there first."""

from __future__ import annotations

from collections.abc import Mapping

from assessment.story.answered import needs_stated, not_answered, state
from assessment.story.model import Block, Point, Start, Table
from assessment.story.words import BLOCKERS, chips_of, cite, risk_word
from questionnaires.library import Library
from questionnaires.words import listed, lower, upper
from scoring.fixes import Fix
from scoring.profile import Profile
from scoring.recommend import FIT, OfferResult
from scoring.rulebook import Guidance
from scoring.rules import title_of, wording


def start(profile: Profile, stability: Mapping[str, float], guidance: Guidance) -> Start:
    start = profile.recommendation.start
    offer, library = start.offer, profile.evidence.library
    fallback = offer.id == guidance.choice.fallback
    chips = () if fallback else chips_of(start)
    if profile.shown.groups:
        # Where nobody's answers count, nothing could have come out otherwise.
        share = stability.get(offer.id, 0.0)
        chips = (*chips, f"stays first in {share:.0%} of resamples")
    reasons = [Point(text, "good") for text in start.fits]
    if fallback:
        reasons += _held_back(profile, guidance)
    else:
        count = sum(gate.gate.every_offer and gate.met for gate in profile.gates.values())
        reasons.append(Point(f"The {count} basics that all peer work needs are in place.", "good"))
        own = [profile.gates[gate] for gate in offer.gates if profile.gates[gate].applies]
        if own:
            needs = listed([lower(result.gate.title) for result in own])
            asked = [source for result in own for source in result.sources]
            reasons.append(Point(f"{_own(len(own))} met: {needs}.", "good", cite(asked, library)))
    risk = [Point(f"+{point.points}  {point.because}", "careful") for point in start.risk.points]
    risk += [Point(f"In place: {text}", "good") for text in start.risk.in_place]
    return Start(
        question="What may we start?",
        title=offer.title,
        about=offer.about,
        chips=chips,
        reasons=tuple(reasons),
        risk=tuple(risk),
        risk_sentence="" if fallback else _risk_sentence(start, guidance),
        sources=cite(offer.source, library),
        reason=offer.reason,
    )


def _held_back(profile: Profile, guidance: Guidance) -> list[Point]:
    """Why there is no start yet: what every offer needs, the unanswered counted in one line."""
    evidence = profile.evidence
    general = [result for result in profile.gates.values() if result.gate.every_offer]
    unmet = [result for result in general if not result.met]
    open_ = [result for result in unmet if not_answered(result, evidence)]
    points = [
        Point(
            f"{result.gate.title}: not met. {result.gate.to_meet}",
            "careful",
            cite(result.sources, evidence.library),
        )
        for result in unmet
        if result not in open_
    ]
    if open_:
        some = "None" if len(open_) == len(general) else f"{len(open_)}"
        verb = "is" if len(open_) in (1, len(general)) else "are"
        basics = f"of the {len(general)} basics that all peer work needs"
        end = "answered yet" if some == "None" else "not answered yet"
        points.append(Point(f"{some} {basics} {verb} {end}."))
    if not points:
        stated = needs_stated(profile, guidance)
        words = (
            "No offer that fits the stated needs is possible yet."
            if stated
            else "Nothing was answered yet about what you need, so no offer can be compared."
        )
        points.append(Point(words, "careful" if stated else ""))
    return points


def _own(count: int) -> str:
    """The conditions of an offer's own, counted."""
    words = {2: "two", 3: "three", 4: "four", 5: "five", 6: "six"}
    return (
        "Its own condition is"
        if count == 1
        else f"Its own {words.get(count, count)} conditions are"
    )


def _risk_sentence(result: OfferResult, guidance: Guidance) -> str:
    rules = guidance.risk
    return (
        f"{result.risk.band.capitalize()} risk: {result.risk.total} points. Up to "
        f"{rules.low_up_to} is low, up to {rules.moderate_up_to} moderate, above that high."
    )


def next_sentence(profile: Profile) -> str:
    if not profile.next:
        return "No further offer can be unlocked by a few changes."
    result, needed = profile.next[0]
    fixes = "one change" if len(needed) == 1 else f"{len(needed)} changes"
    return f"The nearest next offer is {fixes} away: {lower(result.offer.title)}"


def fix_in_words(fix: Fix, profile: Profile, guidance: Guidance, result: OfferResult) -> Point:
    """A fix in words, with the source of the gate or safeguard that asks for it."""
    library = profile.evidence.library
    asked = [
        rule.source
        for rule in (*guidance.gates_of(result.offer), *guidance.risk.safeguards)
        for condition in [getattr(rule, "needs", None) or getattr(rule, "missing", None)]
        if condition is not None
        and any(fix.id in (leaf.practice, leaf.fact, leaf.score) for leaf in condition.leaves())
    ]
    sources = cite(asked[0], library) if asked else ""
    if fix.kind == "lift":
        return Point(f"Lift {lower(title_of(fix.id, library))} to {fix.to}", "", sources)
    item = library.items[fix.id]
    if fix.kind == "raise":
        return Point(item.steps.get(fix.to, wording(item)), "", sources)
    label = next((o.label for o in library.options(item) if o.code == fix.to), fix.to)
    return Point(f"{wording(item).rstrip('?')}: {lower(label)}", "", sources)


def blocked(profile: Profile, guidance: Guidance) -> Block | None:
    """What blocks the offers that answer a stated need; the others in one sentence."""
    out = profile.recommendation.ruled_out
    wanted = [result for result in out if FIT not in result.blocked_by]
    others = [result for result in out if FIT in result.blocked_by]
    if not out:
        return None
    library = profile.evidence.library
    rows = tuple(
        (
            result.offer.title,
            risk_word(result),
            upper(
                "; ".join(
                    BLOCKERS.get(name) or lower(guidance.gates[name].title)
                    for name in result.blocked_by
                )
            ),
            cite(result.offer.source, library),
        )
        for result in wanted
    )
    notes = []
    opened = [lower(result.offer.title) for result in profile.recommendation.open]
    if opened:
        notes.append(f"Also possible today: {listed(opened)}.")
    stated = needs_stated(profile, guidance)
    if others and stated:
        titles = listed([lower(result.offer.title) for result in others])
        notes.append(f"Not considered, since they answer no need that was stated: {titles}.")
    count = len(rows)
    if not count and not stated:
        finding = "What you need is not answered yet, so offers cannot be compared"
    elif not count:
        finding = "Nothing else that answers a stated need is held back"
    elif count == 1:
        finding = "One more offer would answer a stated need and is not possible yet"
    else:
        finding = f"{count} more offers would answer a stated need and are not possible yet"
    return Block(
        "blocked",
        "What blocks the rest?",
        finding,
        table=Table(("Offer", "Risk", "What is missing", "Source"), rows) if rows else None,
        note=" ".join(notes),
        how=(
            "An offer is possible when every gate it needs is met, its risk is not too high, it "
            "answers a stated need, and somebody has the experience it takes.",
        ),
    )


def gates(profile: Profile, library: Library) -> Block:
    general = [result for result in profile.gates.values() if result.gate.every_offer]
    met = sum(result.met for result in general)
    finding = (
        f"The {met} basics that all peer work needs are in place"
        if met == len(general)
        else f"{met} of the {len(general)} basics that all peer work needs are in place"
    )
    evidence = profile.evidence
    open_ = [result for result in general if not_answered(result, evidence)]
    if len(open_) == len(general):
        finding = f"Not answered yet: the {len(general)} basics that all peer work needs"
    elif open_:
        one = "one is" if len(open_) == 1 else f"{len(open_)} are"
        finding += f"; {one} not answered yet"
    points = tuple(
        Point(
            f"{result.gate.title}. {result.gate.to_meet}", "careful", cite(result.sources, library)
        )
        for result in general
        if not result.met and result not in open_
    )
    rows = tuple(
        (
            state(result, evidence),
            result.gate.title,
            " ".join(result.because),
            cite(result.sources, library),
        )
        for result in general
    )
    return Block(
        "gates",
        "What must be there first?",
        finding,
        table=Table(("State", "What", "What we know", "Source"), rows),
        points=points,
        folded=True,
        how=("Nothing makes up for one of these: each is asked for by itself.",),
    )
