"""Gates by kind of peer work: what each kind asks for beyond what every offer needs."""

from __future__ import annotations

from assessment.story.answered import MET, NOT_ANSWERED, NOT_MET, needs_stated, state
from assessment.story.model import Block, Detail, Point
from assessment.story.words import cite
from questionnaires.words import listed, lower, upper
from scoring.gates import GateResult
from scoring.profile import Profile
from scoring.recommend import FIT
from scoring.rulebook import Guidance

#: The kinds of peer work, as they stand in a sentence.
KINDS = {
    "group_work": "group work",
    "one_to_one": "one-to-one work",
    "peer_research": "peer research",
    "outreach": "outreach",
    "mixed": "mixed work",
}


MARKS = {MET: "good", NOT_MET: "careful", NOT_ANSWERED: ""}


def gates_by_kind(profile: Profile, guidance: Guidance) -> Block | None:
    """For each kind of peer work its offers, possible or not, and what they ask for, and why."""
    library = profile.evidence.library
    details = []
    stated = needs_stated(profile, guidance)
    possible: list[str] = []
    not_yet: list[str] = []
    candidates = {r.offer.id for r in profile.recommendation.offers if r.candidate}
    unwanted = {r.offer.id for r in profile.recommendation.ruled_out if FIT in r.blocked_by}
    for model, title in KINDS.items():
        offers = [offer for offer in guidance.starts if offer.model == model]
        names = dict.fromkeys(
            gate for offer in offers for gate in offer.gates if profile.gates[gate].applies
        )
        results = [profile.gates[name] for name in names]
        if not results:
            continue
        today = [offer.title for offer in offers if offer.id in candidates]
        (possible if today else not_yet).append(title)
        unasked = [lower(offer.title) for offer in offers if offer.id in unwanted]
        texts = [f"Possible today: {listed(list(map(lower, today)))}."] if today else []
        if unasked and stated:
            texts.append(f"Answering no stated need: {listed(unasked)}.")
        points = [
            Point(
                _said(result, profile, guidance, model),
                MARKS[state(result, profile.evidence)],
                cite(result.sources, library),
            )
            for result in sorted(results, key=lambda result: result.met)
        ]
        details.append(
            Detail(
                f"{upper(title)}: {len(today) or 'none'} of {len(offers)} "
                f"{'offer' if len(offers) == 1 else 'offers'} possible today",
                texts=tuple(texts),
                points=tuple(points),
                mark="good" if today else "",
            )
        )
    if not details:
        return None
    finding = "No kind of peer work is possible yet"
    if possible:
        finding = f"Possible today: {listed(possible)}"
        finding += f". Not yet: {listed(not_yet)}" if not_yet else ""
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


def _said(result: GateResult, profile: Profile, guidance: Guidance, model: str) -> str:
    offers = [
        offer.title
        for offer in guidance.starts
        if offer.model == model and result.gate.id in offer.gates
    ]
    asked = f"Asked for by: {listed([title.lower() for title in offers])}."
    if result.met:
        return f"{result.gate.title}. {asked}"
    return f"{result.gate.title}. {' '.join(result.because)} To do: {result.gate.to_meet} {asked}"
