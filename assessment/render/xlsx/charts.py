"""Native charts, editable by the people who get them, the same in Excel and LibreOffice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from openpyxl.chart import BarChart, LineChart
from openpyxl.chart.data_source import NumDataSource, NumRef
from openpyxl.chart.error_bar import ErrorBars
from openpyxl.chart.label import DataLabel, DataLabelList
from openpyxl.chart.legend import LegendEntry
from openpyxl.chart.marker import DataPoint
from openpyxl.chart.series_factory import SeriesFactory
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.line import LineProperties

from assessment.brand.theme import LIGHT, group_mark
from assessment.exchange.xlsx import styles
from assessment.render.xlsx import chart_parts as parts
from assessment.render.xlsx.chart_data import Block

#: Bars of which a page only holds so many with labels of the usual size.
MANY = 25
#: Centimetres of a chart that a page holds.
TALLEST = 16.4
#: Excel's signs that come nearest to the shapes of groups; it has no triangle that points down.
SIGNS = {
    "circle": "circle",
    "diamond": "diamond",
    "square": "square",
    "triangle-up": "triangle",
    "triangle-down": "x",
    "star": "star",
    "cross": "plus",
}


def height_for(rows: int, *, frame: float, each: float) -> float:
    """Centimetres of a chart with so many rows, as far as a page holds them.

    Args:
        frame: what its title, its axis and its legend take.
        each: what a row takes.
    """
    return min(TALLEST, frame + each * rows)


def bars(
    block: Block,
    title: str,
    *,
    height: float,
    axis: str,
    top: float = 100,
    intervals: tuple[int, int] | None = None,
    strong: int = 0,
) -> BarChart:
    """One bar a row; intervals from two further series of the block.

    The value stands at the bar's end. Where intervals are drawn there they would run through it:
    then the labels of the rows have to say the values.

    Args:
        intervals: the numbers of the series that hold how far the interval reaches down and up.
        strong: the row that the title is about, counted from 0.
    """
    series = _filled_series(block, 1, styles.BANDS[1])
    point = DataPoint(idx=strong, invertIfNegative=False)
    point.graphicalProperties = parts.filled(styles.BANDS[2])
    series.dPt.append(point)
    if intervals is None:
        series.dLbls = DataLabelList(dLblPos="outEnd", numFmt="0")
        parts.show_value(series.dLbls)
    else:
        down, up = (NumDataSource(numRef=NumRef(f=block.formula(number))) for number in intervals)
        series.errBars = ErrorBars(
            errBarType="both",
            errValType="cust",
            noEndCap=False,
            minus=down,
            plus=up,
            spPr=GraphicalProperties(ln=parts.line(styles.INK, 1.5)),
        )
    return _bar_chart(block, title, [series], height, axis, top, "0")


def shares(
    block: Block,
    title: str,
    colours: Sequence[str],
    arrangement: Literal["beside", "within", "stacked"],
    *,
    height: float,
    axis: str,
) -> BarChart:
    """Shares of the same people in each row, a bar for each colour.

    Args:
        arrangement: beside each other; within the first, as a part of it and never added to it;
            or stacked, since they make up a whole.
    """
    series = [_filled_series(block, number, colour) for number, colour in enumerate(colours, 1)]
    chart = _bar_chart(block, title, series, height, axis, 1.0, "0%")
    if arrangement != "beside":
        chart.overlap = 100
    if arrangement == "stacked":
        chart.grouping = "percentStacked"
        for one in series:
            # A line of the paper's colour keeps neighbours apart in grey print as well.
            one.graphicalProperties.line = parts.line("FFFFFF", 1.0)
    parts.legend(chart)
    return chart


def answer_colours(count: int, middle: int | None) -> list[str]:
    """Colours of so many classes from the lowest answer to the highest: ochre, grey, teal.

    Light and dark differ as well, so that grey print keeps the classes apart.
    """
    half = middle if middle is not None else count // 2
    low, high = ("9A5B14", "C98F4B", "E3C393"), (styles.BANDS[3], styles.BANDS[2], styles.BANDS[1])
    below = [low[min(at, 2)] for at in range(half)]
    above = [high[min(at, 2)] for at in range(count - half - (middle is not None))]
    return [*below, *(["E4E1DA"] if middle is not None else []), *reversed(above)]


def marks(
    block: Block,
    title: str,
    groups: Sequence[tuple[str, int]],
    *,
    height: float,
    axis: str,
    bounds: tuple[float, float],
    step: float,
    ends: Sequence[tuple[int, int]] = (),
    reach: tuple[int, int] | None = None,
    across: tuple[str, int] | None = None,
) -> LineChart:
    """A mark for each group over each row's label, the ends joined by a line.

    Args:
        groups: each group with its position, for its colour and shape; one series each.
        bounds: the ends of the axis.
        ends: of each row the numbers of the series, counted from 0, that stand highest and lowest:
            these alone carry their value, so that labels do not lie on each other.
        reach: the numbers of the series that hold the highest value of each row, and how far the
            lowest lies below it: the line that joins the ends.
        across: one more series, drawn as a bar across: its colour and number.
    """
    chart = LineChart()
    parts.frame(chart, title, height)
    if reach is not None:
        chart.append(_joining_series(block, *reach))
    for number, (group, position) in enumerate(groups):
        colour, shape = group_mark(group, position, LIGHT)
        series = _marks_series(block, number + 1, colour[1:], SIGNS.get(shape, "star"), 10)
        labels = [
            DataLabel(idx=row, dLblPos="t" if highest == number else "b")
            for row, (highest, lowest) in enumerate(ends)
            if number in (highest, lowest)
        ]
        for label in labels:
            parts.show_value(label)
        if labels:
            series.dLbls = DataLabelList(dLbl=labels)
            parts.show_value(series.dLbls, visible=False)
        chart.append(series)
    if across is not None:
        chart.append(_marks_series(block, across[1], across[0], "dash", 18))
    chart.set_categories(block.labels)
    parts.value_axis(chart.y_axis, axis, bounds, step, "0")
    parts.label_axis(chart.x_axis)
    parts.legend(chart)
    if reach is not None and chart.legend is not None:
        chart.legend.legendEntry = [LegendEntry(idx=0, delete=True)]
    return chart


def marks_in_words(
    finding: str, heads: Sequence[str], rows: Sequence[tuple[str, Sequence[float | None]]]
) -> str:
    """What stands for a chart of marks where it cannot be seen; further values have no head."""
    areas = (
        f"{label}: "
        + ", ".join(
            f"{head} {value:g}"
            for head, value in zip(heads, values, strict=False)
            if value is not None
        )
        for label, values in rows
    )
    return f"Marks for each group. {finding}. {'. '.join(areas)}."


def _bar_chart(
    block: Block,
    title: str,
    series: Sequence[Any],
    height: float,
    axis: str,
    top: float,
    number_format: str,
) -> BarChart:
    chart = BarChart()
    chart.type, chart.grouping, chart.gapWidth = "bar", "clustered", 45
    for one in series:
        chart.append(one)
    chart.set_categories(block.labels)
    parts.frame(chart, title, height)
    parts.value_axis(chart.y_axis, axis, (0, top), top / 5, number_format)
    parts.label_axis(chart.x_axis, 8 if block.rows > MANY else 9)
    # The first row stands at the top, the numbers at the bottom.
    chart.x_axis.scaling.orientation = "maxMin"
    chart.y_axis.crosses = "max"
    return chart


def _filled_series(block: Block, number: int, colour: str) -> Any:
    series = SeriesFactory(block.series(number), title_from_data=True)
    series.graphicalProperties = parts.filled(colour)
    return series


def _marks_series(block: Block, number: int, colour: str, sign: str, size: int) -> Any:
    series = SeriesFactory(block.series(number), title_from_data=True)
    series.smooth = False
    series.graphicalProperties = GraphicalProperties(ln=LineProperties(noFill=True))
    series.marker.symbol, series.marker.size = sign, size
    line = parts.line(colour, 2) if sign in ("x", "plus", "star") else parts.line("FFFFFF", 0.75)
    series.marker.graphicalProperties = GraphicalProperties(solidFill=colour, ln=line)
    return series


def _joining_series(block: Block, highest: int, apart: int) -> Any:
    """The line from the highest mark of each row down to the lowest.

    An error bar of a series without marks: LibreOffice does not draw Excel's high-low lines.
    """
    series = SeriesFactory(block.series(highest), title_from_data=True)
    series.graphicalProperties = GraphicalProperties(ln=LineProperties(noFill=True))
    series.marker.symbol = "none"
    series.errBars = ErrorBars(
        errDir="y",
        errBarType="minus",
        errValType="cust",
        noEndCap=True,
        minus=NumDataSource(numRef=NumRef(f=block.formula(apart))),
        plus=NumDataSource(numRef=NumRef(f=block.formula(apart))),
        spPr=GraphicalProperties(ln=parts.line("B9BEC0", 4)),
    )
    return series
