"""A heatmap as a table: the number stands in every cell, the ground follows the bands."""

from __future__ import annotations

from markupsafe import Markup

from assessment.brand.theme import Theme
from assessment.render.html.charts.drawing import hidden, keys, mark, swatch
from assessment.report import HeatCell, HeatChart, HeatRow
from assessment.report.blocks.groups import AGREED, NOT_AGREED, NOT_ASKED
from scoring.rules import bands


def heat(chart: HeatChart, theme: Theme) -> Markup:
    """Draw a heatmap; on a narrow screen the columns are headed by the groups' marks."""
    head = Markup().join(
        Markup('<th scope="col">{}<span class="pw-wide">{}</span></th>').format(
            _mark(name, at, theme), title
        )
        for at, (name, title) in enumerate(chart.columns)
    )
    rows = Markup().join(_row(row, len(chart.columns), theme) for row in chart.rows)
    keyed = [entry for entry in chart.columns if _has_mark(entry[0])]
    return Markup(
        '<div class="pw-heat-frame"><table class="pw-heat">'
        '<caption class="pw-visually-hidden">{}</caption>'
        '<thead><tr><th scope="col">{}</th>{}</tr></thead>'
        '<tbody>{}</tbody></table></div><div class="pw-narrow">{}</div>{}'
    ).format(
        chart.alt.split(". ")[0],
        hidden("Dimension"),
        head,
        rows,
        keys(keyed, theme),
        _steps(theme, agreed=len(keyed) < len(chart.columns)),
    )


def _has_mark(name: str) -> bool:
    """Whether a column is a group; the one of agreed answers is not."""
    return name != AGREED


def _mark(name: str, position: int, theme: Theme) -> Markup:
    if _has_mark(name):
        return mark(name, position, theme)
    return Markup('<span class="pw-narrow" aria-hidden="true">✓</span>')


def _row(row: HeatRow, columns: int, theme: Theme) -> Markup:
    if not row.cells:
        return Markup(
            '<tr class="pw-heat-part"><th scope="rowgroup" colspan="{}">{}</th></tr>'
        ).format(columns + 1, row.label)
    cells = Markup().join(_cell(cell, theme) for cell in row.cells)
    return Markup('<tr><th scope="row">{}</th>{}</tr>').format(row.label, cells)


def _cell(cell: HeatCell, theme: Theme) -> Markup:
    if cell.value is not None:
        ground, ink = theme.heat[bands.rank(bands.band_of(cell.value))]
        return Markup('<td style="background: {}; color: {}">{}</td>').format(
            ground, ink, cell.value
        )
    if cell.reason in (NOT_ASKED, NOT_AGREED):
        return Markup('<td class="pw-heat-none">{}</td>').format(hidden(cell.reason))
    return Markup('<td class="pw-heat-hidden">{}</td>').format(hidden(f"not shown: {cell.reason}"))


def _steps(theme: Theme, *, agreed: bool) -> Markup:
    """What the grounds stand for, and on a narrow screen the mark of what was agreed."""
    edges = ("under 40", "from 40", "from 60", "from 80")
    return Markup('<ul class="pw-legend">{}{}{}{}</ul>').format(
        Markup().join(
            swatch(words, ground=ground)
            for words, (ground, _) in zip(edges, theme.heat, strict=True)
        ),
        Markup('<li class="pw-narrow">✓ agreed by the working group</li>') if agreed else "",
        swatch("not shown: too few answers", "pw-swatch pw-heat-hidden"),
        swatch("not asked, or not agreed"),
    )
