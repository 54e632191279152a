"""Explanations of what is measured, dimensions and domains, and of the thresholds."""

from __future__ import annotations

from assessment.services.content.explaining.building import explanation, part, rules_on
from assessment.services.content.explaining.links import Links
from assessment.services.content.explaining.model import Explanation
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
        dimension,
        properties={"critical": dimension.critical, "counts": dimension.counts},
        text={"description": dimension.description},
        parts=(
            part("domains", "Domain", [links.score(dimension.domain)]),
            part("items", "Items that measure it", items),
            *rules_on(dimension.id, links),
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
        domain,
        properties=domain.model_dump(include={"counts", "lived_experience_limits"}),
        text={"description": domain.description},
        parts=(part("dimensions", "Its dimensions", dimensions), *rules_on(domain.id, links)),
    )


def threshold(threshold: Threshold, links: Links) -> Explanation:
    value = threshold.value
    said = ", ".join(value) if isinstance(value, list) else f"{value:g}"
    return explanation(
        links,
        "threshold",
        threshold,
        title=f"{said} {threshold.unit}",
        properties={"allowed": threshold.allowed or None, "judgement": threshold.judgement},
    )
