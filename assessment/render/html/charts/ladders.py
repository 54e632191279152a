"""Participation ladders, drawn: steps from the lowest up, each group at its place."""

from __future__ import annotations

from markupsafe import Markup

from assessment.brand.theme import group_colour
from assessment.render.html.charts.drawing import keys, mark, swatch
from assessment.report.chart_specifications import LadderArea, LadderChart, LadderPlace


def ladders(chart: LadderChart) -> Markup:
    """Draw one ladder an area; a mark is now, the line above it leads to what is wanted."""
    places = {group: at for at, (group, _) in enumerate(chart.groups)}
    drawn = Markup().join(_ladder(area, chart.rungs, places) for area in chart.areas)
    return Markup('{}<ul class="pw-legend">{}{}</ul><div class="pw-ladders">{}</div>').format(
        keys(chart.groups),
        swatch("steps that practices in place show", "pw-swatch pw-swatch-evidenced"),
        swatch("from now up to what is wanted", "pw-swatch-line"),
        drawn,
    )


def _ladder(area: LadderArea, rungs: tuple[str, ...], places: dict[str, int]) -> Markup:
    reached = area.evidenced or 0
    steps = Markup().join(
        Markup('<span class="{}" style="--pw-at: {}"><span>{} {}</span></span>').format(
            "pw-rung pw-rung-evidenced" if at <= reached else "pw-rung", at, at, title
        )
        for at, title in enumerate(rungs, 1)
    )
    known = [place for place in area.places if place.now is not None]
    marks = Markup().join(
        _place(place, column, len(known), places.get(place.group, 0))
        for column, place in enumerate(known)
    )
    notes = Markup()
    if area.caution:
        notes += Markup(
            '<p class="pw-ladder-note pw-careful"><span aria-hidden="true">! </span>{}</p>'
        ).format(area.caution)
    if area.note:
        notes += Markup('<p class="pw-ladder-note">{}</p>').format(area.note)
    return Markup(
        '<div class="pw-ladder"><h3 class="pw-step">{}</h3>'
        '<div class="pw-rails" role="img" aria-label="{}" style="--pw-steps: {}">{}{}</div>{}</div>'
    ).format(area.title, area.sentence, len(rungs), steps, marks, notes)


def _place(place: LadderPlace, column: int, columns: int, position: int) -> Markup:
    """A group's mark at its step; a line leads up or down to where it wants to be."""
    assert place.now is not None
    across = f"--pw-x: {(column + 0.5) / columns:.3f}"
    line = Markup()
    if place.wanted is not None and place.wanted != place.now:
        low, high = sorted((place.now, place.wanted))
        line = Markup(
            '<span class="{}" style="--pw-at: {:g}; --pw-to: {:g}; {}; '
            '--pw-shape-colour: {}"></span>'
        ).format(
            "pw-climb pw-down" if place.wanted < place.now else "pw-climb",
            low,
            high,
            across,
            group_colour(place.group),
        )
    return line + Markup('<span class="pw-stand" style="--pw-at: {:g}; {}">{}</span>').format(
        place.now, across, mark(place.group, position)
    )
