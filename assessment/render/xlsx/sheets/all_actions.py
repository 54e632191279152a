"""Everything that would help, by domain, as a list to tick off on paper or on the screen."""

from __future__ import annotations

from assessment.render.xlsx.page import Column, Page, Row
from assessment.render.xlsx.source import WorkbookSource
from assessment.report.blocks.actions import listed_by_domain
from assessment.report.terms import EFFORTS

WIDTHS = (7, 58, 60, 14, 20, 14)
COLUMNS = (
    Column("Done"),
    Column("What"),
    Column("Who, as advised"),
    Column("It takes"),
    Column("Who, here"),
    Column("By when"),
)


def write(page: Page, source: WorkbookSource) -> None:
    """Write the sheet."""
    block = source.report.block("all_actions")
    page.top(
        block.question or "What else would help?",
        block.finding or "Nothing can be listed before somebody has answered",
        *block.how,
    )
    rows: list[Row] = []
    for part in listed_by_domain(source.profile, source.guidance):
        rows.append(Row(("", part.domain, "", "", "", ""), strong=True))
        for action in part.actions:
            who = "\n".join(filter(None, (action.who, action.who_else)))
            rows.append(Row(("☐", action.title, who, EFFORTS[action.effort], "", "")))
    if rows:
        page.table(COLUMNS, rows, main=True)
