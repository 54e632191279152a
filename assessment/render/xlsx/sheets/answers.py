"""How answers spread, group by group: to the questions of a dimension, and in the boundary map."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from assessment.exchange.xlsx import styles
from assessment.render.xlsx import charts
from assessment.render.xlsx.page import Page
from assessment.render.xlsx.source import WorkbookSource, charts_of
from assessment.report.blocks.distributions import off_scale_in_words
from assessment.report.chart_specifications import Bar, StackedChart, StackedRow
from assessment.report.model import AnswerBlock, Block
from questionnaires.phrases import upper

#: How many dimensions are drawn: the weakest, and where groups lie furthest apart.
MAX_DRAWN = 2


def drawn(source: WorkbookSource) -> list[AnswerBlock]:
    """The dimension with the largest gap, and the weakest, of those whose answers are shown."""
    known = {part.id: part for part in source.report.answer_blocks}
    scored = sorted(
        (result.score, name)
        for name in known
        if (result := source.profile.dimensions.get(name)) is not None
        and result.score is not None
        and result.basis == "groups"
    )
    with_gaps = (gap.dimension for gap in source.profile.gaps)
    names = dict.fromkeys([*with_gaps, *(name for _, name in scored), *known])
    return [known[name] for name in names if name in known][:MAX_DRAWN]


def draw_distributions(page: Page, source: WorkbookSource) -> None:
    """The answers to a dimension's questions, and don't know in a chart of its own."""
    axis = "Of those who answered on the scale; rounded, and drawn as a whole"
    for part in drawn(source):
        title = f"{part.title}: {part.block.finding}"
        _stack(page, source, part.block, f"Answers: {part.title}", title, axis, 3.6, 0.56)
        _draw_off_scale(page, source, part)


def draw_boundaries(page: Page, source: WorkbookSource) -> None:
    """The situations in which groups lie furthest apart."""
    block = source.report.block("boundaries")
    axis = "Of those who answered, as our rule; rounded, and drawn as a whole"
    _stack(page, source, block, "Boundaries", block.finding, axis, 4.2, 0.72)


def _stack(
    page: Page,
    source: WorkbookSource,
    block: Block,
    name: str,
    title: str,
    axis: str,
    frame: float,
    each: float,
) -> None:
    """A block's answers on their scale; ``frame`` and ``each`` as in ``height_for``."""
    questions = _comparable(block)
    if not questions:
        return
    first = questions[0].bars[0]
    rows = _rows(questions, lambda bar: bar.parts)
    chart = charts.shares(
        source.data.add(name, first.classes, rows, share=True),
        title,
        charts.answer_colours(len(first.classes), first.middle),
        "stacked",
        height=charts.height_for(len(rows), frame=frame, each=each),
        axis=axis,
    )
    page.chart(chart, block.charts[0].alt)


def _draw_off_scale(page: Page, source: WorkbookSource, part: AnswerBlock) -> None:
    questions = _comparable(part.block)
    # An empty row would only take room: the table has it.
    rows = _rows(_with_bars(questions, lambda bar: any(bar.off_scale)), lambda bar: bar.off_scale)
    if not rows:
        return
    bars = [(question.label, bar) for question in questions for bar in question.bars]
    label, most = max(bars, key=lambda pair: pair[1].dont_know or 0)
    title = (
        f"{part.title}. Don't know, {most.title}: {off_scale_in_words(most.dont_know)}. "
        f"{upper(label)}"
    )
    heads = ("Don't know", "Does not apply")
    chart = charts.shares(
        source.data.add(f"Not on the scale: {part.title}", heads, rows, share=True),
        title,
        (styles.SOFT, styles.LINE_COLOUR),
        "beside",
        height=charts.height_for(len(rows), frame=3.6, each=0.56),
        axis="Share of those who said anything",
    )
    text = "; ".join(
        f"{label}, {bar.title}: don't know, {off_scale_in_words(bar.dont_know)}"
        for label, bar in bars
    )
    page.chart(chart, f"Bar chart. {title}. {text}.")


def _comparable(block: Block) -> list[StackedRow]:
    """A block's questions, with the bars whose classes are those of the first bar.

    A chart has one set of classes: groups with finer ones stand in the table.
    """
    questions = [row for chart in charts_of(block, StackedChart) for row in chart.rows]
    shown = _with_bars(questions, lambda bar: bool(bar.shares))
    return _with_bars(shown, lambda bar: bar.classes == shown[0].bars[0].classes)


def _with_bars(questions: Iterable[StackedRow], wanted: Callable[[Bar], bool]) -> list[StackedRow]:
    """The questions with those bars that are wanted, and without questions that have none."""
    found = (StackedRow(row.label, tuple(filter(wanted, row.bars))) for row in questions)
    return [row for row in found if row.bars]


def _rows(
    questions: Iterable[StackedRow], numbers: Callable[[Bar], Sequence[float | None]]
) -> list[tuple[str, Sequence[float | None]]]:
    """Rows of a chart's data: under each question one for each of its bars."""
    rows: list[tuple[str, Sequence[float | None]]] = []
    for row in questions:
        rows += [(row.label, ()), *((bar.title, numbers(bar)) for bar in row.bars)]
    return rows
