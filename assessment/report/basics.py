"""Where an organisation stands: the basics, and whether it is too early to say.

What nobody has answered is neither there nor missing: it is told as not answered yet, everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assessment.report.round_details import Round
from assessment.report.terms import BLOCKERS, together
from assessment.report.who_answered import not_shown_in_words
from questionnaires.model import WORKING_GROUP
from questionnaires.phrases import counted, listed, lower, number, upper
from questionnaires.skip_logic import Applies
from scoring.profile import Profile
from scoring.recommendation.gates import GateResult
from scoring.recommendation.offers import EXPERIENCE, FIT, RISK, OfferResult, open_blocks
from scoring.rules import conditions
from scoring.rules.model import HEARD_GATE
from scoring.rules.rulebook import Guidance

PEER_WORKERS = "peer_worker"
#: The question how many peer workers would start.
PLANNED = "fit.number_of_peers"
BasicState = Literal["met", "unmet", "unanswered"]
#: The states of a gate in words, and a sign for each.
STATE_WORDS: dict[BasicState, str] = {
    "met": "in place",
    "unmet": "not in place",
    "unanswered": "not answered yet",
}
STATE_SIGNS: dict[BasicState, str] = {"met": "✓", "unmet": "–", "unanswered": "?"}
#: What keeps offers back and rests on facts, in words.
FACTS = {
    FIT: "what people need",
    EXPERIENCE: "who has done peer work before",
    RISK: "how much risk you would take",
}


@dataclass(frozen=True)
class Sign:
    """One of the basics as a circle: full, empty, or dashed where nobody has answered yet."""

    title: str
    state: BasicState


def gate_state(result: GateResult) -> BasicState:
    """Whether a gate is met, not met, or not answered yet."""
    if result.met:
        return "met"
    return "unmet" if result.answered else "unanswered"


@dataclass(frozen=True)
class Basics:
    """The gates that are asked of every offer, in the order of the guidance, and by their state."""

    all: tuple[GateResult, ...]
    met: tuple[GateResult, ...]
    unmet: tuple[GateResult, ...]
    unanswered: tuple[GateResult, ...]

    @property
    def open_first(self) -> tuple[GateResult, ...]:
        """First what is not in place, then what nobody has answered."""
        return (*self.unmet, *self.unanswered, *self.met)

    @property
    def signs(self) -> tuple[Sign, ...]:
        """Every one as a circle."""
        return tuple(Sign(result.gate.title, gate_state(result)) for result in self.open_first)

    @property
    def counted(self) -> str:
        """How many are not in place, and how many are not answered; without a full stop."""
        total = len(self.all)
        if len(self.unanswered) == total:
            return f"None of the {total} basics is answered yet"
        parts = [
            (number(len(results)), f"{'is' if len(results) == 1 else 'are'} {words}")
            for results, words in (
                (self.unmet, "not in place"),
                (self.unanswered, "not answered yet"),
            )
            if results
        ]
        if not parts:
            return f"All {total} basics are in place"
        if len(parts) == 1:
            ((count, words),) = parts
            return f"{upper(count)} of the {total} basics {words}"
        return f"Of the {total} basics {listed([' '.join(part) for part in parts])}"


def basics(profile: Profile) -> Basics:
    """What all peer work needs."""
    results = tuple(result for result in profile.gates.values() if result.gate.every_offer)
    by_state = {
        state: tuple(result for result in results if gate_state(result) == state)
        for state in STATE_WORDS
    }
    return Basics(results, by_state["met"], by_state["unmet"], by_state["unanswered"])


def any_figure(profile: Profile) -> bool:
    """Whether there is any score to tell of."""
    return any(result.score is not None for result in profile.dimensions.values())


def too_early(profile: Profile) -> bool:
    """Whether what is not answered yet could change what may start."""
    return profile.recommendation.because == "too_early"


def known_in_words(profile: Profile) -> str:
    """What is known so far, as a sentence."""
    found = basics(profile)
    groups = [group.id for group in profile.partition.groups]
    parts = [f"what {together(groups, profile.context)} say"] if groups else []
    parts += [
        f"{counted(len(results), 'basic', in_words=True)} {words}"
        for results, words in ((found.met, "in place"), (found.unmet, "not in place"))
        if results
    ]
    *before, last = parts or [""]
    joined = f"{', '.join(before)}, and {last}" if before else last
    return f"Known so far: {joined or 'hardly anything'}."


def missing_in_words(profile: Profile, guidance: Guidance, round_: Round) -> tuple[str, ...]:
    """What is not answered yet and could change what may start, each as a sentence."""
    found = basics(profile)
    own = any(result.gate.id != HEARD_GATE for result in found.unanswered)
    parts = [f"{found.counted}."] if own else []
    unseen = not_shown_in_words(profile, round_)
    if unseen and not profile.gates[HEARD_GATE].met:
        parts.append(f"{unseen}.")
    parts += [
        f"{upper(words)} is not said." for words in unanswered_facts(profile, guidance).values()
    ]
    if parts:
        return tuple(parts)
    if profile.form == "quick":
        return (
            "What the first kinds of peer work need on top is not known: a quick look does not ask "
            "all of it.",
        )
    return ("What the first kinds of peer work need on top is not answered.",)


def status_in_words(result: GateResult, profile: Profile) -> str:
    """Where a gate stands, also where it does not apply or was not asked."""
    if not result.applies:
        return "does not apply"
    if not_asked(result, profile):
        return "not asked"
    state = gate_state(result)
    words = "not all of it in place" if in_part(result, profile) else STATE_WORDS[state]
    return f"{STATE_SIGNS[state]} {words}"


def in_part(result: GateResult, profile: Profile) -> bool:
    """Whether some of what a gate needs is in place, and not all of it."""
    if gate_state(result) != "unmet":
        return False
    leaves = result.gate.needs.leaves()
    return any(conditions.holds(leaf, profile.evidence, cautious=False) for leaf in leaves)


def not_asked(result: GateResult, profile: Profile) -> bool:
    """Whether a gate is not answered because this assessment does not ask what it rests on."""
    evidence = profile.evidence
    library = evidence.library
    applies = Applies(library, evidence.facts, profile.form)
    names = [
        leaf.practice or leaf.fact
        for leaf in result.gate.needs.leaves()
        if not conditions.answered(leaf, evidence)
    ]
    open_ = [library.items[name] for name in names if name]
    asked = any(applies.asked(item, WORKING_GROUP) for item in open_)
    return gate_state(result) == "unanswered" and bool(open_) and not asked


def unanswered_facts(profile: Profile, guidance: Guidance) -> dict[str, str]:
    """What keeps offers back and rests on facts that nobody has answered, in words."""
    choice, evidence = guidance.choice, profile.evidence
    experience = choice.experience.when.leaves()
    answered = {
        FIT: not evidence.facts.keys().isdisjoint((choice.need.needs_fact, choice.need.main_fact)),
        EXPERIENCE: all(conditions.answered(leaf, evidence) for leaf in experience),
        RISK: choice.appetite.fact in evidence.facts,
    }
    return {block: words for block, words in FACTS.items() if not answered[block]}


def unanswered_facts_of(
    result: OfferResult, profile: Profile, guidance: Guidance
) -> dict[str, str]:
    """What keeps an offer back beside its gates and rests on what nobody has answered, in words."""
    words = FACTS | {RISK: "what would lower its risk"} | unanswered_facts(profile, guidance)
    open_ = open_blocks(result, guidance, profile.evidence)
    return {block: text for block, text in words.items() if block in open_}


def left_for_the_full_round(profile: Profile, guidance: Guidance) -> tuple[str, ...]:
    """What keeps offers back because a quick look does not ask it: what would lower their risk."""
    quick = profile.form == "quick" and RISK not in unanswered_facts(profile, guidance)
    return (RISK,) if quick else ()


def missing_gates(result: OfferResult) -> tuple[str, ...]:
    """The gates that an offer lacks; those that nobody has answered are not among them."""
    return tuple(name for name in result.open_gates if name not in result.unanswered)


def blocked_in_words(result: OfferResult, profile: Profile, guidance: Guidance) -> str:
    """What blocks an offer, without a full stop; what nobody has answered stands apart, and
    so does what was not asked."""
    open_ = unanswered_facts_of(result, profile, guidance)
    later = left_for_the_full_round(profile, guidance)
    gates = [lower(guidance.gates[name].title) for name in missing_gates(result)]
    unasked = [name for name in result.unanswered if not_asked(profile.gates[name], profile)]
    waits = [lower(guidance.gates[n].title) for n in result.unanswered if n not in unasked]
    waits += [open_[n] for n in result.blocked_by if n in open_ and n not in later]
    parts = [f"not in place: {'; '.join(gates)}"] if gates else []
    parts += [BLOCKERS[n] for n in result.blocked_by if n in BLOCKERS and n not in open_]
    parts += [f"not answered yet: {'; '.join(waits)}"] if waits else []
    titles = [lower(guidance.gates[name].title) for name in unasked]
    titles += [open_[name] for name in later if name in open_]
    parts += [f"not asked: {'; '.join(titles)}"] if titles else []
    return ". ".join(map(upper, parts))


def with_peer_workers(profile: Profile, guidance: Guidance) -> bool:
    """Whether an organisation has peer workers or plans to, as far as it said.

    They are a group of the round, or something runs already, or something may start, or it was
    said how many would start.
    """
    context, advice = profile.context, profile.recommendation
    shown = (group.id for group in profile.partition.groups)
    names = (*context.eligible, *profile.partition.hidden, *shown)
    return (
        any(context.asked_like.get(name, name) == PEER_WORKERS for name in names)
        or bool(advice.running)
        or advice.start.offer.id != guidance.choice.fallback
        or PLANNED in profile.evidence.facts
    )
