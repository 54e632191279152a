"""Actions for what is weak or blocks, with room for the organisation's own names and dates."""

from __future__ import annotations

from assessment.render.xlsx.page import Page
from assessment.render.xlsx.source import WorkbookSource

WIDTHS = (6, 24, 24, 48, 26, 12, 16, 12, 36, 22)


def write(page: Page, source: WorkbookSource) -> None:
    """Write the sheet."""
    block = source.report.block("actions")
    page.top(
        block.question or "What do we do next, and who?",
        block.finding or "Nothing is weak enough to need an action now",
        *block.how,
        "The two empty columns are yours to fill in.",
    )
    page.table(source.report.tables["actions"], main=True)
