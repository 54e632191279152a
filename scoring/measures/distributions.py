"""How the answers of each group to each item spread, as far as they may be published.

Three things keep a single answer out of these figures. Under ``options_from`` answers there
are three classes instead of the options. A cell needs the minimum of answers on the scale. And no
cell is shown that would, taken together with a score, tell what a few people answered: the sum of
the respondents' scores less the sums of the items' answers is the sum over those who left an item
out (see ``tells_of_few``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import compress, product
from math import prod

import numpy as np
from numpy.typing import NDArray

from questionnaires.model import Item, Option
from scoring.answers.matrix import DONT_KNOW_CELL, NOT_APPLICABLE_CELL, Answers
from scoring.answers.patterns import BLOCK
from scoring.disclosure.groups_and_rounding import (
    Partition,
    PublishedGroup,
    Suppressed,
    round_half_step,
    round_share,
)
from scoring.measures.group_scores import enough_answered
from scoring.thresholds import thresholds

#: The most ways of taking items out of a score that are tried; beyond them the cell is hidden.
MAX_WEIGHTINGS = 4096
CELLS = 256
REVEALS_FEW = "with the score, it could reveal a few people's answers"


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


@dataclass(frozen=True)
class AnswerPattern:
    """People who answered the same ones of some items.

    Attributes:
        items: the ids of the items that they answered.
        scored: whether they have a score from these.
        people: how many they are.
    """

    items: frozenset[str]
    scored: bool
    people: int


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
        options = {item.id: answers.library.options(item) for item in asked}
        n = {item.id: int(counts[answers.rows[item.id], :DONT_KNOW_CELL].sum()) for item in asked}
        hidden = _hidden(answers, group, asked, n, partition.minimum)
        taken_up = {
            answers.library.questionnaire_of[item.id].id
            for item in asked
            if counts[answers.rows[item.id], : NOT_APPLICABLE_CELL + 1].any()
        }
        for item in asked:
            if answers.library.questionnaire_of[item.id].id not in taken_up:
                continue
            if n[item.id] < partition.minimum:
                found[item.id][group.id] = Suppressed(
                    f"fewer than {partition.minimum} scored answers"
                )
            elif item.id in hidden:
                found[item.id][group.id] = Suppressed(REVEALS_FEW)
            else:
                row = counts[answers.rows[item.id]]
                found[item.id][group.id] = _spread(row, options[item.id], scored=item.scored)
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
    later = [label if label[1:2].isupper() else label[:1].lower() + label[1:] for label in labels]
    words = [labels[0], *later[1:]]
    if len(words) < 2:
        return words[0]
    if len(words) > 3:
        return f"{words[0]} to {words[-1]}"
    return f"{', '.join(words[:-1])} or {words[-1]}"


# -- what a score and its items would tell together -----------------------------------------------


def _hidden(
    answers: Answers,
    group: PublishedGroup,
    asked: Sequence[Item],
    n: Mapping[str, int],
    minimum: int,
) -> set[str]:
    """The items with enough answers that stay hidden, one or a few of each score that needs it.

    The item that most people left out is hidden: then nobody can be taken out of the score, as
    the sum of its answers is in it and is not known. Of claimed practices all are hidden.
    """
    scores: dict[str, list[str]] = {}
    for item in asked:
        if item.scored and item.dimension:
            scores.setdefault(item.dimension, []).append(item.id)
    hidden: set[str] = set()
    for items in scores.values():
        left = _answer_patterns(answers, group, items)
        while True:
            open_ = {name for name in items if n[name] >= minimum} - hidden
            if not reveals_few(left, open_, minimum):
                break
            if any(answers.library.items[name].kind == "practice" for name in items) and not all(
                name in answers.agreed for name in items
            ):
                # Gates say what is claimed of single practices, so one that is hidden is known.
                hidden |= open_
                break
            # Level ones by id, so that the order of items changes nothing.
            hidden.add(min(open_, key=lambda name: (n[name], name)))
    return hidden


def _answer_patterns(
    answers: Answers, group: PublishedGroup, items: Sequence[str]
) -> list[AnswerPattern]:
    """Who answered which of some items, people with the same ones together."""
    rows = [answers.rows[name] for name in items]
    columns = []
    for member in group.members:
        cells = answers.matrix[rows, member.start : member.stop]
        answered = cells < DONT_KNOW_CELL
        required = [answers.required(answers.library.items[name], member) for name in items]
        enough = enough_answered(answered, cells, np.array(required, dtype=bool))
        columns.append(np.vstack([answered, enough]))
    found, people = np.unique(np.hstack(columns), axis=1, return_counts=True)
    return [
        AnswerPattern(frozenset(compress(items, answered[:-1])), bool(answered[-1]), int(count))
        for answered, count in zip(found.T, people, strict=True)
    ]


def reveals_few(patterns: Sequence[AnswerPattern], open_: set[str], minimum: int) -> bool:
    """Whether a score and the distributions of its items tell the answers of fewer than some.

    A score is the sum over people of the mean of the items that they answered. Take from it each
    open item's sum, weighted 1/m: whoever answered m items, all of them open and all weighted so,
    falls out, and the sum over the others is left. That these are nobody, or at least the minimum,
    has to hold for every choice of weights.

    Args:
        left: who answered which of the items.
        open_: the items whose distributions are to be shown.
    """
    with_score = [some for some in patterns if some.scored]
    if sum(some.people for some in with_score) < minimum:
        return False
    if len({(some.items, some.scored) for some in patterns if some.items}) == 1:
        return False
    weights: dict[str, list[int]] = {}
    for item in sorted(open_):
        sizes: dict[int, int] = {}
        for some in with_score:
            if item in some.items:
                sizes[len(some.items)] = sizes.get(len(some.items), 0) + some.people
        everybody = sum(sizes.values())
        # With any other weight at least the minimum of people would be left by this item alone.
        weights[item] = [size for size in sizes if everybody - sizes[size] < minimum]
        weights[item] += [0] if everybody < minimum else []
        if not weights[item]:
            return False
    if prod(map(len, weights.values())) > MAX_WEIGHTINGS:
        return True
    for choice in product(*weights.values()):
        weight = dict(zip(weights, choice, strict=True))
        rest = sum(some.people for some in patterns if _remains(some, weight))
        if 0 < rest < minimum:
            return True
    return False


def _remains(some: AnswerPattern, weight: Mapping[str, int]) -> bool:
    """Whether people's answers are in the sum that is left, by the weights of the open items."""
    if some.scored:
        return any(weight.get(item) != len(some.items) for item in some.items)
    return any(weight.get(item) for item in some.items)
