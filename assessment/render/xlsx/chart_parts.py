"""What all native charts share: titles, axes, labels, legends, lines and fills."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any, Literal

from openpyxl.chart._chart import ChartBase
from openpyxl.chart.axis import ChartLines
from openpyxl.chart.label import DataLabel, DataLabelList
from openpyxl.chart.layout import Layout, ManualLayout
from openpyxl.chart.legend import Legend
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import (
    CharacterProperties,
    Font,
    Paragraph,
    ParagraphProperties,
    RegularTextRun,
    RichTextProperties,
)

from assessment.exchange.xlsx import styles
from assessment.exchange.xlsx.writing import printable

#: Centimetres; a little less than the columns that charts lie on.
WIDTH = 21.0
#: Letters of a title that fit on one line: LibreOffice does not break titles by itself.
TITLE_LINE = 66


def frame(chart: Any, title: str, height: float) -> None:
    chart.width, chart.height = WIDTH, height
    lines = textwrap.wrap(printable(title), TITLE_LINE) or [""]
    chart.title = _title(lines, characters(12, bold=True), "l")
    chart.title.layout = Layout(
        manualLayout=ManualLayout(xMode="edge", yMode="edge", x=0.015, y=0.02)
    )
    chart.legend = None
    chart.roundedCorners = False
    chart.graphical_properties = GraphicalProperties(ln=line(styles.LINE_COLOUR, 0.75))
    chart.display_blanks = "gap"
    # The sheet with the numbers is hidden, and what is hidden is to be drawn all the same.
    chart.visible_cells_only = False


def _title(
    lines: Sequence[str], style: CharacterProperties, align: Literal["l"] | None = None
) -> Title:
    paragraphs = [
        Paragraph(
            pPr=ParagraphProperties(algn=align, defRPr=style),
            r=[RegularTextRun(rPr=style, t=line)],
        )
        for line in lines
    ]
    return Title(tx=Text(rich=RichText(bodyPr=RichTextProperties(), p=paragraphs)), overlay=False)


def characters(size: float, *, bold: bool = False, colour: str = styles.INK) -> CharacterProperties:
    return CharacterProperties(
        latin=Font(typeface=styles.FACE), sz=int(size * 100), b=bold, solidFill=colour
    )


def rich(size: float, *, bold: bool = False, colour: str = styles.INK) -> RichText:
    style = characters(size, bold=bold, colour=colour)
    return RichText(
        bodyPr=RichTextProperties(),
        p=[Paragraph(pPr=ParagraphProperties(defRPr=style), endParaRPr=style)],
    )


def filled(colour: str) -> GraphicalProperties:
    return GraphicalProperties(solidFill=colour, ln=LineProperties(noFill=True))


def line(colour: str, points: float) -> LineProperties:
    return LineProperties(solidFill=colour, w=int(points * 12700))


def show_value(labels: DataLabelList | DataLabel, *, visible: bool = True) -> None:
    labels.showVal = visible
    labels.showSerName = labels.showCatName = labels.showLegendKey = False
    labels.showPercent = labels.showBubbleSize = False
    labels.txPr = rich(9, bold=True)


def value_axis(
    axis: Any, title: str, bounds: tuple[float, float], step: float, number_format: str
) -> None:
    axis.delete = False
    axis.scaling.min, axis.scaling.max = bounds
    axis.majorUnit = step
    axis.number_format, axis.numFmt.sourceLinked = number_format, False
    axis.majorGridlines = ChartLines(spPr=GraphicalProperties(ln=line(styles.LINE_COLOUR, 0.5)))
    axis.majorTickMark = axis.minorTickMark = "none"
    axis.spPr = GraphicalProperties(ln=LineProperties(noFill=True))
    axis.txPr = rich(9, colour=styles.SOFT)
    axis.title = _title([title], characters(9, colour=styles.SOFT))


def label_axis(axis: Any, size: float = 9) -> None:
    axis.delete = False
    axis.majorTickMark = axis.minorTickMark = "none"
    axis.tickLblPos = "low"
    # Every label: a program that finds them too many would leave out every second one.
    axis.tickLblSkip = 1
    axis.spPr = GraphicalProperties(ln=line(styles.LINE_COLOUR, 0.75))
    axis.txPr = rich(size)


def legend(chart: ChartBase) -> None:
    legend = Legend()
    legend.position, legend.overlay, legend.txPr = "b", False, rich(9)
    chart.legend = legend
