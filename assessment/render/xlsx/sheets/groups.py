"""Groups side by side: every dimension by every group, shaded as a heatmap."""

from __future__ import annotations

from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from assessment.exchange.xlsx import styles
from assessment.render.xlsx.page import Page
from assessment.render.xlsx.source import WorkbookSource
from scoring.rules import bands


def shade_groups(page: Page, source: WorkbookSource) -> None:
    """The heatmap: one hue, darker by band, so that changed numbers change their shade."""
    table = source.report.tables["groups"]
    if not table.rows:
        return
    # An empty cell would else count as nought.
    first, limits = f"B{page.row - len(table.rows)}", (0, *bands.starts(), 101)
    area = f"{first}:{get_column_letter(len(table.columns))}{page.row - 1}"
    for at, (ground, ink) in enumerate(styles.HEAT):
        page.sheet.conditional_formatting.add(
            area,
            FormulaRule(
                formula=[f"AND(ISNUMBER({first}),{first}>={limits[at]},{first}<{limits[at + 1]})"],
                fill=styles.fill(ground),
                font=Font(color=ink),
            ),
        )
