"""The answers of one sheet of a workbook that was filled in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from assessment.exchange.answer_workbook.audience import (
    Answer,
    Audience,
    answers_of,
    may_disagree,
    may_note,
    scale_of,
)
from assessment.exchange.answer_workbook.layout import Column, Row, Sheet, open_columns
from assessment.exchange.answers import cell_values
from assessment.exchange.answers.cell_values import words_of
from assessment.exchange.xlsx.cells import Cell, CellSheet
from questionnaires.library import Library
from questionnaires.model import DID_NOT_AGREE, Item
from questionnaires.phrases import quoted
from questionnaires.problems import Place, Problem, ProblemsError

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
        who: Audience,
        library: Library,
        problems: list[Problem],
    ) -> None:
        self.name, self.cells, self.sheet = name, cells, sheet
        self.who, self.library, self.problems = who, library, problems

    def values(self) -> Iterator[Value]:
        chosen: list[tuple[int, Answer]] = []
        rows = list(enumerate(self.sheet.rows, start=1))
        for number, row in rows:
            self._nothing_elsewhere(number, row)
            if row.item is None:
                continue
            if row.kind == "tick" and row.option is not None:
                if self._chosen(number):
                    chosen.append((number, row.option))
                last = number == len(rows) or rows[number][1].kind != "tick"
                if last and chosen:
                    yield from self._several(row, chosen)
                chosen = [] if last else chosen
            elif row.answered_here:
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
        open_here = open_columns(self.sheet, row, self.who)
        for column in ("answer", "note", "others"):
            if column not in self.sheet.columns or column in open_here:
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

    def _chosen(self, number: int) -> bool:
        return bool(self._read(number, "answer", lambda c: cell_values.is_chosen(words_of(c))))

    def _several(self, row: Row, chosen: list[tuple[int, Answer]]) -> Iterator[Value]:
        assert row.item is not None
        options = self.library.options(row.item)
        exclusive = {option.code for option in options if option.alone} | set(row.item.offers)
        number, answer = next(((n, a) for n, a in chosen if a.code in exclusive), chosen[0])
        place = self._place(number, "answer")
        if len(chosen) > 1 and answer.code in exclusive:
            others = ", ".join(quoted(other.label) for _, other in chosen if other is not answer)
            self.problems.append(Problem("choice_stands_alone", place, others, answer.label))
            return
        yield self._value(place, row.item, row.item.id, ";".join(a.code for _, a in chosen))

    def _value(self, place: Place, item: Item, name: str, value: str) -> Value:
        return place, self.library.questionnaire_of[item.id].id, name, value

    def _one(self, number: int, row: Row) -> Iterator[Value]:
        item = row.item
        assert item is not None
        place = self._place(number, "answer")
        answers = answers_of(item, self.library, self.who)
        match item.kind:
            case "text":
                value = self._read(number, "answer", cell_values.text_of)
            case "number":
                value = self._read(
                    number,
                    "answer",
                    lambda cell: cell_values.number_of(cell, item, self.library, answers),
                )
            case _:
                value = self._read(number, "answer", lambda cell: _code(cell, answers))
        if may_disagree(item, self.who):
            value = self._disagreed(number, item, value)
        if value:
            yield self._value(place, item, item.id, value)
        if may_note(item, self.who):
            note = self._read(number, "note", cell_values.text_of)
            if note:
                place = self._place(number, "note")
                yield self._value(place, item, item.note_id, note)

    def _disagreed(self, number: int, item: Item, value: str | None) -> str | None:
        """The value with the answers that members gave where they did not agree."""
        options = scale_of(item, self.library, self.who)
        given = self._read(
            number, "others", lambda cell: cell_values.codes_of(words_of(cell), options)
        )
        if value is None or given is None:
            return None
        if value == DID_NOT_AGREE and not given:
            place = self._place(number, "answer")
            self.problems.append(Problem("disagreed_without_answers", place))
        elif value != DID_NOT_AGREE and given:
            place = self._place(number, "others")
            self.problems.append(Problem("answers_without_disagreement", place))
        return f"{DID_NOT_AGREE}:{';'.join(given)}" if given else value


def _code(cell: Cell | None, answers: Sequence[Answer]) -> str:
    written = words_of(cell)
    return cell_values.code_of(written, answers) if written else ""
