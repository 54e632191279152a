"""Dumbbell charts: groups below each other, joined by a band as wide as the gap."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from assessment.render.html.charts.drawing import figure, interval, keys, mark, points_axis
from assessment.report.chart_specifications import Dumbbell, DumbbellChart

TICKS = (0, 25, 50, 75, 100)


def dumbbells(chart: DumbbellChart) -> Markup:
    """Draw a dumbbell chart; each group has its own colour, shape and line in every row."""
    places = {group: at for at, (group, _) in enumerate(chart.groups)}
    rows = Markup().join(_row(row, places) for row in chart.rows)
    drawn = figure(chart.alt, rows + points_axis(TICKS), "pw-points pw-dumbbells")
    return drawn + keys(chart.groups)


def _row(row: Dumbbell, places: Mapping[str, int]) -> Markup:
    return Markup(
        '<div class="pw-points-row"><span class="pw-points-label">{}'
        '<span class="pw-points-note">{}</span></span>{}</div>'
    ).format(row.label, row.note, lanes(row, places))


def lanes(row: Dumbbell, places: Mapping[str, int]) -> Markup:
    """A line for each group with its mark and its interval, over the gap between them all.

    Args:
        places: the positions of the groups, by which they have their shapes.
    """
    known = sorted(row.values, key=lambda group: places[group])
    drawn = Markup().join(
        Markup(
            '<span class="pw-lane">{}<span class="pw-stands" style="--pw-x: {}%">{}</span></span>'
        ).format(
            interval(*row.intervals.get(group, (None, None))),
            row.values[group],
            mark(group, places[group]),
        )
        for group in known
    )
    return Markup(
        '<span class="pw-points-track"><span class="pw-between" '
        'style="--pw-x: {}%; --pw-to: {}%"></span>{}</span>'
    ).format(min(row.values.values()), max(row.values.values()), drawn)
