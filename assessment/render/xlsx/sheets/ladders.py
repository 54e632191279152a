"""The participation ladder: now, wanted, and what the practices in place would show."""

from __future__ import annotations

from typing import Literal

from assessment.render.xlsx import charts, styles
from assessment.render.xlsx.page import Page
from assessment.render.xlsx.source import WorkbookSource
from assessment.report.blocks.ladders import area_titles
from assessment.report.terms import cite
from questionnaires.phrases import lower

WIDTHS = (44, 12, 12, 16, 66)


def write(page: Page, source: WorkbookSource) -> None:
    """Write the sheet."""
    profile, block = source.profile, source.report.block("ladder")
    ladder = source.guidance.ladder(source.library.ladder)
    page.top(
        block.question or "How much say do people have?",
        block.finding or "Nobody has said yet how much say people have",
        source.hidden_note,
        f"Steps from 1 to {len(ladder.rungs)}; a group's step is the mean of its people's answers, "
        "to the nearest half. The steps stand below.",
    )
    titles = area_titles(profile, source.guidance)
    page.table(source.report.tables["ladder"], main=True)
    for sentence in block.how[:-1] if block.how else ():
        page.line(sentence)
    reference = cite(ladder.source, source.library)
    page.heading(f"The steps: {lower(ladder.title)}", f"Source: {reference}.")
    for number, rung in enumerate(ladder.rungs, 1):
        page.line(f"{number}.  {rung.title}: {rung.about}")
    _chart(page, source, titles, "now", block.finding)
    _chart(page, source, titles, "wanted", _longest_climb(source, titles))


def _longest_climb(source: WorkbookSource, titles: dict[str, str]) -> str:
    """Where a group wants to be, furthest above where it sees the organisation now."""
    climbs = [
        (wanted - now, area.id, group)
        for area in source.profile.ladder.values()
        for group, wanted in area.wanted.items()
        if isinstance(wanted, float) and isinstance(now := area.now.get(group), float)
    ]
    far, area, group = max(climbs, default=(0.0, "", ""), key=lambda climb: climb[0])
    if far <= 0:
        return "No group wants people to have more say than now"
    steps = "step" if far == 1 else "steps"
    return (
        f"Wanted: {source.profile.context.within(group)} want to climb furthest, by {far:g} "
        f"{steps}, in {lower(titles[area])}"
    )


def _chart(
    page: Page,
    source: WorkbookSource,
    titles: dict[str, str],
    which: Literal["now", "wanted"],
    finding: str,
) -> None:
    """A mark for each group over each area; a bar across for what practices show."""
    groups = [group.id for group in source.profile.partition.groups]
    rows: list[tuple[str, list[float | None]]] = []
    for area in source.profile.ladder.values():
        cells = area.now if which == "now" else area.wanted
        values: list[float | None] = []
        for group in groups:
            cell = cells.get(group)
            values.append(cell if isinstance(cell, float) else None)
        if any(value is not None for value in values):
            rows.append((titles[area.id], [*values, area.evidenced]))
    columns = [
        number
        for number in range(len(groups))
        if any(values[number] is not None for _, values in rows)
    ]
    if not rows:
        return
    evidenced = [groups[number] for number in columns]
    rows = [(label, [*(v[number] for number in columns), v[-1]]) for label, v in rows]
    names = [source.profile.context.title(group) for group in evidenced]
    block = source.data.add(
        "Ladder: " + ("now" if which == "now" else "wanted"), [*names, "Shown by practices"], rows
    )
    top = len(source.guidance.ladder(source.library.ladder).rungs)
    chart = charts.marks(
        block,
        finding,
        [(group, source.position(group)) for group in evidenced],
        height=7.6,
        axis=f"Step, 1 to {top}",
        bounds=(0, top),
        step=1,
        across=(styles.INK, len(evidenced) + 1),
    )
    text = " ".join(
        f"{label}: "
        + ", ".join(
            f"{name} {value:g}"
            for name, value in zip([*names, "shown by practices"], values, strict=True)
            if value is not None
        )
        + "."
        for label, values in rows
    )
    page.chart(chart, f"Marks for each group. {finding}. {text}")
