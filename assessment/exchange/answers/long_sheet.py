"""Answers from a workbook with one sheet in long form: one row an answer, as in a CSV file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assessment.exchange.answers.cell_values import NoAnswerError, words_of
from assessment.exchange.problems import InputError, InputProblem, Place
from assessment.exchange.xlsx.cells import Cell, CellSheet
from questionnaires.phrases import quoted
from scoring.answers.matrix import COLUMNS

HEADER = ",".join(COLUMNS)


class LongSheet:
    """A workbook with one sheet in long form: one row an answer, as in a CSV file."""

    LETTERS: dict[str, str] = dict(zip(map(str, COLUMNS), "ABCDE", strict=True))

    def __init__(self, book: Sequence[CellSheet], name: str) -> None:
        self.name = name
        filled = [sheet for sheet in book if sheet.rows]
        if not filled:
            raise InputError.of(name, f"it is empty. {self._wanted()}")
        ours = [sheet for sheet in filled if self._header(sheet) == list(COLUMNS)]
        if not ours:
            found = ",".join(self._header(filled[0]))
            raise InputError.of(
                name,
                f"it is neither a workbook made with 'template' nor answers in long form. "
                f"{self._wanted()}; found {quoted(found, 100)}",
            )
        self.sheet = ours[0]
        for sheet in filled:
            if sheet is not self.sheet:
                raise InputError.of(
                    name,
                    f"beside the sheet {quoted(self.sheet.title)} with the answers there is "
                    f"{quoted(sheet.title)}: take it out",
                )

    @staticmethod
    def _wanted() -> str:
        return f"In long form the first row of the only sheet is exactly {HEADER}"

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
            InputError: with every cell that holds no text and no number.
        """
        problems: list[InputProblem] = []
        count = 0
        for number in sorted(self.sheet.rows):
            if number == 1:
                continue
            cells = self.sheet.rows[number]
            if any(column > len(COLUMNS) for column in cells):
                place = Place(self.name, self.sheet.title, number)
                text = f"something stands beside the {len(COLUMNS)} columns ({HEADER}): take it out"
                problems.append(InputProblem.at(place, text))
                continue
            row = []
            for column, letter in enumerate(self.LETTERS.values(), start=1):
                try:
                    row.append(_plain(cells.get(column)))
                except NoAnswerError as error:
                    place = Place(self.name, self.sheet.title, number, letter)
                    problems.append(InputProblem.at(place, str(error)))
            if len(row) == len(COLUMNS):
                count += 1
                yield Place(self.name, self.sheet.title, number, "", self.LETTERS), tuple(row)
        if not problems and not count:
            problems.append(
                InputProblem(self.name, None, "there is a header and no answer below it")
            )
        if problems:
            raise InputError(problems)


def _plain(cell: Cell | None) -> str:
    if cell is not None and cell.kind == "percentage":
        raise NoAnswerError("a percentage stands here: write a plain number")
    return words_of(cell)
