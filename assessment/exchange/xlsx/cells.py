"""The cells of a workbook that somebody gives us, read as they stand.

This reads cells, and where comments and drawings lie, and nothing else: no charts, names, headers
or rules, which openpyxl would read too, some of them in a time that grows with the square of their
length. A formula is never trusted: neither its text nor the value that the file claims for it is an
answer.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
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

#: What else a part may hold that is looked through: no person writes so many comments.
MAX_BESIDE = 200_000
Kind = Literal["text", "number", "percentage", "truth", "date", "error", "formula"]
KindBeside = Literal["comment", "drawing", "file"]


class Cell(NamedTuple):
    """What stands in a cell. Numbers are written with a point and without an exponent.

    ``struck``: all of it or a part is struck out.
    """

    kind: Kind
    text: str
    struck: bool = False


class Beside(NamedTuple):
    """What lies on a sheet and stands in no cell: a comment, a drawing (also a picture or a text
    box) or a file. Row and column are counted from 1, and 0 where nobody can tell."""

    kind: KindBeside
    row: int = 0
    column: int = 0


@dataclass(frozen=True)
class CellSheet:
    """A sheet: its cells by row and column, both counted from 1. Empty cells are left out."""

    title: str
    rows: dict[int, dict[int, Cell]]
    beside: tuple[Beside, ...] = ()

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
        self.looked_through: dict[str, list[Beside]] = {}
        self.texts = _texts(parts.get("xl/sharedstrings.xml"))
        self.styles = _styles(parts.get("xl/styles.xml"))

    def sheets(self) -> tuple[CellSheet, ...]:
        found = []
        targets = self._targets()
        for title, reference in self._listed():
            part = targets.get(reference)
            if part is None:
                continue  # a sheet that is only a chart holds no cells
            beside = tuple(dict.fromkeys(self._beside(part)))
            found.append(CellSheet(title, self._rows(self.parts[part]), beside))
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
        links = self._links("xl/workbook.xml")
        return {
            reference: target
            for reference, _, target in links
            if target in self.parts and "/worksheets/" in target
        }

    def _links(self, part: str) -> list[tuple[str, str, str]]:
        """What a part refers to: by which reference, as what, and where it lies."""
        found: list[tuple[str, str, str]] = []
        folder, name = posixpath.split(part)

        def start(element: str, attributes: Attributes) -> None:
            if element != "Relationship" or attributes.get("TargetMode", "").lower() == "external":
                return
            target = attributes.get("Target", "").replace("\\", "/").lower()
            place = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            kind = attributes.get("Type", "").lower().rpartition("/")[2]
            found.append((attributes.get("Id", ""), kind, place))

        parse(self.parts.get(f"{folder}/_rels/{name}.rels", b""), start=start, most=20_000)
        return found

    def _beside(self, part: str) -> Iterator[Beside]:
        """What lies on a sheet beside its cells."""
        folder, name = posixpath.split(part)
        if f"{folder}/_rels/{name}.rels" not in self.parts:
            return
        for kind, target in dict.fromkeys((kind, place) for _, kind, place in self._links(part)):
            if kind in ("oleobject", "package"):
                yield Beside("file")
            elif target in self.parts and kind in READERS:
                # Once, however many sheets refer to it.
                if target not in self.looked_through:
                    self.looked_through[target] = _looked_through(kind, self.parts[target])
                yield from self.looked_through[target]

    def _rows(self, part: bytes) -> dict[int, dict[int, Cell]]:
        """The cells of a sheet, read in one pass; a cell is complete where its element ends."""
        rows: dict[int, dict[int, Cell]] = {}
        row = column = 0
        attributes: Attributes = {}
        value = _Text()
        formula = struck = False
        inside = ""

        def start(name: str, attrs: Attributes) -> None:
            nonlocal row, column, attributes, formula, struck, inside
            if name == "row":
                row = _integer(attrs.get("r"), row + 1, LAST_ROW)
                column = 0
            elif name == "c":
                attributes, formula, struck = attrs, False, False
                row, column = _position(attrs.get("r"), row, column + 1)
                value.clear()
            elif name == "f":
                formula = True
                inside = "f"
            elif name in ("v", "t"):
                inside = name
            elif name == "strike":
                struck = struck or _is_on(attrs)

        def end(name: str) -> None:
            nonlocal inside
            if name == inside:
                inside = ""
            elif name == "c":
                cell = self._cell(attributes, value.read(), formula=formula, struck=struck)
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

    def _cell(
        self, attributes: Attributes, raw: str, *, formula: bool, struck: bool
    ) -> Cell | None:
        """What stands in a cell; None where it is empty."""
        style = _integer(attributes.get("s"), 0, 1_000_000)
        look = self.styles[style] if style < len(self.styles) else PLAIN_STYLE
        struck = struck or look.struck
        if formula:
            return Cell("formula", raw, struck)
        match attributes.get("t", "n"):
            case "s":
                which = _integer(raw, -1, len(self.texts) - 1) if raw else -1
                raw, in_part = self.texts[which] if raw else ("", False)
                kind: Kind = "text"
                struck = struck or in_part
            case "str" | "inlineStr":
                raw, kind = plain(raw), "text"
            case "b":
                raw, kind = ("TRUE" if raw.strip() == "1" else "FALSE") if raw else "", "truth"
            case "e":
                kind = "error"
            case "d":
                kind = "date"
            case _:
                raw, kind = number(raw), look.kind
        return Cell(kind, raw, struck) if raw.strip() else None


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
    return chr(int(found[1], 16))


def _is_on(attributes: Attributes) -> bool:
    """Whether an element without a value, such as "struck out", means yes."""
    return attributes.get("val", "1").lower() not in ("0", "false")


def _texts(part: bytes | None) -> list[tuple[str, bool]]:
    """The texts that cells refer to by number, and whether something in them is struck out."""
    found: list[tuple[str, bool]] = []
    value = _Text()
    inside: list[str] = []
    struck = False

    def start(name: str, attributes: Attributes) -> None:
        nonlocal struck
        inside.append(name)
        if name == "si":
            value.clear()
            struck = False
        elif name == "strike":
            struck = struck or _is_on(attributes)

    def end(name: str) -> None:
        inside.pop()
        if name == "si":
            found.append((plain(value.read()), struck))

    def text(piece: str) -> None:
        # How a word is pronounced (rPh) stands beside it and is no part of it.
        if inside and inside[-1] == "t" and "rPh" not in inside:
            value.add(piece)

    if part is not None:
        parse(part, start=start, end=end, text=text, most=MAX_ELEMENTS)
    return found


class _Style(NamedTuple):
    """What a number means by its format, and whether the cell is struck out."""

    kind: Kind
    struck: bool


PLAIN_STYLE = _Style("number", False)


def _styles(part: bytes | None) -> list[_Style]:
    """The look of cells, by the number that they refer to it with."""
    codes: dict[str, str] = {str(key): code for key, code in BUILTIN_FORMATS.items()}
    fonts: list[bool] = []
    used: list[tuple[str, str]] = []
    inside: list[str] = []

    def start(name: str, attributes: Attributes) -> None:
        if name == "numFmt":
            codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")[:255]
        elif name == "xf" and inside and inside[-1] == "cellXfs":
            used.append((attributes.get("numFmtId", "0"), attributes.get("fontId", "0")))
        elif name == "font" and inside and inside[-1] == "fonts":
            fonts.append(False)
        elif name == "strike" and inside[-2:] == ["fonts", "font"]:
            fonts[-1] = _is_on(attributes)
        inside.append(name)

    def end(_: str) -> None:
        inside.pop()

    if part is not None:
        parse(part, start=start, end=end, most=200_000)
    kinds: dict[str, Kind] = {
        key: "date" if key in DATES_BY_LANGUAGE else _kind(codes.get(key, ""))
        for key in {key for key, _ in used}
    }
    struck = {str(font) for font, is_struck in enumerate(fonts) if is_struck}
    return [_Style(kinds[key], font in struck) for key, font in used]


def _kind(code: str) -> Kind:
    if is_date_format(code):
        return "date"
    return "percentage" if "%" in code else "number"


def _looked_through(kind: str, part: bytes) -> list[Beside]:
    """What lies on a sheet by a part of it."""
    try:
        return READERS[kind](part)
    except ProblemsError as error:
        # A part that cannot be read may hold something; one that was made to harm is refused.
        if error.problems[0].code == "own_definitions":
            raise
        return [Beside("drawing" if kind == "drawing" else "comment")]


def _comments(part: bytes) -> list[Beside]:
    """The cells with a comment, old or threaded, in which something is written."""
    found: list[Beside] = []
    place: tuple[int, int] | None = None
    inside = 0

    def start(name: str, attributes: Attributes) -> None:
        nonlocal place, inside
        if name in ("comment", "threadedComment"):
            place = _position(attributes.get("ref"), 1, 1)
        inside += name in ("t", "text")

    def end(name: str) -> None:
        nonlocal inside
        inside -= name in ("t", "text")

    def text(piece: str) -> None:
        nonlocal place
        if inside and place is not None and piece.strip():
            found.append(Beside("comment", *place))
            place = None

    parse(part, start=start, end=end, text=text, most=MAX_BESIDE)
    return found


def _drawings(part: bytes) -> list[Beside]:
    """Where drawings, pictures and text boxes begin."""
    found: list[Beside] = []
    inside: list[str] = []
    at: dict[str, str] = {}

    def start(name: str, _: Attributes) -> None:
        inside.append(name)
        if name in ANCHORS:
            at.clear()

    def end(name: str) -> None:
        inside.pop()
        if name in ANCHORS:
            row, column = (_integer(at.get(key), -1, LAST_ROW) + 1 for key in ("row", "col"))
            found.append(Beside("drawing", row, column) if row and column else Beside("drawing"))

    def text(piece: str) -> None:
        if inside[-2:-1] == ["from"] and inside[-1] in ("row", "col"):
            at[inside[-1]] = at.get(inside[-1], "") + piece

    parse(part, start=start, end=end, text=text, most=MAX_BESIDE)
    return found


ANCHORS = ("twoCellAnchor", "oneCellAnchor", "absoluteAnchor")
#: What looks through a part that lies on a sheet, by how the sheet refers to it.
READERS: dict[str, Callable[[bytes], list[Beside]]] = {
    "comments": _comments,
    "threadedcomment": _comments,
    "drawing": _drawings,
}
