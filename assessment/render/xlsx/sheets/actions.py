"""Actions for what is weak or blocks, with room for the organisation's own names and dates."""

from __future__ import annotations

from assessment.render.xlsx.page import Column, Page, Row
from assessment.render.xlsx.source import WorkbookSource
from assessment.report.terms import EFFORTS, cite

WIDTHS = (6, 24, 24, 48, 26, 12, 16, 12, 36, 22)
COLUMNS = (
    Column("No.", "count"),
    Column("What"),
    Column("Why now"),
    Column("How"),
    Column("Who, as advised"),
    Column("It takes"),
    Column("Who, here"),
    Column("By when"),
    Column("To read or use"),
    Column("Source"),
)


def write(page: Page, source: WorkbookSource) -> None:
    """Write the sheet."""
    block = source.report.block("actions")
    page.top(
        block.question or "What do we do next, and who?",
        block.finding or "Nothing is weak enough to need an action now",
        *block.how,
        "The two empty columns are yours to fill in.",
    )
    known = {action.title: action for action in source.guidance.actions.values()}
    rows = []
    for number, detail in enumerate(block.details, 1):
        action = known.get(detail.title)
        if action is None:
            # A first step before there are figures: the report's own, not one of the guidance.
            who = detail.chips[0].removeprefix("Who: ")
            how = "\n".join(detail.texts[1:])
            rows.append(Row((number, detail.title, detail.texts[0], how, who, *[""] * 5)))
            continue
        rows.append(
            Row(
                (
                    number,
                    action.title,
                    detail.texts[0],
                    f"{action.how}\n{action.reason}",
                    "\n".join(filter(None, (action.who, action.who_else))),
                    EFFORTS[action.effort],
                    "",
                    "",
                    "\n".join(point.text for point in detail.points),
                    cite(action.source, source.library),
                )
            )
        )
    page.table(COLUMNS, rows, main=True)
