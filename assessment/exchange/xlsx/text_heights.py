"""How many lines a wrapped text takes, so that every row of a workbook can say its own height.

Office programs do not work out the height of merged or saved rows alike. Widths are those of Arial,
which is wider than most: what fits in it fits.
"""

from __future__ import annotations

from openpyxl.styles import Font

#: Pixels of one unit of column width, and what a cell keeps free at its sides and for an indent.
UNIT, SIDES, INDENT = 7.0, 9.0, 9.0
#: Letters by their width in Arial, thousandths of their size, a little generous.
LETTERS = {225: "ijl'|", 290: "tfrI.,:;!()[]-/ ", 505: "sckvxyzJ", 890: "mwMW%@—"}
WIDTHS = {letter: width for width, letters in LETTERS.items() for letter in letters}
#: All others: capitals and signs, and small letters.
CAPITAL, SMALL = 720, 556


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of a text in one line, pixels at 96 dots an inch."""
    thousandths = sum(
        WIDTHS.get(letter) or (CAPITAL if letter.isupper() or ord(letter) > 0x2000 else SMALL)
        for letter in text
    )
    return thousandths / 1000 * size * 96 / 72 * (1.07 if bold else 1.0)


def lines_in_cell(text: str, width: float, indent: float, font: Font) -> int:
    """How many lines a text takes in a column so wide, indented by so much."""
    return lines_of(text, width * UNIT - SIDES - INDENT * indent, font)


def lines_of(text: str, pixels: float, font: Font) -> int:
    """How many lines a text takes in so many pixels, broken between words."""
    size, bold = float(font.size), bool(font.bold)
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
