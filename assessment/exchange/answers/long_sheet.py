"""Answers from a workbook with one sheet in long form: one row an answer, as in a CSV file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import partial

from openpyxl.utils import get_column_letter

from assessment.exchange.answers.cell_values import words_of
from assessment.exchange.answers.columns import HEADER, LongColumns, long_columns
from assessment.exchange.xlsx.cells import Cell, CellSheet
from questionnaires.numbers import written
from questionnaires.phrases import quoted
from questionnaires.problems import Place, Problem, ProblemsError
from scoring.answers.matrix import COLUMNS


def long_rows(book: Sequence[CellSheet], name: str) -> Iterator[tuple[Place, tuple[str, ...]]]:
    """Each answer of a workbook in long form, with its row.

    Raises:
        ProblemsError: no sheet is in this form, or not only one; or with every cell that holds no
            text and no number.
    """
    sheet, columns = _sheet(book, name)
    letters = {column: get_column_letter(at + 1) for column, at in columns.places.items()}
    place = partial(Place, name, sheet=sheet.title, letters=letters)
    read = {at + 1 for at in columns.places.values()}
    problems: list[Problem] = []
    empty = True
    for number, cells in sorted(sheet.rows.items()):
        if number == 1:
            continue
        if not cells.keys() <= read:
            further, count = place(row=number), {"count": len(COLUMNS)}
            problems.append(Problem("long_further_column", further, allowed=HEADER, details=count))
            continue
        row = []
        for column, letter in letters.items():
            try:
                row.append(_plain(cells.get(columns.places[column] + 1)))
            except ProblemsError as error:
                problems += error.at(place(row=number, column=letter))
        if len(row) == len(COLUMNS):
            empty = False
            yield place(row=number), tuple(row)
    if not problems and empty:
        problems.append(Problem("no_answers", Place(name)))
    if problems:
        raise ProblemsError(problems)


def _sheet(book: Sequence[CellSheet], name: str) -> tuple[CellSheet, LongColumns]:
    """The sheet in long form with its columns, in any order, and no other beside it."""
    filled = [sheet for sheet in book if sheet.rows]
    if not filled:
        raise ProblemsError.of("long_empty", name, allowed=HEADER)
    named = ((sheet, long_columns(_header(sheet), Place(name))) for sheet in filled)
    found = next(((sheet, columns) for sheet, columns in named if columns is not None), None)
    if found is None:
        header = quoted(",".join(_header(filled[0])), 100)
        raise ProblemsError.of("long_header", name, header, HEADER)
    ours = found[0]
    for sheet in filled:
        if sheet is not ours:
            raise ProblemsError.of("long_further_sheet", name, sheet.title, answers=ours.title)
    return found


def _header(sheet: CellSheet) -> list[str]:
    return [sheet.text(1, column) for column in range(1, max(sheet.rows.get(1, {}), default=0) + 1)]


def _plain(cell: Cell | None) -> str:
    if cell is not None and cell.kind == "percentage":
        raise ProblemsError.of("percentage")
    if cell is not None and cell.kind == "number" and cell.text.count(".") == 1:
        # A cell that holds a number holds one, however it would be read as text.
        return written(Decimal(cell.text))
    return words_of(cell)
