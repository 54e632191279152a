"""The look of workbooks: our colours; the typeface of results, and how high a row of them is.

Arial, since its widths are the same on Windows, macOS and, as Liberation Sans, on Linux: what fits
here fits there.
"""

from __future__ import annotations

from openpyxl.styles import Border, Font, PatternFill, Side

from assessment.brand.theme import LIGHT

FACE = "Arial"
SIZE = 10
#: Height of a line of the usual size, points, and the air above and below a cell's text.
LINE, AIR = 12.75, 5.0

INK, SOFT, LINE_COLOUR = LIGHT.ink[1:], LIGHT.soft[1:], LIGHT.line[1:]
BRAND, WASH, PAPER, CARD = LIGHT.brand[1:], LIGHT.wash[1:], LIGHT.paper[1:], LIGHT.card[1:]
WARN, WARN_WASH = LIGHT.warn[1:], LIGHT.warnwash[1:]
BANDS = tuple(colour[1:] for colour in LIGHT.bands)
#: Cells of a heatmap by band, each with the colour of its text at AA contrast. The third is a
#: little lighter than the band's own colour, on which neither ink nor white reads well.
HEAT = ((BANDS[0], INK), (BANDS[1], INK), ("63AAA2", INK), (BANDS[3], "FFFFFF"))


def font(
    size: float = SIZE, *, bold: bool = False, italic: bool = False, colour: str = INK
) -> Font:
    return Font(name=FACE, size=size, bold=bold, italic=italic, color=colour)


def fill(colour: str) -> PatternFill:
    return PatternFill("solid", start_color=colour, end_color=colour)


RULE = Border(bottom=Side(style="thin", color=LINE_COLOUR))
HEAD_RULE = Border(bottom=Side(style="medium", color=BRAND))


def height_of(lines: int, size: float = SIZE) -> float:
    """The height of a row with so many lines, points; no row can be higher than 409."""
    return min(409.0, lines * LINE * size / SIZE + AIR)
