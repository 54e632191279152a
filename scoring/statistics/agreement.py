"""How far people agree, and how well items hang together.

Works on patterns (see ``patterns``): values per item and pattern with the number of people.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from scoring.statistics.estimates import SLACK, Interval, feldt_interval
from scoring.thresholds import thresholds

View = Literal["shared", "mixed", "divided"]


@dataclass(frozen=True)
class Agreement:
    """Agreement of the people in one dimension.

    Attributes:
        ad: mean over items of the mean absolute deviation about the item's mean, scale steps.
        r_star_wg: 1 - mean item variance / variance of answers spread evenly; at most 1.
        view: what to make of it.
    """

    ad: float
    r_star_wg: float
    view: View


@dataclass(frozen=True)
class Alpha:
    """Cronbach's alpha of the complete respondents; ``left_out`` had a missing item."""

    value: float
    interval: Interval
    n: int
    excluded: int


def average_deviation(item_counts: NDArray[np.int64]) -> float:
    """Mean over items of the mean absolute deviation about the item's mean, in scale steps.

    Args:
        item_counts: items × options, how many people chose each option; every item has answers.

    Source: Burke, Finkelstein and Dusig (1999), AD about the mean.
    """
    steps = np.arange(item_counts.shape[1])
    n = item_counts.sum(axis=1)
    means = item_counts @ steps / n
    return float(np.mean((item_counts * np.abs(steps - means[:, None])).sum(axis=1) / n))


def r_star_wg(item_counts: NDArray[np.int64]) -> float:
    """r*wg(j) = 1 - mean item variance (n - 1) / ((A² - 1) / 12), not cut at 0.

    Args:
        item_counts: items × A options; every item has at least two answers.

    Source: Lindell, Brandt and Whitney (1999).
    """
    options = item_counts.shape[1]
    steps = np.arange(options)
    n = item_counts.sum(axis=1)
    means = item_counts @ steps / n
    squares = (item_counts * (steps - means[:, None]) ** 2).sum(axis=1)
    return float(1 - np.mean(squares / (n - 1)) / ((options**2 - 1) / 12))


def view(scores: NDArray[np.float64], counts: NDArray[np.int64], ad: float, options: int) -> View:
    """Divided before shared, else mixed.

    Args:
        scores: respondents' scores, 0 to 100, each standing ``counts`` times.
        ad: average deviation in steps of a scale of that many options.
    """
    people, limits = counts.sum(), thresholds()
    low = counts[scores <= limits.low_end + SLACK].sum() / people
    high = counts[scores >= limits.high_end - SLACK].sum() / people
    if low >= limits.divided_share and high >= limits.divided_share:
        return "divided"
    return "shared" if ad <= options / 6 + SLACK else "mixed"


def cronbach_alpha(values: NDArray[np.float64], counts: NDArray[np.int64]) -> float | None:
    """Cronbach's raw alpha; None where the total does not vary.

    Args:
        values: items × patterns, no gaps.
        counts: people per pattern.

    Source: Cronbach (1951).
    """
    k, n = values.shape[0], counts.sum()
    centred = values - (values @ counts / n)[:, None]
    variances = (centred**2) @ counts / (n - 1)
    total_variance = float((centred.sum(axis=0) ** 2) @ counts / (n - 1))
    if total_variance < SLACK:
        return None
    return float(k / (k - 1) * (1 - variances.sum() / total_variance))


def alpha(values: NDArray[np.float64], counts: NDArray[np.int64]) -> Alpha | None:
    """Alpha with Feldt's interval, from respondents without a gap.

    None with fewer items or complete respondents than ``thresholds`` ask for: too few to say.
    """
    complete = ~np.isnan(values).any(axis=0)
    n, limits = int(counts[complete].sum()), thresholds()
    if values.shape[0] < limits.alpha_items_from or n < limits.alpha_from:
        return None
    value = cronbach_alpha(values[:, complete], counts[complete])
    if value is None:
        return None
    left_out = int(counts.sum()) - n
    return Alpha(value, feldt_interval(value, values.shape[0], n), n, left_out)


def icc1(groups: Sequence[NDArray[np.float64]]) -> float | None:
    """ICC(1) by one-way analysis of variance, with the plain mean group size.

    Args:
        groups: one array of values for each team.

    Returns:
        (MSB - MSW) / (MSB + (k - 1) · MSW), k the mean group size; None where it is undefined.

    Source: Bliese (2000), as in the R package multilevel.
    """
    sizes = np.array([len(group) for group in groups])
    n, teams = int(sizes.sum()), len(groups)
    if teams < 2 or n <= teams:
        return None
    means = np.array([group.mean() for group in groups])
    grand = float(np.concatenate(list(groups)).mean())
    between = float(sizes @ (means - grand) ** 2) / (teams - 1)
    within = sum(float(((g - m) ** 2).sum()) for g, m in zip(groups, means, strict=True))
    within /= n - teams
    k = n / teams
    below = between + (k - 1) * within
    return (between - within) / below if below > 0 else None
