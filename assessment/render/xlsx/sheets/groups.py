"""Groups side by side: every dimension by every group, shaded as a heatmap."""

from __future__ import annotations

from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from assessment.render.xlsx import styles
from assessment.render.xlsx.page import Page
from assessment.render.xlsx.source import WorkbookSource
from assessment.report.terms import band_starts
from scoring.rules import bands

FIRST, EACH, FEWEST = 34, 18, 5


def widths(source: WorkbookSource) -> tuple[float, ...]:
    """The columns' widths: one for each group, and perhaps one for what was agreed."""
    groups = len(source.report.tables["groups"].columns) - 1
    return (FIRST, *(EACH for _ in range(max(FEWEST, groups))))


def write(page: Page, source: WorkbookSource) -> None:
    """Write the sheet."""
    block = source.report.block("groups")
    page.top(
        block.question or "How does each group see it?",
        block.finding or "No group can be shown",
        source.hidden_note,
        f"Scores from 0 to 100. Darker is higher: the shade changes at {band_starts()}.",
    )
    table = source.report.tables["groups"]
    first, last = page.table(table, main=True)
    if table.rows:
        area = f"B{first}:{get_column_letter(len(table.columns))}{last}"
        _shade(page, area, f"B{first}")
    for sentence in block.how:
        page.line(sentence)


def _shade(page: Page, area: str, cell: str) -> None:
    """The heatmap: one hue, darker by band, so that changed numbers change their shade.

    Args:
        cell: the first of the area; an empty one would else count as nought.
    """
    limits = (0, *bands.starts(), 101)
    for at, (ground, ink) in enumerate(styles.HEAT):
        page.sheet.conditional_formatting.add(
            area,
            FormulaRule(
                formula=[f"AND(ISNUMBER({cell}),{cell}>={limits[at]},{cell}<{limits[at + 1]})"],
                fill=styles.fill(ground),
                font=Font(color=ink),
            ),
        )
