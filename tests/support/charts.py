"""The charts of a workbook, read from the parts of its file: sheets of openpyxl name none."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl.packaging.relationship import RelationshipList, get_dependents, get_rels_path
from openpyxl.reader.drawings import find_images
from openpyxl.reader.workbook import WorkbookParser
from openpyxl.xml.constants import ARC_WORKBOOK, REL_NS

#: By the title of their sheet, in the order in which they stand.
Charts = dict[str, list[Any]]


def charts_of(book: Path | BytesIO) -> Charts:
    """The charts of each sheet that has some."""
    charts: Charts = {}
    with zipfile.ZipFile(book) as parts:
        parser = WorkbookParser(parts, ARC_WORKBOOK, keep_links=False)
        parser.parse()
        for sheet, part in parser.find_sheets():
            path = get_rels_path(part.target)
            links = get_dependents(parts, path) if path in parts.namelist() else RelationshipList()
            for drawing in links.find(f"{REL_NS}/drawing"):
                if of_sheet := find_images(parts, drawing.target)[0]:
                    charts[sheet.name] = of_sheet
    return charts
