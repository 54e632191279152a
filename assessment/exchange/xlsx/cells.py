"""The cells of a workbook that somebody gives us, read as they stand.

This reads cells and nothing else: no charts, names, headers or rules, which openpyxl would read
too, some of them in a time that grows with the square of their length. A formula is never
trusted: neither its text nor the value that the file claims for it is an answer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, NamedTuple

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

from assessment.exchange.xlsx.limits import Attributes, parse, unpack
from questionnaires.problems import Place, ProblemsError

#: About a hundred thousand answers in long form.
MAX_CELLS = 500_000
MAX_SHEETS = 50
#: Elements of one part: a cell with its text takes three at most, and a row one.
MAX_ELEMENTS = 7 * MAX_CELLS // 2
#: Excel's own limits.
LONGEST_CELL, LAST_ROW, LAST_COLUMN = 32_767, 1_048_576, 16_384
REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
#: Formats of dates that depend on the language of the program and have no code in the file.
DATES_BY_LANGUAGE = {*map(str, range(27, 37)), *map(str, range(50, 59))}
NUMBER = re.compile(r"[+-]?[0-9]{1,40}(\.[0-9]{0,40})?([eE][+-]?[0-9]{1,3})?|\.[0-9]{1,40}")
#: How Excel writes signs that XML cannot hold.
ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")

Kind = Literal["text", "number", "percentage", "truth", "date", "error", "formula"]


class Cell(NamedTuple):
    """What stands in a cell. Numbers are written with a point and without an exponent."""

    kind: Kind
    text: str


@dataclass(frozen=True)
class CellSheet:
    """A sheet: its cells by row and column, both counted from 1. Empty cells are left out."""

    title: str
    rows: dict[int, dict[int, Cell]]

    def cell(self, row: int, column: int) -> Cell | None:
        return self.rows.get(row, {}).get(column)

    def text(self, row: int, column: int) -> str:
        """The text of a cell; nothing where it is empty."""
        found = self.cell(row, column)
        return found.text if found else ""


def read_cells(content: bytes, name: str) -> tuple[CellSheet, ...]:
    """Read the sheets of a workbook.

    Raises:
        ProblemsError: the file is no workbook, holds what is not allowed, or is damaged.
    """
    parts = unpack(content, name)
    try:
        return _Reader(parts).sheets()
    except ProblemsError as error:
        raise ProblemsError(error.at(Place(name))) from None


class _Reader:
    def __init__(self, parts: dict[str, bytes]) -> None:
        self.parts = parts
        self.left = MAX_CELLS
        self.texts = _texts(parts.get("xl/sharedstrings.xml"))
        self.formats = _formats(parts.get("xl/styles.xml"))

    def sheets(self) -> tuple[CellSheet, ...]:
        found = []
        targets = self._targets()
        for title, reference in self._listed():
            part = targets.get(reference)
            if part is None:
                continue  # a sheet that is only a chart holds no cells
            found.append(CellSheet(title, self._rows(self.parts[part])))
        if not found:
            raise ProblemsError.of("no_sheet")
        return tuple(found)

    def _listed(self) -> list[tuple[str, str]]:
        """The title of each sheet in order, and what refers to its part."""
        found: list[tuple[str, str]] = []

        def start(name: str, attributes: Attributes) -> None:
            if name == "sheet":
                reference = next((v for k, v in attributes.items() if k.endswith(" id")), "")
                found.append((attributes.get("name", ""), reference))

        parse(self.parts["xl/workbook.xml"], start=start, most=50_000)
        titles = [title.casefold() for title, _ in found]
        if len(found) > MAX_SHEETS or len(set(titles)) < len(titles):
            raise ProblemsError.of("sheets", allowed=MAX_SHEETS)
        return found

    def _targets(self) -> dict[str, str]:
        """The part of each sheet by what refers to it."""
        found: dict[str, str] = {}

        def start(name: str, attributes: Attributes) -> None:
            target = attributes.get("Target", "").replace("\\", "/").lower()
            part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            if name == "Relationship" and part in self.parts and "/worksheets/" in part:
                found[attributes.get("Id", "")] = part

        parse(self.parts.get("xl/_rels/workbook.xml.rels", b""), start=start, most=20_000)
        return found

    def _rows(self, part: bytes) -> dict[int, dict[int, Cell]]:
        """The cells of a sheet, read in one pass; a cell is complete where its element ends."""
        rows: dict[int, dict[int, Cell]] = {}
        row = column = 0
        attributes: Attributes = {}
        value = _Text()
        formula = False
        inside = ""

        def start(name: str, attrs: Attributes) -> None:
            nonlocal row, column, attributes, formula, inside
            if name == "row":
                row = _integer(attrs.get("r"), row + 1, LAST_ROW)
                column = 0
            elif name == "c":
                attributes, formula = attrs, False
                row, column = _position(attrs.get("r"), row, column + 1)
                value.clear()
            elif name == "f":
                formula = True
                inside = "f"
            elif name in ("v", "t"):
                inside = name

        def end(name: str) -> None:
            nonlocal inside
            if name == inside:
                inside = ""
            elif name == "c":
                cell = self._cell(attributes, value.read(), formula=formula)
                if cell is None:
                    return
                if column in rows.setdefault(row, {}):
                    raise ProblemsError.of("repeated_cell", found=row)
                rows[row][column] = cell
                self.left -= 1
                if self.left < 0:
                    raise ProblemsError.of("too_many_cells", allowed=MAX_CELLS)

        def text(piece: str) -> None:
            if inside in ("v", "t"):
                value.add(piece)

        parse(part, start=start, end=end, text=text, most=MAX_ELEMENTS)
        return rows

    def _cell(self, attributes: Attributes, raw: str, *, formula: bool) -> Cell | None:
        """What stands in a cell; None where it is empty."""
        if formula:
            return Cell("formula", raw)
        match attributes.get("t", "n"):
            case "s":
                raw = self.texts[_integer(raw, -1, len(self.texts) - 1)] if raw else ""
                kind: Kind = "text"
            case "str" | "inlineStr":
                raw, kind = plain(raw), "text"
            case "b":
                raw, kind = ("TRUE" if raw.strip() == "1" else "FALSE") if raw else "", "truth"
            case "e":
                kind = "error"
            case "d":
                kind = "date"
            case _:
                raw = number(raw)
                style = _integer(attributes.get("s"), 0, 1_000_000)
                kind = self.formats[style] if style < len(self.formats) else "number"
        return Cell(kind, raw) if raw.strip() else None


class _Text:
    """A text that comes in pieces, no longer than a cell may be."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.size = 0

    def clear(self) -> None:
        self.pieces, self.size = [], 0

    def add(self, piece: str) -> None:
        self.size += len(piece)
        if self.size > LONGEST_CELL:
            raise ProblemsError.of("cell_too_long", allowed=LONGEST_CELL)
        self.pieces.append(piece)

    def read(self) -> str:
        text = "".join(self.pieces)
        self.clear()
        return text


