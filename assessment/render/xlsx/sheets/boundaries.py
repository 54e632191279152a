"""The boundary map: what each group would have as the rule, and what is all right for people."""

from __future__ import annotations

from assessment.render.xlsx import charts
from assessment.render.xlsx.page import Page
from assessment.render.xlsx.source import WorkbookSource
from assessment.report.chart_specifications import StackedChart

WIDTHS = (54, 18, 20, 17, 17, 17, 12)
FRAME, EACH, TALLEST = 4.2, 0.72, 16.4


def write(page: Page, source: WorkbookSource) -> None:
    """Write the sheet."""
    block = source.report.block("boundaries")
    page.top(
        block.question or "Where do we draw the line?",
        block.finding or "No boundary can be shown",
        source.hidden_note,
        *block.how,
        block.note,
    )
    if block.table is None:
        return
    page.table(block.table, main=True)
    for chart in block.charts:
        if isinstance(chart, StackedChart):
            _chart(page, source, chart, block.finding)


def _chart(page: Page, source: WorkbookSource, chart: StackedChart, finding: str) -> None:
    """The situations in which groups lie furthest apart."""
    bars = [(row.label, bar) for row in chart.rows for bar in row.bars if bar.shares]
    if not bars:
        return
    classes = bars[0][1].classes
    rows: list[tuple[str, list[float | None]]] = []
    before = ""
    for situation, bar in bars:
        if situation != before:
            rows.append((situation, [None for _ in classes]))
            before = situation
        rows.append((bar.title, list(bar.parts)))
    page.chart(
        charts.stacked(
            source.data.add("Boundaries", classes, rows, share=True),
            finding,
            charts.answer_colours(len(classes), bars[0][1].middle),
            height=min(TALLEST, FRAME + EACH * len(rows)),
            axis="Of those who answered, as our rule; rounded, and drawn as a whole",
        ),
        chart.alt,
    )
