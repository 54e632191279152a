"""The profile: domains with their dimensions, intervals, answers and agreement."""

from __future__ import annotations

from collections.abc import Iterator

from assessment.render.xlsx import charts
from assessment.render.xlsx.page import Column, Page, Row
from assessment.render.xlsx.source import WorkbookSource, ends
from assessment.report.wording.bands import BAND_TITLES
from assessment.report.wording.items import title_of
from questionnaires.phrases import lower
from scoring.measures.totals import DimensionResult, DomainResult

WIDTHS = (34, 9, 8, 8, 15, 10, 12, 16, 13, 42)
COLUMNS = (
    Column("Domain and dimension"),
    Column("Score", "points"),
    Column("From", "points"),
    Column("To", "points"),
    Column("Band"),
    Column("Answers", "count"),
    Column("Don't know", "share"),
    Column("Agreement"),
    Column("Rests on"),
    Column("Note"),
)
VIEWS = {"shared": "shared view", "mixed": "mixed", "divided": "divided"}
BASES = {"agreed": "agreed", "claimed": "claimed", "groups": "answers"}
#: Centimetres of a chart for its title and axis, for each row, and of what a page holds.
FRAME, EACH, TALLEST = 3.4, 0.8, 16.4


def write(page: Page, source: WorkbookSource) -> None:
    """Write the sheet."""
    domains, dimensions = source.block("domains"), source.block("dimensions")
    page.top(
        domains.question or "What do the answers say?",
        domains.finding or "Nothing can be shown yet",
        domains.note,
        "Bold rows are domains; each is the mean of the dimensions below it.",
    )
    page.table(COLUMNS, list(_rows(source)), main=True)
    for sentence in (*domains.how, *dimensions.how):
        page.line(sentence)
    domain_chart(page, source)
    _dimension_chart(page, source)


def members(source: WorkbookSource, domain: str) -> list[DimensionResult]:
    """The dimensions of a domain, in the order of the questionnaires."""
    return [
        source.profile.dimensions[d.id]
        for d in source.library.dimensions.values()
        if d.domain == domain and d.id in source.profile.dimensions
    ]


def _rows(source: WorkbookSource) -> Iterator[Row]:
    for domain in source.library.domains.values():
        found = source.profile.domains.get(domain.id)
        inside = members(source, domain.id)
        if found is None or (found.score is None and not inside):
            continue
        yield Row(
            (
                domain.title,
                found.score,
                *ends(found.interval),
                BAND_TITLES[found.band] if found.band else "no score",
                *(None, None, None, None),
                _capped(found, source),
            ),
            strong=True,
        )
        for result in inside:
            view = result.agreement.view if result.agreement else ""
            yield Row(
                (
                    source.library.dimensions[result.id].title,
                    result.score,
                    *ends(result.interval),
                    None if result.score is not None else "no score",
                    result.n if result.score is not None else None,
                    result.dont_know,
                    VIEWS.get(view),
                    BASES[result.basis] if result.score is not None else None,
                    _published(result),
                ),
                indent=1,
            )


def _capped(domain: DomainResult, source: WorkbookSource) -> str:
    if domain.capped_by:
        return f"Held down by {lower(title_of(domain.capped_by, source.library))}"
    if domain.limited_by_lived_experience:
        return "Held down by what people with lived experience say"
    return ""


def _published(result: DimensionResult) -> str:
    if result.with_evidence is None:
        return ""
    with_note, agreed = result.with_evidence
    return f"{with_note} of {agreed} answers have a note that shows it"


def domain_chart(page: Page, source: WorkbookSource) -> None:
    """Domain scores with their intervals; the lowest that counts stands out."""
    library, block = source.library, source.block("domains")
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
    block = source.block("dimensions")
    results = [
        result
        for domain in source.library.domains.values()
        for result in members(source, domain.id)
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
