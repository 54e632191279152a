"""The report as plain text, for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from assessment.report.basics import STATE_WORDS, BasicState
from assessment.report.blocks.concerns import holders_in_words
from assessment.report.chart_specifications import (
    Chart,
    DotChart,
    DumbbellChart,
    LadderChart,
    PathChart,
    ShareChart,
)
from assessment.report.model import (
    Block,
    Detail,
    Point,
    Quotation,
    Report,
    Start,
    paragraphs,
)

WIDTH = 88
MARKS = {"good": "+", "careful": "!", "": "-"}
#: A sign for each state of a gate.
SIGNS: dict[BasicState, str] = {"met": "+", "unmet": "-", "unanswered": "?"}
#: Blocks that would be long in a terminal are left to the screen and the JSON.
LEFT_OUT = ("kinds", "groups", "boundaries", "annex", "all_actions")
#: Rows of a table that are told; the rest is counted.
MAX_ROWS = 8
#: Concerns that are told.
MAX_CONCERNS = 5


def report_text(report: Report) -> str:
    """The whole summary."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    yield from _wrap(f"{report.organisation}. {report.meta}.")
    yield ""
    yield from _wrap(" ".join(report.headline))
    yield from _wrap(f"{report.band_title}{report.after_band}.")
    yield from _start(report.start)
    yield from _heading("What comes next?", f"{report.next_sentence}.")
    for step in report.next:
        yield from _wrap(f"{step.title} ({', '.join(step.chips)})")
        yield from _points(step.fixes)
    for block in report.blocks:
        if block.id not in LEFT_OUT:
            yield from _block(block)


def _start(start: Start) -> Iterator[str]:
    """What may start: why, how sure, at what risk, its own first steps, and what stands beside."""
    yield from _heading(start.question, start.title)
    yield from _wrap(start.description)
    yield from _wrap(" | ".join(start.chips))
    yield from _points(start.reasons)
    yield from _wrap(start.certainty)
    if start.risk_sentence:
        yield from _wrap(start.risk_sentence)
        yield from _points(start.risk)
    if start.first_steps:
        yield from _wrap(f"{start.steps_title}:")
    for number, doing in enumerate(start.first_steps, 1):
        who = "; ".join(part for part in (doing.who, doing.when) if part)
        text = f"{doing.what} ({who})" if who else doing.what
        yield from _wrap(text, f"  {number}. ", "     ")
    yield from _wrap(f"Training: {start.training}" if start.training else "")
    yield from _wrap(start.review)
    for entry in start.alternatives:
        yield from _wrap(f"{entry.title}. {' '.join(entry.texts)}".strip())
        yield from _points(entry.points)
    yield from _wrap(f"Source: {start.sources}")


def _heading(question: str, finding: str) -> Iterator[str]:
    yield ""
    yield question.upper()
    yield from _wrap(finding) or [""]


def _block(block: Block) -> Iterator[str]:
    yield from _heading(block.question, block.finding)
    for chart in block.charts:
        yield from _chart(chart)
    for sign in block.signs:
        yield from _item(f"{sign.title}: {STATE_WORDS[sign.state]}", SIGNS[sign.state])
    for detail in block.details[: block.first_details]:
        yield from _detail(detail)
    for quotation in block.quotations:
        yield from _quotation(quotation)
    if block.table and not block.charts and not block.signs:
        for cells in block.table.texts[:MAX_ROWS]:
            text = ": ".join(cell for cell in cells[:3] if cell)
            yield from _item(text)
        rest = len(block.table.rows) - MAX_ROWS
        if rest > 0:
            yield f"    and {rest} more, see the JSON"
    yield from _wrap(block.note)


def _chart(chart: Chart) -> Iterator[str]:
    """What a chart shows; long ones are left to the screen."""
    match chart:
        case DotChart():
            for row in chart.rows:
                if row.value is None:
                    yield f"  {row.label}"
                    continue
                span = f"{row.low} to {row.high}" if row.low is not None else row.note
                yield f"    {row.label:<32} {row.value:>3}   {span}".rstrip()
        case DumbbellChart():
            names = dict(chart.groups)
            for row in chart.rows:
                text = ", ".join(f"{names[group]} {value}" for group, value in row.values.items())
                yield from _item(f"{row.label}: {text} ({row.note})")
        case ShareChart():
            for row in chart.rows[:MAX_CONCERNS]:
                parts = [
                    f"{c.title}: {holders_in_words(c)}" for c in row.groups if c.some is not None
                ]
                yield from _item(f"{row.label}. {'. '.join(parts)}")
        case LadderChart():
            for area in chart.areas:
                yield from _item(area.sentence)
        case PathChart():
            for stop in chart.stops:
                needs = f": {'; '.join(stop.needs)}" if stop.needs else ""
                yield from _item(f"{stop.title} ({stop.distance}){needs}")


def _quotation(quotation: Quotation) -> Iterator[str]:
    """What others wrote: each text behind a sign of its own, in its paragraphs."""
    yield from _wrap(quotation.title)
    yield from _wrap(quotation.about, "  ", "  ")
    for text in quotation.texts:
        first, *others = paragraphs(text)
        yield from _item(first, ">")
        for paragraph in others:
            yield from _wrap(paragraph, "    ", "    ")


def _detail(detail: Detail) -> Iterator[str]:
    yield from _item(f"{detail.title} ({'; '.join(detail.chips)})")
    for said in detail.texts[:2]:
        yield from _item(said, " ")
    if detail.sources:
        yield from _item(f"[{detail.sources}]", " ")


def _points(points: tuple[Point, ...]) -> Iterator[str]:
    for point in points:
        text = f"{point.text} [{point.sources}]" if point.sources else point.text
        yield from _item(text, MARKS[point.mark])


def _item(text: str, sign: str = "-") -> list[str]:
    """An entry of a list, beside its sign."""
    return _wrap(text, f"  {sign} ", "    ")


def _wrap(text: str, first: str = "", rest: str = "") -> list[str]:
    """A text as lines; none where it is empty."""
    return textwrap.wrap(text, WIDTH, initial_indent=first, subsequent_indent=rest)
