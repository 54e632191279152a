"""The participation ladder: now, wanted, and what the practices in place would show."""

from __future__ import annotations

from collections.abc import Callable

from assessment.exchange.xlsx import styles
from assessment.render.xlsx import charts
from assessment.render.xlsx.page import Page
from assessment.render.xlsx.source import WorkbookSource, charts_of
from assessment.report.chart_specifications import LadderChart, LadderPlace
from assessment.report.terms import cite
from questionnaires.phrases import lower


def explain_steps(page: Page, source: WorkbookSource) -> None:
    """How places were worked out, and what each step means."""
    ladder = source.guidance.ladder(source.library.ladder)
    for sentence in source.report.block("ladder").how[:-1]:
        page.line(sentence)
    reference = cite(ladder.source, source.library)
    page.heading(f"The steps: {lower(ladder.title)}", f"Source: {reference}.")
    for number, rung in enumerate(ladder.rungs, 1):
        page.line(f"{number}.  {rung.title}: {rung.description}")


def draw_ladders(page: Page, source: WorkbookSource) -> None:
    """Where each group sees the organisation now, and where it wants it."""
    block = source.report.block("ladder")
    for chart in charts_of(block, LadderChart):
        _draw(page, source, chart, "now", lambda place: place.now, block.finding)
        climb = _longest_climb(source, chart)
        _draw(page, source, chart, "wanted", lambda place: place.wanted, climb)


def _longest_climb(source: WorkbookSource, chart: LadderChart) -> str:
    """Where a group wants to be, furthest above where it sees the organisation now."""
    climbs = [
        (place.wanted - place.now, area.title, place.group)
        for area in chart.areas
        for place in area.places
        if place.wanted is not None and place.now is not None
    ]
    far, area, group = max(climbs, default=(0.0, "", ""), key=lambda climb: climb[0])
    if far <= 0:
        return "No group wants people to have more say than now"
    steps = "step" if far == 1 else "steps"
    return (
        f"Wanted: {source.profile.context.within(group)} want to climb furthest, by {far:g} "
        f"{steps}, in {lower(area)}"
    )


def _draw(
    page: Page,
    source: WorkbookSource,
    chart: LadderChart,
    which: str,
    step: Callable[[LadderPlace], float | None],
    finding: str,
) -> None:
    """A mark for each group over each area; a bar across for what practices show."""
    areas = [
        (area, known)
        for area in chart.areas
        if (known := {place.group: at for place in area.places if (at := step(place)) is not None})
    ]
    if not areas:
        return
    groups = [pair for pair in chart.groups if any(pair[0] in known for _, known in areas)]
    rows = [
        (area.title, [*(known.get(group) for group, _ in groups), area.evidenced])
        for area, known in areas
    ]
    heads = [*(title for _, title in groups), "Shown by practices"]
    top = len(chart.rungs)
    drawn = charts.marks(
        source.data.add(f"Ladder: {which}", heads, rows),
        finding,
        [(group, source.report.groups.index(group)) for group, _ in groups],
        height=7.6,
        axis=f"Step, 1 to {top}",
        bounds=(0, top),
        step=1,
        across=(styles.INK, len(heads)),
    )
    page.chart(drawn, charts.marks_in_words(finding, [*heads[:-1], lower(heads[-1])], rows))
