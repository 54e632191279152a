"""Fills a template workbook in as a person would: looks for a question, chooses from its list."""

from __future__ import annotations

import io
import random
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from questionnaires.library import Library
from questionnaires.model import DID_NOT_AGREE, WORKING_GROUP, Item

Row = tuple[str, str, str]
NOT_AGREED = "We did not agree"


@dataclass
class Filled:
    """A workbook open for filling in."""

    content: bytes

    @cached_property
    def book(self) -> openpyxl.Workbook:
        return openpyxl.load_workbook(io.BytesIO(self.content))

    @cached_property
    def group(self) -> str:
        """The group whose questions it asks."""
        form = self.book["form"]
        return str(form.cell(4, 2).value or form.cell(2, 2).value)

    @cached_property
    def places(self) -> dict[str, tuple[Worksheet, int]]:
        """The sheet and the row of each question and each choice, by what the first cell says."""
        found = {}
        for sheet in self.book.worksheets:
            for row in range(1, sheet.max_row + 1):
                key = str(sheet.cell(row, 1).value or "").rpartition(" #")[0]
                if key.startswith(("ask ", "tick ")):
                    found[key] = (sheet, row)
        return found

    def cell(self, key: str, header: str = "Your answer") -> Any:
        """The cell of a question in the column with this header."""
        sheet, row = self.places[key]
        names = {cell.value: cell.column for cell in sheet[2]}
        return sheet.cell(row, names[header])

    def list_of(self, cell: Any) -> list[str]:
        """What a cell's drop-down list offers."""
        for rule in cell.parent.data_validations.dataValidation:
            if cell.coordinate in rule.sqref and rule.type == "list":
                found = re.fullmatch(r"lists!\$([A-Z]+)\$1:\$\1\$(\d+)", rule.formula1)
                assert found is not None
                name, last = found.groups()
                column = self.book["lists"][name][: int(last)]
                return [str(entry.value) for entry in column]
        return []

    def saved(self) -> bytes:
        out = io.BytesIO()
        self.book.save(out)
        return out.getvalue()


def fill(content: bytes, library: Library, values: Mapping[str, str]) -> bytes:
    """A template with these values, which are written as in a CSV file."""
    filled = Filled(content)
    for name, value in values.items():
        item = library.items[name.removesuffix(".note")]
        if name == item.note_id:
            cell = filled.cell(f"ask {item.id}", "What shows it (a note)")
            cell.value = value
            cell.data_type = "s"
        elif item.kind == "choices":
            for code in value.split(";"):
                filled.cell(f"tick {item.id} {code}").value = "Yes"
        else:
            _one(filled, item, value, library)
    return filled.saved()


def _one(filled: Filled, item: Item, value: str, library: Library) -> None:
    cell = filled.cell(f"ask {item.id}")
    codes = [option.code for option in library.options(item)]
    offered = [label for label in filled.list_of(cell) if label != NOT_AGREED]
    if value.startswith(DID_NOT_AGREE):
        cell.value = NOT_AGREED
        chosen = value.partition(":")[2].split(";")
        beside = filled.cell(f"ask {item.id}", "If you did not agree: the answers that you gave")
        beside.value = "; ".join(offered[codes.index(code)] for code in chosen)
    elif value in (answers := [*codes, *item.offers_for(filled.group)]):
        cell.value = offered[answers.index(value)]
    elif item.kind == "number":
        cell.value = float(value) if "." in value else int(value)
    else:
        cell.value = value
        cell.data_type = "s"


def any_values(
    library: Library, group: str, items: Iterable[Item], seed: int, answered: float = 1.0
) -> dict[str, str]:
    """Random answers of a respondent, of every sort that each item takes."""
    draw = random.Random(seed)
    found: dict[str, str] = {}
    for item in items:
        if draw.random() > answered:
            continue
        options = library.options(item)
        codes = [option.code for option in options]
        several = [option.code for option in options if not option.exclusive]
        if item.offers_for(group) and draw.random() < 0.2:
            found[item.id] = draw.choice(item.offers_for(group))
        elif item.kind == "choices":
            count = draw.randint(0, len(several))
            single = [[option.code] for option in options if option.exclusive]
            chosen = draw.choice([sorted(draw.sample(several, count), key=codes.index), *single])
            if chosen:
                found[item.id] = ";".join(chosen)
        elif item.kind == "number":
            low, high = item.minimum or 0, item.maximum or 10_000
            between = low if item.whole else low + 0.5
            number = draw.choice([draw.randint(int(low), int(high)), between, low, high])
            found[item.id] = f"{number:g}" if number < 1e6 else str(int(number))
        elif item.kind == "text":
            found[item.id] = draw.choice(TEXTS)
        elif item.kind == "practice" and group == WORKING_GROUP and draw.random() < 0.2:
            chosen = draw.sample(codes, draw.randint(2, len(codes)))
            found[item.id] = f"{DID_NOT_AGREE}:{';'.join(sorted(chosen, key=codes.index))}"
        else:
            found[item.id] = draw.choice(codes)
        if group == WORKING_GROUP and item.takes_note and draw.random() < 0.3:
            found[item.note_id] = draw.choice(TEXTS)
    return found


TEXTS = (
    "Policy of March, with Ana; see page 3.",
    "=1+1",
    "- not yet\n- but soon",
    "@everyone: “really”?",
    "1/2",
    "Zoë 👩‍🔧 <b>&amp;</b> 'quoted'",
    "x" * 4000,
    "  _under_score_ ; a,b".strip(),
    "+44 20 0000 0000",
    "TRUE",
    "0012",
)
