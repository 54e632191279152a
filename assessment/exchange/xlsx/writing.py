"""What every sheet of a workbook for filling in shares: text, protection, print, packing."""

from __future__ import annotations

import io
import math
import zipfile

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

SIZE = 12
#: The same content makes the same file, and the file says nothing of when it was made.
NO_DATE = (1980, 1, 1, 0, 0, 0)


def cell_at(ws: Worksheet, row: int, column: int) -> Cell:
    """A cell; no cells are joined in these sheets."""
    cell = ws.cell(row, column)
    assert isinstance(cell, Cell)
    return cell


def write(cell: Cell, text: str) -> None:
    """A text, also where it begins like a formula."""
    cell.value = "".join(sign for sign in text if sign.isprintable() or sign in "\n\t")
    cell.data_type = "s"
    cell.quotePrefix = text.startswith(("=", "+", "-", "@"))


def lines_of(text: str, width: float, size: float = SIZE) -> int:
    """How many lines a text takes in a column, rather one too many."""
    fits = max(1.0, width * 11 / size)
    return sum(max(1, math.ceil(len(part) / fits)) for part in text.split("\n"))


def protect(ws: Worksheet) -> None:
    """Only answers can be changed. No password: it guards against slips, not against anybody."""
    ws.protection.sheet = True
    # Named by what they forbid: whoever needs more room may widen a column or a row.
    ws.protection.formatColumns = False
    ws.protection.formatRows = False


def hide(ws: Worksheet) -> None:
    ws.sheet_state = "veryHidden"
    ws.protection.sheet = True


def print_set_up(ws: Worksheet, *, landscape: bool, one_page: bool = False) -> None:
    ws.page_setup.paperSize = ws.PAPERSIZE_A4
    ws.page_setup.orientation = "landscape" if landscape else "portrait"
    ws.page_setup.fitToWidth, ws.page_setup.fitToHeight = 1, int(one_page)
    ws.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    ws.page_margins.left = ws.page_margins.right = 0.5
    assert ws.oddFooter is not None and ws.oddFooter.right is not None
    ws.oddFooter.right.text = "&A, page &P of &N"


def packed(book: Workbook) -> bytes:
    """The file, without a date, and asking Excel to keep its user's name out when it saves."""
    raw, out = io.BytesIO(), io.BytesIO()
    book.save(raw)
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == "xl/workbook.xml":
                content = content.replace(b"<workbookPr ", b'<workbookPr filterPrivacy="1" ', 1)
            if entry.filename == "docProps/core.xml":
                content = _undated(content)
            target.writestr(zipfile.ZipInfo(entry.filename, NO_DATE), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _undated(core: bytes) -> bytes:
    for name in (b"created", b"modified"):
        start, end = core.find(b"<dcterms:" + name), core.find(b"</dcterms:" + name + b">")
        if 0 <= start < end:
            core = core[:start] + core[end + len(name) + 11 :]
    return core
