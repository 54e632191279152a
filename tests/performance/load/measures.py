"""What is measured: each answer, and what the app used meanwhile."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from tests.support.running_app import RunningApp


@dataclass
class Log:
    """Everything that respondents of one form have seen.

    Attributes:
        arrivals: how long it took from the link to the first questions, seconds.
        answers: by phase, how long each confirmed answer took, seconds.
        late: by how much a respondent here was later than planned, seconds: what this very test
            could not keep up with.
        failed: what was not confirmed, and why.
        reopened: how often a line had ended before it was used again.
    """

    arrivals: list[float] = field(default_factory=list)
    answers: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    late: list[float] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    reopened: int = 0


@dataclass(frozen=True)
class Used:
    """What the app has used so far: processor time, seconds; and holds now: memory, bytes."""

    cpu: float
    memory: int

    @classmethod
    def by(cls, app: RunningApp) -> Used:
        return cls(app.cpu_seconds(), app.memory())


def milliseconds(taken: Iterable[float]) -> list[float]:
    """The median, and what 95 and 99 of a hundred stay under, milliseconds."""
    times = list(taken)
    if not times:
        return [float("nan")] * 3
    return [1000 * float(share) for share in np.percentile(times, (50, 95, 99))]


def table(heads: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """Lines of text with aligned columns, the first to the left."""
    written = [[str(cell) for cell in row] for row in (heads, *rows)]
    widths = [max(map(len, column)) for column in zip(*written, strict=True)]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if at else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in written
    )
