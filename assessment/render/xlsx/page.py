"""One sheet: its finding as title, then tables with a header, and charts beside them.

Text goes into cells as text, whatever it begins with: no cell of ours ever holds a formula.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from openpyxl.cell.cell import Cell
from openpyxl.chart._chart import ChartBase
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from assessment.exchange.xlsx import styles
from assessment.exchange.xlsx.text_heights import UNIT, lines_in_cell, lines_of
from assessment.exchange.xlsx.writing import SIDE, aligned, printable, put, set_up_page
from assessment.report.model import Point
from assessment.report.tables import Column, Kind, NoNumber, Row, Table, cell_in_words
from scoring.disclosure.groups_and_rounding import Suppressed

#: Columns to the right of the tables, on which charts lie: how many, how wide, and the points of
#: height that a row has where nothing is said.
CHART_COLUMNS, CHART_WIDTH, ROW = 10, 11.7, 15.0
POINTS_PER_CM = 72 / 2.54
#: Tables up to so wide, in units of column width, are printed upright: charts then share a page.
UPRIGHT = 118
#: Inches of A4, and of its margins at the top and bottom together.
LONG, SHORT, ENDS = 11.69, 8.27, 1.1
#: How numbers of each kind are written.
FORMATS: dict[Kind, str] = {
    "text": "General",
    "whole": "0",
    "share": "0%",
    "steps": "0.0",
    "tenths": "0.0",
    "hundredths": "0.00",
}
#: A sign for each mark of a point.
SIGNS = {"good": "✓", "careful": "!", "": "–"}


def set_up_print(sheet: Worksheet, organisation: str, *, upright: bool = False) -> None:
    """A4, all columns on one page, whose results they are on every page."""
    set_up_page(sheet, landscape=not upright)
    margins = sheet.page_margins
    margins.top = margins.bottom = ENDS / 2
    margins.header = margins.footer = 0.25
    header, footer = sheet.oddHeader, sheet.oddFooter
    assert header is not None
    assert footer is not None
    # An ampersand would begin a command, and no more than 255 signs fit.
    escaped = printable(organisation).replace("\n", " ")[:100].replace("&", "&&")
    header.right.text, footer.left.text = escaped, sheet.title
    footer.right.text = "&P / &N"


class Page:
    """Writes one sheet from top to bottom."""

    def __init__(self, sheet: Worksheet, organisation: str, widths: Sequence[float]) -> None:
        self.sheet = sheet
        self.widths = widths
        self.row = 1
        self.charts: list[str] = []
        self._charts_at: list[tuple[int, int]] = []
        self._print_to = 0
        self._organisation = printable(organisation)
        self._chart_from = 0.0
        sheet.sheet_view.showGridLines = False
        for number, width in enumerate(widths, 1):
            sheet.column_dimensions[get_column_letter(number)].width = width

    # -- text ------------------------------------------------------------------------------------

    def top(self, question: str, finding: str, *notes: str) -> None:
        """The sheet's beginning: whose results, the small question, the finding, notes."""
        self.line(f"{self._organisation}  ·  {question}", styles.font(9, colour=styles.SOFT))
        self._finding(finding, 16, notes)
        self.gap()
        self._chart_from = self._above(self.row)

    def heading(self, finding: str, *notes: str) -> None:
        """A further finding on the same sheet."""
        self.gap()
        self._finding(finding, 12, notes)

    def _finding(self, finding: str, size: float, notes: Sequence[str]) -> None:
        self.line(finding, styles.font(size, bold=True))
        for note in filter(None, notes):
            self.line(note, styles.font(colour=styles.SOFT))

    def point(self, point: Point) -> None:
        """A line of a list, with the sign of its mark."""
        reference = f" [{point.sources}]" if point.sources else ""
        self.line(f"{SIGNS[point.mark]}  {point.text}{reference}")

    def line(
        self,
        text: str,
        font: Font | None = None,
        *,
        fill: PatternFill | None = None,
        link: str | None = None,
    ) -> None:
        """A text over the whole width of the tables, as high as it needs."""
        font = font or styles.font()
        cell = self.sheet.cell(self.row, 1)
        put(cell, text)
        self._merge(1, len(self.widths))
        cell.alignment = aligned(vertical="center")
        if fill is not None:
            cell.fill = fill
        if link is not None:
            assert isinstance(cell, Cell)
            cell.hyperlink = Hyperlink(cell.coordinate, location=f"'{link}'!A1")
        cell.font = font
        lines = lines_of(text, sum(self.widths) * UNIT, font)
        self._height(styles.height_of(lines, font.size))

    def end_print(self) -> None:
        """What follows is for the screen only."""
        self._print_to = self.row - 1

    def gap(self) -> None:
        """A little air."""
        self._height(9.0)

    # -- tables ----------------------------------------------------------------------------------

    def table(self, table: Table, *, main: bool = False) -> None:
        """A table; the header of the ``main`` one stays in sight and stands on every page."""
        header = self.row
        titles = tuple(column.title for column in table.columns)
        self._cells(Row(titles, strong=True), table.columns, head=True)
        if main:
            self.sheet.freeze_panes = f"A{self.row}"
            self.sheet.print_title_rows = f"{header}:{header}"
            # Below the header, which would else bring a strip of the chart onto every page.
            self._chart_from = self._above(self.row)
        for row in table.rows:
            self._cells(row, table.columns)

    def _cells(self, row: Row, columns: Sequence[Column], *, head: bool = False) -> None:
        font = styles.font(bold=row.strong, colour=styles.BRAND if head else styles.INK)
        fill = styles.fill(styles.WASH if head else styles.PAPER)
        lines = 1
        for number, (value, column) in enumerate(zip(row.cells, columns, strict=True), 1):
            cell = self.sheet.cell(self.row, number)
            cell.font, cell.border = font, styles.HEAD_RULE if head else styles.RULE
            if row.strong:
                cell.fill = fill
            text = column.kind == "text"
            indent = row.indent if number == 1 else 1
            cell.alignment = aligned("left" if text else "right", indent=indent)
            if value is None or value == "":
                continue
            width = self.widths[number - 1]
            if isinstance(value, Suppressed | NoNumber):
                wording = cell_in_words(value, column)
                cell.font = styles.font(9, italic=True, colour=styles.SOFT)
                cell.alignment = aligned("right")
                empty = list(takewhile(lambda other: other is None, row.cells[number:]))
                if empty:
                    # The reason for a whole row without figures stands over the row.
                    last = number + len(empty)
                    width = sum(self.widths[number - 1 : last])
                    cell.alignment = aligned("left", indent=1)
                    self._merge(number, last)
            else:
                wording = value
            put(cell, wording)
            if isinstance(wording, str):
                lines = max(lines, lines_in_cell(wording, width, indent, cell.font))
            else:
                cell.number_format = FORMATS[column.kind]
        self._height(styles.height_of(lines))

    def _merge(self, first: int, last: int) -> None:
        """Make one cell of these columns of the row."""
        if last > first:
            self.sheet.merge_cells(
                start_row=self.row, end_row=self.row, start_column=first, end_column=last
            )

    def _height(self, points: float) -> None:
        self.sheet.row_dimensions[self.row].height = points
        self.row += 1

    # -- charts ----------------------------------------------------------------------------------

    def chart(self, chart: ChartBase, alt: str) -> None:
        """A chart to the right of the tables, below the one before."""
        row, above = self._row_at(self._chart_from)
        chart.anchor = f"{get_column_letter(len(self.widths) + 2)}{row}"
        self.sheet.add_chart(chart)
        self.charts.append(printable(alt))
        last, self._chart_from = self._row_at(above + (chart.height + 0.4) * POINTS_PER_CM)
        self._charts_at.append((row, last - 1))

    def _row_at(self, points: float) -> tuple[int, float]:
        """The first row that begins so many points from the top or further, and where it does."""
        row, above = 1, 0.0
        while above < points:
            above += self._row_height(row)
            row += 1
        return row, above

    def _above(self, row: int) -> float:
        return sum(self._row_height(number) for number in range(1, row))

    def _row_height(self, row: int) -> float:
        return self.sheet.row_dimensions[row].height or ROW

    # -- the end ---------------------------------------------------------------------------------

    def close(self) -> None:
        """Set up the print: all columns on a page, charts after them, as many on one as fit."""
        sheet, last = self.sheet, len(self.widths)
        upright = sum(self.widths) <= UPRIGHT
        set_up_print(sheet, self._organisation, upright=upright)
        areas = [f"A1:{get_column_letter(last)}{self._print_to or self.row - 1}"]
        if self.charts:
            gap = get_column_letter(last + 1)
            sheet.column_dimensions[gap].width = 3
            for number in range(last + 2, last + 2 + CHART_COLUMNS):
                sheet.column_dimensions[get_column_letter(number)].width = CHART_WIDTH
        areas += self._chart_areas(upright=upright)
        sheet.print_area = ",".join(areas)

    def _chart_areas(self, *, upright: bool) -> list[str]:
        """The areas in which charts are printed; each is a page."""
        if not self._charts_at:
            return []
        across, down = (SHORT, LONG) if upright else (LONG, SHORT)
        # LibreOffice scales each area by itself, Excel all by the widest: then there is more room.
        width = CHART_COLUMNS * CHART_WIDTH * UNIT / 96
        scale = min(1.0, (across - 2 * SIDE) / width)
        room = (down - ENDS) * 72 / scale
        pages: list[tuple[int, int]] = []
        for first, last in self._charts_at:
            if pages and self._above(last + 1) - self._above(pages[-1][0]) <= room:
                pages[-1] = pages[-1][0], last
            else:
                pages.append((first, last))
        left = get_column_letter(len(self.widths) + 2)
        right = get_column_letter(len(self.widths) + 1 + CHART_COLUMNS)
        return [f"{left}{first}:{right}{last}" for first, last in pages]
