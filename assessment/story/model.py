"""What a story is made of: blocks, charts as specifications, tables, points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scoring.guidance import Band


@dataclass(frozen=True)
class Dot:
    """One row of a dot-and-interval chart; points from 0 to 100."""

    label: str
    value: int | None
    low: int | None = None
    high: int | None = None
    strong: bool = False
    note: str = ""


@dataclass(frozen=True)
class DotChart:
    """Scores with their intervals, in rows."""

    alt: str
    rows: tuple[Dot, ...]


@dataclass(frozen=True)
class Dumbbell:
    """One row of a dumbbell chart: a value for each group, and how far the ends lie apart."""

    label: str
    values: Mapping[str, int]
    note: str


@dataclass(frozen=True)
class DumbbellChart:
    """Groups side by side, in rows."""

    alt: str
    rows: tuple[Dumbbell, ...]
    groups: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Table:
    """A short table of text."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Point:
    """One line of a list; the mark says good, or careful, or plain."""

    text: str
    mark: str = ""
    sources: str = ""


@dataclass(frozen=True)
class Block:
    """One thing to know: its question, the finding, what shows it, and how it was worked out.

    A table that stands beside charts, or is ``folded``, waits until somebody asks for it.
    """

    id: str
    question: str
    finding: str
    charts: tuple[DotChart | DumbbellChart, ...] = ()
    table: Table | None = None
    points: tuple[Point, ...] = ()
    folded: bool = False
    how: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Step:
    """One offer to come, with what unlocks it."""

    title: str
    chips: tuple[str, ...]
    fixes: tuple[Point, ...]


@dataclass(frozen=True)
class Start:
    """The recommended start with its reasons, its risk and its sources."""

    question: str
    title: str
    about: str
    chips: tuple[str, ...]
    reasons: tuple[Point, ...]
    risk: tuple[Point, ...]
    risk_sentence: str
    sources: str
    reason: str


@dataclass(frozen=True)
class Story:
    """Everything that the first screen and the summary tell."""

    organisation: str
    meta: str
    headline: str
    band: Band | None
    band_title: str
    band_sentence: str
    start: Start
    next: tuple[Step, ...]
    next_sentence: str
    blocks: tuple[Block, ...]
    groups: tuple[str, ...]
