"""Gates by kind of peer work: what each kind asks for beyond what every offer needs."""

from __future__ import annotations

from assessment.story.model import Block, Detail, Point
from assessment.story.words import cite, listed, upper
from scoring.gates import GateResult
from scoring.profile import Profile
from scoring.rulebook import Guidance

#: The kinds of peer work, as they stand in a sentence.
KINDS = {
    "group_work": "group work",
    "one_to_one": "one-to-one work",
    "peer_research": "peer research",
    "outreach": "outreach",
    "mixed": "mixed work",
}


def gates_by_kind(profile: Profile, guidance: Guidance) -> Block | None:
    """For each kind of peer work every gate of its own that applies, met or not, and why."""
    library = profile.evidence.library
    details = []
    standing: list[tuple[int, int, str]] = []
    for model, title in KINDS.items():
        names = dict.fromkeys(
            gate
            for offer in guidance.starts
            if offer.model == model
            for gate in offer.gates
            if profile.gates[gate].applies
        )
        results = [profile.gates[name] for name in names]
        if not results:
            continue
        met = sum(result.met for result in results)
        standing.append((met, len(results), title))
        points = [
            Point(
                _said(result, profile, guidance, model),
                "good" if result.met else "careful",
                cite(result.sources, library),
            )
            for result in sorted(results, key=lambda result: result.met)
        ]
        details.append(
            Detail(
                f"{upper(title)}: {met} of {len(results)} in place",
                points=tuple(points),
                mark="good" if met == len(results) else "careful",
            )
        )
    if not details:
        return None
    best = max(standing, key=lambda entry: entry[0] / entry[1])
    least = min(standing, key=lambda entry: entry[0] / entry[1])
    finding = f"{upper(best[2])} has most of what it needs in place, {least[2]} least"
    if best[0] / best[1] == least[0] / least[1]:
        finding = "Every kind of peer work has as much in place as the others"
    return Block(
        "kinds",
        "What does each kind of peer work ask for on top?",
        finding,
        details=tuple(details),
        first_details=len(details),
        how=(
            "Each kind gathers what its offers ask for; not every offer of a kind asks for all "
            "of it. The offers that ask for a thing are named beside it.",
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
