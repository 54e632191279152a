"""How the answers to each question spread, group by group; don't know always apart."""

from __future__ import annotations

from collections.abc import Sequence

from assessment.render.xlsx import charts
from assessment.render.xlsx.page import Page
from assessment.render.xlsx.source import WorkbookSource
from assessment.report.blocks.distributions import off_scale_in_words
from assessment.report.model import AnswerBlock
from questionnaires.phrases import upper

QUESTION, GROUP, EACH = 62, 18, 13
#: How many dimensions are drawn: the weakest, and where groups lie furthest apart.
MAX_DRAWN = 2
FRAME, ROW, TALLEST = 3.6, 0.56, 16.4


def widths(source: WorkbookSource) -> tuple[float, ...]:
    """The columns' widths: one for each class of answers, two for what is no answer."""
    return (QUESTION, GROUP, *(EACH for _ in source.report.tables["answers"].columns[2:]))


def write(page: Page, source: WorkbookSource) -> None:
    """Write the sheet."""
    drawn = _drawn(source)
    first = drawn[0].block if drawn else None
    page.top(
        "How do the answers spread?",
        first.finding if first else "Nothing can be shown yet",
        source.hidden_note,
        *(first.how if first else ()),
    )
    if not source.report.answer_blocks:
        return
    page.table(source.report.tables["answers"], main=True)
    for part in drawn:
        _charts(page, source, part)


def _drawn(source: WorkbookSource) -> list[AnswerBlock]:
    """The dimension with the largest gap, and the weakest, of those whose answers are shown."""
    known = {part.id: part for part in source.report.answer_blocks}
    dimensions = source.profile.dimensions
    wanted = [gap.dimension for gap in source.profile.gaps]
    scored = [
        (result.score, name)
        for name in known
        if (result := dimensions.get(name)) is not None
        and result.score is not None
        and result.basis == "groups"
    ]
    wanted += [name for _, name in sorted(scored)]
    wanted += list(known)
    names = [name for name in dict.fromkeys(wanted) if name in known]
    return [known[name] for name in names[:MAX_DRAWN]]


def _height(rows: Sequence[object]) -> float:
    return min(TALLEST, FRAME + ROW * len(rows))


def _charts(page: Page, source: WorkbookSource, part: AnswerBlock) -> None:
    """The answers to a dimension's questions, and don't know in a chart of its own."""
    bars = [(row.label, bar) for row in part.rows for bar in row.bars if bar.shares]
    classes = bars[0][1].classes
    # A chart has one set of classes: groups with finer ones stand in the table.
    bars = [(question, bar) for question, bar in bars if bar.classes == classes]
    rows: list[tuple[str, list[float | None]]] = []
    unknown: list[tuple[str, list[float | None]]] = []
    before = ""
    for question, bar in bars:
        if question != before:
            rows.append((question, [None for _ in classes]))
            before = question
        rows.append((bar.title, list(bar.parts)))
    before = ""
    for question, bar in bars:
        if not (bar.dont_know or bar.does_not_apply):
            continue  # an empty row would only take room: the table has it
        if question != before:
            unknown.append((question, [None, None]))
            before = question
        unknown.append((bar.title, [bar.dont_know, bar.does_not_apply]))
    data = source.data.add(f"Answers: {part.title}", classes, rows, share=True)
    page.chart(
        charts.stacked(
            data,
            f"{part.title}: {part.block.finding}",
            charts.answer_colours(len(classes), bars[0][1].middle),
            height=_height(rows),
            axis="Of those who answered on the scale; rounded, and drawn as a whole",
        ),
        part.block.charts[0].alt,
    )
    if not unknown:
        return
    heads = ("Don't know", "Does not apply")
    off_scale = source.data.add(f"Not on the scale: {part.title}", heads, unknown, share=True)
    question, most = max(bars, key=lambda pair: pair[1].dont_know or 0)
    title = (
        f"{part.title}. Don't know, {most.title}: {off_scale_in_words(most.dont_know)}. "
        f"{upper(question)}"
    )
    text = "; ".join(
        f"{question}, {bar.title}: don't know, {off_scale_in_words(bar.dont_know)}"
        for question, bar in bars
    )
    page.chart(
        charts.side_by_side(
            off_scale,
            title,
            height=_height(unknown),
            axis="Share of those who said anything",
            top=1.0,
        ),
        f"Bar chart. {title}. {text}.",
    )
