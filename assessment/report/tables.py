"""Tables of the report: typed columns and cells. Screens, workbook and text only format them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from assessment.report.wording.suppressed import why_suppressed
from scoring.disclosure.groups_and_rounding import Suppressed

Kind = Literal["text", "whole", "share", "steps", "tenths", "hundredths"]


@dataclass(frozen=True)
class NoNumber:
    """Words that stand in the place of a number."""

    text: str


#: None where there is no value; where one is not shown, the reason as scoring has it.
Cell = str | int | float | NoNumber | Suppressed | None

FORMATS: dict[Kind, str] = {
    "text": "",
    "whole": "d",
    "share": ".0%",
    "steps": "g",
    "tenths": ".1f",
    "hundredths": ".2f",
}


@dataclass(frozen=True)
class Column:
    """A column of a table: its head and what kind of values stand in it."""

    title: str
    kind: Kind = "text"


def columns(*titles: str, kind: Kind = "text") -> tuple[Column, ...]:
    """Columns beside each other that hold values of one kind."""
    return tuple(Column(title, kind) for title in titles)


@dataclass(frozen=True)
class Row:
    """Cells, one for each column; ``strong`` for a total or a heading within the table."""

    cells: tuple[Cell, ...]
    strong: bool = False
    indent: int = 0


@dataclass(frozen=True)
class Table:
    """A table by its id."""

    id: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    @property
    def texts(self) -> tuple[tuple[str, ...], ...]:
        """Every cell as it is read, row by row."""
        return tuple(
            tuple(
                cell_in_words(cell, column)
                for cell, column in zip(row.cells, self.columns, strict=True)
            )
            for row in self.rows
        )

    def part(self, name: str, columns: Iterable[int], rows: Iterable[Row]) -> Table:
        """Some columns, by their number from 0, of some of its rows."""
        picked = tuple(columns)
        return Table(
            name,
            tuple(self.columns[at] for at in picked),
            tuple(Row(tuple(row.cells[at] for at in picked)) for row in rows),
        )


def table(
    name: str, columns: Iterable[Column | str], rows: Iterable[Row | tuple[Cell, ...]]
) -> Table:
    """A table; columns that are only named hold text."""
    return Table(
        name,
        tuple(one if isinstance(one, Column) else Column(one) for one in columns),
        tuple(row if isinstance(row, Row) else Row(row) for row in rows),
    )


def cell_in_words(cell: Cell, column: Column) -> str:
    """A cell as it is read; empty where there is no value."""
    match cell:
        case None:
            return ""
        case str():
            return cell
        case NoNumber():
            return cell.text
        case Suppressed():
            return why_suppressed(cell)
        case _:
            return format(cell, FORMATS[column.kind])


def padded(values: Sequence[Cell], count: int) -> tuple[Cell, ...]:
    """The values over so many columns, the last in the last, since it is the highest answer."""
    gap = (None,) * (count - len(values))
    return (*values[:-1], *gap, *values[-1:])


def ends(interval: tuple[int, int] | None) -> tuple[int, int] | tuple[None, None]:
    """The ends of an interval as two cells."""
    return interval if interval is not None else (None, None)
