"""Concerns as bars: how many of each group hold one, the serious part darker."""

from __future__ import annotations

from assessment.brand.theme import Theme
from assessment.render.html.charts.drawing import escape, figure, mark
from assessment.report import ShareCell, ShareChart, ShareRow
from assessment.report.blocks.concerns import holders_in_words
from assessment.report.terms import share_in_words


def shares(rows: tuple[ShareRow, ...], chart: ShareChart, theme: Theme) -> str:
    """Draw some rows of a chart of shares, group by group."""
    groups = list(dict.fromkeys(cell.group for row in chart.rows for cell in row.groups))
    return "".join(_row(row, groups, theme) for row in rows)


def legend() -> str:
    """What the two parts of a bar stand for."""
    return (
        '<ul class="pw-legend"><li><span class="pw-key"><span class="pw-swatch pw-concern-serious" '
        'aria-hidden="true"></span>a serious concern</span></li><li><span class="pw-key"><span '
        'class="pw-swatch pw-concern-some" aria-hidden="true"></span>some concern</span></li></ul>'
    )


def _row(row: ShareRow, groups: list[str], theme: Theme) -> str:
    lines = "".join(_line(cell, groups.index(cell.group), theme) for cell in row.groups)
    alt = f"{row.label}: " + "; ".join(_text(cell) for cell in row.groups)
    return (
        f'<div class="pw-concern"><p class="pw-concern-label">{escape(row.label)}</p>'
        f"{figure(alt, lines, 'pw-concern-bars')}</div>"
    )


def _text(cell: ShareCell) -> str:
    return f"{cell.title}: {holders_in_words(cell)}"


def _line(cell: ShareCell, position: int, theme: Theme) -> str:
    shape = mark(cell.group, position, theme)
    who = f'<span class="pw-concern-who">{shape}{escape(cell.title)}</span>'
    if cell.some is None:
        return (
            f'<div class="pw-concern-line">{who}'
            f'<span class="pw-spread-none">not shown: {escape(cell.reason)}</span></div>'
        )
    serious = cell.serious or 0.0
    return (
        f'<div class="pw-concern-line">{who}<span class="pw-concern-track">'
        f'<span class="pw-concern-serious" style="width: {serious:.0%}"></span>'
        f'<span class="pw-concern-some" style="width: {max(cell.some - serious, 0):.0%}"></span>'
        f'</span><span class="pw-concern-share">{share_in_words(cell.some, cell.n)}</span></div>'
    )
