"""How the answers of each group to each item spread, as far as they may be published.

Three things keep a single answer out of these figures. Under ``options_from`` answers there
are three classes instead of the options. A cell needs the minimum of answers on the scale. And no
cell is shown that would, taken together with a score, tell what a few people answered: the sum of
the respondents' scores less the sums of the items' answers is the sum over those who left an item
out (see ``scoring.disclosure.differencing``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from questionnaires.model import Option
from questionnaires.phrases import listed, lower
from scoring.answers.matrix import DONT_KNOW_CELL, NOT_APPLICABLE_CELL, Answers
from scoring.answers.patterns import BLOCK
from scoring.disclosure.differencing import items_to_hide
from scoring.disclosure.groups_and_rounding import (
    Partition,
    PublishedGroup,
    Suppressed,
    round_half_step,
    round_share,
)
from scoring.thresholds import thresholds

CELLS = 256


@dataclass(frozen=True)
class Distribution:
    """How one group's answers to one item spread.

    Attributes:
        n: people with an answer on the scale.
        classes: labels, the lowest first.
        shares: of n, to the nearest 10 %; they need not add up to 1.
        middle: the position of the neutral class; None where the number of options is even.
        mean: of scored items, in steps counted from 1, to the nearest half step.
        dont_know: share of those who gave any answer to the item, to the nearest 10 %.
        does_not_apply: of the same, to the nearest 10 %.
    """

    n: int
    classes: tuple[str, ...]
    shares: tuple[float, ...]
    middle: int | None
    mean: float | None
    dont_know: float
    does_not_apply: float


Spread = Distribution | Suppressed
Spreads = dict[str, dict[str, Spread]]


def distributions(answers: Answers, partition: Partition) -> Spreads:
    """Every item that was asked, by shown group; hidden groups carry their reason.

    A group that left a whole questionnaire unanswered is not listed with its items.

    Returns:
        Item id → group id → the distribution, or why there is none; every item with options has
        an entry, which may be empty.
    """
    found: Spreads = {name: {} for name in answers.rows}
    items = [answers.library.items[name] for name in answers.rows]
    for group in partition.groups:
        counts = _counts(answers, group)
        asked = [i for i in items if all(answers.asked(i, member) for member in group.members)]
        rows = {item.id: counts[answers.rows[item.id]] for item in asked}
        n = {name: int(row[:DONT_KNOW_CELL].sum()) for name, row in rows.items()}
        hidden = items_to_hide(answers, group, asked, n, partition.minimum)
        taken_up = {
            answers.library.questionnaire_of[item.id].id
            for item in asked
            if rows[item.id][: NOT_APPLICABLE_CELL + 1].any()
        }
        for item in asked:
            if answers.library.questionnaire_of[item.id].id not in taken_up:
                continue
            if n[item.id] < partition.minimum:
                found[item.id][group.id] = Suppressed("few_scored_answers", partition.minimum)
            elif item.id in hidden:
                found[item.id][group.id] = Suppressed("reveals_few", partition.minimum)
            else:
                options = answers.library.options(item)
                found[item.id][group.id] = _spread(rows[item.id], options, scored=item.scored)
    for name, suppressed in partition.hidden.items():
        for item in items:
            if answers.required(item, answers.by_group[name]):
                found[item.id][name] = suppressed
    return found


def _counts(answers: Answers, group: PublishedGroup) -> NDArray[np.int64]:
    """Rows × 256: how many people of a group have each cell."""
    size = len(answers.rows) * CELLS
    offsets = np.arange(len(answers.rows))[:, None] * CELLS
    counts = np.zeros(size, dtype=np.int64)
    for member in group.members:
        for at in range(member.start, member.stop, BLOCK):
            cells = answers.matrix[:, at : min(at + BLOCK, member.stop)]
            counts += np.bincount((cells + offsets).ravel(), minlength=size)
    return counts.reshape(-1, CELLS)


def _spread(row: NDArray[np.int64], options: Sequence[Option], *, scored: bool) -> Distribution:
    """The published cell from the counts of one item's cells."""
    chosen = row[: len(options)].tolist()
    n, special = sum(chosen), (int(row[DONT_KNOW_CELL]), int(row[NOT_APPLICABLE_CELL]))
    labels = tuple(option.label for option in options)
    if n >= thresholds().options_from:
        names, parts = labels, tuple((number,) for number in range(len(options)))
    else:
        names, parts = classes(labels, tuple(option.score for option in options))
    neutral = len(options) // 2 if len(options) % 2 else None
    mean = sum(number * people for number, people in enumerate(chosen)) / n + 1
    return Distribution(
        n=n,
        classes=names,
        shares=tuple(round_share(sum(chosen[number] for number in part) / n) for part in parts),
        middle=next((place for place, part in enumerate(parts) if neutral in part), None),
        mean=round_half_step(mean) if scored else None,
        dont_know=round_share(special[0] / (n + sum(special))),
        does_not_apply=round_share(special[1] / (n + sum(special))),
    )


@cache
def classes(
    labels: tuple[str, ...], scores: tuple[float | None, ...]
) -> tuple[tuple[str, ...], tuple[tuple[int, ...], ...]]:
    """The options of a scale in at most three classes: their names, and whose options they hold.

    Low up to a quarter of the way, high from three quarters on, the same ends at which a divided
    view is told. So "planned" joins "not in place", since a plan helps nobody yet, and the seven
    steps of the ladder fall into doing to, doing for and doing with. Three options stay as they
    are. Options without scores count as evenly apart.
    """
    last = len(labels) - 1
    points = [
        100 * number / last if score is None else score for number, score in enumerate(scores)
    ]
    low, high = thresholds().low_end, thresholds().high_end
    parts = (
        tuple(number for number, at in enumerate(points) if at <= low),
        tuple(number for number, at in enumerate(points) if low < at < high),
        tuple(number for number, at in enumerate(points) if at >= high),
    )
    filled = tuple(part for part in parts if part)
    return tuple(class_name([labels[number] for number in part]) for part in filled), filled


def class_name(labels: Sequence[str]) -> str:
    """The labels of a class in words: "Never or not often"."""
    words = [labels[0], *map(lower, labels[1:])]
    return f"{words[0]} to {words[-1]}" if len(words) > 3 else listed(words, "or")
