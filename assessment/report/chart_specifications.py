"""What a chart shows, without how it is drawn: rows, values, words.

Every specification carries ``alt``, the text that stands for the chart where it cannot be seen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from assessment.report.tables import Row

#: A group's id and its title, in the order in which groups are shown.
Groups = tuple[tuple[str, str], ...]


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
    """One row of a dumbbell chart: a value for each group, and how far the ends lie apart.

    Attributes:
        intervals: from where to where a group's value may lie, points, where that is known.
    """

    label: str
    values: Mapping[str, int]
    note: str
    intervals: Mapping[str, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True)
class DumbbellChart:
    """Groups side by side, in rows."""

    alt: str
    rows: tuple[Dumbbell, ...]
    groups: Groups


@dataclass(frozen=True)
class Bar:
    """How one group's answers to one question spread.

    Attributes:
        classes: names of the parts, from the lowest answer to the highest.
        shares: one for each class, 0 to 1, in tenths; empty where the group is not shown.
        n: how many answered on the scale.
        middle: which class is the neutral one; None where there is none.
        dont_know: share of those who said anything, in tenths; None where it is not shown.
        does_not_apply: the same.
        reason: why nothing is shown; empty where something is.
    """

    group: str
    title: str
    classes: tuple[str, ...] = ()
    shares: tuple[float, ...] = ()
    middle: int | None = None
    dont_know: float | None = None
    does_not_apply: float | None = None
    reason: str = ""
    n: int = 0

    @property
    def off_scale(self) -> tuple[float | None, float | None]:
        """What is no answer on the scale: don't know, and does not apply."""
        return self.dont_know, self.does_not_apply

    @property
    def parts(self) -> tuple[float, ...]:
        """The shares as parts of a whole, to be drawn: rounded ones may add up to more or less."""
        total = sum(self.shares)
        return tuple(share / total for share in self.shares) if total else self.shares


@dataclass(frozen=True)
class StackedRow:
    """One question with a bar for each group."""

    label: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class StackedChart:
    """Diverging stacked bars: low answers to the left of the middle, high ones to the right.

    "Don't know" stands in a panel of its own, never between the answers.
    """

    alt: str
    rows: tuple[StackedRow, ...]
    groups: Groups


@dataclass(frozen=True)
class HeatChart:
    """Points by row and column, darker where higher. The number stands in every cell.

    A strong row is a heading; the first cell of the others is their label.
    """

    title: str
    alt: str
    columns: Groups
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class LadderPlace:
    """Where one group stands on one ladder; rungs count from 1, in half steps."""

    group: str
    title: str
    now: float | None
    wanted: float | None
    reason: str = ""


@dataclass(frozen=True)
class LadderArea:
    """One ladder: what it is about, who stands where, and what the practices in place show.

    Attributes:
        evidenced: the rung that practices show; None below the first that needs any.
        caution: that some place the organisation above what practices show; else empty.
        note: what else belongs beside the drawing, such as what nobody has answered yet.
    """

    id: str
    title: str
    places: tuple[LadderPlace, ...]
    evidenced: int | None
    caution: str
    sentence: str
    note: str = ""


@dataclass(frozen=True)
class LadderChart:
    """A ladder for each area; ``rungs`` are the titles from the lowest up."""

    alt: str
    rungs: tuple[str, ...]
    areas: tuple[LadderArea, ...]
    groups: Groups


StopState = Literal["start", "open", "next", "blocked"]


@dataclass(frozen=True)
class Stop:
    """One offer on the way from today's to the wished-for.

    Attributes:
        distance: in a few words, how far away it is.
        wished: whether it is of the kind that the organisation hopes for.
    """

    title: str
    state: StopState
    distance: str
    chips: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    wished: bool = False


@dataclass(frozen=True)
class PathChart:
    """The way of offers, today's first."""

    alt: str
    stops: tuple[Stop, ...]


@dataclass(frozen=True)
class ShareCell:
    """What one group holds: some or serious, and serious, 0 to 1 in tenths; or why not shown.

    ``n`` is how many answered.
    """

    group: str
    title: str
    some: float | None
    serious: float | None = None
    reason: str = ""
    n: int = 0


@dataclass(frozen=True)
class ShareRow:
    """One concern over all who were asked, then group by group."""

    label: str
    some: float
    serious: float
    groups: tuple[ShareCell, ...]


@dataclass(frozen=True)
class ShareChart:
    """Concerns, the most widely held first."""

    alt: str
    rows: tuple[ShareRow, ...]


Chart = DotChart | DumbbellChart | StackedChart | HeatChart | LadderChart | PathChart | ShareChart
