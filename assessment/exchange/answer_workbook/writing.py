"""A workbook for filling in without the app: one respondent of a group, or the working group."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import combinations

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Border, Color, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook.protection import WorkbookProtection
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from assessment.exchange.answer_workbook.audience import audience, items_of
from assessment.exchange.answer_workbook.first_sheet import Line, first_sheet
from assessment.exchange.answer_workbook.layout import (
    FIRST_ROW,
    FORM_SHEET,
    FORMAT,
    HEADER_ROW,
    HEADERS,
    LISTS_SHEET,
    MARK,
    START_SHEET,
    TITLE_ROW,
    YES,
    Column,
    Origin,
    Row,
    Sheet,
    mark,
    sheets,
)
from assessment.exchange.xlsx import styles
from assessment.exchange.xlsx.packing import packed
from assessment.exchange.xlsx.styles import BRAND, CARD, FACE, INK, LINE_COLOUR, SOFT, WASH
from assessment.exchange.xlsx.text_heights import lines_in_cell
from assessment.exchange.xlsx.writing import (
    aligned,
    as_it_stands,
    hide,
    printable,
    protect,
    put,
    set_up_page,
)
from questionnaires.library import Library
from questionnaires.model import WORKING_GROUP
from questionnaires.model import Side as GroupSide
from questionnaires.problems import ProblemsError
from questionnaires.question_text import Reader
from questionnaires.skip_logic import Applies
from questionnaires.typed_answers import LONGEST_TEXT

FONT, SIZE = FACE, 12
#: Widths in characters of the usual font.
WIDTHS: dict[Column, float] = {
    "key": 4, "question": 66, "looks": 46, "answer": 33, "note": 40, "others": 30,
}  # fmt: skip
#: Of a sheet with all the columns, so that it is still readable where it goes on a printed page.
NARROW: dict[Column, float] = {
    "key": 4, "question": 38, "looks": 50, "answer": 20, "note": 32, "others": 24,
}  # fmt: skip
START_WIDTH = 76.0
#: The height of a line, in sizes of its letters; points of a row, the least for a finger to hit.
LINE_HEIGHT, LEAST_HEIGHT, MAX_HEIGHT = 4 / 3, 30.0, 400.0
TEXT_HEIGHT = 96.0
#: More combinations than these are no help in a list.
MAX_COMBINATIONS = 40
PLAIN = Font(FONT, SIZE, color=INK)
HEAD = Font(FONT, SIZE, bold=True, color=CARD)
#: By the style of a line of the first sheet; the others are plain.
START_FONTS = {
    "title": Font(FONT, 20, bold=True, color=BRAND),
    "subtitle": Font(FONT, 14, bold=True, color=INK),
    "heading": Font(FONT, 14, bold=True, color=BRAND),
}
#: By the kind of a row of questions; the others are plain.
ROW_FONTS = {
    "title": Font(FONT, 18, bold=True, color=BRAND),
    "section": Font(FONT, 14, bold=True, color=BRAND),
    "intro": Font(FONT, SIZE, italic=True, color=SOFT),
    "ask": Font(FONT, SIZE, bold=True, color=INK),
}


def template(
    library: Library,
    group: str,
    *,
    side: GroupSide | None = None,
    asked_like: str | None = None,
    title: str = "",
    organisation: str = "",
    group_name: str = "",
    questionnaires: Collection[str] | None = None,
    applies: Applies | None = None,
    help_contact: str = "",
    until: str = "",
    origin: Origin | None = None,
) -> bytes:
    """A workbook for one respondent of a group, or for the working group's agreed answers.

    Args:
        side: of a group of an organisation's own.
        asked_like: the group whose questions a group of an organisation's own is asked; what any
            group of its side is asked if None.
        title: what the assessment is called.
        group_name: what people call the group; by its id if empty.
        questionnaires: ids of those that are asked; all that the group is asked if None.
        applies: how much is asked, and what applies; a full round of what nobody has said
            anything about if None. What does not apply is left out.
        help_contact: whom somebody can turn to who needs help while answering.
        until: by when the file is to be given back, in words; left out if empty.
        origin: the round that the workbook belongs to, and the number of this copy.

    Returns:
        An .xlsx file. The same content gives the same bytes.

    Raises:
        ProblemsError: nobody knows the group, or it is asked nothing.
    """
    who = audience(library, group, side, asked_like)
    applies = applies or Applies(library)
    asked = sheets(library, who, questionnaires, items_of(applies, who))
    if not asked:
        raise ProblemsError.of("nothing_asked_of_group", "group", group)
    lines = first_sheet(
        library,
        who,
        asked,
        title=title,
        organisation=organisation,
        group_name=group_name,
        help_contact=help_contact,
        until=until,
        has_number=bool(origin and origin.copy),
        left_out=_left_out(applies, who, questionnaires),
    )
    return _Writer(library, who, asked, origin or Origin()).workbook(title, list(lines))


def _left_out(
    applies: Applies, who: Reader, questionnaires: Collection[str] | None
) -> tuple[tuple[str, str], ...]:
    """What the working group is not asked because of its own facts, each with the reason."""
    if who.group != WORKING_GROUP:
        return ()
    library = applies.library
    return tuple(
        (who.words(library.items[item].text), why)
        for item, why in applies.skipped().items()
        if applies.lists(library.items[item], WORKING_GROUP)
        and (questionnaires is None or library.questionnaire_of[item].id in questionnaires)
    )


class _Writer:
    def __init__(
        self, library: Library, who: Reader, asked: Sequence[Sheet], origin: Origin
    ) -> None:
        self.library, self.who, self.asked, self.origin = library, who, asked, origin
        self.book = Workbook()
        # By its digits programs tell how wide a column is.
        self.book._named_styles["Normal"].font = styles.font()  # pyright: ignore[reportAttributeAccessIssue]
        self.lists: dict[tuple[str, ...], str] = {}

    def workbook(self, title: str, first: Sequence[Line]) -> bytes:
        start = self.book.active
        assert isinstance(start, Worksheet)
        start.title = START_SHEET
        self._start(start, first)
        for sheet in self.asked:
            self._sheet(self.book.create_sheet(sheet.title), sheet)
        self._form(self.book.create_sheet(FORM_SHEET), len(first))
        self._lists(self.book.create_sheet(LISTS_SHEET))
        self.book.security = WorkbookProtection(lockStructure=True)
        self.book.properties.creator = ""
        self.book.properties.title = title or "Questions about peer work"
        self.book.properties.language = "en-GB"
        return packed(self.book, private=True)

    # -- the sheets that people see ------------------------------------------------------------

    def _start(self, ws: Worksheet, lines: Iterable[Line]) -> None:
        ws.sheet_view.showGridLines = False
        ws.column_dimensions["A"].width = START_WIDTH
        for number, line in enumerate(lines, start=1):
            bullet = line.style == "item" and not line.text.startswith(" ")
            cell, font = ws.cell(number, 1), START_FONTS.get(line.style, PLAIN)
            indent = 1 if line.style == "item" else 0
            _write(cell, f"•  {line.text}" if bullet else line.text, font, indent)
            room = 14.0 if line.style in ("title", "heading") else 6.0
            height = _height(line.text, START_WIDTH, font, indent)
            ws.row_dimensions[number].height = height + room
        _set_up_print(ws, landscape=False)
        protect(ws)

    def _sheet(self, ws: Worksheet, sheet: Sheet) -> None:
        ws.sheet_view.showGridLines = False
        for column in sheet.columns:
            ws.column_dimensions[sheet.letter(column)].width = _width(sheet, column)
        ws.column_dimensions["A"].hidden = True
        for number, row in enumerate(sheet.rows, start=1):
            self._row(ws, sheet, number, row)
        for column in sheet.columns[1:]:
            cell = ws.cell(HEADER_ROW, sheet.number(column))
            _write(cell, HEADERS[column], HEAD)
            cell.fill = PatternFill("solid", fgColor=BRAND)
        heads = [
            _height(HEADERS[column], _width(sheet, column), HEAD) for column in sheet.columns[1:]
        ]
        ws.row_dimensions[HEADER_ROW].height = max(heads) + 10
        ws.freeze_panes = f"A{FIRST_ROW}"
        self._validate(ws, sheet)
        _set_up_print(ws, landscape=len(sheet.columns) > 3)
        ws.print_title_rows = f"{TITLE_ROW}:{HEADER_ROW}"
        protect(ws)
        first = next(number for number, row in enumerate(sheet.rows, 1) if row.columns)
        place = f"{sheet.letter('answer')}{first}"
        for selection in ws.sheet_view.selection:
            selection.activeCell = selection.sqref = place

    def _row(self, ws: Worksheet, sheet: Sheet, number: int, row: Row) -> None:
        put(ws.cell(number, 1), mark(row.key, printable(row.full_text)))
        cell, font = ws.cell(number, 2), ROW_FONTS.get(row.kind, PLAIN)
        indent = 3 if row.kind == "tick" else 1
        _write(cell, row.full_text, font, indent)
        below = row.full_text.removeprefix(row.text)
        if below and isinstance(cell, Cell):
            strong = InlineFont(rFont=FONT, sz=SIZE, b=True, color=Color(INK))
            faint = InlineFont(rFont=FONT, sz=SIZE, color=Color(SOFT))
            strong_text, faint_text = (as_it_stands(printable(t)) for t in (row.text, below))
            cell.value = CellRichText(TextBlock(strong, strong_text), TextBlock(faint, faint_text))
        height = _height(row.text, _width(sheet, "question"), font, indent)
        if below:
            height += _height(below.strip("\n"), _width(sheet, "question"), PLAIN, indent)
        if row.looks:
            soft = Font(FONT, SIZE, color=SOFT)
            _write(ws.cell(number, sheet.number("looks")), row.looks, soft)
            height = max(height, _height(row.looks, _width(sheet, "looks"), soft))
        least = TEXT_HEIGHT if row.item is not None and row.item.kind == "text" else LEAST_HEIGHT
        if row.kind != "header":
            ws.row_dimensions[number].height = min(max(height + 12, least), MAX_HEIGHT)
        for column in range(2, len(sheet.columns) + 1):
            if row.kind == "section":
                ws.cell(number, column).fill = PatternFill("solid", fgColor=WASH)
            if row.kind in ("ask", "tick"):
                ws.cell(number, column).border = Border(bottom=Side("thin", color=LINE_COLOUR))
        for column in row.columns:
            _open(ws.cell(number, sheet.number(column)), row)

    # -- what may be answered ------------------------------------------------------------------

    def _validate(self, ws: Worksheet, sheet: Sheet) -> None:
        """Lists to choose from, and the longest text; one rule for all cells that are alike."""
        rules: dict[object, DataValidation] = {}
        for number, row in enumerate(sheet.rows, start=1):
            for column in row.columns:
                key, rule = self._rule(row, column)
                if rule is not None:
                    rules.setdefault(key, rule).add(f"{sheet.letter(column)}{number}")
        for rule in rules.values():
            ws.add_data_validation(rule)

    def _rule(self, row: Row, column: Column) -> tuple[object, DataValidation | None]:
        question = row.question
        assert question is not None
        if row.kind == "tick" and column == "answer":
            return self._from_list((YES,), strict=True)
        if column == "others":
            options = [choice.label for choice in question.choices]
            joined = [
                "; ".join(chosen)
                for size in range(2, len(options) + 1)
                for chosen in combinations(options, size)
            ]
            return self._from_list(tuple(joined[:MAX_COMBINATIONS]), strict=False)
        if column == "note" or question.item.kind == "text":
            return _longest_text()
        labels = tuple(choice.label for choice in question.answers)
        strict = question.item.kind != "number"
        return self._from_list(labels, strict=strict) if labels else (None, None)

    def _from_list(self, labels: tuple[str, ...], *, strict: bool) -> tuple[object, DataValidation]:
        """A list in a hidden sheet: written into the rule, it ends at 255 characters."""
        column = self.lists.setdefault(labels, get_column_letter(len(self.lists) + 1))
        rule = DataValidation(
            type="list",
            formula1=f"{LISTS_SHEET}!${column}$1:${column}${len(labels)}",
            allow_blank=True,
            showErrorMessage=strict,
            errorTitle="Please choose from the list",
            error="Choose one of the answers in the list. Press Delete to leave the cell empty.",
        )
        return (labels, strict), rule

    # -- the sheets for the computer -----------------------------------------------------------

    def _form(self, ws: Worksheet, lines: int) -> None:
        origin = self.origin
        rows = [
            (MARK, FORMAT),
            ("group", self.who.group),
            ("side", self.who.side or ""),
            ("asked like", "" if self.who.asked_like == self.who.group else self.who.asked_like),
            ("ladder", self.library.ladder),
            *(
                (
                    "questionnaire",
                    sheet.questionnaire.id,
                    str(sheet.questionnaire.version),
                    sheet.fingerprint,
                    sheet.title,
                )
                for sheet in self.asked
            ),
            *(
                ("items", sheet.questionnaire.id, " ".join(item.id for item in sheet.items))
                for sheet in self.asked
            ),
            ("lines", str(lines)),
            *([("round", origin.round, origin.title, origin.organisation)] * bool(origin.round)),
            *([("copy", origin.copy)] * bool(origin.copy)),
        ]
        for number, row in enumerate(rows, start=1):
            for column, text in enumerate(row, start=1):
                put(ws.cell(number, column), text)
        hide(ws)

    def _lists(self, ws: Worksheet) -> None:
        for number, labels in enumerate(self.lists, start=1):
            for row, label in enumerate(labels, start=1):
                put(ws.cell(row, number), label)
        hide(ws)


def _write(cell: Cell | MergedCell, text: str, font: Font, indent: int = 1) -> None:
    put(cell, text)
    cell.font = font
    cell.alignment = aligned(vertical="center", indent=indent)


def _width(sheet: Sheet, column: Column) -> float:
    return (NARROW if len(sheet.columns) == len(NARROW) else WIDTHS)[column]


def _height(text: str, width: float, font: Font, indent: int = 1) -> float:
    """The height of a text in a column so wide, in points."""
    return round(lines_in_cell(text, width, indent, font) * font.size * LINE_HEIGHT, 1)


def _set_up_print(ws: Worksheet, *, landscape: bool, one_page: bool = False) -> None:
    set_up_page(ws, landscape=landscape, one_page=one_page)
    ws.page_margins.top, ws.page_margins.bottom = 0.5, 0.75
    assert ws.oddFooter is not None and ws.oddFooter.right is not None
    # In the size of the questions, with which it shrinks.
    ws.oddFooter.right.size = SIZE
    ws.oddFooter.right.text = "&A, page &P of &N"


def _open(cell: Cell | MergedCell, row: Row) -> None:
    """Make a cell one that may be written to, and make it look so."""
    is_number = row.item is not None and row.item.kind == "number"
    # As text, so that "- two rooms" is no formula and "1/2" no date.
    cell.number_format = "General" if is_number else "@"
    cell.protection = Protection(locked=False)
    cell.font = PLAIN
    cell.fill = PatternFill("solid", fgColor=WASH)
    cell.alignment = aligned(vertical="center", indent=1)
    edge = Side("thin", color=SOFT)
    cell.border = Border(left=edge, right=edge, top=edge, bottom=edge)


def _longest_text() -> tuple[object, DataValidation]:
    rule = DataValidation(
        type="textLength",
        operator="lessThanOrEqual",
        formula1=str(LONGEST_TEXT),
        allow_blank=True,
        showErrorMessage=True,
        errorTitle="This is too long",
        error=f"Write at most {LONGEST_TEXT} characters.",
    )
    return "text", rule
