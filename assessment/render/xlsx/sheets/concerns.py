"""Concerns, the most widely held first: how many hold each, and how strongly."""

from __future__ import annotations

from assessment.render.xlsx import charts
from assessment.render.xlsx.page import Page
from assessment.render.xlsx.source import WorkbookSource
from assessment.report.blocks.concerns import both_in_words, matter, people
from questionnaires.phrases import lower

WIDTHS = (64, 18, 18, 14)
#: Centimetres of a chart for its title and axis, and for each row.
FRAME, EACH, TALLEST = 3.6, 1.0, 16.4


def write(page: Page, source: WorkbookSource) -> None:
    """Write the sheet."""
    block = source.report.block("concerns")
    page.top(
        block.question or "What worries people, and what answers it?",
        block.finding or "No concern can be shown",
        source.hidden_note,
        "Shares of those who answered, to the nearest tenth and therefore in words. A serious "
        "concern is also counted under some or serious. Concerns differ by group.",
    )
    if block.table is None:
        return
    page.table(block.table, main=True)
    _chart(page, source)


def _chart(page: Page, source: WorkbookSource) -> None:
    finding = source.report.block("concerns").finding
    rows = [
        (matter(c.id, source.profile, source.guidance), (c.share_some, c.share_serious))
        for c in source.profile.concerns
    ]
    spoken = [
        (label, *both_in_words(*shares, people(concern)))
        for (label, shares), concern in zip(rows, source.profile.concerns, strict=True)
    ]
    block = source.data.add("Concerns", ("Some or serious", "Serious"), rows, share=True)
    chart = charts.within(
        block,
        finding,
        height=min(TALLEST, FRAME + EACH * len(rows)),
        axis="Share of all who were asked",
        top=1.0,
        number_format="0%",
    )
    text = "; ".join(
        f"{lower(label)}: {some}, a serious concern for {serious}"
        for label, some, serious in spoken
    )
    page.chart(chart, f"Bar chart. {finding}. Of all who were asked: {text}.")
