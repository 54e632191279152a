"""The story as plain text, for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from assessment.story import Block, DotChart, Point, Story

WIDTH = 88
MARKS = {"good": "+", "careful": "!", "": "-"}
#: Blocks that would be long in a terminal are left to the screen and the JSON.
LEFT_OUT = ("gates",)


def text(story: Story) -> str:
    """The whole summary."""
    return "\n".join(_lines(story)) + "\n"


def _lines(story: Story) -> Iterator[str]:
    yield from _wrap(f"{story.organisation}. {story.meta}.")
    yield ""
    yield from _wrap(story.headline)
    joint = "" if story.band_sentence.startswith(":") else " "
    yield from _wrap(f"{story.band_title}{joint}{story.band_sentence}.")
    yield from _heading(story.start.question, story.start.title)
    yield from _wrap(story.start.about)
    yield from _wrap(" | ".join(story.start.chips))
    yield from _points(story.start.reasons)
    if story.start.risk_sentence:
        yield from _wrap(story.start.risk_sentence)
        yield from _points(story.start.risk)
    yield from _wrap(f"Source: {story.start.sources}")
    yield from _heading("What comes next?", story.next_sentence)
    for step in story.next:
        yield from _wrap(f"{step.title} ({', '.join(step.chips)})")
        yield from _points(step.fixes)
    for block in story.blocks:
        if block.id not in LEFT_OUT:
            yield from _block(block)


def _heading(question: str, finding: str) -> Iterator[str]:
    yield ""
    yield question.upper()
    yield from _wrap(finding)


def _block(block: Block) -> Iterator[str]:
    yield from _heading(block.question, block.finding)
    if isinstance(block.chart, DotChart):
        for row in block.chart.rows:
            if row.value is None:
                yield f"  {row.label}"
                continue
            span = f"{row.low} to {row.high}" if row.low is not None else row.note
            yield f"    {row.label:<32} {row.value:>3}   {span}".rstrip()
    elif block.table:
        for cells in block.table.rows:
            said = ": ".join(cell for cell in cells[:-1] if cell) if len(cells) > 1 else cells[0]
            yield from _wrap(said, "  - ", "    ")
    if block.note:
        yield from _wrap(block.note)


def _points(points: tuple[Point, ...]) -> Iterator[str]:
    for point in points:
        said = f"{point.text} [{point.sources}]" if point.sources else point.text
        yield from _wrap(said, f"  {MARKS[point.mark]} ", "    ")


def _wrap(said: str, first: str = "", rest: str = "") -> list[str]:
    return textwrap.wrap(said, WIDTH, initial_indent=first, subsequent_indent=rest) or [""]
