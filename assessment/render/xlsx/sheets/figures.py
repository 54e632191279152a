"""For the careful: every group's figures, and how far answers agree and hang together."""

from __future__ import annotations

from assessment.render.xlsx.page import Page
from assessment.render.xlsx.source import WorkbookSource

GROUP_WIDTHS = (34, 34, 10, 10, 10, 12, 12, 14)
WIDTHS = (34, 14, 10, 10, 10, 10, 10, 12, 42)


def write_groups(page: Page, source: WorkbookSource) -> None:
    """Write the sheet with every group's figures."""
    page.top(
        "What are the figures behind each group's score?",
        "Each group's figures, dimension by dimension",
        source.hidden_note,
        "Spread is the standard deviation of the people's scores, points. It stays empty where so "
        "few answered that it could tell what each of them said.",
    )
    page.table(source.report.tables["figures"], main=True)


def write(page: Page, source: WorkbookSource) -> None:
    """Write the sheet with agreement and reliability."""
    block = source.report.block("annex")
    page.top(
        "For the careful",
        block.finding or "How far answers agree, and how well questions hang together",
        "By person: the mean weighted by people instead of by groups. AD: how far answers lie from "
        "their mean, in steps of the scale. r*wg: 1 is full agreement, 0 what chance would give. "
        "Alpha: how well the questions of a dimension hang together, with Feldt's interval, from "
        "20 complete answers on.",
    )
    page.table(source.report.tables["statistics"], main=True)
    for sentence in block.how:
        page.line(sentence)
