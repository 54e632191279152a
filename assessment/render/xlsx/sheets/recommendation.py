"""The recommendation: where every offer stands, at what risk, and what it waits for."""

from __future__ import annotations

from assessment.render.xlsx.page import Page
from assessment.render.xlsx.source import WorkbookSource


def write_certainty(page: Page, source: WorkbookSource) -> None:
    """Whether the start would be the same had others answered."""
    if certainty := source.report.start.certainty:
        page.line(certainty)


def explain_start(page: Page, source: WorkbookSource) -> None:
    """Why the start, in the words of the first screen; its first steps, and what stands beside."""
    start = source.report.start
    page.heading(f"Why {start.title}")
    for point in start.reasons:
        page.point(point)
    if start.first_steps:
        page.heading(start.steps_title)
    for number, doing in enumerate(start.first_steps, 1):
        page.line(f"{number}.  {'  ·  '.join(filter(None, (doing.what, doing.who, doing.when)))}")
    training = f"Training: {start.training}" if start.training else ""
    for sentence in filter(None, (training, start.review)):
        page.line(sentence)
    for entry in start.alternatives:
        page.heading(entry.title, *entry.texts)
        for point in entry.points:
            page.line(f"–  {point.text}")
