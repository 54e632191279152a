"""Dumbbell charts: groups side by side, joined by a bar as long as the gap."""

from __future__ import annotations

import plotly.graph_objects as go

from assessment.charts.theme import Theme, group_mark, layout, points_axis, row_axis, wrapped
from assessment.story import DumbbellChart

ROW = 54


def dumbbells(chart: DumbbellChart, theme: Theme) -> go.Figure:
    """Draw a dumbbell chart; each group has its own colour and shape."""
    places = [(number + 1) * ROW - 16 for number in range(len(chart.rows))]
    height = len(chart.rows) * ROW + 8
    across: list[int | None] = []
    heights: list[int | None] = []
    for row, y in zip(chart.rows, places, strict=True):
        across += [min(row.values.values()), max(row.values.values()), None]
        heights += [y, y, None]
    figure = go.Figure()
    figure.add_scatter(
        x=across, y=heights, mode="lines", line={"color": theme.line, "width": 5}, connectgaps=False
    )
    figure.add_scatter(
        x=[_middle(list(row.values.values())) for row in chart.rows],
        y=[y - 19 for y in places],
        mode="text",
        text=[row.note for row in chart.rows],
        textfont={"size": 14, "color": theme.soft},
        cliponaxis=False,
    )
    for position, (group, _) in enumerate(chart.groups):
        colour, shape = group_mark(group, position, theme)
        known = [
            (row.values[group], y)
            for row, y in zip(chart.rows, places, strict=True)
            if group in row.values
        ]
        figure.add_scatter(
            x=[x for x, _ in known],
            y=[y for _, y in known],
            mode="markers",
            marker={
                "color": colour,
                "symbol": shape,
                "size": 14,
                "line": {"color": theme.card, "width": 1},
            },
            cliponaxis=False,
        )
    figure.update_layout(
        **layout(
            theme,
            height=height + 28,
            xaxis=points_axis(theme, (0, 25, 50, 75, 100)),
            yaxis=row_axis(theme, places, [wrapped(row.label) for row in chart.rows], height),
        )
    )
    return figure


def _middle(values: list[int]) -> float:
    """Where the words about a gap stand: over its middle, and never over the edge."""
    return min(max((min(values) + max(values)) / 2, 22), 76)
