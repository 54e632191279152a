"""Dumbbell charts: groups side by side, joined by a bar as long as the gap."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import plotly.graph_objects as go

from assessment.brand.theme import Theme, group_mark, layout, points_axis, row_axis, wrapped
from assessment.report.chart_specifications import DumbbellChart

ROW = 54
#: Markers nearer than so many points would hide each other: they are moved up and down by so many
#: pixels. On a phone a marker of 14 pixels is about 7 points wide.
CLOSE, NUDGE = 6, 7


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
        y=[y - 22 for y in places],
        mode="text",
        text=[row.note for row in chart.rows],
        textfont={"size": 14, "color": theme.soft},
        cliponaxis=False,
    )
    order = [group for group, _ in chart.groups]
    nudged = [_nudged(row.values, order) for row in chart.rows]
    for position, group in enumerate(order):
        colour, shape = group_mark(group, position, theme)
        known = [
            (row.values[group], y + nudge[group])
            for row, y, nudge in zip(chart.rows, places, nudged, strict=True)
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


def _nudged(values: Mapping[str, int], order: Sequence[str]) -> dict[str, int]:
    """How far each group's marker is moved off its row, so that close ones stay apart."""
    known = sorted((value, order.index(group), group) for group, value in values.items())
    moved: dict[str, int] = {}
    for value, _, group in known:
        near = [name for other, _, name in known if abs(other - value) < CLOSE and name != group]
        taken = {moved[name] for name in near if name in moved}
        free = [lane for lane in (-NUDGE, NUDGE) if lane not in taken]
        moved[group] = free[0] if near and free else 0
    return moved


def _middle(values: list[int]) -> float:
    """Where the words about a gap stand: over its middle, and never over the edge."""
    return min(max((min(values) + max(values)) / 2, 22), 76)
