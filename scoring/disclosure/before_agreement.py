"""How the members of a working group answered alone, as far as the others may see it.

They are few, they know each other, and each knows the answer of at least one. So the minimum holds
here, too: from it on, how many gave an answer of each of three classes; under it only whether all
are of one class. Of fewer than three answers not even that: whoever gave one of two would know the
other. Nor is it told whether there were any: it would say what the only one left open. And all of
it once, when nobody can add an answer any more: two looks would tell the one that came between
them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

#: From so many answers on it is told whether they are of one class. Of two, "we differ" would tell
#: each of them something about the other's answer, and "we agree" everything.
LEAST_TO_COMPARE = 3


@dataclass(frozen=True)
class ClassCounts:
    """How many gave an answer of each class.

    Attributes:
        classes: labels, the lowest first.
        off_scale: how many said "I don't know" or the like: none, fewer than the minimum, or more.
    """

    classes: tuple[str, ...]
    counts: tuple[int, ...]
    off_scale: Literal["none", "few", "many"]

    @property
    def agree(self) -> bool:
        return sum(count > 0 for count in self.counts) == 1


@dataclass(frozen=True)
class WhetherAgreed:
    """Whether all answers are of one class, and neither which nor how many."""

    agree: bool


SpreadBefore = ClassCounts | WhetherAgreed


def publish_before_agreement(
    classes: Sequence[str], counts: Sequence[int], off_scale: int, minimum: int
) -> SpreadBefore | None:
    """What of one question may be told; None where nothing may.

    Args:
        counts: answers of each class.
        off_scale: answers that are no point on the scale; they make nobody differ.
    """
    n = sum(counts)
    if n >= minimum:
        few = "few" if off_scale else "none"
        return ClassCounts(tuple(classes), tuple(counts), "many" if off_scale >= minimum else few)
    if n >= LEAST_TO_COMPARE:
        return WhetherAgreed(sum(count > 0 for count in counts) == 1)
    return None


def members_told(handed_in: int, minimum: int) -> int | None:
    """How many members handed in; None where that may not be told."""
    return handed_in if handed_in >= minimum else None
