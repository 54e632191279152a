"""Concerns as bars: how many of each group hold one, the serious part darker."""

from __future__ import annotations

from markupsafe import Markup

from assessment.render.html.charts.drawing import figure, mark, suppressed, swatch
from assessment.report.blocks.concerns import holders_in_words
from assessment.report.chart_specifications import ShareCell, ShareChart, ShareRow
from assessment.report.terms import share_in_words


def shares(rows: tuple[ShareRow, ...], chart: ShareChart) -> Markup:
    """Draw some rows of a chart of shares, group by group."""
    groups = list(dict.fromkeys(cell.group for row in chart.rows for cell in row.groups))
    return Markup().join(_row(row, groups) for row in rows)


def legend() -> Markup:
    """What the two parts of a bar stand for."""
    return Markup('<ul class="pw-legend">{}{}</ul>').format(
        swatch("a serious concern", "pw-swatch pw-concern-serious"),
        swatch("some concern", "pw-swatch pw-concern-some"),
    )


def _row(row: ShareRow, groups: list[str]) -> Markup:
    lines = Markup().join(_line(cell, groups.index(cell.group)) for cell in row.groups)
    alt = f"{row.label}: " + "; ".join(
        f"{cell.title}: {holders_in_words(cell)}" for cell in row.groups
    )
    return Markup('<div class="pw-concern"><p class="pw-concern-label">{}</p>{}</div>').format(
        row.label, figure(alt, lines, "pw-concern-bars")
    )


def _line(cell: ShareCell, position: int) -> Markup:
    who = Markup('<span class="pw-concern-who">{}{}</span>').format(
        mark(cell.group, position), cell.title
    )
    if cell.some is None:
        bar = suppressed(cell.reason)
    else:
        serious = cell.serious or 0.0
        bar = Markup(
            '<span class="pw-concern-track">'
            '<span class="pw-concern-serious" style="width: {:.0%}"></span>'
            '<span class="pw-concern-some" style="width: {:.0%}"></span>'
            '</span><span class="pw-concern-share">{}</span>'
        ).format(serious, max(cell.some - serious, 0), share_in_words(cell.some, cell.n))
    return Markup('<div class="pw-concern-line">{}{}</div>').format(who, bar)
