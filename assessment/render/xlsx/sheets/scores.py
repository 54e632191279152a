"""The profile: domains with their dimensions, intervals, answers and agreement."""

from __future__ import annotations

from collections.abc import Sequence

from assessment.render.xlsx import charts
from assessment.render.xlsx.page import Page
from assessment.render.xlsx.source import WorkbookSource, charts_of
from assessment.report.chart_specifications import Dot, DotChart


def draw_domains(page: Page, source: WorkbookSource) -> None:
    """Domain scores with their intervals; the lowest that counts stands out."""
    dots = _dots(source, "domains")
    lowest = [dot for dot in dots if dot.strong]
    _draw(page, source, "domains", dots, lowest, "The thin line is the interval.")


def draw_dimensions(page: Page, source: WorkbookSource) -> None:
    """Dimension scores, domain by domain; the lowest that counts stands out."""
    dots = _dots(source, "dimensions")
    dimensions = source.library.dimensions.values()
    uncounted = {d.title for d in dimensions if d.domain == "participation"}
    counting = [dot for dot in dots if dot.label not in uncounted] or dots
    note = "The thin line is the interval; what was agreed has none."
    _draw(page, source, "dimensions", dots, counting, note)


def _dots(source: WorkbookSource, name: str) -> list[Dot]:
    charts = charts_of(source.report.block(name), DotChart)
    return [dot for chart in charts for dot in chart.rows if dot.value is not None]


def _draw(
    page: Page,
    source: WorkbookSource,
    name: str,
    dots: list[Dot],
    counting: Sequence[Dot],
    note: str,
) -> None:
    """Bars with intervals; their labels say the scores, since intervals lie on the bars' ends.

    Args:
        counting: those of which the lowest stands out.
    """
    if not dots:
        return
    rows = [(f"{dot.label}: {dot.value}", (dot.value, *_reach(dot))) for dot in dots]
    heads = ("Score", "Down to lower end", "Up to upper end")
    finding = source.report.block(name).finding
    chart = charts.bars(
        source.data.add(name.capitalize(), heads, rows),
        finding,
        height=charts.height_for(len(rows), frame=3.4, each=0.8),
        axis=f"Points, 0 to 100. {note}",
        intervals=(2, 3),
        strong=dots.index(min(counting, key=lambda dot: dot.value or 0)),
    )
    text = "; ".join(f"{dot.label} {dot.value}" for dot in dots)
    page.chart(chart, f"Bar chart. {finding}. {text}.")


def _reach(dot: Dot) -> tuple[int | None, int | None]:
    """How far its interval reaches down and up from a score."""
    if dot.value is None or dot.low is None or dot.high is None:
        return None, None
    return dot.value - dot.low, dot.high - dot.value
