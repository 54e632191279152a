"""What may be published: two steps that every figure passes.

1. ``shown_groups`` decides by counts alone which groups are shown, hidden, or shown together.
   Hidden groups enter no figure at all.
2. ``publish_*`` round what is left and suppress cells with too few scored answers. Totals,
   domains, bands and gates are computed from these figures and nothing finer, so that no answer
   can be worked out from the rest.

A suppressed result is a type of its own that carries no number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from questionnaires.model import Side
from scoring.answers.matrix import Group
from scoring.statistics.estimates import SLACK, Estimate, Interval, group_interval
from scoring.thresholds import thresholds

SIDES: tuple[Side, ...] = ("lived_experience", "organisation")


#: Why a result is not shown: fewer than the minimum of a group replied, and it may be shown
#: joined with others of its side; fewer answered an item or a scale; or the answers of a few could
#: be worked out, with the score or without it.
SuppressedBecause = Literal[
    "few_replies",
    "joined",
    "few_answers",
    "few_scored_answers",
    "reveals_few",
    "counts_reveal_few",
]


@dataclass(frozen=True)
class Suppressed:
    """A result that is not shown, with the reason, the minimum of people, and nothing else."""

    reason: SuppressedBecause
    minimum: int


@dataclass(frozen=True)
class PublishedGroup:
    """One group, or several small ones of the same side together, as results show it."""

    id: str
    side: Side
    members: tuple[Group, ...]

    @property
    def n(self) -> int:
        return sum(member.n for member in self.members)

    @property
    def head_count(self) -> int | None:
        """People in it; None if unknown. Where more replied than there are heads: who replied."""
        counts = [
            m.head_count if m.head_count is None else max(m.head_count, m.n) for m in self.members
        ]
        known = [count for count in counts if count is not None]
        return sum(known) if len(known) == len(counts) else None

    @property
    def together(self) -> bool:
        return len(self.members) > 1


@dataclass(frozen=True)
class Partition:
    """The partition of respondents that every figure uses."""

    groups: tuple[PublishedGroup, ...]
    hidden: dict[str, Suppressed]
    minimum: int


@dataclass(frozen=True)
class Grain:
    """What a score is made of, as far as it decides how much of it may be told.

    Attributes:
        options: how many options each item has that this group is asked.
        steps: the points of the options, where it is one item; else nothing.
    """

    options: tuple[int, ...]
    steps: tuple[float, ...] = ()

    @property
    def fewest_for_sd(self) -> int:
        """From how many respondents on a deviation tells nobody's answers."""
        limits = thresholds()
        # Items that allow few different means are as one: two that are met or not allow three.
        means = 1 + sum(n - 1 for n in self.options)
        if len(self.options) == 1 or means <= limits.means_of_one_item:
            return limits.sd_of_one_item_from
        if len(self.options) == 2 and max(self.options) <= limits.short_scale:
            return limits.sd_of_two_short_items_from
        return limits.sd_from

    def half_steps(self, n: int) -> bool:
        """Whether a mean of n people is told in half steps: of one item, where few answered, whole
        points would tell these few answers."""
        return len(self.options) == 1 and n < self.fewest_for_sd

    def rounded(self, points: NDArray[np.float64], n: int) -> NDArray[np.float64]:
        """Means of n people as they may be told, in whole points."""
        if self.half_steps(n):
            points = nearest_half_steps(points, self.steps)
        return round_each_to_whole(points)


@dataclass(frozen=True)
class PublishedScore:
    """A group's score as it may be seen: whole points, shares in tenths.

    Attributes:
        sd: standard deviation, points; None where it could tell what people answered, and then
            nothing rests on it.
        grain: what the score is made of; None where that was of no use.
    """

    score: int
    interval: tuple[int, int] | None
    n: int
    sd: int | None
    dont_know: float
    head_count: int | None = None
    grain: Grain | None = None

    @property
    def half_steps(self) -> bool:
        """Whether the score is the nearest half step of the only item's scale."""
        return self.grain is not None and self.grain.half_steps(self.n)

    @property
    def coarse(self) -> bool:
        """Whether it rests on so few items that neither its deviation nor the constant fits: people
        lie further apart on one practice than on three questions, and half steps add to it."""
        grain = self.grain
        return self.sd is None and grain is not None and grain.fewest_for_sd > thresholds().sd_from

    @property
    def estimate(self) -> Estimate:
        """The published figures as an estimate, for totals and differences."""
        sd = None if self.sd is None else float(self.sd)
        return Estimate(float(self.score), sd, self.n, self.head_count)


