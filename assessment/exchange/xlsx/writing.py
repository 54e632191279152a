"""What the sheets of every workbook share: text that stays text, alignment, protection, print."""

from __future__ import annotations

import re

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

#: Signs that would begin a formula, in one program or another, if a cell were not text.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
#: What XML cannot hold.
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
IMPOSSIBLE = re.compile("[\ud800-\udfff\ufffe\uffff]")
LONGEST = 32_000
#: What Excel would read as the sign with this number.
LIKE_A_SIGN = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
#: Inches of the margins at the sides of a printed page.
SIDE = 0.5


def printable(text: str) -> str:
    """The text with signs that a workbook cannot hold replaced by signs for them."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    text = UNPRINTABLE.sub(lambda found: chr(0x2400 + ord(found.group())), text)
    return IMPOSSIBLE.sub("\ufffd", text)[:LONGEST]


def as_it_stands(text: str) -> str:
    """A printable text as a file holds it, so that programs read just these signs."""
    return LIKE_A_SIGN.sub("_x005F_", text)


def put(cell: Cell | MergedCell, value: str | int | float) -> None:
    """Put a value into a cell; text stays text, also where it looks like a formula."""
    assert isinstance(cell, Cell)
    if isinstance(value, str):
        cell.value = as_it_stands(printable(value))
        cell.data_type = "s"
        if value.startswith(FORMULA_STARTS):
            cell.number_format = "@"
            cell.quotePrefix = True
    else:
        cell.value = value


def aligned(horizontal: str = "left", *, vertical: str = "top", indent: int = 0) -> Alignment:
    return Alignment(horizontal=horizontal, vertical=vertical, wrap_text=True, indent=indent)


def protect(ws: Worksheet) -> None:
    """Only answers can be changed. No password: it guards against slips, not against anybody."""
    ws.protection.sheet = True
    # Named by what they forbid: whoever needs more room may widen a column or a row.
    ws.protection.formatColumns = False
    ws.protection.formatRows = False


def hide(ws: Worksheet) -> None:
    ws.sheet_state = "veryHidden"
    ws.protection.sheet = True


def set_up_page(ws: Worksheet, *, landscape: bool, one_page: bool = False) -> None:
    """A4, with all columns on one page, or the whole sheet."""
    ws.page_setup.paperSize = ws.PAPERSIZE_A4
    ws.page_setup.orientation = "landscape" if landscape else "portrait"
    ws.page_setup.fitToWidth, ws.page_setup.fitToHeight = 1, int(one_page)
    ws.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    ws.page_margins.left = ws.page_margins.right = SIDE
