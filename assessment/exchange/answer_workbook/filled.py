"""A workbook that was made with ``template``: is it as it was handed out, and what does it say?"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from assessment.exchange.answer_workbook.audience import audience
from assessment.exchange.answer_workbook.layout import (
    FORM_SHEET,
    FORMAT,
    HEADER_ROW,
    HEADERS,
    LISTS_SHEET,
    START_SHEET,
    TITLE_ROW,
    Sheet,
    mark,
    sheets,
)
from assessment.exchange.answer_workbook.sheet_answers import SheetAnswers, Value
from assessment.exchange.problems import InputError, InputProblem, Place
from assessment.exchange.xlsx.cells import CellSheet
from questionnaires.library import Library
from questionnaires.model import Side
from questionnaires.phrases import quoted
from questionnaires.question_text import Reader
from questionnaires.reference_data import GROUP_SIDES

NEW_ONE = "Make a new workbook with 'template' and copy the answers into it"
AS_IT_WAS = "Copy the answers into a fresh copy of the workbook"


class FilledWorkbook:
    """A workbook that was made with ``template`` and filled in."""

    def __init__(
        self, book: Sequence[CellSheet], form: CellSheet, name: str, library: Library
    ) -> None:
        self.book = {sheet.title: sheet for sheet in book}
        self.form, self.name, self.library = form, name, library
        self.who = self._who()
        self.problems: list[InputProblem] = []

    def values(self) -> list[Value]:
        """Each answer with its place, its questionnaire, its item and its value.

        Raises:
            InputError: with every problem of the workbook.
        """
        found: list[Value] = []
        for title, sheet in self._sheets():
            cells = self.book[title]
            if self._as_handed_out(cells, sheet):
                found += SheetAnswers(self.name, cells, sheet, self.library, self.problems).values()
        if not self.problems and not found:
            self._problem(None, "there is no answer in it yet: leave this file out")
        if self.problems:
            raise InputError(self.problems)
        return found

    def _problem(self, place: Place | None, message: str) -> None:
        if place is None:
            self.problems.append(InputProblem(self.name, None, message))
        else:
            self.problems.append(InputProblem.at(place, message))

    def _who(self) -> Reader:
        """Whom the workbook was made for."""
        said = {self.form.text(row, 1): self.form.text(row, 2) for row in range(2, 6)}
        if self.form.text(1, 2) != FORMAT or set(said) != {"group", "side", "asked like", "ladder"}:
            raise InputError.of(
                self.name, f"it was made with another version of this tool, or changed. {NEW_ONE}"
            )
        sides: dict[str, Side] = {side: side for side in GROUP_SIDES.values()}
        try:
            who = audience(
                self.library, said["group"], sides.get(said["side"]), said["asked like"] or None
            )
        except InputError as error:
            raise InputError.of(self.name, error.problems[0].message) from None
        if said["ladder"] != self.library.ladder:
            raise InputError.of(
                self.name,
                f"it was made for the participation ladder {quoted(said['ladder'])}, and "
                f"{quoted(self.library.ladder)} is in use: say 'ladder: {said['ladder'][:40]}' in "
                f"the context file. Or: {NEW_ONE[0].lower()}{NEW_ONE[1:]}",
            )
        return who

    def _sheets(self) -> Iterator[tuple[str, Sheet]]:
        """The sheets that were handed out and are still there, by their titles."""
        handed_out = [
            [self.form.text(row, column) for column in range(2, 6)]
            for row in sorted(self.form.rows)
            if self.form.text(row, 1) == "questionnaire"
        ]
        ids = [entry[0] for entry in handed_out]
        layout = {sheet.questionnaire.id: sheet for sheet in self._layout(ids)}
        names = {q.id: q for q in self.library.questionnaires}
        expected = {START_SHEET, FORM_SHEET, LISTS_SHEET, *(entry[3] for entry in handed_out)}
        unknown = [title for title, sheet in self.book.items() if title not in expected]
        for name, version, fingerprint, title in handed_out:
            questionnaire, sheet = names.get(name), layout.get(name)
            if questionnaire is None:
                self._problem(None, f"the questionnaire {quoted(name)} is not in use here")
            elif str(questionnaire.version) != version:
                self._problem(
                    None,
                    f"the questionnaire {quoted(name)} has version {questionnaire.version} now, "
                    f"and version {version[:10]} in this workbook. {NEW_ONE}",
                )
            elif sheet is None or sheet.fingerprint != fingerprint:
                self._problem(
                    None,
                    f"the questions of {quoted(name)} have changed since this workbook was made. "
                    f"{NEW_ONE}",
                )
            elif title in self.book:
                yield title, sheet
            else:
                self._gone(title, sheet, unknown)
        for title in unknown:
            self._problem(
                None, f"the sheet {quoted(title)} does not belong in this workbook: take it out"
            )

    def _layout(self, ids: Collection[str]) -> tuple[Sheet, ...]:
        """The sheets as they were handed out: with what applied then, whatever applies now."""
        lists = [
            self.form.text(row, 3).split()
            for row in sorted(self.form.rows)
            if self.form.text(row, 1) == "items"
        ]
        items = {item for listed in lists for item in listed} if lists else None
        return sheets(self.library, self.who, ids, items)

    def _gone(self, title: str, sheet: Sheet, unknown: list[str]) -> None:
        """Say that a sheet is missing, or what it is called now."""
        first = sheet.rows[0].key
        for other in unknown:
            if self.book[other].text(TITLE_ROW, 1).startswith(f"{first} #"):
                unknown.remove(other)
                self._problem(
                    None,
                    f"the sheet {quoted(other)} was called {quoted(title)}: give it this name back",
                )
                return
        self._problem(None, f"the sheet {quoted(title)} is missing. {AS_IT_WAS}")

    def _as_handed_out(self, cells: CellSheet, sheet: Sheet) -> bool:
        """Whether rows and columns stand where they stood; the first that does not is named."""
        for number, row in enumerate(sheet.rows, start=1):
            key, cell_texts = cells.text(number, 1), cells.text(number, 2)
            if key == mark(row.key, cell_texts):
                continue
            place = Place(self.name, cells.title, number, "B")
            if key.startswith(f"{row.key} #"):
                said = f"the words of this row were changed; now they are {quoted(cell_texts)}"
            else:
                said = f"here should be {quoted(row.text)}: rows were moved, deleted or put in"
            self._problem(place, f"{said}. {AS_IT_WAS}")
            return False
        for column in sheet.columns[1:]:
            if cells.text(HEADER_ROW, sheet.number(column)) != HEADERS[column]:
                place = Place(self.name, cells.title, HEADER_ROW, sheet.letter(column))
                said = f"here should be the column {quoted(HEADERS[column])}"
                self._problem(place, f"{said}: columns were moved. {AS_IT_WAS}")
                return False
        return True
