"""What the working group decided: who it is, what it did not agree on, what shows its answers."""

from __future__ import annotations

from assessment.render.xlsx.page import Page
from assessment.render.xlsx.source import WorkbookSource

WIDTHS = (64, 34, 62)
SIGNS = {"good": "✓", "careful": "!", "": "–"}


def write(page: Page, source: WorkbookSource) -> None:
    """Write the sheet."""
    block = source.report.block("agreed")
    page.top(
        block.question or "What did the working group decide?",
        block.finding or "Nothing is noted beside its answers",
        *block.how,
    )
    for point in block.points:
        page.line(f"{SIGNS[point.mark]}  {point.text}")
    if block.table is not None:
        page.gap()
        page.table(block.table, main=True)
