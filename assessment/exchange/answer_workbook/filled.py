"""A workbook that was made with ``template``: is it as it was handed out, and what does it say?"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from assessment.exchange.answer_workbook.audience import Audience, audience
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
from assessment.exchange.xlsx.cells import CellSheet
from questionnaires.library import Library
from questionnaires.model import Side
from questionnaires.problems import Place, Problem, ProblemsError
from questionnaires.reference_data import GROUP_SIDES


class FilledWorkbook:
    """A workbook that was made with ``template`` and filled in."""

    def __init__(
        self, book: Sequence[CellSheet], form: CellSheet, name: str, library: Library
    ) -> None:
        self.book = {sheet.title: sheet for sheet in book}
        self.form, self.name, self.library = form, name, library
        self.who = self._who()
        self.problems: list[Problem] = []

    def values(self) -> list[Value]:
        """Each answer with its place, its questionnaire, its item and its value.

        Raises:
            ProblemsError: with every problem of the workbook.
        """
        found: list[Value] = []
        for title, sheet in self._sheets():
            cells = self.book[title]
            if self._as_handed_out(cells, sheet):
                found += SheetAnswers(
                    self.name, cells, sheet, self.who, self.library, self.problems
                ).values()
        if not self.problems and not found:
            self._problem("no_answer_yet")
        if self.problems:
            raise ProblemsError(self.problems)
        return found

    def _problem(self, code: str, found: str = "", allowed: str = "", **details: str) -> None:
        self.problems.append(Problem(code, Place(self.name), found, allowed, details=details))

    def _who(self) -> Audience:
        """Whom the workbook was made for."""
        said = {self.form.text(row, 1): self.form.text(row, 2) for row in range(2, 6)}
        if self.form.text(1, 2) != FORMAT or set(said) != {"group", "side", "asked like", "ladder"}:
            raise ProblemsError.of("other_version", self.name)
        sides: dict[str, Side] = {side: side for side in GROUP_SIDES.values()}
        try:
            who = audience(
                self.library, said["group"], sides.get(said["side"]), said["asked like"] or None
            )
        except ProblemsError as error:
            raise ProblemsError(error.at(Place(self.name))) from None
        if said["ladder"] != self.library.ladder:
            found, short = said["ladder"], said["ladder"][:40]
            raise ProblemsError.of(
                "other_ladder", self.name, found, self.library.ladder, short=short
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
                self._problem("questionnaire_not_in_use", name)
            elif str(questionnaire.version) != version:
                now = str(questionnaire.version)
                self._problem("questionnaire_version", version[:10], now, questionnaire=name)
            elif sheet is None or sheet.fingerprint != fingerprint:
                self._problem("questions_changed", name)
            elif title in self.book:
                yield title, sheet
            else:
                self._gone(title, sheet, unknown)
        for title in unknown:
            self._problem("strange_sheet", title)

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
                self._problem("renamed_sheet", other, title)
                return
        self._problem("missing_sheet", allowed=title)

    def _as_handed_out(self, cells: CellSheet, sheet: Sheet) -> bool:
        """Whether rows and columns stand where they stood; the first that does not is named."""
        for number, row in enumerate(sheet.rows, start=1):
            key, cell_texts = cells.text(number, 1), cells.text(number, 2)
            if key == mark(row.key, cell_texts):
                continue
            place = Place(self.name, sheet=cells.title, row=number, column="B")
            self.problems.append(
                Problem("row_reworded", place, cell_texts)
                if key.startswith(f"{row.key} #")
                else Problem("row_moved", place, allowed=row.text)
            )
            return False
        for column in sheet.columns[1:]:
            if cells.text(HEADER_ROW, sheet.number(column)) != HEADERS[column]:
                letter = sheet.letter(column)
                place = Place(self.name, sheet=cells.title, row=HEADER_ROW, column=letter)
                self.problems.append(Problem("column_moved", place, allowed=HEADERS[column]))
                return False
        return True
