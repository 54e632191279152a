"""What follows beside the start: what blocks the other offers, and what must be there first."""

from __future__ import annotations

from assessment.report.basics import (
    Basics,
    basics,
    in_part,
    not_asked,
    status_in_words,
    unanswered_facts,
)
from assessment.report.blocks.offers import by_nearness
from assessment.report.model import Block, Point
from assessment.report.tables import Row, Table, table
from assessment.report.terms import cite
from assessment.report.wording.conditions import gate_in_words
from questionnaires.library import Library
from questionnaires.model import Item
from questionnaires.phrases import listed, lower, number, upper
from scoring.profile import Profile
from scoring.recommendation.gates import GateResult
from scoring.recommendation.offers import FIT, RUNNING
from scoring.result import AgreedAnswer, EarlierAnswer, Result
from scoring.thresholds import thresholds

GATES = ("State", "What must be in place", "Asked of", "What we know", "To meet it", "Source")
#: How many offers are named that ask for one thing; more are counted.
MAX_OFFERS = 5
FORCE = {"must": "The source says must.", "should": "The source says should.", "may": ""}
#: How many gates a finding names; the rest is counted.
MAX_NAMED = 2


def blocked(result: Result, offers: Table) -> Block | None:
    """What blocks the offers that answer a stated need; the others in one sentence."""
    profile, guidance = result.profile, result.rulebook
    advice = profile.recommendation
    out = [offer for offer in advice.ruled_out if RUNNING not in offer.blocked_by]
    wanted = [offer for offer in out if offer.need is not None]
    others = [offer for offer in out if offer.need is None]
    if not out:
        return None
    row_of = dict(zip((offer.offer.id for offer in by_nearness(result)), offers.rows, strict=True))
    waiting = offers.part("blocked", (1, 3, 6, 7), (row_of[offer.offer.id] for offer in wanted))
    notes = []
    if advice.open:
        opened = [lower(offer.offer.title) for offer in advice.open]
        notes.append(f"Also possible today: {listed(opened)}.")
    stated = FIT not in unanswered_facts(profile, guidance)
    beside = advice.start.offer.id != guidance.choice.fallback or bool(advice.running)
    if others and stated:
        titles = listed([lower(offer.offer.title) for offer in others])
        notes.append(f"Not considered, since they answer no need that was stated: {titles}.")
    return Block(
        "blocked",
        "What do the other offers wait for?",
        _how_many_wait(len(wanted), stated=stated, beside=beside),
        table=waiting if wanted else None,
        note=" ".join(notes),
        how=(
            "An offer is possible when every gate it needs is met, its risk is not too high, it "
            "answers a stated need, and somebody has the experience it takes.",
        ),
    )


def _how_many_wait(count: int, *, stated: bool, beside: bool) -> str:
    """How many offers wait, where there may be a start, or something that runs, beside them."""
    if not stated:
        return "What you need is not answered yet, so offers cannot be compared"
    if not count:
        return f"Nothing {'else ' if beside else ''}that answers a stated need has to wait"
    more = " more" if beside else ""
    if count == 1:
        return f"One{more} offer would answer a stated need and has to wait"
    return f"{upper(number(count))}{more} offers would answer a stated need and have to wait"


def gates(result: Result, all_gates: Table) -> Block:
    """What holds us back: the basics by name before any average."""
    profile, library = result.profile, result.library
    found = basics(profile)
    # They stand first, below their heading.
    row_of = dict(zip((gate.gate.id for gate in found.all), all_gates.rows[1:], strict=False))
    return Block(
        "gates",
        "What holds us back?",
        held_back_by(found, result.profile),
        signs=found.signs,
        table=all_gates.part(
            "basics", (0, 1, 3, 5), (row_of[gate.gate.id] for gate in found.open_first)
        ),
        points=tuple(
            Point(f"{gate.gate.title}. {gate.gate.to_meet}", "careful", cite(gate.sources, library))
            for gate in found.unmet
        ),
        folded=True,
        note=limits_beside_scores(profile),
        how=("Nothing makes up for one of these: each is asked for by itself.",),
    )


def gates_table(result: Result) -> Table:
    """Every gate, under a heading those of every offer and those of some."""
    gates = result.profile.gates.values()
    rows: list[Row] = []
    for title, every_offer in (
        ("What every offer needs", True),
        ("What some offers need beyond it", False),
    ):
        found = [gate for gate in gates if gate.gate.every_offer == every_offer]
        counted = _how_many_met(found, result.profile)
        rows.append(Row((counted, title, None, None, None, None), strong=True))
        rows += [_row(gate, result) for gate in found]
    return table("gates", GATES, rows)


