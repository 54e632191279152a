"""What a report is made of: blocks, charts as specifications, tables, points."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from assessment.report.basics import Sign
from assessment.report.chart_specifications import Chart, DumbbellChart, StackedRow
from assessment.report.round_details import NO_ROUND, Round
from assessment.report.tables import Table
from scoring.result import Result
from scoring.rules.model import Action, Band


@dataclass(frozen=True)
class Point:
    """One line of a list; the mark says good, or careful, or plain.

    ``twice``: it stands among what holds an organisation back, too, and there is it printed.
    """

    text: str
    mark: str = ""
    sources: str = ""
    twice: bool = False


@dataclass(frozen=True)
class Detail:
    """Something that opens: its title, a few words beside it, and what it holds.

    Used for actions, gates and ready responses. The mark is that of a point; ``action`` is the one
    of the guidance, where it tells of one; ``who`` does it first of all.
    """

    title: str
    chips: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    points: tuple[Point, ...] = ()
    sources: str = ""
    mark: str = ""
    action: Action | None = None
    who: str = ""


@dataclass(frozen=True)
class Quotation:
    """Words of others as they wrote them, under a title.

    Attributes:
        texts: each with its paragraphs, divided by empty lines.
        about: how they came about, or why there are none.
    """

    title: str
    texts: tuple[str, ...] = ()
    about: str = ""


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of a text, which empty lines divide; there is always one."""
    found = re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip())
    return tuple(part.strip() for part in found)


@dataclass(frozen=True)
class Block:
    """One thing to know: its question, the finding, what shows it, and how it was worked out.

    ``signs`` are drawn as circles with their names. A table that stands beside charts, or is
    ``folded``, waits until somebody asks for it. Of the details the first ``first_details`` stand
    in view, the others wait behind ``more``. ``on_paper`` is how many of the others are printed;
    all of them where it is None.
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
    on_paper: int | None = None
    more: str = ""
    signs: tuple[Sign, ...] = ()
    quotations: tuple[Quotation, ...] = ()


@dataclass(frozen=True)
class AnswerBlock:
    """How the answers to one dimension's questions spread; a row has a bar for each group."""

    id: str
    title: str
    rows: tuple[StackedRow, ...]
    block: Block


@dataclass(frozen=True)
class Task:
    """Something to do: what, who does it, and when; the last two may be left open."""

    what: str
    who: str = ""
    when: str = ""


@dataclass(frozen=True)
class KeyMessage:
    """One of the four short answers on the first screen: a line or two, and where the rest is.

    Attributes:
        block: the id of the block that says more.
        more: what the link to it says.
        largest_gap: the two groups that see it most differently, as one row.
    """

    block: str
    question: str
    finding: str
    more: str
    chips: tuple[str, ...] = ()
    signs: tuple[Sign, ...] = ()
    lines: tuple[str, ...] = ()
    tasks: tuple[Task, ...] = ()
    largest_gap: DumbbellChart | None = None


@dataclass(frozen=True)
class Step:
    """One offer to come, with what unlocks it."""

    title: str
    chips: tuple[str, ...]
    fixes: tuple[Point, ...]


@dataclass(frozen=True)
class Start:
    """The recommended start with its reasons, its risk and its sources.

    Attributes:
        certainty: in words, whether it would be the same had others answered; empty where nothing
            was sampled.
        first_steps: its own, in their order.
        training: what peer workers learn first.
        review: when everybody involved looks back, and what they ask.
        alternatives: what could be chosen instead, what runs already, what has to wait.
    """

    question: str
    title: str
    description: str
    chips: tuple[str, ...]
    reasons: tuple[Point, ...]
    risk: tuple[Point, ...]
    risk_sentence: str
    sources: str
    reason: str
    certainty: str = ""
    steps_title: str = ""
    first_steps: tuple[Task, ...] = ()
    training: str = ""
    review: str = ""
    alternatives: tuple[Detail, ...] = ()


@dataclass(frozen=True)
class Report:
    """Everything that the dashboard, the summary and every document tell.

    Attributes:
        meta: who answered, at what rate, until when.
        headline: what may begin and what may not yet, by sentences.
        band_sentence: what follows the band's title, such as what holds it down.
        key_messages: what the first screen answers, in the order in which it is read.
        tables: every table by its id; those that blocks hold are among them.
        round: what is known of the round beside its answers.
    """

    result: Result
    organisation: str
    meta: str
    headline: tuple[str, ...]
    key_messages: tuple[KeyMessage, ...]
    band: Band | None
    band_title: str
    band_sentence: str
    start: Start
    next: tuple[Step, ...]
    next_sentence: str
    blocks: tuple[Block, ...]
    answer_blocks: tuple[AnswerBlock, ...]
    tables: Mapping[str, Table]
    round: Round = NO_ROUND

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups whose figures are published, in their order."""
        return tuple(group.id for group in self.result.profile.partition.groups)

    def block(self, name: str) -> Block:
        """The block with this id; one without words where there is none."""
        return next((b for b in self.blocks if b.id == name), Block(name, "", ""))

    @property
    def after_band(self) -> str:
        """What follows the band's title, with what joins the two; empty where nothing does."""
        joined = self.band_sentence.startswith(":") or not self.band_sentence
        return self.band_sentence if joined else f" {self.band_sentence}"
