"""The numbers that charts are drawn from, on a hidden sheet of their own at the end.

The tables say in words why a cell is empty; a chart would draw such a word as nought. So each chart
has its numbers here, with nothing where nothing is shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.chart.reference import Reference
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from assessment.exchange.xlsx import styles
from assessment.exchange.xlsx.writing import aligned, put

TITLE = "Chart data"


@dataclass(frozen=True)
class Block:
    """Where the numbers of one chart stand: labels in the first column, a series in each other."""

    sheet: Worksheet
    head: int
    rows: int

    @property
    def labels(self) -> Reference:
        return Reference(self.sheet, 1, self.head + 1, 1, self.head + self.rows)

    def series(self, number: int) -> Reference:
        """The head and the numbers of the series with this number, counted from 1."""
        return Reference(self.sheet, number + 1, self.head, number + 1, self.head + self.rows)

    def formula(self, number: int) -> str:
        """The place of a series' numbers, without its head."""
        column = number + 1
        return str(Reference(self.sheet, column, self.head + 1, column, self.head + self.rows))


class ChartData:
    """Writes the sheet, block under block."""

    def __init__(self, sheet: Worksheet) -> None:
        self.sheet = sheet
        self._row = 1
        # Nobody reads it on paper, where it would take many pages.
        sheet.sheet_state = "hidden"
        self._known: dict[str, Block] = {}
        sheet.sheet_view.showGridLines = False
        sheet.column_dimensions["A"].width = 44
        for letter in "BCDEFGHIJK":
            sheet.column_dimensions[letter].width = 15
        self._title("The numbers that the charts are drawn from", 14)
        self._title("They come from the tables on the other sheets. Empty: nothing is shown.")
        self._row += 1

    def add(
        self,
        title: str,
        heads: Sequence[str],
        rows: Sequence[tuple[str, Sequence[float | None]]],
        *,
        share: bool = False,
    ) -> Block:
        """The numbers of one chart: a label and a number, or nothing, for each head.

        A chart that stands on two sheets has its numbers once, under its title.
        """
        if title in self._known:
            return self._known[title]
        self._title(title)
        head = self._row
        for number, text in enumerate(heads, 2):
            cell = self._put(number, text, styles.font(bold=True, colour=styles.BRAND))
            cell.alignment = aligned("right", vertical="bottom")
        self.sheet.row_dimensions[head].height = styles.height_of(2)
        self._row += 1
        for label, values in rows:
            self._put(1, label, styles.font())
            for number, value in enumerate(values, 2):
                if value is not None:
                    cell = self._put(number, value, styles.font())
                    cell.number_format = "0%" if share else "General"
            self._row += 1
        self._row += 1
        self._known[title] = Block(self.sheet, head, len(rows))
        return self._known[title]

    def _title(self, text: str, size: float = styles.SIZE) -> None:
        self._put(1, text, styles.font(size, bold=True))
        self._row += 1

    def _put(self, column: int, value: str | float, font: Font) -> Cell | MergedCell:
        cell = self.sheet.cell(self._row, column)
        put(cell, value)
        cell.font = font
        return cell
