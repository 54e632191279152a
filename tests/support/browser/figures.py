"""Numbers as people read them: off the results' screen, and off the sheets of a workbook."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from playwright.sync_api import Page

from tests.support.browser.looks import WAIT

Rows = list[list[Any]]
#: The cards whose tables are read.
CARDS = ("domains", "dimensions", "gaps", "groups", "concerns", "respondents")


def downloaded(page: Page, name: str, folder: Path) -> Path:
    """A file that a button of the page hands out."""
    with page.expect_download(timeout=WAIT) as download:
        page.get_by_role("button", name=name).click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


@dataclass(frozen=True)
class Dashboard:
    """What stands on the results' screen: its texts, and its tables row by row."""

    meta: str
    headline: str
    band: str
    domains: Rows
    dimensions: Rows
    gaps: Rows
    groups: Rows
    concerns: Rows
    respondents: Rows


def read(page: Page) -> Dashboard:
    def rows(card: str) -> Rows:
        found = page.evaluate(
            """name => {
                return [...document.getElementById(name).querySelectorAll('table:last-of-type tr')]
                    .filter(row => !row.closest('.pw-detail'))
                    .map(row => [...row.cells].map(cell => cell.textContent.trim()));
            }""",
            card,
        )
        assert found, card
        return found

    return Dashboard(
        page.locator(".pw-meta").inner_text(),
        page.get_by_role("heading", level=1).inner_text(),
        page.locator(".pw-band strong").inner_text(),
        *(rows(card) for card in CARDS),
    )


def sheet(path: Path, title: str) -> Worksheet:
    found = load_workbook(path)[title]
    assert isinstance(found, Worksheet)
    return found


def table(found: Worksheet) -> Rows:
    """The rows of a sheet's table, below the header that stays in sight."""
    assert found.freeze_panes
    first = int(re.sub(r"\D", "", str(found.freeze_panes)))
    rows: Rows = []
    for cells in found.iter_rows(min_row=first):
        row = [cell.value for cell in cells]
        if row[0] is None or cells[0].coordinate in found.merged_cells:
            break
        rows.append([cell.strip() if isinstance(cell, str) else cell for cell in row])
    return rows


def everything(path: Path) -> dict[str, Rows]:
    """Every sheet of a workbook, row by row, without its empty cells."""
    return {
        found.title: [
            cells
            for row in found.iter_rows(values_only=True)
            if (cells := [value for value in row if value is not None])
        ]
        for found in load_workbook(path).worksheets
    }
