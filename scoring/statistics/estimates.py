"""Means with their uncertainty: groups, totals, and differences between groups.

Scores run from 0 to 100. Where a group's standard deviation is not published it is not used either:
a constant stands in its place, with the quantile of the normal distribution. A published one counts
as at least ``sd_floor``. The level of the intervals, 95 % unless it was changed, and both numbers
stand in ``data/guidance/thresholds.yaml`` with their reasons.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import fdtri, ndtri, stdtrit

from scoring.thresholds import thresholds

#: Figures nearer than this are the same: thirds cannot be stored exactly, so sums of the same
#: answers in another order differ by less.
SLACK = 1e-9

Interval = tuple[float, float]


@dataclass(frozen=True)
class Estimate:
    """A group's mean.

    Attributes:
        mean: points, 0 to 100.
        sd: standard deviation with n - 1, points; 0 for one respondent. None where it is not
            published, so that nothing can rest on it.
        n: respondents with a score.
        head_count: people in the group; None if unknown.
    """

    mean: float
    sd: float | None
    n: int
    head_count: int | None = None

    @property
    def spread(self) -> float:
        """How far people count as lying apart, points: the deviation, or what stands for it."""
        limits = thresholds()
        return limits.sd_unless_published if self.sd is None else max(self.sd, limits.sd_floor)

    @property
    def freedom(self) -> float:
        """Degrees of freedom: n - 1; infinite where a constant stands for the deviation."""
        return float("inf") if self.sd is None else self.n - 1

    @property
    def unseen(self) -> float:
        """The share of the group that did not answer: 1 - n/N, 1 if N is unknown.

        0 where more answered than there are heads: a head count is an estimate, and whoever is
        counted too few has been heard nonetheless.
        """
        return 1.0 if self.head_count is None else max(0.0, 1 - self.n / self.head_count)

    @property
    def variance(self) -> float:
        """Variance of the mean in points², with the finite-population factor."""
        return self.spread**2 / self.n * self.unseen


def quantile(df: float, comparisons: int = 1) -> float:
    """Two-sided quantile of Student's t; of the normal distribution at infinite ``df``.

    Args:
        comparisons: over how many the level of confidence holds together, after Bonferroni.
    """
    at = 1 - (1 - thresholds().confidence_level) / comparisons / 2
    return float(ndtri(at) if np.isinf(df) else stdtrit(df, at))


def welch_freedom(parts: Sequence[tuple[float, float]]) -> float:
    """Degrees of freedom of a sum of variances by Welch and Satterthwaite.

    Args:
        parts: each variance with its own degrees of freedom; infinite ones add nothing below.
    """
    below = sum(part**2 / df for part, df in parts if part > 0)
    return sum(part for part, _ in parts) ** 2 / below if below > 0 else float("inf")


def _cut(low: float, high: float) -> Interval:
    return max(0.0, low), min(100.0, high)


def group_interval(estimate: Estimate) -> Interval | None:
    """95 % interval of a group's mean: mean ± t(n-1) · s′/√n · √(1 - n/N), cut to 0-100.

    Without a published deviation ± 1.96 · 30/√n · √(1 - n/N). It speaks of chance in who of the
    group answered. None with fewer than three respondents. Where all of the group answered it is
    the mean itself.
    """
    if estimate.n < thresholds().interval_from:
        return None
    reach = quantile(estimate.freedom) * float(np.sqrt(estimate.variance))
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
    weighted = [(e, w) for e, w in zip(estimates, weights, strict=True) if w > 0]
    if not weighted:
        return None
    share = np.array([w for _, w in weighted]) / sum(w for _, w in weighted)
    mean = float(share @ np.array([e.mean for e, _ in weighted]))
    if any(e.n < thresholds().interval_from for e, _ in weighted):
        return mean, None
    parts = [(w * w * e.variance, e.freedom) for w, (e, _) in zip(share, weighted, strict=True)]
    variance = sum(part for part, _ in parts)
    if variance == 0:
        return mean, (mean, mean)
    reach = quantile(welch_freedom(parts)) * float(np.sqrt(variance))
    return mean, _cut(mean - reach, mean + reach)


def difference(high: Estimate, low: Estimate, comparisons: int = 1) -> Interval | None:
    """Welch's interval of a difference of two means, Bonferroni over several comparisons.

    Uses what counts as the deviations and no finite-population factor: the question is whether
    two views differ, not how well the heads were counted. Points; None where a group has fewer
    than two.
    """
    if high.n < 2 or low.n < 2:
        return None
    parts = [(e.spread**2 / e.n, e.freedom) for e in (high, low)]
    variance = sum(part for part, _ in parts)
    reach = quantile(welch_freedom(parts), comparisons) * float(np.sqrt(variance))
    distance = high.mean - low.mean
    return distance - reach, distance + reach


def feldt_interval(alpha: float, items: int, n: int) -> Interval:
    """Feldt's 95 % interval of Cronbach's alpha, with n - 1 and n(k - 1) degrees of freedom.

    Source: Feldt (1965), in the form published for alpha .85, 7 items, n = 89: .7971 to .8931.
    """
    df1, df2, level = n - 1, n * (items - 1), thresholds().confidence_level
    low = 1 - (1 - alpha) * float(fdtri(df1, df2, (1 + level) / 2))
    high = 1 - (1 - alpha) * float(fdtri(df1, df2, (1 - level) / 2))
    return low, high


def weighted_moments(
    values: NDArray[np.float64], counts: NDArray[np.int64]
) -> tuple[float, float, int]:
    """Mean, standard deviation (n - 1) and n of values that each stand ``counts`` times."""
    n = int(counts.sum())
    mean = float(values @ counts) / n
    squares = float(((values - mean) ** 2) @ counts)
    return mean, float(np.sqrt(squares / (n - 1))) if n > 1 else 0.0, n
