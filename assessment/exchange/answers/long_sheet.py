"""Answers from a workbook with one sheet in long form: one row an answer, as in a CSV file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assessment.exchange.answers.cell_values import words_of
from assessment.exchange.xlsx.cells import Cell, CellSheet
from questionnaires.phrases import quoted
from questionnaires.problems import Place, Problem, ProblemsError
from scoring.answers.matrix import COLUMNS

HEADER = ",".join(COLUMNS)


class LongSheet:
    """A workbook with one sheet in long form: one row an answer, as in a CSV file."""

    LETTERS: dict[str, str] = dict(zip(map(str, COLUMNS), "ABCDE", strict=True))

    def __init__(self, book: Sequence[CellSheet], name: str) -> None:
        self.name = name
        filled = [sheet for sheet in book if sheet.rows]
        if not filled:
            raise ProblemsError.of("long_empty", name, allowed=HEADER)
        ours = [sheet for sheet in filled if self._header(sheet) == list(COLUMNS)]
        if not ours:
            found = quoted(",".join(self._header(filled[0])), 100)
            raise ProblemsError.of("long_header", name, found, HEADER)
        self.sheet = ours[0]
        for sheet in filled:
            if sheet is not self.sheet:
                raise ProblemsError.of(
                    "long_further_sheet", name, sheet.title, answers=self.sheet.title
                )

    @staticmethod
    def _header(sheet: CellSheet) -> list[str]:
        cells = sheet.rows.get(1, {})
        return [
            cells[column].text if column in cells else ""
            for column in range(1, max(cells, default=0) + 1)
        ]

    def rows(self) -> Iterator[tuple[Place, tuple[str, ...]]]:
        """Each answer with its row.

        Raises:
            ProblemsError: with every cell that holds no text and no number.
        """
        problems: list[Problem] = []
        empty = True
        for number in sorted(self.sheet.rows):
            if number == 1:
                continue
            cells = self.sheet.rows[number]
            if any(column > len(COLUMNS) for column in cells):
                count = {"count": len(COLUMNS)}
                problems.append(
                    Problem(
                        "long_further_column", self._place(number), allowed=HEADER, details=count
                    )
                )
                continue
            row = []
            for column, letter in enumerate(self.LETTERS.values(), start=1):
                try:
                    row.append(_plain(cells.get(column)))
                except ProblemsError as error:
                    problems += error.at(self._place(number, letter))
            if len(row) == len(COLUMNS):
                empty = False
                yield self._place(number), tuple(row)
        if not problems and empty:
            problems.append(Problem("no_answers", Place(self.name)))
        if problems:
            raise ProblemsError(problems)

    def _place(self, row: int, column: str = "") -> Place:
        title, letters = self.sheet.title, self.LETTERS
        return Place(self.name, sheet=title, row=row, column=column, letters=letters)


def _plain(cell: Cell | None) -> str:
    if cell is not None and cell.kind == "percentage":
        raise ProblemsError.of("percentage")
    return words_of(cell)
