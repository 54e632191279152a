"""Explanations of what is measured, dimensions and domains, and of the thresholds."""

from __future__ import annotations

from collections.abc import Iterator

from assessment.services.content.explaining.building import explanation, part
from assessment.services.content.explaining.links import Links
from assessment.services.content.explaining.model import Explanation, Part
from questionnaires.model import Dimension, Domain
from scoring.thresholds import Threshold


def dimension(dimension: Dimension, links: Links) -> Explanation:
    content = links.content
    items = [
        links.item(item.id, item.kind)
        for item in content.library.items.values()
        if item.dimension == dimension.id
    ]
    actions = [
        links.action(action, "moves it")
        for action in content.guidance.actions.values()
        if action.dimension == dimension.id
    ]
    return explanation(
        links,
        "dimension",
        dimension.id,
        dimension.title,
        properties={"critical": dimension.critical, "counts": dimension.counts},
        wordings={"about": dimension.about},
        sources=dimension.source,
        parts=(
            part("domains", "Domain", [links.score(dimension.domain, "")]),
            part("items", "Items that measure it", items),
            *_scored(dimension.id, links),
            part("actions", "Actions that move it", actions),
        ),
    )


def domain(domain: Domain, links: Links) -> Explanation:
    dimensions = [
        links.score(dimension.id, "critical" if dimension.critical else "")
        for dimension in links.content.library.dimensions.values()
        if dimension.domain == domain.id
    ]
    return explanation(
        links,
        "domain",
        domain.id,
        domain.title,
        properties={
            "counts": domain.counts,
            "lived_experience_limits": domain.lived_experience_limits,
        },
        wordings={"about": domain.about},
        parts=(part("dimensions", "Its dimensions", dimensions), *_scored(domain.id, links)),
    )


def threshold(threshold: Threshold, links: Links) -> Explanation:
    value = threshold.value
    said = ", ".join(value) if isinstance(value, list) else f"{value:g}"
    return explanation(
        links,
        "threshold",
        threshold.id,
        f"{said} {threshold.unit}",
        properties={"allowed": threshold.allowed or None, "judgement": threshold.judgement},
        reason=threshold.reason,
        sources=threshold.source,
    )


def _scored(name: str, links: Links) -> Iterator[Part]:
    """The rules that read the score of a dimension or domain."""
    gates = [links.gate(gate, how, links.offers_with(gate)) for gate, how in links.gates_with(name)]
    yield part("gates", "Gates that read it", gates)
    yield part("safeguards", "Safeguards that rest on it", links.safeguards_with(name))
    yield part("fixes", "Fixes that lift it", links.fixes(name))
