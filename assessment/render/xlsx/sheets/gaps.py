"""Where two groups see one dimension differently, the largest gaps first."""

from __future__ import annotations

from assessment.render.xlsx import charts
from assessment.render.xlsx.page import Page
from assessment.render.xlsx.source import WorkbookSource
from scoring.disclosure.groups_and_rounding import PublishedScore

#: How many of the largest gaps are drawn.
MAX_DRAWN = 6


def draw_gaps(page: Page, source: WorkbookSource) -> None:
    """The largest gaps: a mark for each group over each dimension, the ends joined."""
    results, title = source.profile.dimensions, source.profile.context.title
    names = list(dict.fromkeys(gap.dimension for gap in source.profile.gaps))[:MAX_DRAWN]
    if not names:
        return
    scores = [
        {
            g: cell.score
            for g, cell in results[name].groups.items()
            if isinstance(cell, PublishedScore)
        }
        for name in names
    ]
    groups = [group for group in source.report.groups if any(group in known for known in scores)]
    rows: list[tuple[str, list[float | None]]] = []
    ends: list[tuple[int, int]] = []
    for name, known in zip(names, scores, strict=True):
        places = [(known[group], at) for at, group in enumerate(groups) if group in known]
        (high, highest), (low, lowest) = max(places), min(places)
        values = [*map(known.get, groups), high, high - low]
        rows.append((source.library.dimensions[name].title, values))
        ends.append((highest, lowest))
    heads = [*map(title, groups), "Highest", "Points apart"]
    finding = source.report.block("gaps").finding
    chart = charts.marks(
        source.data.add("Largest gaps", heads, rows),
        finding,
        [(group, source.report.groups.index(group)) for group in groups],
        height=11.0,
        axis="Points, 0 to 100",
        bounds=(0, 100),
        step=20,
        ends=ends,
        reach=(len(groups) + 1, len(groups) + 2),
    )
    page.chart(chart, charts.marks_in_words(finding, heads[:-2], rows))
