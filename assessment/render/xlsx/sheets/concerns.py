"""Concerns, the most widely held first: how many hold each, and how strongly."""

from __future__ import annotations

from assessment.exchange.xlsx import styles
from assessment.render.xlsx import charts
from assessment.render.xlsx.page import Page
from assessment.render.xlsx.source import WorkbookSource, charts_of
from assessment.report.chart_specifications import ShareChart
from questionnaires.phrases import lower


def draw_concerns(page: Page, source: WorkbookSource) -> None:
    """Over all who were asked, the serious part within the whole."""
    block, table = source.report.block("concerns"), source.report.tables["concerns"]
    rows = [
        (row.label, (row.some, row.serious))
        for chart in charts_of(block, ShareChart)
        for row in chart.rows
    ]
    chart = charts.shares(
        source.data.add("Concerns", ("Some or serious", "Serious"), rows, share=True),
        block.finding,
        (styles.BANDS[1], styles.BANDS[3]),
        "within",
        height=charts.height_for(len(rows), frame=3.6, each=1.0),
        axis="Share of all who were asked",
    )
    text = "; ".join(
        f"{lower(str(label))}: {some}, a serious concern for {serious}"
        for label, some, serious, _ in (row.cells for row in table.rows if row.strong)
    )
    page.chart(chart, f"Bar chart. {block.finding}. Of all who were asked: {text}.")
