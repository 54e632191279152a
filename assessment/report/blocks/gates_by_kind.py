"""Gates by kind of peer work: what each kind asks for beyond what every offer needs."""

from __future__ import annotations

from assessment.report.basics import (
    BasicState,
    gate_state,
    not_asked,
    too_early,
    unanswered_facts,
)
from assessment.report.model import Block, Detail, Point
from assessment.report.terms import cite
from assessment.report.wording.conditions import gate_in_words
from questionnaires.phrases import listed, lower, upper
from scoring.profile import Profile
from scoring.recommendation.gates import GateResult
from scoring.recommendation.offers import FIT
from scoring.rules.model import Offer
from scoring.rules.rulebook import Guidance

#: The kinds of peer work, as they stand in a sentence.
KINDS = {
    "in_house": "welcoming in-house",
    "advice_and_training": "panels or training",
    "group_work": "group work",
    "one_to_one": "one-to-one work",
    "peer_research": "peer research",
    "outreach": "outreach",
    "mixed": "a mixed programme",
}
MARKS: dict[BasicState, str] = {"met": "good", "unmet": "careful", "unanswered": ""}


def gates_by_kind(profile: Profile, guidance: Guidance) -> Block | None:
    """For each kind of peer work its offers, possible or not, and what they ask for, and why."""
    details: list[Detail] = []
    possible: list[str] = []
    not_yet: list[str] = []
    candidates = {r.offer.id for r in profile.recommendation.offers if r.candidate}
    running = {r.offer.id for r in profile.recommendation.running}
    for model, title in KINDS.items():
        offers = [offer for offer in guidance.starts if offer.model == model]
        names = dict.fromkeys(
            gate for offer in offers for gate in offer.gates if profile.gates[gate].applies
        )
        results = [profile.gates[name] for name in names]
        if not results:
            continue
        today = [lower(offer.title) for offer in offers if offer.id in candidates]
        runs = [lower(offer.title) for offer in offers if offer.id in running]
        if today or not runs:
            (possible if today else not_yet).append(title)
        details.append(_detail(title, offers, today, runs, results, profile, guidance))
    if not details:
        return None
    finding = "No kind of peer work is possible yet"
    if too_early(profile):
        finding = "Which kinds are possible cannot be said yet"
    elif possible:
        finding = f"Possible today: {listed(possible)}"
        finding += f". Not yet: {listed(not_yet)}" if not_yet else ""
    elif running:
        finding = "Nothing further is possible yet"
    return Block(
        "kinds",
        "What does each kind of peer work ask for on top?",
        finding,
        details=tuple(details),
        first_details=len(details),
        how=(
            "Offers are counted as possible when all that they need is in place, their risk is "
            "not too high, and they answer a stated need. Below stands what the offers of a kind "
            "ask for beyond the basics; not every offer asks for all of it. The offers that ask "
            "for a thing are named beside it.",
        ),
    )


def _detail(
    title: str,
    offers: list[Offer],
    today: list[str],
    runs: list[str],
    results: list[GateResult],
    profile: Profile,
    guidance: Guidance,
) -> Detail:
    """One kind: how many of its offers are possible, and what they ask for."""
    unwanted = {r.offer.id for r in profile.recommendation.ruled_out if FIT in r.blocked_by}
    unasked = [lower(offer.title) for offer in offers if offer.id in unwanted]
    texts = [f"Runs already: {listed(runs)}."] if runs else []
    texts += [f"Possible today: {listed(today)}."] if today else []
    if unasked and FIT not in unanswered_facts(profile, guidance):
        texts.append(f"Answering no stated need: {listed(unasked)}.")
    counted = _counted(len(offers) - len(runs), len(today), len(runs))
    if too_early(profile):
        counted = _how_many_open(results, profile)
    return Detail(
        f"{upper(title)}: {counted}",
        texts=tuple(texts),
        points=tuple(
            Point(
                _text(result, offers, profile),
                MARKS[gate_state(result)],
                cite(result.sources, profile.evidence.library),
            )
            for result in sorted(results, key=lambda result: result.met)
        ),
        mark="good" if today or runs else "",
    )


def _counted(others: int, today: int, runs: int) -> str:
    """How many of a kind's offers run, and how many of the others are possible."""
    parts = [f"{runs} running"] if runs else []
    if others == 1:
        parts.append("possible today" if today else "not possible today")
    elif others:
        parts.append(f"{today or 'none'} of {others} possible today")
    return ", ".join(parts)


def _how_many_open(results: list[GateResult], profile: Profile) -> str:
    """How many conditions of a kind are not answered, and how many were not asked about."""
    unasked = sum(not_asked(result, profile) for result in results)
    open_ = sum(gate_state(result) == "unanswered" for result in results) - unasked
    parts = [f"{open_} of {len(results)} conditions not answered yet"] if open_ else []
    parts += [f"{unasked} of {len(results)} conditions not asked"] if unasked else []
    return ", ".join(parts) or "answered"


def _text(result: GateResult, offers: list[Offer], profile: Profile) -> str:
    """A condition: what is known of it, what to do, and which offers ask for it."""
    asking = [lower(offer.title) for offer in offers if result.gate.id in offer.gates]
    asked = f"Asked for by: {listed(asking)}."
    if result.met:
        return f"{result.gate.title}. {asked}"
    if gate_state(result) == "unanswered":
        unknown = "Not asked" if not_asked(result, profile) else "Not answered yet"
        return f"{result.gate.title}. {unknown}. {asked}"
    known = " ".join(gate_in_words(result, profile.evidence))
    return f"{result.gate.title}. {known} To do: {result.gate.to_meet} {asked}"
