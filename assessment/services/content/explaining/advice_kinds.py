"""Explanations of rules and advice: gates, offers, safeguards, actions and what belongs to them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assessment.services.content.explaining.building import explanation, part
from assessment.services.content.explaining.links import BRINGS, HELPS, Links
from assessment.services.content.explaining.model import Entry, Explanation
from questionnaires.phrases import lower
from scoring.rules.model import (
    Action,
    ConcernResponse,
    Exposure,
    Gate,
    Offer,
    Resource,
    Safeguard,
    SourceConflict,
)


def gate(gate: Gate, links: Links) -> Explanation:
    return explanation(
        links,
        "gate",
        gate,
        properties={
            "every_offer": gate.every_offer,
            "except_role_levels": ", ".join(gate.except_role_levels) or None,
            "caps_band_at": gate.caps_band_at,
        },
        text={"to_meet": gate.to_meet},
        parts=(
            part("needs", "What it needs", links.condition(gate.needs)),
            part("when", "It applies only where", links.condition(gate.when)),
            part("offers", "Offers that need it", links.offers_with(gate)),
        ),
    )


def offer(offer: Offer, links: Links) -> Explanation:
    text = {"phrase": offer.phrase, "description": offer.description}
    text |= {f"task_{number}": task for number, task in enumerate(offer.tasks, 1)}
    if begin := offer.begin:
        text |= {
            f"first_step_{number}": f"{step.what} {step.who}; {lower(step.when)}."
            for number, step in enumerate(begin.steps, 1)
        }
        text |= {"training": begin.training, "look_back": begin.look_back}
    guidance = links.content.guidance
    combined = [Entry.of("offer", other) for other in guidance.parts_of(offer)]
    combined_in = [
        Entry.of("offer", other) for other in guidance.offers.values() if offer.id in other.parts
    ]
    return explanation(
        links,
        "offer",
        offer,
        properties={
            "model": offer.model,
            "role_level": offer.role_level,
            "arrangement": offer.arrangement,
            "look_back_after_weeks": begin.look_back_after_weeks if begin else None,
            "later": offer.later,
        },
        text=text,
        parts=(
            part("gates", "Gates that it needs", _gates(offer, links)),
            part("safeguards", "Safeguards that lower its risk", _safeguards(offer, links)),
            part("exposures", "What it exposes people to", _exposures(offer, links)),
            part("needs", "Needs that it answers", links.needs_of(offer)),
            part("fits", "Further facts that make it fit", _fits(offer, links)),
            part("combines", "Offers that it combines", combined),
            part("part_of", "Offers that it is a part of", combined_in),
        ),
    )


def _gates(offer: Offer, links: Links) -> Iterator[Entry]:
    for gate in links.gates_of(offer):
        how = "every start" if gate.every_offer else ""
        yield Entry.of("gate", gate, how, links.condition(gate.needs))


def _safeguards(offer: Offer, links: Links) -> Iterator[Entry]:
    for safeguard in links.content.guidance.risk.safeguards:
        if safeguard.id in offer.safeguards:
            how = f"{safeguard.points:+d} to its risk where missing"
            yield Entry.of("safeguard", safeguard, how, links.condition(safeguard.missing))


def _exposures(offer: Offer, links: Links) -> Iterator[Entry]:
    for exposure in links.content.guidance.risk.exposures:
        if text := offer.exposes.get(exposure.letter):
            yield Entry.of("exposure", exposure, f"{exposure.points:+d}; {text}")


def _fits(offer: Offer, links: Links) -> Iterator[Entry]:
    for fit in offer.fits:
        for fact in links.condition(fit.when):
            yield replace(fact, how=f"{fact.how}; {fit.points:+d}; {fit.because}")


def action(action: Action, links: Links) -> Explanation:
    known = links.content.guidance.resources
    resources = [Entry.of("resource", known[one], known[one].find) for one in action.resources]
    return explanation(
        links,
        "action",
        action,
        properties={"dimension": action.dimension, "effort": action.effort},
        text={"how": action.how, "who": action.who, "who_else": action.who_else},
        parts=(
            part("brings", "Practices that it brings", _moved(action.brings, BRINGS, links)),
            part("helps", "Practices that it helps", _moved(action.helps, HELPS, links)),
            part("dimensions", "Dimension that it moves", [links.score(action.dimension)]),
            part("resources", "Things to read or use", resources),
        ),
    )


def _moved(practices: tuple[str, ...], how: str, links: Links) -> Iterator[Entry]:
    """Practices that an action moves, with the gates that need them below."""
    for practice in practices:
        below = (Entry.of("gate", gate, asked) for gate, asked in links.gates_with(practice))
        yield links.item(practice, how, tuple(below))


def resource(resource: Resource, links: Links) -> Explanation:
    actions = [
        links.action(action, "names it")
        for action in links.content.guidance.actions.values()
        if resource.id in action.resources
    ]
    return explanation(
        links,
        "resource",
        resource,
        text={"made_by": resource.made_by, "find": resource.find, "good_for": resource.good_for},
        parts=(part("actions", "Actions that name it", actions),),
    )


def response(response: ConcernResponse, links: Links) -> Explanation:
    how = "in place, or the screen says that it is not true yet"
    needs = [links.item(name, how, links.actions_for(name)) for name in response.needs]
    return explanation(
        links,
        "response",
        response,
        text={"response": response.response, "evidence": response.evidence},
        parts=(
            part("concerns", "The concern that it answers", [links.item(response.concern)]),
            part("needs", "Practices that it promises", needs),
        ),
    )


def safeguard(safeguard: Safeguard, links: Links) -> Explanation:
    return explanation(
        links,
        "safeguard",
        safeguard,
        properties={"points": safeguard.points},
        parts=(
            part("missing", "It is missing where", links.condition(safeguard.missing)),
            part("offers", "Offers whose risk it lowers", links.safeguarded(safeguard)),
        ),
    )


def exposure(exposure: Exposure, links: Links) -> Explanation:
    offers = [
        Entry.of("offer", offer, offer.exposes[exposure.letter])
        for offer in links.content.guidance.offers.values()
        if exposure.letter in offer.exposes
    ]
    return explanation(
        links,
        "exposure",
        exposure,
        properties={"letter": exposure.letter, "points": exposure.points},
        parts=(part("offers", "Offers that expose people to it", offers),),
    )


def conflict(conflict: SourceConflict, links: Links) -> Explanation:
    facts = [links.item(conflict.fact)] if conflict.fact else []
    return explanation(
        links,
        "conflict",
        conflict,
        title=conflict.question,
        text={f"position_{n}": p.statement for n, p in enumerate(conflict.positions, 1)},
        parts=(part("facts", "Decided by", facts),),
    )
