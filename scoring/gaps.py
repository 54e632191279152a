"""Gaps: where two groups see one dimension differently."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from scoring.disclosure import PublishedScore, whole
from scoring.judgement import CLEAR_FROM, POSSIBLE_FROM
from scoring.totals import DimensionResult
from scoring.uncertainty import Interval, difference

Evidence = Literal["clear", "possible"]


@dataclass(frozen=True)
class Gap:
    """Two groups that see one dimension differently.

    Attributes:
        interval: of the difference, points: that by which it was judged. For a clear gap it is
            widened for the number of pairs; for a possible one it is its own.
        evidence: clear, or possible: worth talking about, and never a finding.
    """

    dimension: str
    high: str
    low: str
    difference: int
    interval: tuple[int, int]
    evidence: Evidence


def gaps(results: Mapping[str, DimensionResult]) -> tuple[Gap, ...]:
    """Pairs of groups that differ, the largest difference first.

    Welch's interval from the published figures. Clear: at least ``CLEAR_FROM`` points, and the
    interval, Bonferroni over the dimension's pairs, leaves out zero. Possible: not clear, at least
    ``POSSIBLE_FROM`` points, and its own 95 % interval leaves out zero. Nothing else is a gap.
    """
    found = []
    for result in results.values():
        cells = [(g, c) for g, c in result.groups.items() if isinstance(c, PublishedScore)]
        pairs = list(combinations(cells, 2))
        for first, second in pairs:
            (high, above), (low, below) = sorted(
                (first, second), key=lambda pair: pair[1].score, reverse=True
            )
            judged = _judged(above, below, len(pairs))
            if judged is None:
                continue
            evidence, interval = judged
            found.append(
                Gap(
                    dimension=result.id,
                    high=high,
                    low=low,
                    difference=above.score - below.score,
                    interval=(whole(interval[0]), whole(interval[1])),
                    evidence=evidence,
                )
            )
    return tuple(
        sorted(found, key=lambda g: (-g.difference, g.evidence, g.dimension, g.high, g.low))
    )


def _judged(
    above: PublishedScore, below: PublishedScore, pairs: int
) -> tuple[Evidence, Interval] | None:
    """How sure a difference is, with the interval that says so; None where it is no gap."""
    apart = above.score - below.score
    widened = difference(above.estimate, below.estimate, pairs)
    if widened is not None and widened[0] > 0 and apart >= CLEAR_FROM:
        return "clear", widened
    own = difference(above.estimate, below.estimate)
    if own is not None and own[0] > 0 and apart >= POSSIBLE_FROM:
        return "possible", own
    return None
