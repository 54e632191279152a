"""Where a working group is heading before it has answered everything.

By its facts alone: which start it would come to if every practice were in place and people had been
heard, and which one answers its wish. What these ask for is worth talking about first.
"""

from __future__ import annotations

from dataclasses import replace

from scoring.recommendation.offers import OfferResult, consider, recommend
from scoring.rules.conditions import Evidence
from scoring.rules.model import Gate, Offer
from scoring.rules.rulebook import Guidance

BEST = 100.0


def assuming_best_answers(evidence: Evidence) -> Evidence:
    """The same as if everybody had been heard and spoke well of it."""
    library = evidence.library
    scores = dict.fromkeys([*library.dimensions, *library.domains], BEST)
    return replace(evidence, scores=scores, heard=frozenset(library.domains))


def heading_for(guidance: Guidance, evidence: Evidence) -> tuple[Offer, ...]:
    """The start that the facts lead to, and the one that answers the wish; each once."""
    library = evidence.library
    top = {
        i.id: library.options(i)[-1].code for i in library.items.values() if i.kind == "practice"
    }
    best = assuming_best_answers(evidence).with_practices(top)
    found: list[Offer] = []
    start = recommend(guidance, best).start.offer
    if start.id != guidance.choice.fallback and evidence.facts:
        found.append(start)
    models = evidence.codes(guidance.choice.wished_fact)
    answering = [consider(o, guidance, best) for o in guidance.starts if o.model in models]
    if answering:
        wish = min(answering, key=_nearest).offer
        found += [wish] if wish not in found else []
    return tuple(found)


def _nearest(result: OfferResult) -> tuple[bool, int, int, int]:
    """What answers a need before what answers none, then the lower risk and the better fit."""
    return result.need is None, result.risk.rank, -result.fit, result.risk.total


def asked_for(guidance: Guidance, offers: tuple[Offer, ...]) -> frozenset[str]:
    """The practices and facts that the gates and safeguards of some offers read."""
    safeguards = {safeguard.id: safeguard for safeguard in guidance.risk.safeguards}
    conditions = [gate.needs for offer in offers for gate in guidance.gates_of(offer)]
    conditions += [safeguards[name].missing for offer in offers for name in offer.safeguards]
    read = (leaf.practice or leaf.fact for c in conditions for leaf in c.leaves())
    return frozenset(item for item in read if item)


def own_basics(guidance: Guidance) -> tuple[Gate, ...]:
    """The gates of every offer that a working group can answer by itself: those that hang on
    nothing that people say in a survey."""
    return tuple(
        gate
        for gate in guidance.every_offer_gates
        if all(leaf.practice or leaf.fact for leaf in gate.needs.leaves())
    )
