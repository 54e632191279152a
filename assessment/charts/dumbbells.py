"""Dumbbell charts: groups side by side, joined by a bar as long as the gap."""

from __future__ import annotations

import plotly.graph_objects as go

from assessment.charts.theme import Theme, group_mark, layout, points_axis
from assessment.story import DumbbellChart

ROW = 58


def dumbbells(chart: DumbbellChart, theme: Theme) -> go.Figure:
    """Draw a dumbbell chart; each group has its own colour and shape."""
    figure = go.Figure()
    for number, row in enumerate(chart.rows):
        y = (number + 1) * ROW
        figure.add_annotation(
            x=0,
            y=y - 23,
            text=row.label,
            xanchor="left",
            showarrow=False,
            font={"size": 15, "color": theme.ink},
        )
        figure.add_annotation(
            x=100,
            y=y - 23,
            text=row.note,
            xanchor="right",
            showarrow=False,
            font={"size": 14, "color": theme.soft},
        )
        ends = sorted(row.values.values())
        figure.add_scatter(
            x=[ends[0], ends[-1]], y=[y, y], mode="lines", line={"color": theme.line, "width": 5}
        )
    for position, (group, _) in enumerate(chart.groups):
        colour, shape = group_mark(group, position, theme)
        known = [
            (row.values[group], (n + 1) * ROW)
            for n, row in enumerate(chart.rows)
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
        )
    figure.update_layout(
        **layout(
            theme,
            height=len(chart.rows) * ROW + 60,
            xaxis=points_axis(theme, (0, 25, 50, 75, 100)),
            yaxis={
                "visible": False,
                "range": [len(chart.rows) * ROW + 22, 14],
                "fixedrange": True,
            },
        )
    )
    return figure
