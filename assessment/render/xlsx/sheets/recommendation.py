"""The recommendation: where every offer stands, at what risk, and what it waits for."""

from __future__ import annotations

from assessment.render.xlsx.page import Page
from assessment.render.xlsx.source import WorkbookSource

WIDTHS = (17, 28, 24, 18, 9, 9, 56, 28)


def write(page: Page, source: WorkbookSource) -> None:
    """Write the sheet."""
    start = source.report.start
    page.top(
        start.question,
        source.report.headline,
        start.description,
        " ".join((start.risk_sentence, f"Rests on: {start.sources}. {start.reason}")).strip(),
    )
    if start.certainty:
        page.line(start.certainty)
    page.table(source.report.tables["offers"], main=True)
    _reasons(page, source)
    _first_steps(page, source)


def _reasons(page: Page, source: WorkbookSource) -> None:
    """Why the start, in the words of the first screen."""
    page.heading(f"Why {source.report.start.title}")
    marks = {"good": "✓", "careful": "!", "": "–"}
    for point in source.report.start.reasons:
        reference = f" [{point.sources}]" if point.sources else ""
        page.line(f"{marks[point.mark]}  {point.text}{reference}")


def _first_steps(page: Page, source: WorkbookSource) -> None:
    """The start's own first steps, and what stands beside it."""
    start = source.report.start
    if start.first_steps:
        page.heading(start.steps_title)
    for number, doing in enumerate(start.first_steps, 1):
        page.line(f"{number}.  {'  ·  '.join(filter(None, (doing.what, doing.who, doing.when)))}")
    for said in (f"Training: {start.training}" if start.training else "", start.review):
        if said:
            page.line(said)
    for entry in start.alternatives:
        page.heading(entry.title, *entry.texts)
        for point in entry.points:
            page.line(f"–  {point.text}")
