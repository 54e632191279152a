"""The answers of one sheet of a workbook that was filled in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import groupby
from typing import TypeVar

from assessment.exchange.answer_workbook.layout import Column, Row, Sheet
from assessment.exchange.answers import cell_values
from assessment.exchange.xlsx.cells import Cell, CellSheet
from questionnaires.library import Library
from questionnaires.model import DID_NOT_AGREE, disagreement
from questionnaires.phrases import quoted
from questionnaires.problems import Place, Problem, ProblemsError
from questionnaires.question_text import Choice, Question

#: An answer: its place, its questionnaire, its item and its value.
Value = tuple[Place, str, str, str]
T = TypeVar("T")


class SheetAnswers:
    """The answers of one sheet."""

    def __init__(
        self,
        name: str,
        cells: CellSheet,
        sheet: Sheet,
        library: Library,
        problems: list[Problem],
    ) -> None:
        self.name, self.cells, self.sheet = name, cells, sheet
        self.library, self.problems = library, problems
        self.questionnaire = sheet.questionnaire.id

    def values(self) -> Iterator[Value]:
        rows = list(enumerate(self.sheet.rows, start=1))
        for several, of_one in groupby(rows, lambda pair: pair[1].kind == "tick"):
            if several:
                yield from self._several(list(of_one))
                continue
            for number, row in of_one:
                self._nothing_elsewhere(number, row)
                if row.columns:
                    yield from self._one(number, row)
        for number in sorted(number for number in self.cells.rows if number > len(rows)):
            self.problems.append(Problem("below_last_question", self._place(number)))
            break

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
                self.problems.append(Problem("beside_no_question", place))

    def _read(self, number: int, column: Column, reading: Callable[[Cell | None], T]) -> T | None:
        """What a cell says; None, and a problem, where it says nothing that is allowed."""
        try:
            return reading(self.cells.cell(number, self.sheet.number(column)))
        except ProblemsError as error:
            self.problems += error.at(self._place(number, column))
            return None

    def _several(self, rows: Sequence[tuple[int, Row]]) -> Iterator[Value]:
        """The choices that stand below one question."""
        chosen: list[tuple[int, Choice]] = []
        for number, row in rows:
            self._nothing_elsewhere(number, row)
            if self._read(number, "answer", cell_values.is_chosen) and row.option is not None:
                chosen.append((number, row.option))
        item = rows[0][1].item
        if item is None or not chosen:
            return
        number, answer = next(((n, a) for n, a in chosen if a.exclusive), chosen[0])
        place = self._place(number, "answer")
        if len(chosen) > 1 and answer.exclusive:
            others = ", ".join(quoted(other.label) for _, other in chosen if other is not answer)
            self.problems.append(Problem("choice_stands_alone", place, others, answer.label))
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
        value = self._read(number, "answer", reading)
        if question.may_disagree:
            value = self._disagreed(number, question, value)
        if value:
            yield self._place(number, "answer"), self.questionnaire, item.id, value
        if row.takes_note and (note := self._read(number, "note", cell_values.text_of)):
            yield self._place(number, "note"), self.questionnaire, item.note_id, note

    def _disagreed(self, number: int, question: Question, value: str | None) -> str | None:
        """The value with the answers that members gave where they did not agree."""
        codes_of = partial(cell_values.codes_of, answers=question.choices)
        given = self._read(number, "others", codes_of)
        if value is None or given is None:
            return None
        if value == DID_NOT_AGREE and not given:
            place = self._place(number, "answer")
            self.problems.append(Problem("disagreed_without_answers", place))
        elif value != DID_NOT_AGREE and given:
            place = self._place(number, "others")
            self.problems.append(Problem("answers_without_disagreement", place))
        return disagreement(given) if given else value
