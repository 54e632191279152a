"""What a score and the distributions of its items would tell together, by differences.

The sum of the respondents' scores less the sums of the items' answers is the sum over those who
left an item out. Where these are few, an item stays hidden.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import compress, product
from math import prod

import numpy as np

from questionnaires.model import Item
from scoring.answers.matrix import DONT_KNOW_CELL, Answers
from scoring.answers.patterns import enough_answered
from scoring.disclosure.groups_and_rounding import PublishedGroup

#: The most ways of taking items out of a score that are tried; beyond them the cell is hidden.
MAX_WEIGHTINGS = 4096


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


def items_to_hide(
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
        patterns: who answered which of the items.
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
