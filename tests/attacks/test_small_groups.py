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
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

from scoring.statistics.agreement import average_deviation, r_star_wg
from tests.support.attacks import PEERS, STAFF, Floats, Target, item_figure, nearest
from tests.support.sizes import DEEP
from tests.support.strategies import coded_items, items_of

SIZES = (5, 6, 7, 8)
#: Groups of each size: 60 of staff, 240 in all, and some of peer workers.
OF_STAFF, OF_PEERS = 60, 60 if DEEP else 15
#: Where people stand, how far apart they lie, and their answers: middling, favourable, divided.
KINDS = ((50, 20, 12), (70, 15, 12), (70, 30, 12))
#: So alike that hardly anybody's answers differ.
ALIKE = ((75, 6, 8),)
#: The values of one person's mean are multiples of these points, with three questions.
GRID = {"staff": 25 / 3, "peer_worker": 5 / 3}

Row = tuple[Floats, float, float]


def groups(
    target: Target, n: int, size: int, *, skipping: int = 0, kinds: Sequence[Any] = KINDS
) -> Iterator[NDArray[np.int64]]:
    """Groups that answer three items, -1 for nothing; the first ones leave the last item out.

    Groups in which everybody's mean is the same are left out: that limit is said on the first page.
    """
    random = np.random.default_rng([n, skipping, len(kinds)])
    last = len(target.points) - 1
    made = 0
    while made < size:
        centre, between, within = kinds[made % len(kinds)]
        stands = np.clip(random.normal(centre, between, n), 0, 100)
        chosen = np.round((stands + random.normal(0, within, (3, n))) / 100 * last)
        cells = np.clip(chosen, 0, last).astype(int)
        cells[2, :skipping] = -1
        if np.ptp(target.means(cells)):
            made += 1
            yield cells


def deviation_of(target: Target, cells: NDArray[np.int64]) -> int:
    """The deviation as it was published before: to the nearest point."""
    return nearest(float(np.std(target.means(cells), ddof=1)))


# -- what is published, as constraints -------------------------------------------------------------


@dataclass(frozen=True)
class Puzzle:
    """What is known of a group.

    Attributes:
        types: every way of answering, ways × items; -1 where an item is left out.
        rows: sums over people of something about their way of answering, each with its range.
        known: the mean of a person who is not among those who are looked for; else nothing.
    """

    target: Target
    n: int
    types: NDArray[np.int64]
    rows: tuple[Row, ...]
    score: int
    sd: int | None
    known: float | None = None

    def fits(self, *more: Row) -> bool:
        """Whether there is a group that fits everything."""
        points = self.target.means(self.types.T)
        mine = self.known or 0.0
        # Halves are rounded up, so that a sum may lie on the lower edge and not on the upper one.
        least, most = self.n * (self.score - 0.5), self.n * (self.score + 0.5)
        if self.sd is None:
            return self._solve((points, least - mine - 1e-6, most - mine - 1e-4), *more)
        grid = GRID[self.target.group] / 2
        for total in grid * np.arange(np.ceil(least / grid - 1e-9), np.floor(most / grid) + 1):
            if nearest(total / self.n) != self.score:
                continue
            low, high = (
                max(self.sd + half, 0) ** 2 * (self.n - 1) + total**2 / self.n - mine**2
                for half in (-0.5, 0.5)
            )
            total_row = (points, total - mine - 1e-6, total - mine + 1e-6)
            if self._solve(total_row, (points**2, low - 1e-6, high + 1e-6), *more):
                return True
        return False

    def _solve(self, *more: Row) -> bool:
        weights, low, high = (np.array(part) for part in zip(*self.rows, *more, strict=True))
        ones = np.ones(len(self.types))
        constraint = LinearConstraint(weights, low, high)  # type: ignore[arg-type]
        bounds = Bounds(0, self.n)
        return milp(0 * ones, constraints=constraint, integrality=ones, bounds=bounds).success


def puzzle(
    target: Target,
    found: dict[str, Any],
    n: int,
    *,
    sd: int | None,
    skipping: int = 0,
    own: tuple[int, int] | None = None,
) -> Puzzle:
    """Everything that is published of a group, the intervals that follow from it excepted.

    Args:
        sd: the deviation in whole points, where it is published.
        skipping: how many are known to have left the last item out.
        own: what one of them is taken to have answered.
    """
    types = np.array(list(product(target.steps, repeat=3)))
    rows: list[Row] = []
    if skipping:
        short = np.array([(*pair, -1) for pair in product(target.steps, repeat=2)])
        types = np.vstack([types, short])
    others = 0 if own is None else 1
    full = (types[:, 2] >= 0).astype(float)
    rows.append((full, n - skipping, n - skipping))
    rows.append((1 - full, skipping - others, skipping - others))
    for number, row in enumerate(items_of(target.dimension, target.group)):
        chosen, answered = types[:, number], n if number < 2 else n - skipping
        mine = own[number] if own is not None and number < 2 else None
        item = coded_items()[row].id
        rows += _of_item(target, found, item, chosen, answered, mine)
    cell = found["dimensions"][target.dimension]["groups"][target.group]
    assert cell["sd"] is None
    assert found["dimensions"][target.dimension]["agreement"] is None
    known = None if own is None else float(target.points[list(own)].mean())
    return Puzzle(target, n, types, tuple(rows), cell["score"], sd, known)


def _of_item(
    target: Target,
    found: dict[str, Any],
    item: str,
    chosen: NDArray[np.int64],
    answered: int,
    mine: int | None,
) -> Iterator[Row]:
    """What is published of one item: what a gate says of it, its classes and its mean."""
    answers = np.where(chosen >= 0, target.points[chosen], 0)
    if target.group == "peer_worker" and answered >= 5:
        least, most = item_figure(found, item)
        points = 0.0 if mine is None else float(target.points[mine])
        yield answers, answered * (least - 0.51) - points, answered * (most + 0.51) - points
    spread = found["items"][item][target.group]
    if "suppressed" in spread:
        return
    for place, share in enumerate(spread["shares"]):
        fits = [c for c in range(answered + 1) if nearest(10 * c / answered) / 10 == share]
        taken = int(mine is not None and target.classes[mine] == place)
        holds = ((chosen >= 0) & (target.classes[chosen] == place)).astype(float)
        yield holds, min(fits) - taken, max(fits) - taken
    sums = range(answered * len(target.points))
    fits = [s for s in sums if nearest(2 * (s / answered + 1)) / 2 == spread["mean"]]
    steps = np.maximum(chosen, 0).astype(float)
    yield steps, min(fits) - (mine or 0), max(fits) - (mine or 0)


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


def skipper_is_solved(
    target: Target,
    cells: NDArray[np.int64],
    found: dict[str, Any],
    sd: int | None,
    skipping: int = 1,
) -> bool:
    """Whether the mean of the first person, who left the last item out, is the only one that
    fits."""

    def may_be(own: tuple[int, int]) -> bool:
        known = puzzle(target, found, cells.shape[1], sd=sd, skipping=skipping, own=own)
        return known.fits()

    truth = (int(cells[0, 0]), int(cells[1, 0]))
    assert may_be(truth), "the truth has to fit"
    points = {pair: target.points[list(pair)].sum() for pair in product(target.steps, repeat=2)}
    others = [pair for pair, sum_ in points.items() if sum_ != points[truth]]
    return not any(map(may_be, sorted(others, key=lambda pair: abs(points[pair] - points[truth]))))


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
