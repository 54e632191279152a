"""Gaps: where two groups see one dimension differently."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from scoring.disclosure.groups_and_rounding import PublishedScore, round_to_whole
from scoring.measures.totals import DimensionResult
from scoring.statistics.estimates import Interval, difference
from scoring.thresholds import thresholds

GapEvidence = Literal["clear", "possible"]


Cells = tuple[tuple[str, PublishedScore], tuple[str, PublishedScore]]


@dataclass(frozen=True)
class Gap:
    """Two groups that see one dimension differently.

    Attributes:
        interval: of the difference, points: that by which it was judged. For a clear gap it is
            widened for the number of the dimension's pairs; for a possible one it is its own.
        evidence: clear, or possible: worth talking about, and never a finding.
        finding: whether it may be told as a finding: it is clear, and stays so where the interval
            is widened for every pair of every dimension. Whoever tells the largest of a hundred
            differences has looked at a hundred, and of groups that do not differ at all one would
            be told else. Scores that are too coarse to judge are no findings.
    """

    dimension: str
    high: str
    low: str
    difference: int
    interval: tuple[int, int]
    evidence: GapEvidence
    finding: bool


def gaps(results: Mapping[str, DimensionResult]) -> tuple[Gap, ...]:
    """Pairs of groups that differ, the largest difference first.

    Welch's interval from the published figures. Clear: at least ``clear_gap_from`` points, and the
    interval, Bonferroni over the dimension's pairs, leaves out zero. Possible: not clear, at least
    ``possible_gap_from`` points, and its own 95 % interval leaves out zero. Nothing else is a gap.
    """
    pairs = {result.id: _pairs(result) for result in results.values()}
    every = sum(not _coarse(pair) for of_one in pairs.values() for pair in of_one)
    found = []
    for dimension, of_one in pairs.items():
        for pair in of_one:
            (high, above), (low, below) = pair
            judged = _judged(above, below, len(of_one))
            if judged is None:
                continue
            evidence, interval = judged
            widest = difference(above.estimate, below.estimate, max(every, 1))
            certain = widest is not None and widest[0] > 0 and not _coarse(pair)
            found.append(
                Gap(
                    dimension=dimension,
                    high=high,
                    low=low,
                    difference=above.score - below.score,
                    interval=(round_to_whole(interval[0]), round_to_whole(interval[1])),
                    evidence=evidence,
                    finding=evidence == "clear" and certain,
                )
            )
    return tuple(
        sorted(found, key=lambda g: (-g.difference, g.evidence, g.dimension, g.high, g.low))
    )


def _pairs(result: DimensionResult) -> list[Cells]:
    """Every two groups with a score, the one with the higher score first."""
    cells = [(g, c) for g, c in result.groups.items() if isinstance(c, PublishedScore)]
    return [
        (one, other) if one[1].score >= other[1].score else (other, one)
        for one, other in combinations(cells, 2)
    ]


def _coarse(pair: Cells) -> bool:
    return any(cell.coarse for _, cell in pair)


def _judged(
    above: PublishedScore, below: PublishedScore, pairs: int
) -> tuple[GapEvidence, Interval] | None:
    """How sure a difference is, with the interval that says so; None where it is no gap."""
    difference_ = above.score - below.score
    widened = difference(above.estimate, below.estimate, pairs)
    if widened is not None and widened[0] > 0 and difference_ >= thresholds().clear_gap_from:
        return "clear", widened
    own = difference(above.estimate, below.estimate)
    if own is not None and own[0] > 0 and difference_ >= thresholds().possible_gap_from:
        return "possible", own
    return None
