"""The boundary map: what each group would have as the rule, and what is all right for people."""

from __future__ import annotations

from collections.abc import Iterator

from assessment.render.xlsx import charts
from assessment.render.xlsx.page import Column, Page, Row
from assessment.render.xlsx.sheets.distributions import padded
from assessment.render.xlsx.source import WorkbookSource
from assessment.report import StackedChart
from assessment.report.terms import share_in_words
from assessment.report.wording.items import wording
from scoring.disclosure.groups_and_rounding import Suppressed

WIDTHS = (54, 18, 20, 17, 17, 17, 12)
COLUMNS = (
    Column("Situation"),
    Column("Asked"),
    Column("Group"),
    Column("First answer"),
    Column("Between"),
    Column("Last answer"),
    Column("Answers", "count"),
)
#: The most options that a boundary has.
MAX_OPTIONS = 3
ASPECTS = {"rule": "as our rule", "mine": "for oneself"}
FRAME, EACH, TALLEST = 4.2, 0.72, 16.4


def write(page: Page, source: WorkbookSource) -> None:
    """Write the sheet."""
    block = source.block("boundaries")
    page.top(
        block.question or "Where do we draw the line?",
        block.finding or "No boundary can be shown",
        source.hidden_note,
        *block.how,
        block.note,
    )
    if not source.profile.boundaries:
        return
    page.table(COLUMNS, list(_rows(source)), main=True)
    for chart in block.charts:
        if isinstance(chart, StackedChart):
            _chart(page, source, chart, block.finding)


def _rows(source: WorkbookSource) -> Iterator[Row]:
    """Every situation as the rule and for oneself; a row of its own says what may be answered."""
    before: tuple[str, ...] = ()
    for result in source.profile.boundaries:
        item = source.library.items[result.item]
        options = source.library.options(item)
        labels = tuple(option.label for option in options)
        if labels != before:
            before = labels
            title = "Rules to confirm" if len(labels) < MAX_OPTIONS else "What may be, and what not"
            yield Row((title, "", "", *padded(labels, MAX_OPTIONS), ""), strong=True)
        text = wording(item)
        for group, found in result.groups.items():
            start = (
                text,
                ASPECTS.get(result.aspect, "to confirm"),
                source.profile.context.title(group),
            )
            if isinstance(found, Suppressed):
                yield Row((*start, found, *(None for _ in range(MAX_OPTIONS))))
            else:
                shares = [
                    share_in_words(found.shares.get(option.code, 0.0), found.n)
                    for option in options
                ]
                yield Row((*start, *padded(shares, MAX_OPTIONS), found.n))
            text = ""


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