def _integer(raw: str | None, missing: int, most: int) -> int:
    """A whole number within what can be."""
    if raw is None:
        return missing
    if not re.fullmatch("[0-9]{1,7}", raw.strip()) or int(raw) > most:
        raise ProblemsError.of("damaged_number")
    return int(raw)


def _position(reference: str | None, row: int, column: int) -> tuple[int, int]:
    """Row and column of a cell, both counted from 1."""
    if reference is not None:
        found = REFERENCE.fullmatch(reference)
        if found is None:
            raise ProblemsError.of("damaged_cell")
        row, column = int(found[2]), 0
        for letter in found[1]:
            column = column * 26 + ord(letter) - ord("A") + 1
    if not (1 <= row <= LAST_ROW and 1 <= column <= LAST_COLUMN):
        raise ProblemsError.of("damaged_cell")
    return row, column


def number(raw: str) -> str:
    """A number as a sheet holds it, as a person would write it."""
    raw = raw.strip()
    if not raw:
        return ""
    if not NUMBER.fullmatch(raw):
        raise ProblemsError.of("damaged_value")
    value = float(raw)
    if abs(value) >= 1e15:
        return f"{value:g}"
    if value.is_integer():
        return str(int(value))
    # Excel keeps 15 digits; the sixteenth and seventeenth are noise of the binary form.
    return f"{value:.15f}".rstrip("0") if abs(value) < 1e-4 else repr(value)


def plain(text: str) -> str:
    """A text of a sheet with the signs that Excel writes out, and with ordinary line ends."""
    if "_x" in text:
        text = ESCAPED.sub(_unescaped, text)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _unescaped(found: re.Match[str]) -> str:
    sign = chr(int(found[1], 16))
    return sign if sign.isprintable() or sign in "\t\n\r" else ""


def _texts(part: bytes | None) -> list[str]:
    """The texts that cells refer to by number."""
    found: list[str] = []
    value = _Text()
    inside: list[str] = []

    def start(name: str, _: Attributes) -> None:
        inside.append(name)
        if name == "si":
            value.clear()

    def end(name: str) -> None:
        inside.pop()
        if name == "si":
            found.append(plain(value.read()))

    def text(piece: str) -> None:
        # How a word is pronounced (rPh) stands beside it and is no part of it.
        if inside and inside[-1] == "t" and "rPh" not in inside:
            value.add(piece)

    if part is not None:
        parse(part, start=start, end=end, text=text, most=MAX_ELEMENTS)
    return found


def _formats(part: bytes | None) -> list[Kind]:
    """What a number means by its format: a number, a date or a percentage."""
    codes: dict[str, str] = {str(key): code for key, code in BUILTIN_FORMATS.items()}
    used: list[str] = []
    inside: list[str] = []

    def start(name: str, attributes: Attributes) -> None:
        if name == "numFmt":
            codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")[:255]
        elif name == "xf" and inside and inside[-1] == "cellXfs":
            used.append(attributes.get("numFmtId", "0"))
        inside.append(name)

    def end(_: str) -> None:
        inside.pop()

    if part is not None:
        parse(part, start=start, end=end, most=200_000)
    kinds: dict[str, Kind] = {
        key: "date" if key in DATES_BY_LANGUAGE else _kind(codes.get(key, "")) for key in set(used)
    }
    return [kinds[key] for key in used]


def _kind(code: str) -> Kind:
    if is_date_format(code):
        return "date"
    return "percentage" if "%" in code else "number"
