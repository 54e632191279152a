"""Everything that would help, by domain, as a list to tick off on paper or on the screen."""

from __future__ import annotations

from assessment.render.xlsx.page import Page
from assessment.render.xlsx.source import WorkbookSource

WIDTHS = (7, 58, 60, 14, 20, 14)


def write(page: Page, source: WorkbookSource) -> None:
    """Write the sheet."""
    block = source.report.block("all_actions")
    page.top(
        block.question or "What else would help?",
        block.finding or "Nothing can be listed before somebody has answered",
        *block.how,
    )
    if block.details:
        page.table(source.report.tables["all_actions"], main=True)
