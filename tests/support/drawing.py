"""Invented groups and organisations, drawn again and again, to see how often figures are right.

People are drawn as in the demonstration: each has a general mood and a view of every dimension, and
gives to each question the answer nearest to it, give or take. `python -m tests.simulations` prints
the figures that the README tells.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from questionnaires.reference_data import GROUP_SIDES
from scoring.answers.context import Context
from scoring.answers.matrix import DONT_KNOW_CELL, EMPTY_CELL, Answers, Group
from scoring.disclosure.groups_and_rounding import Grain, PublishedScore, partition, publish_score
from scoring.measures.dimension_results import dimension_result
from scoring.measures.gaps import Gap, gaps
from scoring.measures.group_scores import Scorer
from scoring.statistics.estimates import Estimate, group_interval
from tests.support.organisations import library
from tests.support.strategies import asked_of, coded_items, rows

Floats = NDArray[np.float64]
FREQUENCY, PRACTICE = (0.0, 25.0, 50.0, 75.0, 100.0), (0.0, 15.0, 50.0, 100.0)
#: How far one person's answers to the questions of one dimension lie apart, points.
WITHIN = 12.0


# == Whether a group's interval holds the mean of all its people ===================================


@dataclass(frozen=True)
class Situation:
    """A group of which some answer.

    Attributes:
        camps: shares of its people with the mean of their leanings and how far these lie apart.
        points: of the options of each question.
    """

    name: str
    camps: tuple[tuple[float, float, float], ...]
    questions: int = 3
    points: tuple[float, ...] = FREQUENCY

    @property
    def grain(self) -> Grain:
        steps = self.points if self.questions == 1 else ()
        return Grain((len(self.points),) * self.questions, steps)

    def people(self, heads: int, random: np.random.Generator) -> Floats:
        """The score of everybody in the group."""
        counts = [round(share * heads) for share, _, _ in self.camps[:-1]]
        counts.append(heads - sum(counts))
        leanings = np.concatenate(
            [
                random.normal(mean, sd, count)
                for count, (_, mean, sd) in zip(counts, self.camps, strict=True)
            ]
        )
        values = leanings + random.normal(0, WITHIN, (self.questions, heads))
        points = np.array(self.points)
        nearest = np.abs(values[..., None] - points).argmin(axis=-1)
        return points[nearest].mean(axis=0)


BADLY_OFF = Situation("one in five is badly off", ((0.2, 10, 8), (0.8, 85, 8)))
TWO_CAMPS = Situation("two camps", ((0.5, 20, 10), (0.5, 80, 10)))
WIDE = Situation("people lie 20 points apart", ((1, 60, 20),))
ALIKE = Situation("people are nearly alike", ((1, 75, 6),))
#: What rests on one question is told in half steps, of which the interval knows nothing.
ONE_QUESTION = replace(WIDE, name="one question", questions=1)
ONE_PRACTICE = replace(WIDE, name="one practice", questions=1, points=PRACTICE)


def covered(
    situation: Situation, n: int, heads: int, rounds: int, seed: int = 0
) -> tuple[float, float]:
    """In what share of rounds the published interval holds the mean of all heads.

    Returns:
        With what is published, and with the group's own deviation, as it used to be.
    """
    random = np.random.default_rng([seed, n, heads])
    now = before = 0
    for _ in range(rounds):
        everybody = situation.people(heads, random)
        truth, heard = everybody.mean(), random.permutation(everybody)[:n]
        estimate = Estimate(float(heard.mean()), float(heard.std(ddof=1)), n, heads)
        cell = publish_score(estimate, 0.0, 4, situation.grain)
        assert isinstance(cell, PublishedScore) and cell.interval is not None
        now += cell.interval[0] <= truth <= cell.interval[1]
        own = group_interval(replace(estimate, mean=_round(heard.mean()), sd=_round(estimate.sd)))
        assert own is not None
        before += _round(own[0]) <= truth <= _round(own[1])
    return now / rounds, before / rounds


def _round(points: float | None) -> float:
    return float(np.floor((points or 0.0) + 0.5))


# == Gaps where there is no difference =============================================================

#: How far people of a group lie apart: what the demonstration takes.
SPREAD = {"service_user": 21.0, "peer_worker": 15.0, "staff": 20.0, "manager": 9.0, "board": 11.0}
SMALL = dict.fromkeys(GROUP_SIDES, (5, 9))
LIKE_THE_DEMONSTRATION = {"service_user": 17, "staff": 15, "manager": 6, "board": 5}
MIDDLING = dict.fromkeys(GROUP_SIDES, (10, 20))
LARGE = dict.fromkeys(GROUP_SIDES, (30, 60))

Sizes = Mapping[str, tuple[int, int] | int]


def without_difference(sizes: Sizes, seed: int, shifts: Mapping[str, float] = {}) -> Answers:
    """An organisation in which every group thinks the same of everything, and differs by chance.

    Args:
        sizes: how many of each group answer, or from how many to how many.
        shifts: points by which single groups differ after all, in every dimension.
    """
    random = np.random.default_rng(seed)
    means = {name: random.uniform(40, 75) for name in library().dimensions}
    groups, columns, start = [], [], 0
    for name, size in sizes.items():
        low, high = (size, size) if isinstance(size, int) else size
        n = int(random.integers(low, high + 1))
        columns.append(_answers(name, n, means, shifts.get(name, 0.0), random))
        groups.append(Group(name, GROUP_SIDES[name], start, start + n, None))
        start += n
    return Answers(library(), Context(), np.hstack(columns), rows(), tuple(groups), {}, {})


def _answers(
    group: str, n: int, means: Mapping[str, float], shift: float, random: np.random.Generator
) -> NDArray[np.uint8]:
    cells = np.full((len(coded_items()), n), EMPTY_CELL, dtype=np.uint8)
    mood = random.normal(0, 0.6, n)
    views = {
        name: mean + shift + SPREAD[group] * (mood + 0.8 * random.normal(0, 1, n))
        for name, mean in means.items()
    }
    for row, item in enumerate(coded_items()):
        if not asked_of(group)[row] or item.dimension is None or not item.scored:
            continue
        points = np.array([option.score for option in library().options(item)], dtype=float)
        values = views[item.dimension] + random.normal(0, WITHIN, n)
        cells[row] = np.abs(values[:, None] - points).argmin(axis=1)
        cells[row, random.random(n) < 0.05] = DONT_KNOW_CELL
        cells[row, random.random(n) < 0.02] = EMPTY_CELL
    return cells


def gaps_in(answers: Answers) -> tuple[Gap, ...]:
    """The gaps that the tool finds."""
    published, scorer = partition(answers.groups, 5), Scorer(answers)
    return gaps({name: dimension_result(name, scorer, published) for name in scorer.items})


def organisations(sizes: Sizes, count: int, seed: int = 0) -> Iterator[tuple[Gap, ...]]:
    """The gaps of so many organisations without any difference."""
    for number in range(count):
        yield gaps_in(without_difference(sizes, 1_000_000 * seed + number))
