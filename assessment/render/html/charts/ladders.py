"""Participation ladders, drawn: steps from the lowest up, each group at its place."""

from __future__ import annotations

from assessment.brand.theme import Theme, group_mark
from assessment.render.html.charts.drawing import escape, keys, mark
from assessment.report import LadderArea, LadderChart, LadderPlace


def ladders(chart: LadderChart, theme: Theme) -> str:
    """Draw one ladder an area; a mark is now, the line above it leads to what is wanted."""
    places = {group: at for at, (group, _) in enumerate(chart.groups)}
    drawn = "".join(_ladder(area, chart.rungs, places, theme) for area in chart.areas)
    return f'{keys(chart.groups, theme)}{_legend()}<div class="pw-ladders">{drawn}</div>'


def _legend() -> str:
    return (
        '<ul class="pw-legend"><li><span class="pw-key"><span class="pw-swatch pw-swatch-evidenced" '
        'aria-hidden="true"></span>steps that practices in place show</span></li>'
        '<li><span class="pw-key"><span class="pw-swatch-line" aria-hidden="true"></span>'
        "from now up to what is wanted</span></li></ul>"
    )


def _ladder(area: LadderArea, rungs: tuple[str, ...], places: dict[str, int], theme: Theme) -> str:
    reached = area.evidenced or 0
    steps = "".join(
        f'<span class="pw-rung{" pw-rung-evidenced" if at <= reached else ""}" '
        f'style="--pw-at: {at}"><span>{at} {escape(title)}</span></span>'
        for at, title in enumerate(rungs, 1)
    )
    known = [place for place in area.places if place.now is not None]
    marks = "".join(
        _place(place, column, len(known), places.get(place.group, 0), theme)
        for column, place in enumerate(known)
    )
    notes = ""
    if area.caution:
        notes += (
            '<p class="pw-ladder-note pw-careful"><span aria-hidden="true">! </span>'
            f"{escape(area.caution)}</p>"
        )
    if area.note:
        notes += f'<p class="pw-ladder-note">{escape(area.note)}</p>'
    return (
        f'<div class="pw-ladder"><h3 class="pw-step">{escape(area.title)}</h3>'
        f'<div class="pw-rails" role="img" aria-label="{escape(area.sentence)}" '
        f'style="--pw-steps: {len(rungs)}">{steps}{marks}</div>{notes}</div>'
    )


def _place(place: LadderPlace, column: int, columns: int, position: int, theme: Theme) -> str:
    """A group's mark at its step; a line leads up or down to where it wants to be."""
    assert place.now is not None
    colour, _ = group_mark(place.group, position, theme)
    across = f"--pw-x: {(column + 0.5) / columns:.3f}"
    line = ""
    if place.wanted is not None and place.wanted != place.now:
        low, high = sorted((place.now, place.wanted))
        up = " pw-down" if place.wanted < place.now else ""
        line = (
            f'<span class="pw-climb{up}" style="--pw-at: {low:g}; --pw-to: {high:g}; {across}; '
            f'--pw-shape-colour: {colour}"></span>'
        )
    return (
        f'{line}<span class="pw-stand" style="--pw-at: {place.now:g}; {across}">'
        f"{mark(place.group, position, theme)}</span>"
    )
