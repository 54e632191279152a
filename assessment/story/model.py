"""What a story is made of: blocks, charts as specifications, tables, points."""

from __future__ import annotations

from dataclasses import dataclass

from assessment.story.specifications import (
    Bar,
    Chart,
    Dot,
    DotChart,
    Dumbbell,
    DumbbellChart,
    HeatCell,
    HeatChart,
    HeatRow,
    LadderArea,
    LadderChart,
    LadderPlace,
    PathChart,
    ShareCell,
    ShareChart,
    ShareRow,
    StackedChart,
    StackedRow,
    Stop,
)
from scoring.guidance import Band

__all__ = [
    "Answers",
    "Bar",
    "Block",
    "Chart",
    "Detail",
    "Dot",
    "DotChart",
    "Dumbbell",
    "DumbbellChart",
    "HeatCell",
    "HeatChart",
    "HeatRow",
    "LadderArea",
    "LadderChart",
    "LadderPlace",
    "PathChart",
    "Point",
    "ShareCell",
    "ShareChart",
    "ShareRow",
    "StackedChart",
    "StackedRow",
    "Start",
    "Step",
    "Stop",
    "Story",
    "Table",
]


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
class Detail:
    """Something that opens: its title, a few words beside it, and what it holds.

    Used for actions, gates and ready responses. The mark is that of a point.
    """

    title: str
    chips: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    points: tuple[Point, ...] = ()
    sources: str = ""
    mark: str = ""


@dataclass(frozen=True)
class Block:
    """One thing to know: its question, the finding, what shows it, and how it was worked out.

    A table that stands beside charts, or is ``folded``, waits until somebody asks for it. Of the
    details the first ``first_details`` stand in view, the others wait behind ``more``.
    """

    id: str
    question: str
    finding: str
    charts: tuple[Chart, ...] = ()
    table: Table | None = None
    points: tuple[Point, ...] = ()
    folded: bool = False
    how: tuple[str, ...] = ()
    note: str = ""
    details: tuple[Detail, ...] = ()
    first_details: int = 3
    more: str = ""


@dataclass(frozen=True)
class Answers:
    """How the answers to one dimension's questions, or to the concerns, spread."""

    id: str
    title: str
    heading: str
    block: Block


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
    """Everything that the dashboard, the summary and every document tell."""

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
    answers: tuple[Answers, ...] = ()
