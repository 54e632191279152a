"""Ready responses to the concerns, each with what would show it and its source."""

from __future__ import annotations

from assessment.render.xlsx.page import Column, Page
from assessment.render.xlsx.sheets.concerns import people
from assessment.render.xlsx.source import WorkbookSource
from assessment.report.blocks.concerns import cautions, matter
from assessment.report.terms import cite
from questionnaires.phrases import share_in_words
from scoring.rules.model import ConcernResponse

WIDTHS = (30, 11, 26, 48, 36, 26)
COLUMNS = (
    Column("Concern"),
    Column("Some or serious"),
    Column("In a few words"),
    Column("A ready response"),
    Column("What would show it"),
    Column("Source"),
)


def write(page: Page, source: WorkbookSource) -> None:
    """Write the sheet, in the order in which the concerns are held."""
    known = {response.id: response for response in source.guidance.responses}
    page.top(
        "What answers the concerns?",
        "A ready response to each concern, to say in your own words",
        "A concern is a good question, not a fault. It changes no score and closes no offer.",
    )
    rows = []
    for concern in source.profile.concerns:
        for number, name in enumerate(concern.responses):
            answer = known[name]
            rows.append(
                (
                    matter(concern.id, source.profile, source.guidance) if number == 0 else None,
                    share_in_words(concern.share_some, people(concern)) if number == 0 else None,
                    answer.title,
                    _text(answer, source),
                    answer.evidence,
                    cite(answer.source, source.library),
                )
            )
    if rows:
        page.table(COLUMNS, rows, main=True)


def _text(answer: ConcernResponse, source: WorkbookSource) -> str:
    """A response; where it is not true here yet, that is said before it."""
    careful = [f"{point.text}." for point in cautions(answer, source.profile)]
    text = f"To be said once it is true: {answer.response}" if careful else answer.response
    return "\n".join((*careful, text))
