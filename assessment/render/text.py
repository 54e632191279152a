"""The story as plain text, for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from assessment.report import (
    Block,
    Detail,
    DotChart,
    DumbbellChart,
    LadderChart,
    PathChart,
    Point,
    ShareChart,
    Start,
    Story,
)
from assessment.report.blocks.concerns import held
from assessment.report.model import SignState

WIDTH = 88
MARKS = {"good": "+", "careful": "!", "": "-"}
#: A sign and words for each state of a gate.
SIGNS: dict[SignState, str] = {"met": "+", "unmet": "-", "unanswered": "?"}
STANDS: dict[SignState, str] = {
    "met": "in place",
    "unmet": "not in place",
    "unanswered": "not answered yet",
}
#: Blocks that would be long in a terminal are left to the screen and the JSON.
LEFT_OUT = ("kinds", "groups", "boundaries", "annex", "all_actions")
#: Rows of a table that are told; the rest is counted.
MOST_ROWS = 8
#: Concerns that are told.
MOST_CONCERNS = 5


def text(story: Story) -> str:
    """The whole summary."""
    return "\n".join(_lines(story)) + "\n"


def _lines(story: Story) -> Iterator[str]:
    yield from _wrap(f"{story.organisation}. {story.meta}.")
    yield ""
    yield from _wrap(story.headline)
    yield from _wrap(f"{story.band_title}{story.after_band}.")
    yield from _start(story.start)
    yield from _heading("What comes next?", f"{story.next_sentence}.")
    for step in story.next:
        yield from _wrap(f"{step.title} ({', '.join(step.chips)})")
        yield from _points(step.fixes)
    for block in story.blocks:
        if block.id not in LEFT_OUT:
            yield from _block(block)


def _start(start: Start) -> Iterator[str]:
    """What may start: why, how sure, at what risk, its own first steps, and what stands beside."""
    yield from _heading(start.question, start.title)
    yield from _wrap(start.about)
    if start.chips:
        yield from _wrap(" | ".join(start.chips))
    yield from _points(start.reasons)
    if start.certainty:
        yield from _wrap(start.certainty)
    if start.risk_sentence:
        yield from _wrap(start.risk_sentence)
        yield from _points(start.risk)
    if start.doings:
        yield from _wrap(f"{start.steps_title}:")
    for number, doing in enumerate(start.doings, 1):
        who = "; ".join(part for part in (doing.who, doing.when) if part)
        said = f"{doing.what} ({who})" if who else doing.what
        yield from _wrap(said, f"  {number}. ", "     ")
    for said in (f"Training: {start.training}" if start.training else "", start.look_back):
        if said:
            yield from _wrap(said)
    for entry in start.beside:
        yield from _wrap(f"{entry.title}. {' '.join(entry.texts)}".strip())
        yield from _points(entry.points)
    yield from _wrap(f"Source: {start.sources}")


def _heading(question: str, finding: str) -> Iterator[str]:
    yield ""
    yield question.upper()
    yield from _wrap(finding)


def _block(block: Block) -> Iterator[str]:
    yield from _heading(block.question, block.finding)
    for chart in block.charts:
        if isinstance(chart, DumbbellChart):
            names = dict(chart.groups)
            for bell in chart.rows:
                said = ", ".join(f"{names[group]} {value}" for group, value in bell.values.items())
                yield from _wrap(f"{bell.label}: {said} ({bell.note})", "  - ", "    ")
        if isinstance(chart, ShareChart | LadderChart | PathChart):
            yield from _list(chart)
    charts = [chart for chart in block.charts if isinstance(chart, DotChart)]
    for row in (row for chart in charts for row in chart.rows):
        if row.value is None:
            yield f"  {row.label}"
            continue
        span = f"{row.low} to {row.high}" if row.low is not None else row.note
        yield f"    {row.label:<32} {row.value:>3}   {span}".rstrip()
    for sign in block.signs:
        yield from _wrap(f"{sign.title}: {STANDS[sign.state]}", f"  {SIGNS[sign.state]} ", "    ")
    for detail in block.details[: block.first_details]:
        yield from _detail(detail)
    if block.table and not block.charts and not block.signs:
        for cells in block.table.rows[:MOST_ROWS]:
            said = ": ".join(cell for cell in cells[:3] if cell)
            yield from _wrap(said, "  - ", "    ")
        rest = len(block.table.rows) - MOST_ROWS
        if rest > 0:
            yield f"    and {rest} more, see the JSON"
    if block.note:
        yield from _wrap(block.note)


def _list(chart: ShareChart | LadderChart | PathChart) -> Iterator[str]:
    match chart:
        case ShareChart():
            for row in chart.rows[:MOST_CONCERNS]:
                said = [f"{c.title}: {held(c)}" for c in row.groups if c.some is not None]
                yield from _wrap(f"{row.label}. {'. '.join(said)}", "  - ", "    ")
        case LadderChart():
            for area in chart.areas:
                yield from _wrap(area.sentence, "  - ", "    ")
        case PathChart():
            for stop in chart.stops:
                needs = f": {'; '.join(stop.needs)}" if stop.needs else ""
                yield from _wrap(f"{stop.title} ({stop.distance}){needs}", "  - ", "    ")


def _detail(detail: Detail) -> Iterator[str]:
    yield from _wrap(f"{detail.title} ({'; '.join(detail.chips)})", "  - ", "    ")
    for said in detail.texts[:2]:
        yield from _wrap(said, "    ", "    ")
    if detail.sources:
        yield from _wrap(f"[{detail.sources}]", "    ", "    ")


def _points(points: tuple[Point, ...]) -> Iterator[str]:
    for point in points:
        said = f"{point.text} [{point.sources}]" if point.sources else point.text
        yield from _wrap(said, f"  {MARKS[point.mark]} ", "    ")


def _wrap(said: str, first: str = "", rest: str = "") -> list[str]:
    return textwrap.wrap(said, WIDTH, initial_indent=first, subsequent_indent=rest) or [""]