def partition(groups: Sequence[Group], minimum: int) -> Partition:
    """Which groups are shown.

    A group under the minimum is hidden. Hidden groups of one side that reach the minimum
    together are shown together as ``other``; the two sides are never merged.
    """
    published = [
        PublishedGroup(group.id, group.side, (group,)) for group in groups if group.n >= minimum
    ]
    small = [group for group in groups if group.n < minimum]
    hidden: dict[str, Suppressed] = {}
    together: list[tuple[Side, tuple[Group, ...]]] = []
    for side in SIDES:
        members = tuple(group for group in small if group.side == side)
        joined = len(members) > 1 and sum(member.n for member in members) >= minimum
        if joined:
            together.append((side, members))
        reason = "joined" if joined else "few_replies"
        hidden |= {member.id: Suppressed(reason, minimum) for member in members}
    for side, members in together:
        name = "other" if len(together) == 1 else f"other_{side}"
        published.append(PublishedGroup(name, side, members))
    return Partition(tuple(published), hidden, minimum)


def publishable_counts(groups: Sequence[Group], partition: Partition) -> dict[str, int]:
    """How many replied, by group, where that may be told.

    A hidden group's count is told only where its head count reaches the minimum: in a group of
    one it would name the person. Where such a group is shown together with others their counts
    would give its own away, so the joint one stands for them.
    """
    small = {
        group.id
        for group in groups
        if group.id in partition.hidden and (group.head_count or 0) < partition.minimum
    }
    counts = {group.id: group.n for group in groups if group.id not in small}
    for joint in partition.groups:
        if joint.together and any(member.id in small for member in joint.members):
            counts = {g: n for g, n in counts.items() if g not in {m.id for m in joint.members}}
            counts[joint.id] = joint.n
    return counts


def round_each_to_whole(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Points to the nearest whole, halves up."""
    return np.floor(points + 0.5 + SLACK)


def round_to_whole(points: float) -> int:
    """The same of one figure."""
    return int(np.floor(points + 0.5 + SLACK))


def round_share(share: float) -> float:
    """A share to the nearest 10 %, halves up."""
    return round_to_whole(share * 10) / 10


def round_half_step(rung: float) -> float:
    """A rung or an item's mean to the nearest half step, halves up."""
    return round_to_whole(rung * 2) / 2


def _half_steps(steps: Sequence[float]) -> list[float]:
    """The steps of a scale and the middles between them, rising."""
    return sorted((*steps, *((low + high) / 2 for low, high in pairwise(steps))))


def round_half_step_down(points: float, steps: Sequence[float]) -> float:
    """The highest step of a scale, or middle between two steps, that some points reach.

    For single items: all item means of a group in whole points, with its score, would tell one
    person's answers. Downwards, so that nothing counts as in place before everybody says so.
    """
    return max(step for step in _half_steps(steps) if step <= points + SLACK)


def nearest_half_steps(points: NDArray[np.float64], steps: Sequence[float]) -> NDArray[np.float64]:
    """The nearest step of a scale, or middle between two steps; of two as near, the higher."""
    halves = _half_steps(steps)
    between = [(low + high) / 2 for low, high in pairwise(halves)]
    return np.array(halves)[np.searchsorted(between, points + SLACK, side="right")]


def round_interval(interval: Interval | None) -> tuple[int, int] | None:
    return None if interval is None else (round_to_whole(interval[0]), round_to_whole(interval[1]))


def publish_score(
    estimate: Estimate | None, dont_know: float, minimum: int, grain: Grain | None = None
) -> PublishedScore | Suppressed:
    """Round a group's score, or suppress it where fewer than the minimum have one.

    The interval follows from the rounded score and deviation. From the exact ones its ends were a
    second reading of both, a few times as fine as whole points.

    Args:
        grain: what the score is made of; without it no deviation is told.
    """
    if estimate is None or estimate.n < minimum:
        return Suppressed("few_scored_answers", minimum)
    n = estimate.n
    mean = np.array(estimate.mean)
    score = int(round_to_whole(estimate.mean) if grain is None else grain.rounded(mean, n))
    publishes_sd = grain is not None and estimate.sd is not None and n >= grain.fewest_for_sd
    sd = round_to_whole(estimate.sd) if publishes_sd and estimate.sd is not None else None
    rounded = replace(estimate, mean=float(score), sd=None if sd is None else float(sd))
    return PublishedScore(
        score=score,
        interval=round_interval(group_interval(rounded)),
        n=n,
        sd=sd,
        dont_know=round_share(dont_know),
        head_count=estimate.head_count,
        grain=grain,
    )
