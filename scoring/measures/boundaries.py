"""Boundaries: what each group would have as the rule, and what is all right for its people.

Where groups differ is for a conversation; the rules to confirm are never an opinion of the
majority, so only the share that confirms them is told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from questionnaires.model import Item
from scoring.answers.matrix import Answers
from scoring.disclosure.groups_and_rounding import (
    Partition,
    PublishedGroup,
    Suppressed,
    round_share,
)


@dataclass(frozen=True)
class OptionShares:
    """Shares of a group by option code, in tenths."""

    shares: Mapping[str, float]
    n: int


@dataclass(frozen=True)
class BoundaryResult:
    """One situation seen from one aspect: the rule, or one's own limit."""

    item: str
    situation: str
    aspect: str
    groups: Mapping[str, OptionShares | Suppressed]


def boundaries(answers: Answers, partition: Partition) -> tuple[BoundaryResult, ...]:
    """Every boundary item that somebody shown was asked, in the order of the questionnaires."""
    results = []
    for item in answers.library.items.values():
        if item.kind != "boundary":
            continue
        groups = {
            group.id: _shares(answers, item, group, partition.minimum)
            for group in partition.groups
            if all(answers.asked(item, member) for member in group.members)
        }
        if any(isinstance(shares, OptionShares) for shares in groups.values()):
            results.append(BoundaryResult(item.id, item.situation or "", item.aspect or "", groups))
    return tuple(results)


def _shares(
    answers: Answers, item: Item, group: PublishedGroup, minimum: int
) -> OptionShares | Suppressed:
    chosen = answers.on_scale(item.id, group.members)
    if len(chosen) < minimum:
        return Suppressed("few_answers", minimum)
    codes = [option.code for option in answers.library.options(item)]
    shares = np.bincount(chosen, minlength=len(codes)) / len(chosen)
    rounded = map(round_share, shares.tolist())
    return OptionShares(dict(zip(codes, rounded, strict=True)), len(chosen))
