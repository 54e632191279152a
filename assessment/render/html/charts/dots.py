"""Dot-and-interval charts: a score as a dot with its number, its interval as a thin bar."""

from __future__ import annotations

import plotly.graph_objects as go
from markupsafe import Markup

from assessment.brand.theme import Theme, layout, points_axis, row_axis, wrapped
from assessment.report.chart_specifications import Dot, DotChart
from scoring.rules import bands

ROW = 42
HEADING_ROW = 44
TOP = 20


def dots(chart: DotChart, theme: Theme) -> go.Figure:
    """Draw a dot chart. All intervals are one trace and all dots another, to stay light."""
    places = _places(chart.rows)
    height = places[-1] + 26 if places else ROW
    ends: list[int | None] = []
    heights: list[int | None] = []
    for row, y in zip(chart.rows, places, strict=True):
        if row.low is not None and row.high is not None and row.high > row.low:
            ends += [row.low, row.high, None]
            heights += [y, y, None]
    known = [(row, y) for row, y in zip(chart.rows, places, strict=True) if row.value is not None]
    figure = go.Figure()
    figure.add_scatter(
        x=ends, y=heights, mode="lines", line={"color": theme.soft, "width": 3}, connectgaps=False
    )
    figure.add_scatter(
        x=[row.value for row, _ in known],
        y=[y for _, y in known],
        mode="markers+text",
        text=[
            str(Markup("<b>{}</b>").format(row.value)) if row.strong else str(row.value)
            for row, _ in known
        ],
        textposition="top center",
        textfont={"size": 14, "color": theme.ink},
        marker={"color": theme.brand, "size": 13, "line": {"color": theme.card, "width": 2}},
        cliponaxis=False,
    )
    _band_strip(figure, theme)
    figure.update_layout(
        **layout(
            theme,
            height=height + 26,
            xaxis=points_axis(theme, (0, *bands.starts(), 100)),
            yaxis=row_axis(theme, places, [_label(row) for row in chart.rows], height),
        )
    )
    return figure


def _places(rows: tuple[Dot, ...]) -> list[int]:
    """The height of each row from the top; a heading takes a row of its own."""
    places, at = [], TOP - 10
    for row in rows:
        at += HEADING_ROW if row.value is None else ROW
        places.append(at)
    return places


def _label(row: Dot) -> Markup:
    text = wrapped(row.label)
    return Markup("<b>{}</b>").format(text) if row.strong else text


def _band_strip(figure: go.Figure, theme: Theme) -> None:
    """The four bands as a strip at the top, one hue from light to dark."""
    edges = (0, *bands.starts(), 100)
    for start, end, colour in zip(edges, edges[1:], theme.bands, strict=False):
        figure.add_shape(
            type="rect",
            x0=start + 0.3,
            x1=end - 0.3,
            y0=4,
            y1=10,
            fillcolor=colour,
            line={"width": 0},
        )
