"""Concerns: how many hold each, how strongly, and what answers it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from questionnaires.model import Item
from scoring.answers.matrix import Answers
from scoring.disclosure.groups_and_rounding import (
    Partition,
    PublishedGroup,
    Suppressed,
    round_share,
)
from scoring.rules.rulebook import Guidance


@dataclass(frozen=True)
class Shares:
    """Shares of a group, in tenths: some or serious, and serious."""

    some: float
    serious: float
    n: int


@dataclass(frozen=True)
class ConcernResult:
    """One concern over all shown groups that were asked, and group by group."""

    id: str
    share_some: float
    share_serious: float
    groups: Mapping[str, Shares | Suppressed]
    responses: tuple[str, ...]


def concerns(
    answers: Answers, partition: Partition, guidance: Guidance
) -> tuple[ConcernResult, ...]:
    """Concerns that are shown, the most widely held first; equal ones by how seriously."""
    found = []
    for item in answers.library.items.values():
        if item.kind != "concern":
            continue
        groups = {
            group.id: _shares(answers, item, group, partition.minimum)
            for group in partition.groups
            if any(answers.asked(item, member) for member in group.members)
        }
        published = [shares for shares in groups.values() if isinstance(shares, Shares)]
        if not published:
            continue
        people = sum(shares.n for shares in published)
        found.append(
            ConcernResult(
                id=item.id,
                share_some=round_share(sum(s.some * s.n for s in published) / people),
                share_serious=round_share(sum(s.serious * s.n for s in published) / people),
                groups=groups,
                responses=tuple(r.id for r in guidance.responses if r.concern == item.id),
            )
        )
    return tuple(sorted(found, key=lambda c: (-c.share_some, -c.share_serious, c.id)))


def _shares(
    answers: Answers, item: Item, group: PublishedGroup, minimum: int
) -> Shares | Suppressed:
    """The options from the second on are a concern, the last is a serious one."""
    chosen = answers.on_scale(item.id, group.members)
    if len(chosen) < minimum:
        return Suppressed("few_answers", minimum)
    last = len(answers.library.options(item)) - 1
    some, serious = float((chosen >= 1).mean()), float((chosen == last).mean())
    return Shares(round_share(some), round_share(serious), len(chosen))
