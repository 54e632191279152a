"""A heatmap as a table: the number stands in every cell, the ground follows the bands."""

from __future__ import annotations

from assessment.brand.theme import Theme
from assessment.render.html.charts.drawing import escape, hidden, keys, mark
from assessment.report import HeatChart
from assessment.report.blocks.groups import AGREED
from assessment.report.tables import Cell, NoNumber, Row
from assessment.report.wording.suppressed import why_suppressed
from scoring.disclosure.groups_and_rounding import Suppressed
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


def _row(row: Row, columns: int, theme: Theme) -> str:
    label = escape(str(row.cells[0]))
    if row.strong:
        return (
            f'<tr class="pw-heat-part"><th scope="rowgroup" colspan="{columns + 1}">'
            f"{label}</th></tr>"
        )
    cells = "".join(_cell(cell, theme) for cell in row.cells[1:])
    return f'<tr><th scope="row">{label}</th>{cells}</tr>'


def _cell(cell: Cell, theme: Theme) -> str:
    if isinstance(cell, int):
        ground, ink = theme.heat[bands.rank(bands.band_of(cell))]
        return f'<td style="background: {ground}; color: {ink}">{cell}</td>'
    if isinstance(cell, NoNumber):
        return f'<td class="pw-heat-none">{hidden(cell.text)}</td>'
    assert isinstance(cell, Suppressed)
    return f'<td class="pw-heat-hidden">{hidden(f"not shown: {why_suppressed(cell)}")}</td>'


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
