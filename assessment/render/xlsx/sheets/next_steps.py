"""What comes next: the shortest list of changes that unlocks each further offer."""

from __future__ import annotations

from assessment.render.xlsx.page import Page
from assessment.render.xlsx.source import WorkbookSource

WIDTHS = (36, 18, 11, 64, 12, 18, 44)


def write(page: Page, source: WorkbookSource) -> None:
    """Write the sheet."""
    page.top(
        "What comes next?",
        source.report.next_sentence,
        "For each offer that is not possible yet and could be: the fewest changes after which it "
        "is. The nearest comes first. Each list was tried out by evaluating again.",
    )
    table = source.report.tables["next"]
    if table.rows:
        page.table(table, main=True)
