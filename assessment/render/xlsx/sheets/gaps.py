"""Where two groups see one dimension differently, the largest gaps first."""

from __future__ import annotations

from assessment.render.xlsx import charts
from assessment.render.xlsx.page import Page
from assessment.render.xlsx.source import WorkbookSource
from scoring.disclosure.groups_and_rounding import PublishedScore

WIDTHS = (32, 30, 30, 15, 9, 9, 30)
#: How many of the largest gaps are drawn.
MAX_DRAWN = 6


def write(page: Page, source: WorkbookSource) -> None:
    """Write the sheet."""
    block = source.report.block("gaps")
    page.top(
        block.question or "Where do we see it differently?",
        block.finding or "There are not two groups to compare",
        source.hidden_note,
        *block.how,
    )
    if block.table is None:
        return
    page.table(block.table, main=True)
    draw(page, source)


def draw(page: Page, source: WorkbookSource) -> None:
    """The largest gaps: a mark for each group over each dimension, the ends joined."""
    names = list(dict.fromkeys(gap.dimension for gap in source.profile.gaps))[:MAX_DRAWN]
    if not names:
        return
    cells = {name: source.profile.dimensions[name].groups for name in names}
    groups = [
        group
        for group in source.groups
        if any(isinstance(cells[name].get(group), PublishedScore) for name in names)
    ]
    rows: list[tuple[str, list[float | None]]] = []
    outer: dict[int, tuple[int, int]] = {}
    for at, name in enumerate(names):
        values: list[float | None] = []
        for group in groups:
            cell = cells[name].get(group)
            values.append(cell.score if isinstance(cell, PublishedScore) else None)
        known = [(value, number) for number, value in enumerate(values) if value is not None]
        outer[at] = (max(known)[1], min(known)[1])
        rows.append(
            (
                source.library.dimensions[name].title,
                [*values, max(known)[0], max(known)[0] - min(known)[0]],
            )
        )
    heads = [*map(source.profile.context.title, groups), "Highest", "Points apart"]
    block = source.data.add("Largest gaps", heads, rows)
    finding = source.report.block("gaps").finding
    chart = charts.marks(
        block,
        finding,
        [(group, source.position(group)) for group in groups],
        height=11.0,
        axis="Points, 0 to 100",
        bounds=(0, 100),
        step=20,
        ends=outer,
        reach=(len(groups) + 1, len(groups) + 2),
    )
    text = " ".join(
        f"{label}: "
        + ", ".join(
            f"{source.profile.context.title(group)} {value}"
            for group, value in zip(groups, values, strict=False)
            if value is not None
        )
        + "."
        for label, values in rows
    )
    page.chart(chart, f"Marks for each group. {finding}. {text}")
