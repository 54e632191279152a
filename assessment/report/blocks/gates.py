"""What follows beside the start: what blocks the other offers, and what must be there first."""

from __future__ import annotations

from assessment.report.basics import (
    STATES,
    Basics,
    basics,
    blocked_in_words,
    gate_state,
    unanswered_facts,
)
from assessment.report.model import Block, Point, Table
from assessment.report.round import AgreedAnswer, EarlierAnswer, Round
from assessment.report.terms import cite, number, risk_word
from assessment.report.wording.conditions import gate_in_words
from questionnaires.library import Library
from questionnaires.model import Item
from questionnaires.phrases import listed, lower, upper
from scoring.profile import Profile
from scoring.recommendation.gates import GateResult
from scoring.recommendation.offers import FIT, RUNNING
from scoring.rules.rulebook import Guidance
from scoring.thresholds import thresholds

#: How many gates a finding names; the rest is counted.
MAX_NAMED = 2


def blocked(profile: Profile, guidance: Guidance) -> Block | None:
    """What blocks the offers that answer a stated need; the others in one sentence."""
    advice, library = profile.recommendation, profile.evidence.library
    out = [result for result in advice.ruled_out if RUNNING not in result.blocked_by]
    wanted = [result for result in out if result.need is not None]
    others = [result for result in out if result.need is None]
    if not out:
        return None
    rows = tuple(
        (
            result.offer.title,
            risk_word(result),
            f"{blocked_in_words(result, profile, guidance)}.",
            cite(result.offer.source, library),
        )
        for result in wanted
    )
    notes = []
    if advice.open:
        opened = [lower(result.offer.title) for result in advice.open]
        notes.append(f"Also possible today: {listed(opened)}.")
    stated = FIT not in unanswered_facts(profile, guidance)
    if others and stated:
        titles = listed([lower(result.offer.title) for result in others])
        notes.append(f"Not considered, since they answer no need that was stated: {titles}.")
    return Block(
        "blocked",
        "What do the other offers wait for?",
        _how_many_wait(len(rows), stated=stated, beside=_anything(profile, guidance)),
        table=Table(("Offer", "Risk", "What it waits for", "Source"), rows) if rows else None,
        note=" ".join(notes),
        how=(
            "An offer is possible when every gate it needs is met, its risk is not too high, it "
            "answers a stated need, and somebody has the experience it takes.",
        ),
    )


def _anything(profile: Profile, guidance: Guidance) -> bool:
    """Whether there is a start, or something that runs already, beside what has to wait."""
    advice = profile.recommendation
    return advice.start.offer.id != guidance.choice.fallback or bool(advice.running)


def _how_many_wait(count: int, *, stated: bool, beside: bool) -> str:
    if not stated:
        return "What you need is not answered yet, so offers cannot be compared"
    if not count:
        return f"Nothing {'else ' if beside else ''}that answers a stated need has to wait"
    more = " more" if beside else ""
    if count == 1:
        return f"One{more} offer would answer a stated need and has to wait"
    return f"{upper(number(count))}{more} offers would answer a stated need and have to wait"


def gates(profile: Profile, round_: Round) -> Block:
    """What holds us back: the basics by name before any average."""
    library, found = profile.evidence.library, basics(profile)
    rows = tuple(
        (
            STATES[gate_state(result)],
            result.gate.title,
            facts_behind(result, profile, round_),
            cite(result.sources, library),
        )
        for result in (*found.unmet, *found.unanswered, *found.met)
    )
    return Block(
        "gates",
        "What holds us back?",
        held_back_by(found),
        signs=found.signs,
        table=Table(("State", "What", "What we know", "Source"), rows),
        points=tuple(
            Point(
                f"{result.gate.title}. {result.gate.to_meet}",
                "careful",
                cite(result.sources, library),
            )
            for result in found.unmet
        ),
        folded=True,
        note=limits_beside_scores(profile),
        how=("Nothing makes up for one of these: each is asked for by itself.",),
    )


def held_back_by(found: Basics) -> str:
    """What holds us back, by name; what nobody has answered holds nobody back."""
    if not found.unmet:
        return found.counted
    names = [lower(result.gate.title) for result in found.unmet]
    more = len(names) - MAX_NAMED
    parts = names[:MAX_NAMED] + ([f"{more} more"] if more > 0 else [])
    finding = f"Not in place: {listed(parts)}" if more > 0 else f"Not in place: {'; '.join(parts)}"
    return f"{finding}. {len(found.unanswered)} not answered yet" if found.unanswered else finding


def limits_beside_scores(profile: Profile) -> str:
    """A sentence where a score and a gate seem to say different things; else empty."""
    library, found = profile.evidence.library, basics(profile)
    for result in found.unmet:
        for name in _measured(result, profile):
            dimension = library.dimensions[name]
            for title, score in (
                (dimension.title, profile.dimensions[name].score),
                (library.domains[dimension.domain].title, profile.domains[dimension.domain].score),
            ):
                if score is not None and score >= thresholds().nearly_ready_from:
                    return (
                        f"{title} stands at {score} of 100, and this is not in place: "
                        f"{lower(result.gate.title)}. A good average does not make up for it."
                    )
    ready = profile.readiness
    if (
        found.unmet
        or found.unanswered
        or ready.score is None
        or ready.score >= thresholds().nearly_ready_from
    ):
        return ""
    lowest = [
        lower(domain.title)
        for domain in library.domains.values()
        if domain.counts and profile.domains[domain.id].score == ready.score
    ]
    return (
        f"Lowest score: {listed(lowest)}, {ready.score} of 100. What makes a start responsible is "
        "there; what makes it good has to grow beside it."
    )


def _measured(result: GateResult, profile: Profile) -> tuple[str, ...]:
    """The dimensions of the practices that a gate reads."""
    items = profile.evidence.library.items
    leaves = result.gate.needs.leaves()
    found = (items[leaf.practice].dimension for leaf in leaves if leaf.practice)
    return tuple(dict.fromkeys(name for name in found if name and name in profile.dimensions))


def facts_behind(result: GateResult, profile: Profile, round_: Round) -> str:
    """What we know of a gate: what was agreed, and the note that shows it, in its own words."""
    notes = [
        text
        for leaf in result.gate.needs.leaves()
        if leaf.practice and (text := note_in_words(round_.note(leaf.practice), profile))
    ]
    return " ".join((*gate_in_words(result, profile.evidence), *notes))


def answer_in_words(entry: AgreedAnswer | EarlierAnswer, item: Item, library: Library) -> str:
    """An agreed answer as it is read inside a sentence: its step, or what members chose."""
    labels = {option.code: lower(option.label) for option in library.options(item)}
    words = [labels.get(code, code.replace("_", " ")) for code in entry.chosen or (entry.code,)]
    return f"we did not agree: {listed(words)}" if entry.chosen else listed(words)


def note_in_words(entry: AgreedAnswer | None, profile: Profile) -> str:
    """A note as it was written, and of which answer it speaks where that is another one; and the
    note of the answer that stood before, where that was another note."""
    if entry is None:
        return ""
    notes = [f"Noted: “{entry.note}”"] if entry.note and not entry.note_is_older else []
    if entry.earlier is not None and entry.earlier.note:
        library = profile.evidence.library
        was = answer_in_words(entry.earlier, library.items[entry.item], library)
        notes.append(f"Noted when it was “{was}”: “{entry.earlier.note}”")
    return " ".join(notes)
