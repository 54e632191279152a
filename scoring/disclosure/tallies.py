"""How many chose what, and how large numbers were, as far as it may be told.

A question of an organisation's own may ask anything, so a rare answer may name a person. An option
that fewer than the minimum chose is not told, whether nobody did or somebody; nor how many are left
where nearly all chose one. Where the shares of a single choice would let these few be counted
back, none of them is told. Of numbers only the middle is told, and only
where the minimum of people lie on either side of what is told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from scoring.disclosure.groups_and_rounding import Suppressed, round_share


@dataclass(frozen=True)
class PublishedTally:
    """How a group's answers to a question with options fall.

    Attributes:
        n: people who chose something.
        shares: of n, to the nearest 10 %, by the code of an option.
        at_least: so many of n or more, by the code of an option that nearly all chose, or all.
        untold: the codes of the options of which nothing is told.
    """

    n: int
    shares: Mapping[str, float]
    at_least: Mapping[str, int]
    untold: tuple[str, ...]


@dataclass(frozen=True)
class PublishedNumber:
    """Where the middle of a group's numbers lies, to two digits.

    Attributes:
        n: people who gave a number.
        median: half of them gave less, half more.
        middle_half: between them lie the numbers of the middle half; None where few answered.
    """

    n: int
    median: float
    middle_half: tuple[float, float] | None


def publish_tally(
    counts: Mapping[str, int], n: int, minimum: int, *, single: bool
) -> PublishedTally | Suppressed:
    """What may be told of counts.

    Args:
        counts: how many of n chose each option, by its code.
        single: each chose exactly one, so that the counts add up to n.
    """
    if n < minimum:
        return Suppressed("few_answers", minimum)
    if single and n == len(counts) * (minimum - 1):
        # If nothing could be told, everybody would know why: each was chosen by one too few.
        return Suppressed("counts_reveal_few", minimum)
    nearly_all = {
        code for code, count in counts.items() if count >= minimum and n - count < minimum
    }
    shown = {code for code, count in counts.items() if count >= minimum} - nearly_all
    if single and _counted_back(counts, shown, n, minimum):
        shown = set()  # to hide only one more would tell which one it was
    return PublishedTally(
        n=n,
        shares={code: round_share(counts[code] / n) for code in counts if code in shown},
        at_least={code: max(minimum, n - minimum + 1) for code in counts if code in nearly_all},
        untold=tuple(code for code in counts if code not in shown | nearly_all),
    )


def _counted_back(counts: Mapping[str, int], shown: set[str], n: int, minimum: int) -> bool:
    """Whether the shares of a single choice would tell how many chose the other options: that
    somebody did and few in all, or of each as many as may be without being told."""
    if not shown:
        return False
    shares = [round_share(counts[code] / n) for code in shown]
    alike = {
        share: [c for c in range(minimum, n - minimum + 1) if round_share(c / n) == share]
        for share in shares
    }
    fewest = n - sum(alike[share][-1] for share in shares)
    most = n - sum(alike[share][0] for share in shares)
    room = (len(counts) - len(shown)) * (minimum - 1)
    return (fewest > 0 and most < minimum) or 0 < room <= fewest


def publish_number(values: Sequence[float], minimum: int) -> PublishedNumber | Suppressed:
    """What may be told of numbers: each figure only where the minimum of people lie on both sides
    of it, since a median of five is what one of them said."""
    n = len(values)
    if n < 2 * minimum:
        return Suppressed("few_answers", 2 * minimum)
    low, median, high = (_two_digits(float(at)) for at in np.quantile(values, (0.25, 0.5, 0.75)))
    return PublishedNumber(n, median, (low, high) if n >= 4 * minimum else None)


def _two_digits(value: float) -> float:
    return float(Decimal(f"{value:.1e}"))
