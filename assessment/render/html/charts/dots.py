"""Dot-and-interval charts: a score as a dot with its number, its interval as a thin bar."""

from __future__ import annotations

from itertools import pairwise

from markupsafe import Markup

from assessment.render.html.charts.drawing import figure, interval, points_axis
from assessment.report.chart_specifications import Dot, DotChart
from scoring.rules import bands


def dots(chart: DotChart) -> Markup:
    """Draw a dot chart; a row without a value is a heading."""
    rows = Markup().join(map(_row, chart.rows))
    axis = points_axis((0, *bands.starts(), 100))
    return figure(chart.alt, _bands() + rows + axis, "pw-points pw-dots")


def _row(row: Dot) -> Markup:
    strong = " pw-points-strong" if row.strong else ""
    label = Markup('<span class="pw-points-label">{}</span>').format(row.label)
    if row.value is None:
        track = Markup('<span class="pw-points-track"></span>')
        return Markup('<div class="pw-points-row pw-points-part{}">{}{}</div>').format(
            strong, label, track
        )
    return Markup(
        '<div class="pw-points-row{}">{}<span class="pw-points-track">{}'
        '<span class="pw-dot" style="--pw-x: {}%"></span></span>'
        '<span class="pw-points-value">{}</span></div>'
    ).format(strong, label, interval(row.low, row.high), row.value, row.value)


def _bands() -> Markup:
    """The four bands as a strip at the top, one hue from light to dark."""
    steps = Markup().join(
        Markup('<span class="pw-band-{}" style="--pw-x: {}%; --pw-to: {}%"></span>').format(
            step, start, end
        )
        for step, (start, end) in enumerate(pairwise((0, *bands.starts(), 100)))
    )
    return Markup(
        '<div class="pw-points-row pw-bands"><span class="pw-points-track">{}</span></div>'
    ).format(steps)
