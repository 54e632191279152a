"""Answers from a workbook with one table of answers, read as a CSV file is."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

import pandas as pd
from openpyxl.utils import get_column_letter

from assessment.exchange.answers.cell_values import words_of
from assessment.exchange.answers.columns import (
    HEADER,
    ColumnMapping,
    Columns,
    LongColumns,
    WideColumns,
)
from assessment.exchange.answers.reading import Mistakes, Reading
from assessment.exchange.answers.tables import (
    FIRST_ROWS,
    Finder,
    above_in_words,
    answers_in,
    filled,
    header_of,
    unknown_columns,
)
from assessment.exchange.xlsx.cells import Cell, CellSheet
from questionnaires.library import Library
from questionnaires.numbers import written
from questionnaires.phrases import quoted
from questionnaires.problems import Place, Problem, ProblemsError
from scoring.answers.matrix import COLUMNS


@dataclass(frozen=True)
class SheetTable:
    """The answers of a sheet, which sheet it is, and where beside them something is written."""

    reading: Reading
    title: str
    beside: tuple[Place, ...]


def read_sheet(
    book: Sequence[CellSheet], name: str, library: Library, mapping: ColumnMapping | None = None
) -> SheetTable:
    """Read the answers of the one sheet that has a table of answers.

    Args:
        name: what messages call the workbook.
        mapping: which column of a table with one row a person holds what.

    Returns:
        The answers; the index is the ``Place`` of each. Cells in which no answer can be told are
        left out: one of somebody's answers, or all of a row that is one answer.

    Raises:
        ProblemsError: no sheet has such a table, or several have, or nothing in it can be read.
    """
    sheets = [sheet for sheet in book if sheet.rows]
    if not sheets:
        raise ProblemsError.of("long_empty", name, allowed=HEADER)
    header, known = header_of(partial(_header, sheets, name), lambda: library, mapping)
    if header is None:
        raise _unknown_columns(sheets[0], name, mapping)
    mistakes = Mistakes()
    rows = _Rows(header, name, mistakes)
    table = answers_in(iter(rows), header.columns, known)
    if table.empty and not mistakes.count:
        raise ProblemsError.of("no_answers", Place(name))
    if table.empty:
        raise ProblemsError(mistakes.problems, mistakes.count - len(mistakes.problems))
    table.index = _places(table, header, name)
    said = (*above_in_words(header.above, "row"), *header.columns.in_words())
    reading = Reading(table, said, tuple(mistakes.problems), mistakes.count)
    return SheetTable(reading, header.sheet.title, tuple(rows.beside))


# -- the header ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Header:
    """The row of a sheet that names the columns."""

    sheet: CellSheet
    row: int
    columns: Columns
    above: int


def _header(sheets: Sequence[CellSheet], name: str, columns: Finder) -> _Header | None:
    """The first row in which the columns are named.

    Raises:
        ProblemsError: such a row is in several sheets.
    """
    found = [header for sheet in sheets if (header := _header_in(sheet, name, columns))]
    if len(found) > 1:
        first, second = (header.sheet.title for header in found[:2])
        raise ProblemsError.of("long_further_sheet", name, second, answers=first)
    return found[0] if found else None


def _header_in(sheet: CellSheet, name: str, columns: Finder) -> _Header | None:
    for above, (row, cells) in enumerate(_first_rows(sheet)):
        if (found := columns(cells, Place(name, sheet=sheet.title, row=row))) is not None:
            return _Header(sheet, row, found, above)
    return None


def _first_rows(sheet: CellSheet) -> Iterator[tuple[int, list[str]]]:
    """The first rows that are not empty, each with its number."""
    for row in sorted(sheet.rows)[:FIRST_ROWS]:
        yield row, [sheet.text(row, at + 1) for at in range(max(sheet.rows[row]))]


def _unknown_columns(sheet: CellSheet, name: str, mapping: ColumnMapping | None) -> ProblemsError:
    rows = list(_first_rows(sheet))
    # Nothing else than a row of several cells can name columns.
    header = next((cells for _, cells in rows if filled(cells) > 1), rows[0][1])
    below = [cells for _, cells in rows[1:] if cells is not header]
    problem = Problem("long_header", Place(name), quoted(",".join(header), 100), HEADER)
    return unknown_columns(header, below, mapping, problem)


# -- the rows --------------------------------------------------------------------------------------


class _Rows:
    """The rows below the header, as words; in a doubtful cell stands nothing, and it is counted.

    Attributes:
        beside: the cells that stand in no column with a name.
    """

    def __init__(self, header: _Header, name: str, mistakes: Mistakes) -> None:
        self.header, self.mistakes = header, mistakes
        self.place = partial(Place, name, sheet=header.sheet.title)
        self.beside: list[Place] = []
        columns = header.columns
        #: The columns that are read, whether numbers of theirs are answers, and whether a row is
        #: nothing without them.
        self.read: list[tuple[int, bool, bool]] = []
        if isinstance(columns, LongColumns):
            self.read = [(at, name == "value", True) for name, at in columns.places.items()]
        elif isinstance(columns, WideColumns):
            people = [at for at in (columns.respondent, columns.group) if at is not None]
            self.read = [(at, False, True) for at in people]
            self.read += [(at, True, False) for at in columns.items.values()]

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        width = self.header.columns.width
        for number, cells in sorted(self.header.sheet.rows.items()):
            if number <= self.header.row:
                continue
            for column in sorted(cells):
                if column > width:
                    self.beside.append(self._at(number, column - 1))
            row = [""] * width
            whole = True
            for at, is_answer, needed in self.read:
                try:
                    row[at] = _words(cells.get(at + 1), is_answer=is_answer)
                except ProblemsError as error:
                    place = self._at(number, at)
                    if whole:
                        self.mistakes.add(lambda e=error, p=place: e.at(p)[0])
                    whole = whole and not needed
            if whole and any(row):
                yield number, row

    def _at(self, number: int, at: int) -> Place:
        return self.place(row=number, column=get_column_letter(at + 1))


def _words(cell: Cell | None, *, is_answer: bool) -> str:
    """What a cell says.

    Raises:
        ProblemsError: it cannot be told.
    """
    if cell is not None:
        if cell.struck:
            raise ProblemsError.of("struck_out")
        if cell.kind == "percentage":
            raise ProblemsError.of("percentage")
        if is_answer and cell.kind == "number" and "." in cell.text:
            # A cell that holds a number holds one, however it would be read as text.
            return written(Decimal(cell.text))
    return words_of(cell)


def _places(table: pd.DataFrame, header: _Header, name: str) -> pd.Index:
    """Where each answer stands, with the letter of the column of each part of it."""
    columns = header.columns
    place = partial(Place, name, sheet=header.sheet.title)
    rows = table.index.tolist()
    if isinstance(columns, LongColumns):
        letters = _letters(columns.places)
        return pd.Index([place(row=row, letters=letters) for row in rows], dtype=object)
    assert isinstance(columns, WideColumns)
    who = {"respondent": columns.respondent, "group": columns.group}
    people = {column: at for column, at in who.items() if at is not None}
    answer = [column for column in COLUMNS if column not in who]
    by_item = {
        item: _letters(people | dict.fromkeys(answer, at)) for item, at in columns.items.items()
    }
    items: Collection[str] = table["item"].astype("str").tolist()
    found = [place(row=n, letters=by_item[i]) for n, i in zip(rows, items, strict=True)]
    return pd.Index(found, dtype=object)


def _letters(places: Mapping[str, int]) -> dict[str, str]:
    return {column: get_column_letter(at + 1) for column, at in places.items()}
