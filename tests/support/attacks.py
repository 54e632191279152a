"""What the attacks share: whom they attack, and what is published as constraints to be solved."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

from scoring.answers.matrix import EMPTY_CELL
from tests.support.organisations import library
from tests.support.results import published
from tests.support.strategies import answers_from, coded_items, items_of, nothing

Floats = NDArray[np.float64]
PRACTICE = (0, 15, 50, 100)
#: Where people stand, how far apart they lie, and their answers: middling, favourable, divided.
KINDS = ((50, 20, 12), (70, 15, 12), (70, 30, 12))
#: So alike that hardly anybody's answers differ.
ALIKE = ((75, 6, 8),)
#: The values of one person's mean are multiples of these points, with three questions.
GRID = {"staff": 25 / 3, "peer_worker": 5 / 3}

Row = tuple[Floats, float, float]


@dataclass(frozen=True)
class Target:
    """What is attacked: three items of a dimension that a group is asked, and their scale."""

    dimension: str
    group: str
    points: Floats
    classes: NDArray[np.int64]

    @property
    def steps(self) -> range:
        return range(len(self.points))

    def means(self, cells: NDArray[np.int64]) -> Floats:
        return np.array([self.points[person[person >= 0]].mean() for person in cells.T])

    def published(self, cells: NDArray[np.int64]) -> dict[str, Any]:
        matrix = {self.group: nothing(cells.shape[1])}
        chosen = np.where(cells < 0, EMPTY_CELL, cells).astype(np.uint8)
        matrix[self.group][items_of(self.dimension, self.group)] = chosen
        return published(answers_from(matrix))


STAFF = Target(
    "valued_input",
    "staff",
    np.array([0.0, 25.0, 50.0, 75.0, 100.0]),
    np.array([0, 0, 1, 2, 2]),
)
PEERS = Target(
    "supervision", "peer_worker", np.array([0.0, 15.0, 50.0, 100.0]), np.array([0, 0, 1, 2])
)


def nearest(number: float) -> int:
    return int(np.floor(number + 0.5 + 1e-9))


def item_figure(found: dict[str, Any], item: str) -> tuple[float, float]:
    """The range in which a gate's text says that an item's claimed mean lies."""
    text = library().items[item].text.for_group("working_group", None) or ""
    reasons = [
        reason
        for gate in found["gates"]
        for reason in gate["because"]
        if reason.startswith(text.rstrip("."))
    ]
    assert reasons
    number = re.search(r"claimed, at least ([\d.]+) of 100", reasons[0])
    steps = PRACTICE
    halves = [(low + high) / 2 for low, high in pairwise(steps)]
    known = sorted({*map(float, steps), *halves})
    least = float(number.group(1)) if number else 0.0
    assert least in known
    return least, next((step for step in known if step > least), 100.0)


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
    with_items: bool = True,
) -> Puzzle:
    """Everything that is published of a group, the intervals that follow from it excepted.

    Args:
        sd: the deviation in whole points, where it is published.
        skipping: how many are known to have left the last item out.
        own: what one of them is taken to have answered.
        with_items: with the distributions of single items.
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
        rows += _of_item(target, found, item, chosen, answered, mine, with_items=with_items)
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
    *,
    with_items: bool,
) -> Iterator[Row]:
    """What is published of one item: what a gate says of it, its classes and its mean."""
    answers = np.where(chosen >= 0, target.points[chosen], 0)
    if target.group == "peer_worker" and answered >= 5:
        least, most = item_figure(found, item)
        points = 0.0 if mine is None else float(target.points[mine])
        yield answers, answered * (least - 0.51) - points, answered * (most + 0.51) - points
    spread = found["items"][item][target.group]
    if not with_items or "suppressed" in spread:
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


def skipper_is_solved(
    target: Target,
    cells: NDArray[np.int64],
    found: dict[str, Any],
    sd: int | None,
    skipping: int = 1,
    *,
    with_items: bool = True,
) -> bool:
    """Whether the mean of the first person, who left the last item out, is the only one that
    fits."""

    def may_be(own: tuple[int, int]) -> bool:
        return puzzle(
            target,
            found,
            cells.shape[1],
            sd=sd,
            skipping=skipping,
            own=own,
            with_items=with_items,
        ).fits()

    truth = (int(cells[0, 0]), int(cells[1, 0]))
    assert may_be(truth), "the truth has to fit"
    points = {pair: target.points[list(pair)].sum() for pair in product(target.steps, repeat=2)}
    others = [pair for pair, sum_ in points.items() if sum_ != points[truth]]
    return not any(map(may_be, sorted(others, key=lambda pair: abs(points[pair] - points[truth]))))
