"""A heatmap as a table: the number stands in every cell, the ground follows the bands."""

from __future__ import annotations

from markupsafe import Markup

from assessment.render.html.charts.drawing import hidden, keys, mark, swatch
from assessment.report.blocks.groups import AGREED
from assessment.report.chart_specifications import HeatChart
from assessment.report.tables import Cell, NoNumber, Row
from assessment.report.wording.suppressed import why_suppressed
from scoring.disclosure.groups_and_rounding import Suppressed
from scoring.rules import bands


def heat(chart: HeatChart) -> Markup:
    """Draw a heatmap; on a narrow screen the columns are headed by the groups' marks."""
    head = Markup().join(
        Markup('<th scope="col">{}<span class="pw-wide">{}</span></th>').format(
            _mark(name, at), title
        )
        for at, (name, title) in enumerate(chart.columns)
    )
    rows = Markup().join(_row(row, len(chart.columns)) for row in chart.rows)
    keyed = [(name, title) for name, title in chart.columns if name != AGREED]
    return Markup(
        '<div class="pw-heat-frame"><table class="pw-heat">'
        '<caption class="pw-visually-hidden">{}</caption>'
        '<thead><tr><th scope="col">{}</th>{}</tr></thead>'
        '<tbody>{}</tbody></table></div><div class="pw-narrow">{}</div>{}'
    ).format(
        chart.title,
        hidden("Dimension"),
        head,
        rows,
        keys(keyed),
        _steps(agreed=len(keyed) < len(chart.columns)),
    )


def _mark(name: str, position: int) -> Markup:
    """The mark of a group; agreed answers are nobody's."""
    if name == AGREED:
        return Markup('<span class="pw-narrow" aria-hidden="true">✓</span>')
    return mark(name, position)


def _row(row: Row, columns: int) -> Markup:
    label = row.cells[0]
    if row.strong:
        return Markup(
            '<tr class="pw-heat-part"><th scope="rowgroup" colspan="{}">{}</th></tr>'
        ).format(columns + 1, label)
    cells = Markup().join(_cell(cell) for cell in row.cells[1:])
    return Markup('<tr><th scope="row">{}</th>{}</tr>').format(label, cells)


def _cell(cell: Cell) -> Markup:
    if isinstance(cell, int):
        step = bands.rank(bands.band_of(cell))
        return Markup('<td class="pw-tone-heat-{}">{}</td>').format(step, cell)
    if isinstance(cell, NoNumber):
        return Markup('<td class="pw-heat-none">{}</td>').format(hidden(cell.text))
    assert isinstance(cell, Suppressed)
    return Markup('<td class="pw-heat-hidden">{}</td>').format(
        hidden(f"not shown: {why_suppressed(cell)}")
    )


def _steps(*, agreed: bool) -> Markup:
    """What the grounds stand for, and on a narrow screen the mark of what was agreed."""
    starts = bands.starts()
    edges = (f"under {starts[0]}", *(f"from {start}" for start in starts))
    return Markup('<ul class="pw-legend">{}{}{}{}</ul>').format(
        Markup().join(
            swatch(words, f"pw-swatch pw-tone-heat-{step}") for step, words in enumerate(edges)
        ),
        Markup('<li class="pw-narrow">✓ agreed by the working group</li>') if agreed else "",
        swatch("not shown: too few answers", "pw-swatch pw-heat-hidden"),
        swatch("not asked, or not agreed"),
    )
