"""Gaps: where two groups see one dimension differently."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

from scoring.disclosure import PublishedScore, whole
from scoring.totals import DimensionResult
from scoring.uncertainty import difference

#: From this difference on a gap is clear, if its interval leaves out zero; from the second it is
#: worth talking about in any case. Points; our judgement.
CLEAR_FROM, POSSIBLE_FROM = 10, 15


@dataclass(frozen=True)
class Gap:
    """Two groups that see one dimension differently."""

    dimension: str
    high: str
    low: str
    difference: int
    interval: tuple[int, int] | None
    evidence: str


def gaps(results: Mapping[str, DimensionResult]) -> tuple[Gap, ...]:
    """Pairs of groups that differ, the largest difference first.

    Welch's interval from the published figures, Bonferroni over the dimension's pairs.
    """
    found = []
    for result in results.values():
        cells = [(g, c) for g, c in result.groups.items() if isinstance(c, PublishedScore)]
        pairs = list(combinations(cells, 2))
        for first, second in pairs:
            (high, above), (low, below) = sorted(
                (first, second), key=lambda pair: pair[1].score, reverse=True
            )
            apart = above.score - below.score
            interval = difference(above.estimate, below.estimate, len(pairs))
            clear = interval is not None and interval[0] > 0 and apart >= CLEAR_FROM
            if not clear and apart < POSSIBLE_FROM:
                continue
            found.append(
                Gap(
                    dimension=result.id,
                    high=high,
                    low=low,
                    difference=apart,
                    interval=(whole(interval[0]), whole(interval[1])) if interval else None,
                    evidence="clear" if clear else "possible",
                )
            )
    return tuple(
        sorted(found, key=lambda g: (-g.difference, g.evidence, g.dimension, g.high, g.low))
    )
