"""Attacks on small groups: from all that is published, solve for the exact set of people's means,
or for the mean of somebody who is known to have left a question out.

The attacker knows who was asked what, the score, its interval (which follows from the score), how
many answered, and how the answers to each question spread. Unknown is how many people gave which
answers: whole numbers under linear constraints. A set is solved if no other fits, which a solver of
whole-number problems settles for certain; a person's mean likewise. The same attacks are made with
the deviation in whole points beside it, as it used to be published, and succeed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from scoring.statistics.agreement import average_deviation, r_star_wg
from tests.support.attacks import (
    ALIKE,
    KINDS,
    PEERS,
    STAFF,
    Target,
    groups,
    nearest,
    puzzle,
    skipper_is_solved,
)
from tests.support.sizes import DEEP

SIZES = (5, 6, 7, 8)
#: Groups of each size: 60 of staff, 240 in all, and 60 of peer workers in `make check-deep`.
OF_STAFF, OF_PEERS = (60, 60) if DEEP else (30, 15)


def deviation_of(target: Target, cells: NDArray[np.int64]) -> int:
    """The deviation as it was published before: to the nearest point."""
    return nearest(float(np.std(target.means(cells), ddof=1)))


# -- the exact set of people's means ---------------------------------------------------------------


def set_is_solved(
    target: Target, cells: NDArray[np.int64], found: dict[str, Any], sd: int | None
) -> bool:
    """Whether the set of the people's means is the only one that fits.

    Another set has some value more often than the true one has it.
    """
    known = puzzle(target, found, cells.shape[1], sd=sd)
    assert known.fits(), "the truth has to fit"
    points, truth = target.means(known.types.T), target.means(cells)
    for value in np.unique(np.round(points, 6)):
        has = (np.abs(points - value) < 1e-5).astype(float)
        times = int((np.abs(truth - value) < 1e-5).sum())
        if known.fits((has, times + 1, known.n)):
            return False
    return True


def sets_solved(target: Target, n: int, size: int, *, before: bool) -> list[list[float]]:
    """The groups whose set of means is solved; ``before``: with the deviation beside the score."""
    return [
        sorted(target.means(cells).round(1).tolist())
        for cells in groups(target, n, size)
        if set_is_solved(
            target,
            cells,
            target.published(cells),
            deviation_of(target, cells) if before else None,
        )
    ]


@pytest.mark.parametrize("n", SIZES)
def test_no_exact_set_of_peoples_means_can_be_solved(n: int) -> None:
    """None of 4 × 60 groups of staff."""
    assert sets_solved(STAFF, n, OF_STAFF, before=False) == []


def test_with_the_deviation_beside_it_the_same_attack_succeeds() -> None:
    """Measured: of 60 groups of staff 15 of five people, 11 of six, 2 of seven, 1 of eight; of peer
    workers, whose scale has steps of other widths, 44, 33, 19 and 19."""
    assert len(sets_solved(STAFF, 5, 30, before=True)) >= 5
    assert len(sets_solved(PEERS, 5, 15, before=True)) >= 8


@pytest.mark.parametrize("n", SIZES)
def test_of_practices_only_sets_of_people_nearly_alike_are_solved(n: int) -> None:
    """A limit: where all but one or two say the same, how the answers spread says what these say.

    Who they are nobody learns from it. Measured: 2 of 60 groups of five, 1 of six, none of seven
    and eight.
    """
    for means in sets_solved(PEERS, n, OF_PEERS, before=False):
        most = max(means.count(value) for value in means)
        assert most >= n - 2, means


# -- somebody who is known to have left a question out ---------------------------------------------


def skippers_solved(
    target: Target, n: int, size: int, *, before: bool, kinds: Sequence[Any] = KINDS
) -> int:
    return sum(
        skipper_is_solved(
            target,
            cells,
            target.published(cells),
            deviation_of(target, cells) if before else None,
        )
        for cells in groups(target, n, size, skipping=1, kinds=kinds)
    )


@pytest.mark.parametrize("n", SIZES)
def test_no_known_skipper_can_be_solved(n: int) -> None:
    """None of 4 × 60 groups of staff, and none of peer workers, for whoever was told who they
    are."""
    assert skippers_solved(STAFF, n, OF_STAFF, before=False) == 0
    assert skippers_solved(PEERS, n, OF_PEERS, before=False) == 0


def test_with_the_deviation_beside_it_known_skippers_are_solved() -> None:
    """Measured: of 60 groups 5 of five people and 2 of six; of 60 nearly alike 47, 37, 17, 19."""
    assert skippers_solved(STAFF, 5, 20, before=True, kinds=ALIKE) >= 10


@pytest.mark.parametrize("n", SIZES)
def test_limit_where_nearly_all_answer_alike_a_known_skipper_may_be_solved(n: int) -> None:
    """Where an item shows all of a group in one class, everybody's answer to it is nearly known.

    Measured: 2 of 60 groups of six, none of five, seven and eight.
    """
    size = 60 if DEEP else 20
    assert skippers_solved(STAFF, n, size, before=False, kinds=ALIKE) <= size // 10


# -- where a deviation is published ----------------------------------------------------------------


def test_agreement_of_one_question_would_be_its_deviation() -> None:
    """Why it waits for as many people: of ten answers to one question AD and r*wg, in tenths, leave
    one set in nearly every group, as the classes are exact shares of ten."""
    random = np.random.default_rng(4)
    revealed = 0
    for _ in range(30):
        answers = np.clip(np.round(random.normal(2.4, 0.9, 10)), 0, 4).astype(int)
        revealed += (
            len({tuple(sorted(o)) for o in _same_classes(answers) if _same_view(o, answers)}) == 1
        )
    assert revealed >= 20


def _same_classes(answers: NDArray[np.int64]) -> Iterator[list[int]]:
    """Every group of ten with as many low, middling and high answers."""
    low, middle, high = ((answers < 2).sum(), (answers == 2).sum(), (answers > 2).sum())
    for never, always in product(range(low + 1), range(high + 1)):
        yield (
            [0] * never + [1] * (low - never) + [2] * middle + [3] * (high - always) + [4] * always
        )


def _same_view(one: Sequence[int], other: NDArray[np.int64]) -> bool:
    counts = [np.bincount(some, minlength=5)[None, :] for some in (np.array(one), other)]
    return all(
        nearest(10 * figure(counts[0])) == nearest(10 * figure(counts[1]))
        for figure in (average_deviation, r_star_wg)
    )
