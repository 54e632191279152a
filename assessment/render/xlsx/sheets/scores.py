"""The profile: domains with their dimensions, intervals, answers and agreement."""

from __future__ import annotations

from assessment.render.xlsx import charts
from assessment.render.xlsx.page import Page
from assessment.render.xlsx.source import WorkbookSource
from scoring.measures.totals import members_of

WIDTHS = (34, 9, 8, 8, 15, 10, 12, 16, 13, 42)
#: Centimetres of a chart for its title and axis, for each row, and of what a page holds.
FRAME, EACH, TALLEST = 3.4, 0.8, 16.4


def write(page: Page, source: WorkbookSource) -> None:
    """Write the sheet."""
    domains, dimensions = source.report.block("domains"), source.report.block("dimensions")
    page.top(
        domains.question or "What do the answers say?",
        domains.finding or "Nothing can be shown yet",
        domains.note,
        "Bold rows are domains; each is the mean of the dimensions below it.",
    )
    page.table(source.report.tables["scores"], main=True)
    for sentence in (*domains.how, *dimensions.how):
        page.line(sentence)
    domain_chart(page, source)
    _dimension_chart(page, source)


def domain_chart(page: Page, source: WorkbookSource) -> None:
    """Domain scores with their intervals; the lowest that counts stands out."""
    library, block = source.library, source.report.block("domains")
    found = [
        (domain, result)
        for domain in library.domains.values()
        if (result := source.profile.domains.get(domain.id)) and result.score is not None
    ]
    if not found:
        return
    counting = [(d, r) for d, r in found if d.counts] or found
    lowest = min(counting, key=lambda pair: pair[1].score or 0)
    rows = [(domain.title, *_reach(result.score, result.interval)) for domain, result in found]
    chart = charts.bars(
        _data(source, "Domains", rows),
        block.finding,
        height=_height(rows),
        axis="Points, 0 to 100. The thin line is the interval.",
        intervals=(2, 3),
        strong=found.index(lowest),
    )
    page.chart(chart, f"Bar chart. {block.finding}. {_text(rows)}")


def _dimension_chart(page: Page, source: WorkbookSource) -> None:
    """Dimension scores, domain by domain."""
    block = source.report.block("dimensions")
    results = [
        result
        for domain in source.library.domains.values()
        for result in members_of(domain, source.profile.dimensions, source.library)
        if result.score is not None
    ]
    if not results:
        return
    counted = [r for r in results if source.library.dimensions[r.id].domain != "participation"]
    lowest = min(counted or results, key=lambda r: r.score or 0)
    rows = [(source.library.dimensions[r.id].title, *_reach(r.score, r.interval)) for r in results]
    chart = charts.bars(
        _data(source, "Dimensions", rows),
        block.finding,
        height=_height(rows),
        axis="Points, 0 to 100. The thin line is the interval; what was agreed has none.",
        intervals=(2, 3),
        strong=results.index(lowest),
    )
    page.chart(chart, f"Bar chart. {block.finding}. {_text(rows)}")


Reach = tuple[str, int | None, int | None, int | None]


def _reach(
    score: int | None, interval: tuple[int, int] | None
) -> tuple[int | None, int | None, int | None]:
    """A score and how far its interval reaches down and up from it."""
    if score is None or interval is None:
        return score, None, None
    return score, score - interval[0], interval[1] - score


def _height(rows: list[Reach]) -> float:
    return min(TALLEST, FRAME + EACH * len(rows))


def _data(source: WorkbookSource, title: str, rows: list[Reach]):
    """The numbers of a chart; its labels say the scores, since intervals lie on the bars' ends."""
    return source.data.add(
        title,
        ("Score", "Down to lower end", "Up to upper end"),
        [(f"{label}: {score}", (score, *reach)) for label, score, *reach in rows],
    )


def _text(rows: list[Reach]) -> str:
    return "; ".join(f"{label} {score}" for label, score, _, _ in rows) + "."
