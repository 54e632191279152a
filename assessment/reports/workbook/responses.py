"""Ready responses to the concerns, each with what would show it and its source."""

from __future__ import annotations

from assessment.reports.workbook.concerns import people
from assessment.reports.workbook.page import Column, Page
from assessment.reports.workbook.told import Told
from assessment.story.words import cite, share_in_words
from scoring.rules import wording

WIDTHS = (30, 11, 26, 48, 36, 26)
COLUMNS = (
    Column("Concern"),
    Column("Some or serious"),
    Column("In a few words"),
    Column("A ready response"),
    Column("What would show it"),
    Column("Source"),
)


def write(page: Page, told: Told) -> None:
    """Write the sheet, in the order in which the concerns are held."""
    known = {response.id: response for response in told.guidance.responses}
    page.top(
        "What answers the concerns?",
        "A ready response to each concern, to say in your own words",
        "A concern is a good question, not a fault. It changes no score and closes no offer.",
    )
    rows = []
    for concern in told.profile.concerns:
        for number, name in enumerate(concern.responses):
            answer = known[name]
            rows.append(
                (
                    wording(told.library.items[concern.id]) if number == 0 else None,
                    share_in_words(concern.share_some, people(concern)) if number == 0 else None,
                    answer.title,
                    answer.response,
                    answer.evidence,
                    cite(answer.source, told.library),
                )
            )
    if rows:
        page.table(COLUMNS, rows, main=True)
