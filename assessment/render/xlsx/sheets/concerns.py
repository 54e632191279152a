"""Concerns, the most widely held first: how many hold each, and how strongly."""

from __future__ import annotations

from assessment.render.xlsx import charts
from assessment.render.xlsx.page import Column, Page, Row
from assessment.render.xlsx.source import WorkbookSource
from assessment.report.blocks.concerns import matter
from assessment.report.terms import share_in_words
from questionnaires.phrases import lower
from scoring.disclosure.groups_and_rounding import Suppressed
from scoring.measures.concerns import ConcernResult, Shares

WIDTHS = (64, 18, 18, 14)
COLUMNS = (
    Column("Concern, and who holds it"),
    Column("Some or serious"),
    Column("Serious"),
    Column("Answers", "count"),
)
#: Centimetres of a chart for its title and axis, and for each row.
FRAME, EACH, TALLEST = 3.6, 1.0, 16.4


def write(page: Page, source: WorkbookSource) -> None:
    """Write the sheet."""
    concerns, block = source.profile.concerns, source.report.block("concerns")
    page.top(
        block.question or "What worries people, and what answers it?",
        block.finding or "No concern can be shown",
        source.hidden_note,
        "Shares of those who answered, to the nearest tenth and therefore in words. A serious "
        "concern is also counted under some or serious. Concerns differ by group.",
    )
    if not concerns:
        return
    rows: list[Row] = []
    for concern in concerns:
        text = matter(concern.id, source.profile, source.guidance)
        overall = in_words(concern.share_some, concern.share_serious, people(concern))
        rows.append(Row((text, *overall, ""), strong=True))
        for group in source.groups:
            title = source.profile.context.title(group)
            match concern.groups.get(group):
                case Shares() as shares:
                    cells = (title, *in_words(shares.some, shares.serious, shares.n), shares.n)
                    rows.append(Row(cells, indent=1))
                case Suppressed() as suppressed:
                    rows.append(Row((title, suppressed, None, None), indent=1))
    page.table(COLUMNS, rows, main=True)
    _chart(page, source)


def in_words(some: float, serious: float, n: int) -> tuple[str, str]:
    return share_in_words(some, n), share_in_words(serious, n)


def people(concern: ConcernResult) -> int:
    """How many said something to a concern, of the groups that are shown."""
    return sum(shares.n for shares in concern.groups.values() if isinstance(shares, Shares))


def _chart(page: Page, source: WorkbookSource) -> None:
    finding = source.report.block("concerns").finding
    rows = [
        (matter(c.id, source.profile, source.guidance), (c.share_some, c.share_serious))
        for c in source.profile.concerns
    ]
    spoken = [
        (label, *in_words(*shares, people(concern)))
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