def _how_many_met(found: list[GateResult], profile: Profile) -> str:
    asked = [gate for gate in found if gate.applies and not not_asked(gate, profile)]
    met, open_ = sum(gate.met for gate in asked), sum(not gate.answered for gate in asked)
    return f"{met} of {len(asked)} in place" + (f", {open_} not answered yet" if open_ else "")


def _row(gate: GateResult, result: Result) -> Row:
    rule, guidance = gate.gate, result.rulebook
    asked_of = "every offer"
    if not rule.every_offer:
        offers = [offer.title for offer in guidance.offers.values() if rule.id in offer.gates]
        asked_of = listed([lower(title) if at else title for at, title in enumerate(offers)])
        if len(offers) > MAX_OFFERS:
            asked_of = f"{len(offers)} of {len(guidance.starts)} offers"
    judged = " Our judgement." if rule.judgement else ""
    return Row(
        (
            status_in_words(gate, result.profile),
            rule.title,
            asked_of,
            facts_behind(gate, result),
            "" if gate.met else rule.to_meet,
            f"{cite(gate.sources, result.library)}. {FORCE[rule.force]}{judged}".strip(),
        )
    )


def held_back_by(found: Basics, profile: Profile) -> str:
    """What holds us back, by name; what nobody has answered holds nobody back."""
    if not found.unmet:
        return found.counted
    names = [
        f"{lower(result.gate.title)}{' (in part it is)' if in_part(result, profile) else ''}"
        for result in found.unmet
    ]
    more = len(names) - MAX_NAMED
    # Titles have commas of their own.
    named = "; ".join([*names[:MAX_NAMED], f"and {more} more"] if more > 0 else names)
    open_ = f". {len(found.unanswered)} not answered yet" if found.unanswered else ""
    return f"Not in place: {named}{open_}"


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
                    lacking = "not all of this is" if in_part(result, profile) else "this is not"
                    return (
                        f"{title} stands at {score} of 100, and {lacking} in place: "
                        f"{lower(result.gate.title)}. A good average does not make up for it."
                    )
    ready, open_ = profile.readiness, found.unmet or found.unanswered
    if open_ or ready.score is None or ready.score >= thresholds().nearly_ready_from:
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


def facts_behind(gate: GateResult, result: Result) -> str:
    """What we know of a gate: what was agreed, and the note that shows it, in its own words."""
    agreed = {entry.item: entry for entry in result.agreed}
    notes = [
        text
        for leaf in gate.gate.needs.leaves()
        if leaf.practice in agreed
        and (text := note_in_words(agreed[leaf.practice], result.library))
    ]
    return " ".join((*gate_in_words(gate, result.profile.evidence), *notes))


def answer_in_words(entry: AgreedAnswer | EarlierAnswer, item: Item, library: Library) -> str:
    """An agreed answer as it is read inside a sentence: its step, or what members chose."""
    labels = {option.code: lower(option.label) for option in library.options(item)}
    words = [labels.get(code, code.replace("_", " ")) for code in entry.chosen or (entry.code,)]
    return f"we did not agree: {listed(words)}" if entry.chosen else listed(words)


def note_in_words(entry: AgreedAnswer, library: Library) -> str:
    """A note as it was written, and of which answer it speaks where that is another one; and the
    note of the answer that stood before, where that was another note."""
    fresh = entry.note and not entry.note_is_older
    notes = [f"Noted: “{_in_one_line(entry.note)}”"] if fresh else []
    if entry.earlier is not None and entry.earlier.note:
        was = answer_in_words(entry.earlier, library.items[entry.item], library)
        notes.append(f"Noted when it was “{was}”: “{_in_one_line(entry.earlier.note)}”")
    return " ".join(notes)


def reason_in_words(entry: AgreedAnswer, library: Library) -> str:
    """Why the group answers so, and why it answered otherwise before, as it was written."""
    reasons = [f"“{_in_one_line(entry.reason)}”"] if entry.reason else []
    if entry.earlier is not None and entry.earlier.reason:
        was = answer_in_words(entry.earlier, library.items[entry.item], library)
        reasons.append(f"When it was “{was}”: “{_in_one_line(entry.earlier.reason)}”")
    return " ".join(reasons)


def _in_one_line(text: str) -> str:
    """Something that was written in several lines, to stand within a sentence."""
    return " · ".join(line.strip() for line in text.splitlines() if line.strip())
