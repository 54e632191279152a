"""Groups that are too small to be shown alone, and with which others they can be asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from questionnaires.model import Side
from questionnaires.phrases import lower
from questionnaires.reference_data import GROUP_SIDES

#: As long as the title of a group may be.
LONGEST = 80


@dataclass(frozen=True)
class PlannedGroup:
    """A group that is to be asked.

    Attributes:
        name: what the plan in the making calls it.
        asked_like: the built-in group whose questions it is asked.
        head_count: about how many people it has.
    """

    name: str
    title: str
    asked_like: str
    head_count: int

    @property
    def side(self) -> Side:
        return GROUP_SIDES[self.asked_like]


def partners(group: PlannedGroup, groups: Iterable[PlannedGroup]) -> list[PlannedGroup]:
    """Those that a group can be asked together with, the smallest first: groups of its own side.
    Lived experience and the organisation are never merged."""
    others = [one for one in groups if one.name != group.name and one.side == group.side]
    return sorted(others, key=lambda other: other.head_count)


def combined(group: PlannedGroup, other: PlannedGroup) -> PlannedGroup:
    """Two groups of one side as one: the questions are those of the one with more people.

    Raises:
        ValueError: they stand on different sides.
    """
    if group.side != other.side:
        raise ValueError(f"{group.title} and {other.title} stand on different sides")
    larger, smaller = sorted((group, other), key=lambda one: -one.head_count)
    title = f"{larger.title} and {lower(smaller.title)}"[:LONGEST].rstrip()
    count = group.head_count + other.head_count
    return PlannedGroup("", title, larger.asked_like, count)
