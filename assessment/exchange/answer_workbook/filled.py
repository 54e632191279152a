"""A workbook that was made with ``template``: is it as it was handed out, and what does it say?"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assessment.exchange.answer_workbook.audience import audience
from assessment.exchange.answer_workbook.copies import NUMBER
from assessment.exchange.answer_workbook.layout import (
    FORM_SHEET,
    FORMAT,
    HEADER_ROW,
    HEADERS,
    LISTS_SHEET,
    START_SHEET,
    TITLE_ROW,
    Origin,
    Sheet,
    sheets,
)
from assessment.exchange.answer_workbook.sheet_answers import (
    SheetAnswers,
    Value,
    gathered,
    letters,
    lies_on,
)
from assessment.exchange.xlsx.cells import CellSheet
from questionnaires.library import Library
from questionnaires.model import Side
from questionnaires.problems import Place, Problem, ProblemsError
from questionnaires.question_text import Reader
from questionnaires.reference_data import GROUP_SIDES
from scoring.answers.signs import cleaned

#: What a workbook says of its round is cut where it is longer.
LONGEST_SAID = 200


@dataclass(frozen=True)
class ReadWorkbook:
    """What a workbook says that was filled in.

    Attributes:
        name: what messages call it.
        values: the answers that can be told, with their places.
        doubts: why some answers cannot be told; these are left out of ``values``.
        left_out: the items of the answers that are left out, with the words of their questions.
        beside: what is written or drawn where nothing is read, each with its place.
    """

    name: str
    group: str
    origin: Origin
    values: tuple[Value, ...]
    doubts: tuple[Problem, ...]
    left_out: Mapping[str, str]
    beside: tuple[Problem, ...]

    @property
    def answers(self) -> dict[str, str]:
        """The answers by item, without their places."""
        return {item: value for _, _, item, value in self.values}


class FilledWorkbook:
    """A workbook that was made with ``template`` and filled in."""

    def __init__(
        self, book: Sequence[CellSheet], form: CellSheet, name: str, library: Library
    ) -> None:
        self.book = {sheet.title: sheet for sheet in book}
        self.form, self.name, self.library = form, name, library
        self.who = self._who()
        self.problems: list[Problem] = []
        self.beside: list[Problem] = []

    def read(self) -> ReadWorkbook:
        """What the workbook says.

        Raises:
            ProblemsError: it cannot be read as a whole, or there is no answer in it.
        """
        origin = self._origin()
        self._first_sheet()
        values: list[Value] = []
        doubts: list[Problem] = []
        left_out: dict[str, str] = {}
        for title, sheet in self._sheets():
            cells = self.book[title]
            if self._as_handed_out(cells, sheet):
                found = SheetAnswers(self.name, cells, sheet, self.library)
                values += found.values()
                doubts += found.doubts
                self.beside += found.beside
                left_out |= found.left_out
        if not self.problems and not values:
            # What stands elsewhere may be all that somebody wrote.
            self.problems += [*doubts, *self.beside]
            if not doubts:
                self._problem("no_answer_yet")
        if self.problems:
            raise ProblemsError(self.problems)
        group = self.who.group
        return ReadWorkbook(
            self.name,
            group,
            origin,
            tuple(values),
            tuple(doubts),
            left_out,
            tuple(self.beside),
        )

    def _problem(self, code: str, found: str = "", allowed: str = "", **details: str) -> None:
        self.problems.append(Problem(code, Place(self.name), found, allowed, details=details))

    def _who(self) -> Reader:
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

    def _origin(self) -> Origin:
        """Where the workbook comes from; without a round, by the first lines that people read."""
        origin, start = origin_of(self.form, self.name), self.book.get(START_SHEET)
        if origin.round or start is None:
            return origin
        title, organisation = (_one_line(start.text(row, 1)) for row in (1, 2))
        return replace(origin, title=title, organisation=organisation)

    def _first_sheet(self) -> None:
        """What somebody wrote or drew on the first sheet, where nothing is asked."""
        start = self.book.get(START_SHEET)
        if start is None:
            return
        self.beside += lies_on(start, self.name)
        said = rows_of(self.form, "lines")
        last = int(said[0][0]) if said and said[0][0].isdecimal() else None
        places = [
            Place(self.name, sheet=start.title, row=number, column=letters(column))
            for number, row in sorted(start.rows.items())
            for column in sorted(row)
            if column > 1 or (last is not None and number > last)
        ]
        self.beside += gathered("words_beside", places)

    def _sheets(self) -> Iterator[tuple[str, Sheet]]:
        """The sheets that were handed out and are still there, by their titles."""
        handed_out = [row[:4] for row in rows_of(self.form, "questionnaire")]
        ids = [entry[0] for entry in handed_out]
        layout = {sheet.questionnaire.id: sheet for sheet in self._layout(ids)}
        names = {q.id: q for q in self.library.questionnaires}
        expected = {START_SHEET, FORM_SHEET, LISTS_SHEET, *(entry[3] for entry in handed_out)}
        unknown = [title for title in self.book if title not in expected]
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
            elif (now_called := self._renamed(sheet, unknown)) is not None:
                unknown.remove(now_called)
                yield now_called, sheet
            else:
                place = Place(self.name)
                self.beside.append(Problem("missing_sheet", place, allowed=title))
        for title in unknown:
            if self.book[title].rows or self.book[title].beside:
                self.beside.append(Problem("strange_sheet", Place(self.name), title))

    def _layout(self, ids: Collection[str]) -> tuple[Sheet, ...]:
        """The sheets as they were handed out: with what applied then, whatever applies now."""
        lists = [row[1].split() for row in rows_of(self.form, "items")]
        items = {item for listed in lists for item in listed} if lists else None
        return sheets(self.library, self.who, ids, items)

    def _renamed(self, sheet: Sheet, unknown: Sequence[str]) -> str | None:
        """What a sheet is called now that has another name than it was handed out with."""
        first = sheet.rows[0].key
        found = [
            title
            for title in unknown
            if self.book[title].text(TITLE_ROW, 1).startswith(f"{first} #")
        ]
        return found[0] if len(found) == 1 else None

    def _as_handed_out(self, cells: CellSheet, sheet: Sheet) -> bool:
        """Whether rows and columns stand where they stood; the first that does not is named."""
        for number, row in enumerate(sheet.rows, start=1):
            if not cells.text(number, 1).startswith(f"{row.key} #"):
                place = Place(self.name, sheet=cells.title, row=number, column="B")
                self.problems.append(Problem("row_moved", place, allowed=row.text))
                return False
        for column in sheet.columns[1:]:
            if cells.text(HEADER_ROW, sheet.number(column)) != HEADERS[column]:
                letter = sheet.letter(column)
                place = Place(self.name, sheet=cells.title, row=HEADER_ROW, column=letter)
                self.problems.append(Problem("column_moved", place, allowed=HEADERS[column]))
                return False
        return True


def rows_of(form: CellSheet, kind: str) -> list[list[str]]:
    """What the rows of this kind say in the hidden sheet."""
    return [
        [form.text(row, column) for column in range(2, 6)]
        for row in sorted(form.rows)
        if form.text(row, 1) == kind
    ]


def origin_of(form: CellSheet, name: str) -> Origin:
    """Where a workbook comes from.

    Raises:
        ProblemsError: what it says of that cannot be.
    """
    rounds, numbers = rows_of(form, "round"), rows_of(form, "copy")
    round_, title, organisation, _ = rounds[0] if rounds else ("", "", "", "")
    copy = numbers[0][0] if numbers else ""
    marks = [row[0] for row in (*rounds, *numbers)]
    if len(rounds) > 1 or len(numbers) > 1 or not all(map(NUMBER.fullmatch, marks)):
        raise ProblemsError.of("other_version", name)
    return Origin(round_, copy, _one_line(title), _one_line(organisation))


def _one_line(text: str) -> str:
    return " ".join(cleaned(text).split())[:LONGEST_SAID]
