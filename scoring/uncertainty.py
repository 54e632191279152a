"""Means with their uncertainty: groups, totals, and differences between groups.

Scores run from 0 to 100. A standard deviation below ``SD_FLOOR`` counts as that: without the
floor, five alike answers would claim certainty. The floor is our judgement.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import fdtri, stdtrit

SD_FLOOR = 10.0
FEWEST_FOR_INTERVAL = 3
LEVEL = 0.95
#: Figures nearer than this are the same: thirds cannot be stored exactly, so sums of the same
#: answers in another order differ by less.
SLACK = 1e-9

Interval = tuple[float, float]


@dataclass(frozen=True)
class Estimate:
    """A group's mean.

    Attributes:
        mean: points, 0 to 100.
        sd: standard deviation with n - 1, points; 0 for one respondent.
        n: respondents with a score.
        head_count: people in the group; None if unknown.
    """

    mean: float
    sd: float
    n: int
    head_count: int | None = None

    @property
    def floored_sd(self) -> float:
        return max(self.sd, SD_FLOOR)

    @property
    def unseen(self) -> float:
        """The share of the group that did not answer: 1 - n/N, 1 if N is unknown."""
        return 1.0 if self.head_count is None else max(0.0, 1 - self.n / self.head_count)

    @property
    def variance(self) -> float:
        """Variance of the mean in points², with the finite-population factor."""
        return self.floored_sd**2 / self.n * self.unseen


def quantile(df: float, level: float = LEVEL) -> float:
    """Two-sided quantile of Student's t with ``df`` degrees of freedom."""
    return float(stdtrit(df, (1 + level) / 2))


def _cut(low: float, high: float) -> Interval:
    return max(0.0, low), min(100.0, high)


def group_interval(estimate: Estimate) -> Interval | None:
    """95 % interval of a group's mean: mean ± t(n-1) · s′/√n · √(1 - n/N), cut to 0-100.

    None with fewer than three respondents. Where everybody answered it is the mean itself.
    """
    if estimate.n < FEWEST_FOR_INTERVAL:
        return None
    reach = quantile(estimate.n - 1) * float(np.sqrt(estimate.variance))
    return _cut(estimate.mean - reach, estimate.mean + reach)


def total(
    estimates: Sequence[Estimate], weights: Sequence[float]
) -> tuple[float, Interval | None] | None:
    """The weighted mean of group means with its Welch-Satterthwaite interval.

    Args:
        estimates: one a group.
        weights: one a group, not negative; renormalised here.

    Returns:
        The mean and its 95 % interval in points (None where a group has none); None where no
        group with a weight is left.
    """
    kept = [(e, w) for e, w in zip(estimates, weights, strict=True) if w > 0]
    if not kept:
        return None
    share = np.array([w for _, w in kept]) / sum(w for _, w in kept)
    mean = float(share @ np.array([e.mean for e, _ in kept]))
    if any(e.n < FEWEST_FOR_INTERVAL for e, _ in kept):
        return mean, None
    parts = [(w * w * e.variance, e.n) for w, (e, _) in zip(share, kept, strict=True)]
    variance = sum(part for part, _ in parts)
    if variance == 0:
        return mean, (mean, mean)
    df = variance**2 / sum(part**2 / (n - 1) for part, n in parts if part > 0)
    reach = quantile(df) * float(np.sqrt(variance))
    return mean, _cut(mean - reach, mean + reach)


def difference(high: Estimate, low: Estimate, comparisons: int = 1) -> Interval | None:
    """Welch's interval of a difference of two means, Bonferroni over several comparisons.

    Uses the floored deviations and no finite-population factor: the question is whether two views
    differ, not how well the heads were counted. Points; None where a group has fewer than two.
    """
    if high.n < 2 or low.n < 2:
        return None
    a, b = high.floored_sd**2 / high.n, low.floored_sd**2 / low.n
    df = (a + b) ** 2 / (a**2 / (high.n - 1) + b**2 / (low.n - 1))
    reach = quantile(df, 1 - (1 - LEVEL) / comparisons) * float(np.sqrt(a + b))
    apart = high.mean - low.mean
    return apart - reach, apart + reach


def feldt_interval(alpha: float, items: int, n: int) -> Interval:
    """Feldt's 95 % interval of Cronbach's alpha, with n - 1 and n(k - 1) degrees of freedom.

    Source: Feldt (1965), in the form published for alpha .85, 7 items, n = 89: .7971 to .8931.
    """
    df1, df2 = n - 1, n * (items - 1)
    low = 1 - (1 - alpha) * float(fdtri(df1, df2, (1 + LEVEL) / 2))
    high = 1 - (1 - alpha) * float(fdtri(df1, df2, (1 - LEVEL) / 2))
    return low, high


def weighted_moments(
    values: NDArray[np.float64], counts: NDArray[np.int64]
) -> tuple[float, float, int]:
    """Mean, standard deviation (n - 1) and n of values that each stand ``counts`` times."""
    n = int(counts.sum())
    mean = float(values @ counts) / n
    squares = float(((values - mean) ** 2) @ counts)
    return mean, float(np.sqrt(squares / (n - 1))) if n > 1 else 0.0, n
