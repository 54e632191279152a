"""Dot-and-interval charts: a score as a dot, its interval as a thin bar behind it."""

from __future__ import annotations

import plotly.graph_objects as go

from assessment.charts.theme import Theme, layout, points_axis
from assessment.story import Dot, DotChart

ROW = 44
HEADING_ROW = 40


def dots(chart: DotChart, theme: Theme) -> go.Figure:
    """Draw a dot chart; each label stands above its row, so that it fits a narrow screen."""
    places = _places(chart.rows)
    height = places[-1] + 24 if places else ROW
    figure = go.Figure()
    for row, y in zip(chart.rows, places, strict=True):
        _label(figure, row, y, theme)
        if row.value is None:
            continue
        if row.low is not None and row.high is not None and row.high > row.low:
            figure.add_scatter(
                x=[row.low, row.high],
                y=[y, y],
                mode="lines",
                line={"color": theme.soft, "width": 3},
            )
        figure.add_scatter(
            x=[row.value],
            y=[y],
            mode="markers",
            marker={"color": theme.brand, "size": 13, "line": {"color": theme.card, "width": 2}},
        )
    _band_strip(figure, theme, height)
    figure.update_layout(
        **layout(
            theme,
            height=height + 28,
            xaxis=points_axis(theme, (0, 40, 60, 80, 100)),
            yaxis={"visible": False, "range": [height, 4], "fixedrange": True},
        )
    )
    return figure


def _places(rows: tuple[Dot, ...]) -> list[int]:
    """The height of each row from the top; a heading takes less room than a score."""
    places, at = [], 0
    for row in rows:
        at += HEADING_ROW if row.value is None else ROW
        places.append(at)
    return places


def _label(figure: go.Figure, row: Dot, y: int, theme: Theme) -> None:
    text = f"<b>{row.label}</b>" if row.strong else row.label
    if row.note:
        text += f" <span style='color:{theme.soft}'>({row.note})</span>"
    heading = row.value is None
    figure.add_annotation(
        x=0,
        y=y if heading else y - 19,
        text=text,
        xanchor="left",
        showarrow=False,
        font={"size": 16 if heading else 15, "color": theme.ink},
    )
    if not heading:
        figure.add_annotation(
            x=100,
            y=y - 19,
            text=f"<b>{row.value}</b>",
            xanchor="right",
            showarrow=False,
            font={"size": 15, "color": theme.ink},
        )


def _band_strip(figure: go.Figure, theme: Theme, height: int) -> None:
    """The four bands as a strip at the foot, one hue from light to dark."""
    edges = (0, 40, 60, 80, 100)
    for start, end, colour in zip(edges, edges[1:], theme.bands, strict=False):
        figure.add_shape(
            type="rect",
            x0=start + 0.3,
            x1=end - 0.3,
            y0=height - 8,
            y1=height - 2,
            fillcolor=colour,
            line={"width": 0},
        )
