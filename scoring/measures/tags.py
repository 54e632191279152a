"""Tags run across dimensions: how the organisation does on inclusion, or as trauma-informed.

Practices and opinions are told apart, since their scales say different things.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scoring.disclosure.groups_and_rounding import (
    Partition,
    PublishedScore,
    round_to_whole,
)
from scoring.measures.group_scores import Scorer
from scoring.measures.totals import Cell, total_of, weights_of
from scoring.rules.conditions import Practice
from scoring.thresholds import thresholds


@dataclass(frozen=True)
class TagResult:
    """One tag.

    Attributes:
        agreed: mean points of the practices with this tag that the working group agreed.
        practices: how many these are.
        score: total of what groups say in questions with this tag that are no practices.
            None where a group was asked fewer than ``tag_items_from`` of them, or where it is
            mostly one group's: either would be finer than what is published elsewhere.
    """

    id: str
    agreed: int | None
    practices: int
    score: int | None


def tags(
    scorer: Scorer, partition: Partition, practices: Mapping[str, Practice]
) -> tuple[TagResult, ...]:
    """Every tag that an item carries, in alphabetical order. They enter no domain and no band."""
    items, limits = scorer.answers.library.items.values(), thresholds()
    results = []
    for tag in sorted({tag for item in items for tag in item.tags}):
        tagged = [item for item in items if tag in item.tags and item.scored]
        agreed = [
            practices[item.id].score
            for item in tagged
            if item.id in practices and practices[item.id].agreed
        ]
        parts = [item for item in tagged if item.kind != "practice"]
        cells: dict[str, Cell] = {}
        for group in partition.groups:
            scores = scorer.group(parts, group)
            if scores is not None and len(scores.items) >= limits.tag_items_from:
                cells[group.id] = scores.published(group, partition.minimum)
        scored = [g for g in partition.groups if isinstance(cells.get(g.id), PublishedScore)]
        weights = weights_of(scored, scorer.answers.context).values()
        several = max(weights, default=1.0) <= limits.tag_weight_up_to
        total = total_of(cells, partition.groups, scorer.answers.context) if several else None
        results.append(
            TagResult(
                id=tag,
                agreed=round_to_whole(sum(agreed) / len(agreed)) if agreed else None,
                practices=len(agreed),
                score=total.score if total else None,
            )
        )
    return tuple(results)
