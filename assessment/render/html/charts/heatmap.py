"""A heatmap as a table: the number stands in every cell, the ground follows the bands."""

from __future__ import annotations

from assessment.brand.theme import Theme
from assessment.render.html.charts.drawing import escape, hidden, keys, mark
from assessment.report import HeatCell, HeatChart, HeatRow
from assessment.report.blocks.groups import AGREED, NOT_AGREED, NOT_ASKED
from scoring.rules import bands


def heat(chart: HeatChart, theme: Theme) -> str:
    """Draw a heatmap; on a narrow screen the columns are headed by the groups' marks."""
    head = "".join(
        f'<th scope="col">{_mark(name, at, theme)}<span class="pw-wide">{escape(title)}</span></th>'
        for at, (name, title) in enumerate(chart.columns)
    )
    rows = "".join(_row(row, len(chart.columns), theme) for row in chart.rows)
    keyed = [entry for entry in chart.columns if _has_mark(entry[0])]
    legend = f'<div class="pw-narrow">{keys(keyed, theme)}</div>'
    agreed = len(keyed) < len(chart.columns)
    return (
        f'<div class="pw-heat-frame"><table class="pw-heat">'
        f'<caption class="pw-unseen">{escape(chart.alt.split(". ")[0])}</caption>'
        f'<thead><tr><th scope="col">{hidden("Dimension")}</th>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>{legend}{_steps(theme, agreed=agreed)}"
    )


def _has_mark(name: str) -> bool:
    """Whether a column is a group; the one of agreed answers is not."""
    return name != AGREED


def _mark(name: str, position: int, theme: Theme) -> str:
    if _has_mark(name):
        return mark(name, position, theme)
    return '<span class="pw-narrow" aria-hidden="true">✓</span>'


def _row(row: HeatRow, columns: int, theme: Theme) -> str:
    if not row.cells:
        return (
            f'<tr class="pw-heat-part"><th scope="rowgroup" colspan="{columns + 1}">'
            f"{escape(row.label)}</th></tr>"
        )
    cells = "".join(_cell(cell, theme) for cell in row.cells)
    return f'<tr><th scope="row">{escape(row.label)}</th>{cells}</tr>'


def _cell(cell: HeatCell, theme: Theme) -> str:
    if cell.value is not None:
        ground, ink = theme.heat[bands.rank(bands.band_of(cell.value))]
        return f'<td style="background: {ground}; color: {ink}">{cell.value}</td>'
    if cell.reason in (NOT_ASKED, NOT_AGREED):
        return f'<td class="pw-heat-none">{hidden(cell.reason)}</td>'
    return f'<td class="pw-heat-hidden">{hidden(f"not shown: {cell.reason}")}</td>'


def _steps(theme: Theme, *, agreed: bool) -> str:
    """What the grounds stand for, and on a narrow screen the mark of what was agreed."""
    starts = bands.starts()
    edges = (f"under {starts[0]}", *(f"from {start}" for start in starts))
    items = "".join(
        f'<li><span class="pw-key"><span class="pw-swatch" aria-hidden="true" '
        f'style="background: {ground}"></span>{words}</span></li>'
        for words, (ground, _) in zip(edges, theme.heat, strict=True)
    )
    if agreed:
        items += '<li class="pw-narrow">✓ agreed by the working group</li>'
    return (
        f'<ul class="pw-legend">{items}<li><span class="pw-key"><span class="pw-swatch '
        'pw-heat-hidden" aria-hidden="true"></span>not shown: too few answers</span></li>'
        '<li><span class="pw-key"><span class="pw-swatch" aria-hidden="true"></span>not asked, '
        "or not agreed</span></li></ul>"
    )
