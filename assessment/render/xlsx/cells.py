"""Cells: text stays text, whatever it begins with, and numbers have the format of their kind."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from openpyxl.cell.cell import Cell, MergedCell

from assessment.report.wording.suppressed import why_suppressed
from scoring.disclosure.groups_and_rounding import Suppressed

Kind = Literal["text", "points", "share", "steps", "count", "tenths", "hundredths"]


@dataclass(frozen=True)
class NoNumber:
    """Words that stand in the place of a number."""

    text: str


Value = str | int | float | NoNumber | Suppressed | None

FORMATS: dict[Kind, str] = {
    "text": "General",
    "points": "0",
    "count": "0",
    "share": "0%",
    "steps": "0.0",
    "tenths": "0.0",
    "hundredths": "0.00",
}
#: Signs that would begin a formula, in one program or another, if a cell were not text.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
#: What XML cannot hold.
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
IMPOSSIBLE = re.compile("[\ud800-\udfff\ufffe\uffff]")
LONGEST = 32_000


def printable(text: str) -> str:
    """The text with signs that a workbook cannot hold replaced by signs for them."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    text = UNPRINTABLE.sub(lambda found: chr(0x2400 + ord(found.group())), text)
    return IMPOSSIBLE.sub("\ufffd", text)[:LONGEST]


def words_for(value: str | int | float | NoNumber | Suppressed) -> str | int | float:
    """What stands in a cell: the value, or words in the place of a number."""
    match value:
        case NoNumber():
            return value.text
        case Suppressed():
            return why_suppressed(value)
        case _:
            return value


def put(cell: Cell | MergedCell, value: str | int | float) -> None:
    """Put a value into a cell; text stays text, also where it looks like a formula."""
    assert isinstance(cell, Cell)
    if isinstance(value, str):
        cell.value = printable(value)
        cell.data_type = "s"
        if value.startswith(FORMULA_STARTS):
            cell.number_format = "@"
            cell.quotePrefix = True
    else:
        cell.value = value
