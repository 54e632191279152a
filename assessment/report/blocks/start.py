"""What may start: the offer, its own first steps, what could be chosen instead, how sure it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from assessment.report.basics import (
    basics,
    blocked_in_words,
    known_in_words,
    missing_gates,
    missing_in_words,
    too_early,
)
from assessment.report.model import Detail, Point, Start, Task
from assessment.report.round_details import Round
from assessment.report.terms import chips_of, cite, risk_point_in_words, risk_word
from assessment.report.who_answered import not_shown_in_words, unheard
from questionnaires.library import Library
from questionnaires.phrases import listed, lower, number, upper
from scoring.profile import Profile
from scoring.recommendation.offers import OfferResult
from scoring.rules.model import HEARD_GATE, Offer
from scoring.rules.rulebook import Guidance
from scoring.thresholds import thresholds

#: How many offers are named that wait, or lie near.
MAX_NAMED = 3
WEEKS = {4: "a month", 8: "two months", 12: "three months", 26: "half a year", 52: "a year"}


def start(
    profile: Profile, stability: Mapping[str, float], guidance: Guidance, round_: Round
) -> Start:
    """The recommended start with everything that belongs beside it."""
    advice = profile.recommendation
    chosen, library = advice.start, profile.evidence.library
    offer = chosen.offer
    fallback = offer.id == guidance.choice.fallback
    begin = offer.begin
    tasks = tuple(Task(s.what, s.who, s.when) for s in begin.steps) if begin else ()
    about_it = offer.description
    if fallback and not too_early(profile):
        tasks = tuple(map(Task, offer.tasks))
        about_it = f"Begin with {offer.phrase}. {offer.description}"
    elif fallback:
        about_it = "What is not answered yet could change what may start."
    return Start(
        question="What may be the next step?" if advice.running else "What may we start?",
        title=title(profile, guidance),
        description=about_it,
        chips=() if fallback else chips_of(chosen),
        reasons=tuple(
            _why_not(profile, guidance, round_) if fallback else _why(chosen, profile, guidance)
        ),
        risk=(
            *(
                Point(f"+{point.points}  {risk_point_in_words(point)}", "careful")
                for point in chosen.risk.points
            ),
            *(Point(f"In place: {text}", "good") for text in chosen.risk.in_place),
        ),
        risk_sentence="" if fallback else _risk_sentence(chosen, guidance),
        sources=cite(offer.source, library),
        reason=offer.reason,
        certainty=certainty(profile, stability),
        steps_title="Meanwhile" if fallback else "The first steps",
        first_steps=tasks,
        training=begin.training if begin else "",
        review=review_date(offer),
        alternatives=tuple(_alternatives(profile, guidance)),
    )


def title(profile: Profile, guidance: Guidance) -> str:
    """The start by its name, or in a few words why there is none."""
    advice = profile.recommendation
    if advice.start.offer.id != guidance.choice.fallback:
        return advice.start.offer.title
    match advice.because:
        case "main_need":
            return advice.start.offer.title
        case "too_early":
            return "Too early to say"
        case "not_heard":
            return "Nothing yet: the view of service users is missing"
        case "no_need_answered" if advice.waiting:
            return "Ready, and what answers your need waits"
        case "no_need_answered":
            return (
                "Ready, and nothing here answers the need you named"
                if profile.wishes.any_need
                else "Ready, once you say which need it should answer"
            )
        case "appetite":
            return "Nothing yet: what would help carries too much risk"
        case "culture":
            return "Nothing yet: too few here stand behind it"
        case _:
            return "Nothing new yet" if advice.running else "Nothing yet: first the basics"


def review_date(offer: Offer) -> str:
    """When everybody involved looks back, and what they ask then."""
    if offer.begin is None:
        return ""
    return f"Look back {after_weeks(offer)}. {offer.begin.look_back}"


def after_weeks(offer: Offer) -> str:
    """The day to look back, counted from the first one: "after six weeks"."""
    weeks = offer.begin.look_back_after_weeks if offer.begin else 0
    return f"after {WEEKS.get(weeks) or f'{number(weeks)} weeks'}"


def certainty(profile: Profile, stability: Mapping[str, float]) -> str:
    """Whether the start would be the same had others answered: only about what was sampled."""
    groups = profile.partition.groups
    if too_early(profile) or not groups:
        return ""
    sampled = [g for g in groups if g.head_count is None or g.n < g.head_count]
    if not sampled:
        everybody = "Everybody in the groups that are shown answered"
        if unheard(profile):
            return f"{everybody}. Others may change it once enough of them answer to be shown."
        return f"{everybody}, so nobody else could change it."
    share = stability.get(profile.recommendation.start.offer.id, 0.0)
    limits = thresholds()
    words = "could well be another"
    if share >= limits.certain_from:
        words = "would be the same"
    elif share >= limits.likely_from:
        words = "would most likely be the same"
    elif share >= limits.more_often_than_not_from:
        words = "would be the same more often than not"
    people = {"organisation": "colleagues", "lived_experience": "service users"}
    sides = {group.side for group in sampled}
    others = [who for side, who in people.items() if side in sides]
    return (
        f"This {words} if other {listed(others)} had answered. What the working group agreed is "
        "taken as it stands."
    )


def _why(result: OfferResult, profile: Profile, guidance: Guidance) -> Iterator[Point]:
    """What speaks for an offer: the needs that it answers, and what it asks for and is there."""
    for text in result.fits:
        yield Point(text, "good")
    asked = [gate.id for gate in guidance.gates_of(result.offer)]
    general = [name for name in asked if guidance.gates[name].every_offer]
    yield Point(f"The {len(general)} basics that it needs are in place.", "good")
    own = [profile.gates[name] for name in result.offer.gates if profile.gates[name].applies]
    if own:
        needs = listed([lower(found.gate.title) for found in own])
        sources = cite([source for found in own for source in found.sources], _library(profile))
        first = (
            "Its own condition is"
            if len(own) == 1
            else f"Its own {number(len(own))} conditions are"
        )
        yield Point(f"{first} met: {needs}.", "good", sources)


def _why_not(profile: Profile, guidance: Guidance, round_: Round) -> Iterator[Point]:
    """Why there is no start yet; what nobody has answered is never told as missing."""
    advice, found = profile.recommendation, basics(profile)
    if too_early(profile):
        yield Point(known_in_words(profile))
        for sentence in missing_in_words(profile, guidance, round_):
            yield Point(sentence)
        return
    for text in advice.start.fits:
        yield Point(text, "good")
    if advice.because == "not_heard":
        yield Point(
            f"{not_shown_in_words(profile, round_) or 'Too few people have answered'}.", "careful"
        )
    for result in found.unmet:
        if result.gate.id != HEARD_GATE:
            sources = cite(result.sources, _library(profile))
            text = f"{result.gate.title}: {lower(result.gate.to_meet)}"
            yield Point(text, "careful", sources, twice=True)
    if found.unanswered:
        yield Point(f"{found.counted}.")


def _risk_sentence(result: OfferResult, guidance: Guidance) -> str:
    rules = guidance.risk
    return (
        f"{upper(result.risk.band)} risk: {result.risk.total} points. Up to {rules.low_up_to} is "
        f"low, up to {rules.moderate_up_to} moderate, above that high."
    )


def _alternatives(profile: Profile, guidance: Guidance) -> Iterator[Detail]:
    """What could be chosen instead, what runs already, what lies near, and what has to wait."""
    advice, library = profile.recommendation, _library(profile)
    if advice.alternative is not None:
        yield _alternative(advice.start, advice.alternative, profile)
    for result in advice.running:
        yield _running(result, profile, guidance)
    if advice.nearest and advice.because == "no_need_answered":
        yield Detail(
            "Possible today, for needs that you did not name",
            points=tuple(
                Point(
                    f"{result.offer.title} ({risk_word(result)}). {result.offer.description}",
                    sources=cite(result.offer.source, library),
                )
                for result in advice.nearest[:MAX_NAMED]
            ),
        )
    if advice.waiting:
        nearest = sorted(advice.waiting, key=lambda result: len(result.blocked_by))
        yield Detail(
            _what_waits(profile),
            points=tuple(
                Point(
                    f"{result.offer.title}: {blocked_in_words(result, profile, guidance)}.",
                    sources=cite(result.offer.source, library),
                )
                for result in nearest[:MAX_NAMED]
            ),
        )


def _alternative(chosen: OfferResult, other: OfferResult, profile: Profile) -> Detail:
    """The other choice, and what one would give up by it."""
    safer = profile.recommendation.alternative_because == "lower_risk"
    if safer:
        lost = [text for text in chosen.fits if text not in other.fits]
        gives = f"You would give up: {_in_one(lost)}" if lost else "It answers what you named, too."
        if other.risk.band == chosen.risk.band:
            gives = (
                f"Both are {other.risk.band} risk, this one with {other.risk.total} points against "
                f"{chosen.risk.total}. {gives}"
            )
    else:
        won = [text for text in other.fits if text not in chosen.fits]
        gives = f"You would gain: {_in_one(won)} You would take on more risk."
    return Detail(
        f"{'Less risk' if safer else 'A better fit'}: {lower(other.offer.title)}",
        chips_of(other),
        (other.offer.description, gives),
        sources=cite(other.offer.source, _library(profile)),
    )


def _in_one(sentences: list[str]) -> str:
    """Sentences as one, with a full stop at its end."""
    return f"{'; '.join(lower(text.rstrip('.')) for text in sentences)}."


def _running(result: OfferResult, profile: Profile, guidance: Guidance) -> Detail:
    """What runs already, and what has to be put right for it."""
    points = [
        Point(
            f"Put right: {lower(guidance.gates[name].title)}. {guidance.gates[name].to_meet}",
            "careful",
            cite(guidance.gates[name].source, _library(profile)),
        )
        for name in missing_gates(result)
    ]
    open_ = [lower(guidance.gates[name].title) for name in result.unanswered]
    if open_:
        points.append(Point(f"Not answered yet: {'; '.join(open_)}."))
    texts = () if points else ("Everything that it needs is in place.",)
    return Detail(f"Runs already: {lower(result.offer.title)}", (), texts, tuple(points))


def _what_waits(profile: Profile) -> str:
    """The main need that waits; or, where something that runs answers it, what else would."""
    if any(result.need == "main" for result in profile.recommendation.running):
        return "What else would answer your main need"
    need = profile.wishes.main_need
    return f"Your main need waits: {lower(need)}" if need else "Your main need waits"


def _library(profile: Profile) -> Library:
    return profile.evidence.library
