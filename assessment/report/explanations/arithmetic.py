"""Arithmetic in words: how groups' scores make a total, and where its range comes from.

Whoever types in what is written gets the number that is shown; so sums stand in one piece instead
of with rounded steps between them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from scoring.answers.context import Context
from scoring.disclosure.groups_and_rounding import (
    SIDES,
    PublishedGroup,
    PublishedScore,
    round_to_whole,
)
from scoring.measures.totals import Points, weights_of
from scoring.statistics.estimates import quantile, welch_freedom
from scoring.thresholds import thresholds

Scored = Sequence[tuple[PublishedGroup, PublishedScore]]

#: Fractions with a denominator up to this are written as such.
LARGEST_DENOMINATOR = 60
MAX_DECIMALS = 10


def tidy(number: float, decimals: int = 2) -> str:
    """A number with as many decimals as it needs, up to some."""
    return f"{number:.{decimals}f}".rstrip("0").rstrip(".") if decimals else f"{number:.0f}"


def rounded(value: float, result: int) -> str:
    """A value and what it is rounded to: "53.17, rounded 53"; just "53" where it is exact."""
    if abs(value - result) < 1e-9:
        return str(result)
    for decimals in range(2, MAX_DECIMALS):
        if round_to_whole(float(text := tidy(value, decimals))) == result and float(text) != result:
            return f"{text}, rounded {result}"
    return f"{value}, rounded {result}"


def mean_of(points: Sequence[float]) -> str:
    """The mean as it is typed in: "(54 + 78 + 61) / 3"."""
    if len(points) == 1:
        return tidy(points[0])
    return f"({' + '.join(map(tidy, points))}) / {len(points)}"


def mean_in_words(points: Sequence[float], result: int) -> str:
    """A mean with what it is rounded to: "(54 + 78 + 61) / 3 = 64.33, rounded 64"."""
    value = rounded(sum(points) / len(points), result)
    return value if len(points) == 1 else f"{mean_of(points)} = {value}"


def total_in_words(scored: Scored, context: Context, result: int) -> str:
    """How the scores of several groups make the total."""
    weights = weights_of([group for group, _ in scored], context)
    value = sum(weights[group.id] * cell.score for group, cell in scored)
    if any(member.id in context.weights for group, _ in scored for member in group.members):
        return f"With the weights that were set: {_weighted(scored, context)} = " + (
            f"{rounded(value, result)}."
        )
    sides = [
        points
        for side in SIDES
        if (points := [cell.score for group, cell in scored if group.side == side])
    ]
    if len(sides) == 1:
        return f"Groups of one side count alike: {mean_of(sides[0])} = {rounded(value, result)}."
    halves = " + ".join(f"½ × {mean_of(points)}" for points in sides)
    return (
        "Lived experience and organisation count half each, so that many do not drown few, and "
        f"groups of one side alike: {halves} = {rounded(value, result)}."
    )


def _weighted(scored: Scored, context: Context) -> str:
    """The weighted mean with the weights as they were set; a missing one has its default."""
    sides = {group.side for group, _ in scored}
    parts, weights = [], []
    for group, cell in scored:
        given = [context.weights[m.id] for m in group.members if m.id in context.weights]
        alike = sum(other.side == group.side for other, _ in scored)
        weight = _fraction(sum(given) if given else 1 / len(sides) / alike)
        weights.append(weight)
        parts.append(f"{weight} × {cell.score}")
    return f"({' + '.join(parts)}) / ({' + '.join(weights)})"


def _fraction(number: float) -> str:
    """A number as people type it in: "0.25", or "1/6" where decimals do not end."""
    near = Fraction(number).limit_denominator(LARGEST_DENOMINATOR)
    text = f"{number:.12g}"
    if len(text) > 6 and abs(float(near) - number) < 1e-12:
        return f"{near.numerator}/{near.denominator}"
    return text


def range_in_words(scored: Scored, context: Context, interval: Points) -> list[str]:
    """Where a total's range comes from, with its numbers."""
    weights = weights_of([group for group, _ in scored], context)
    counted = [(group, cell) for group, cell in scored if weights[group.id] > 0]
    value = sum(weights[group.id] * cell.score for group, cell in counted)
    parts = [
        (weights[group.id] ** 2 * cell.estimate.variance, cell.estimate.freedom)
        for group, cell in counted
    ]
    variance = sum(part for part, _ in parts)
    if variance == 0:
        return [
            "It is the mean of those who answered, and that is all of these groups, so there is no "
            "range around it."
        ]
    freedom = welch_freedom(parts)
    factor = quantile(freedom)
    reach = factor * variance**0.5
    low, high = (
        f"{sign} {tidy(reach, 3)} = {rounded(min(max(end, 0), 100), ends)}"
        if 0 <= end <= 100
        else f"{sign} {tidy(reach, 3)}, cut at {ends}"
        for sign, end, ends in (
            ("-", value - reach, interval[0]),
            ("+", value + reach, interval[1]),
        )
    )
    adds = "; ".join(
        f"{context.within(group.id)} ({_times(weights[group.id])}"
        f"{cell.estimate.spread:g})² / {cell.n}{_unseen(cell)} = {tidy(part, 3)}"
        for (group, cell), (part, _) in zip(counted, parts, strict=True)
    )
    together = f" Their sum is {tidy(variance, 3)}." if len(counted) > 1 else ""
    by = (
        f"Student's t, {tidy(freedom, 1)} degrees of freedom"
        if freedom < float("inf")
        else "the normal distribution"
    )
    return [
        f"The range from {interval[0]} to {interval[1]} allows for chance in who answered: if "
        "nothing but chance decided that, a range made like this holds the true number in about "
        f"{thresholds().confidence_level:.0%} of rounds. Whoever did not answer may see it "
        "differently, and no range tells how much.",
        f"It comes from how far people lie apart{_counts_as(cell for _, cell in counted)}, how "
        "many they are, and the share of the group that was not heard: "
        f"{adds}.{together} The root, {tidy(variance**0.5, 3)}, times {tidy(factor, 3)} ({by}) is "
        f"{tidy(reach, 3)} either way: {tidy(value)} {low}; {tidy(value)} {high}.",
    ]


def _counts_as(cells: Iterable[PublishedScore]) -> str:
    """What stands for how far people lie apart, where it is not that itself."""
    deviations = [cell.sd for cell in cells]
    parts = []
    if any(sd is not None for sd in deviations):
        parts.append(f"under {thresholds().sd_floor:g} points counts as {thresholds().sd_floor:g}")
    if any(sd is None for sd in deviations):
        parts.append(
            f"{thresholds().sd_unless_published:g} points stand for it where so few answered that "
            "it could tell what each of them said"
        )
    return f" ({'; '.join(parts)})"


def _times(weight: float) -> str:
    return "" if weight == 1 else f"{_fraction(weight)} × "


def _unseen(cell: PublishedScore) -> str:
    """The share that was not heard, as a factor; nothing where the head count is not known."""
    if cell.head_count is None:
        return ""
    return f" × {max(cell.head_count - cell.n, 0)}/{cell.head_count}"
