"""What the attacks share: whom they attack, and what is published of one question."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring.answers.matrix import EMPTY_CELL
from tests.support.organisations import library
from tests.support.results import published
from tests.support.strategies import answers_from, items_of, nothing

Floats = NDArray[np.float64]
PRACTICE = (0, 15, 50, 100)


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
