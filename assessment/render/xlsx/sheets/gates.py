"""Gates: what must be in place before peer work, met or not, why, and who says so."""

from __future__ import annotations

from assessment.render.xlsx.page import Page
from assessment.render.xlsx.source import WorkbookSource

WIDTHS = (14, 28, 26, 46, 32, 26)


def write(page: Page, source: WorkbookSource) -> None:
    """Write the sheet."""
    block = source.report.block("gates")
    page.top(
        block.question,
        block.finding,
        "Nothing makes up for a gate that is not in place: each is asked for by itself. Not in "
        "place is no blame; it is what to do first.",
        block.note,
    )
    page.table(source.report.tables["gates"], main=True)
