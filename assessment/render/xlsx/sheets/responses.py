"""Ready responses to the concerns, each with what would show it and its source."""

from __future__ import annotations

from assessment.render.xlsx.page import Page
from assessment.render.xlsx.source import WorkbookSource

WIDTHS = (30, 11, 26, 48, 36, 26)


def write(page: Page, source: WorkbookSource) -> None:
    """Write the sheet, in the order in which the concerns are held."""
    page.top(
        "What answers the concerns?",
        "A ready response to each concern, to say in your own words",
        "A concern is a good question, not a fault. It changes no score and closes no offer.",
    )
    table = source.report.tables["responses"]
    if table.rows:
        page.table(table, main=True)
