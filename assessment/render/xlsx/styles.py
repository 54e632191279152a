"""The look of the workbook: one typeface, our colours, and how high a wrapped text stands.

Arial, since its widths are the same on Windows, macOS and, as Liberation Sans, on Linux: what fits
here fits there. Office programs do not work out the height of merged or saved rows alike, so every
row says its own.
"""

from __future__ import annotations

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from assessment.brand.theme import LIGHT

FACE = "Arial"
SIZE = 10
#: Height of a line of the usual size, points, and the air above and below a cell's text.
LINE, AIR = 12.75, 5.0
#: Pixels of one unit of column width, and what a cell keeps free at its sides.
UNIT, SIDES = 7.0, 9.0
#: Letters by their width in Arial, a little generous; all others are taken for 556 thousandths.
THIN, NARROW, MEDIUM, WIDE = "ijl'|", "tfrI.,:;!()[]-/ ", "sckvxyzJ", "mwMW%@—"

INK, SOFT, LINE_COLOUR = LIGHT.ink[1:], LIGHT.soft[1:], LIGHT.line[1:]
BRAND, WASH, PAPER = LIGHT.brand[1:], LIGHT.wash[1:], LIGHT.paper[1:]
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


def aligned(horizontal: str = "left", *, vertical: str = "top", indent: int = 0) -> Alignment:
    return Alignment(horizontal=horizontal, vertical=vertical, wrap_text=True, indent=indent)


RULE = Border(bottom=Side(style="thin", color=LINE_COLOUR))
HEAD_RULE = Border(bottom=Side(style="medium", color=BRAND))


def text_width(text: str, size: float = SIZE, *, bold: bool = False) -> float:
    """The width of a text in one line, pixels at 96 dots an inch."""
    thousandths = 0
    for letter in text:
        if letter in THIN:
            thousandths += 225
        elif letter in NARROW:
            thousandths += 290
        elif letter in MEDIUM:
            thousandths += 505
        elif letter in WIDE:
            thousandths += 890
        elif letter.isupper() or ord(letter) > 0x2000:
            thousandths += 720
        else:
            thousandths += 556
    return thousandths / 1000 * size * 96 / 72 * (1.07 if bold else 1.0)


def lines_of(text: str, pixels: float, size: float = SIZE, *, bold: bool = False) -> int:
    """How many lines a text takes in so many pixels, broken between words."""
    count = 0
    space = text_width(" ", size, bold=bold)
    for paragraph in text.split("\n"):
        count += 1
        used = 0.0
        for word in paragraph.split(" "):
            width = text_width(word, size, bold=bold)
            if used and used + space + width > pixels:
                count += 1
                used = 0.0
            used += (space if used else 0.0) + width
            while used > pixels:  # a word longer than the line is broken within
                count += 1
                used -= pixels
    return count


def height_of(lines: int, size: float = SIZE) -> float:
    """The height of a row with so many lines, points; no row can be higher than 409."""
    return min(409.0, lines * LINE * size / SIZE + AIR)
