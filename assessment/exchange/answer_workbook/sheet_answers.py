"""The answers of one sheet of a workbook that was filled in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby
from typing import TypeVar

from openpyxl.utils import get_column_letter

from assessment.exchange.answer_workbook.layout import Column, Row, Sheet, is_mark
from assessment.exchange.answers import cell_values
from assessment.exchange.xlsx.cells import Cell, CellSheet
from questionnaires.library import Library
from questionnaires.model import DID_NOT_AGREE, disagreement
from questionnaires.phrases import quoted
from questionnaires.problems import MAX_FURTHER, Place, Problem, ProblemsError
from questionnaires.question_text import Choice, Question

#: An answer: its place, its questionnaire, its item and its value.
Value = tuple[Place, str, str, str]
T = TypeVar("T")


#: How what lies on a sheet is called, where it is not read.
BESIDE = {"comment": "comment_beside", "drawing": "drawing_beside", "file": "file_beside"}


def lies_on(cells: CellSheet, name: str) -> Iterator[Problem]:
    """The comments, drawings and files on a sheet, each with its cell."""
    for kind, code in BESIDE.items():
        places = [
            Place(name, sheet=cells.title, row=one.row or None, column=letters(one.column))
            for one in cells.beside
            if one.kind == kind
        ]
        yield from gathered(code, places)


def letters(column: int) -> str:
    """What a column is called; nothing where nobody can tell which it is."""
    return get_column_letter(column) if column else ""


def gathered(code: str, places: Sequence[Place], **details: str) -> Iterator[Problem]:
    """One problem for all the places that have it."""
    if places:
        first, further = places[0], tuple(places[1 : MAX_FURTHER + 1])
        more = len(places) - 1 - len(further)
        yield Problem(code, first, details=details, further=further, more=more)


class SheetAnswers:
    """The answers of one sheet.

    Attributes:
        doubts: why an answer cannot be told; it is left out, and everything else is read.
        left_out: the items of these answers, each with the words of its question.
        beside: what is written where nothing is read.
    """

    def __init__(self, name: str, cells: CellSheet, sheet: Sheet, library: Library) -> None:
        self.name, self.cells, self.sheet, self.library = name, cells, sheet, library
        self.questionnaire = sheet.questionnaire.id
        self.doubts: list[Problem] = []
        self.left_out: dict[str, str] = {}
        self.beside: list[Problem] = [*lies_on(cells, name), *self._around()]

    def values(self) -> Iterator[Value]:
        """Each answer that can be told."""
        rows = list(enumerate(self.sheet.rows, start=1))
        for several, of_one in groupby(rows, lambda pair: pair[1].kind == "tick"):
            if several:
                yield from self._several(list(of_one))
                continue
            for number, row in of_one:
                self._nothing_elsewhere(number, row)
                if self._reworded(number, row):
                    continue
                if row.columns:
                    yield from self._one(number, row)

    def _around(self) -> Iterator[Problem]:
        """What stands to the right of all columns, or below all questions."""
        last_row, last_column = len(self.sheet.rows), len(self.sheet.columns)
        right, below = [], []
        for number, row in sorted(self.cells.rows.items()):
            for column in sorted(row):
                if number > last_row or column > last_column:
                    place = replace(self._place(number), column=letters(column))
                    (below if number > last_row else right).append(place)
        yield from gathered("words_beside", right)
        yield from gathered("below_last_question", below)

    def _reworded(self, number: int, row: Row) -> bool:
        """Whether the words of a row are others than those that were handed out. Then an answer to
        them is not one to the question."""
        words = self.cells.text(number, 2)
        if is_mark(self.cells.text(number, 1), row.key, words):
            return False
        columns = [self.sheet.number(column) for column in row.columns]
        problem = Problem("row_reworded", replace(self._place(number), column="B"), words)
        if any(self.cells.text(number, column).strip() for column in columns):
            self._doubt([problem], row)
        else:
            self.beside.append(problem)
        return True

    def _doubt(self, problems: Iterable[Problem], row: Row, note: bool = False) -> None:
        self.doubts += problems
        if row.item is not None:
            self.left_out[row.item.note_id if note else row.item.id] = self._asked(row)

    def _asked(self, row: Row) -> str:
        """The words of the question that a row belongs to."""
        item = row.item
        asked = (one.text for one in self.sheet.rows if one.kind == "ask" and one.item is item)
        return next(asked, row.text)

    def _place(self, number: int, column: Column | None = None) -> Place:
        letter = self.sheet.letter(column) if column else ""
        return Place(self.name, sheet=self.cells.title, row=number, column=letter)

    def _nothing_elsewhere(self, number: int, row: Row) -> None:
        """Nothing that somebody wrote is left out without a word."""
        if row.kind == "header":
            return
        for column in ("answer", "note", "others"):
            if column not in self.sheet.columns or column in row.columns:
                continue
            if self.cells.text(number, self.sheet.number(column)).strip():
                place = self._place(number, column)
                self.beside.append(Problem("beside_no_question", place))

    def _read(
        self, number: int, row: Row, column: Column, reading: Callable[[Cell | None], T]
    ) -> T | None:
        """What a cell says; None, and a doubt, where it says nothing that can be told."""
        place, note = self._place(number, column), column == "note"
        cell = self.cells.cell(number, self.sheet.number(column))
        if cell is not None and cell.struck:
            self._doubt([Problem("struck_out", place)], row, note)
            return None
        try:
            return reading(cell)
        except ProblemsError as error:
            self._doubt(error.at(place), row, note)
            return None

    def _several(self, rows: Sequence[tuple[int, Row]]) -> Iterator[Value]:
        """The choices that stand below one question."""
        chosen: list[tuple[int, Choice]] = []
        item = rows[0][1].item
        for number, row in rows:
            self._nothing_elsewhere(number, row)
            if self._reworded(number, row):
                continue
            is_chosen = self._read(number, row, "answer", cell_values.is_chosen)
            if is_chosen and row.option is not None:
                chosen.append((number, row.option))
        if item is None or not chosen or item.id in self.left_out:
            return
        number, answer = next(((n, a) for n, a in chosen if a.exclusive), chosen[0])
        place = self._place(number, "answer")
        if len(chosen) > 1 and answer.exclusive:
            others = ", ".join(quoted(other.label) for _, other in chosen if other is not answer)
            problem = Problem("choice_stands_alone", place, others, answer.label)
            self._doubt([problem], rows[0][1])
            return
        yield place, self.questionnaire, item.id, ";".join(a.code for _, a in chosen)

    def _one(self, number: int, row: Row) -> Iterator[Value]:
        question = row.question
        assert question is not None
        item, answers = question.item, question.answers
        reading: Callable[[Cell | None], str]
        match item.kind:
            case "text":
                reading = cell_values.text_of
            case "number":
                number_of = cell_values.number_of
                reading = partial(number_of, item=item, library=self.library, answers=answers)
            case _:
                reading = partial(cell_values.code_of, answers=answers)
        value = self._read(number, row, "answer", reading)
        if question.may_disagree:
            value = self._disagreed(number, row, question, value)
        if value:
            yield self._place(number, "answer"), self.questionnaire, item.id, value
        if row.takes_note and (note := self._read(number, row, "note", cell_values.text_of)):
            yield self._place(number, "note"), self.questionnaire, item.note_id, note

    def _disagreed(
        self, number: int, row: Row, question: Question, value: str | None
    ) -> str | None:
        """The value with the answers that members gave where they did not agree."""
        codes_of = partial(cell_values.codes_of, answers=question.choices)
        given = self._read(number, row, "others", codes_of)
        if value is None or given is None:
            return None
        if value == DID_NOT_AGREE and not given:
            place = self._place(number, "answer")
            self._doubt([Problem("disagreed_without_answers", place)], row)
            return None
        if value != DID_NOT_AGREE and given:
            place = self._place(number, "others")
            self._doubt([Problem("answers_without_disagreement", place)], row)
            return None
        return disagreement(given) if given else value
