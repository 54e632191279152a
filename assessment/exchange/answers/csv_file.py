"""Answers as a CSV file: written for spreadsheets, and read whichever program wrote it, with clear
words for how it was read and for whatever is wrong with it."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice

import pandas as pd

from assessment.exchange.answers.columns import HEADER, ColumnMapping, Columns, LongColumns
from assessment.exchange.answers.decoding import Text, decoded
from assessment.exchange.answers.reading import Mistakes, Reading
from assessment.exchange.answers.tables import (
    CALCULATED,
    FIRST_ROWS,
    Finder,
    above_in_words,
    answers_in,
    filled,
    header_of,
    unknown_columns,
)
from questionnaires.library import Library
from questionnaires.phrases import quoted
from questionnaires.problems import Place, Problem, ProblemsError

#: The largest file that is read. A thousand people with every questionnaire need about 10 MB.
LARGEST = 25_000_000
#: What separates cells, and what that is called.
SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars"}
#: A line in which Excel is told how cells are separated.
SEPARATOR_LINES = {f"sep={separator}": separator for separator in SEPARATORS}


def csv_bytes(table: pd.DataFrame) -> bytes:
    """Answers as a file that a spreadsheet shows as they are, and ``read_csv`` reads as they were.

    It begins with the mark by which spreadsheets know UTF-8, and no cell is a formula.

    Args:
        table: text, with the columns ``respondent, group, questionnaire, item, value``.
    """
    text = table.map(lambda cell: f"'{cell}" if cell.startswith(CALCULATED) else cell)
    return text.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")


def parse_csv(content: bytes, name: str) -> pd.DataFrame:
    """The answers of a file with one row an answer, all of which can be read; see ``read_csv``.

    Raises:
        ProblemsError: as ``read_csv``, or a row cannot be read.
    """
    reading = read_csv(content, name)
    if reading.problems:
        raise ProblemsError(reading.problems, reading.rows_left_out - len(reading.problems))
    return reading.table


def read_csv(
    content: bytes,
    name: str,
    library: Callable[[], Library] | None = None,
    mapping: ColumnMapping | None = None,
) -> Reading:
    """Read answers from the bytes of a file; ``name`` is what messages call it.

    The header is found by the names of its columns, and with it what separates cells.

    Args:
        library: called where the file has not one row an answer. Then it is read with one row a
            person, if its columns are named by the ids of items, or as ``mapping`` says.

    Returns:
        The answers, the index is the line in the file; rows that cannot be read are left out.

    Raises:
        ProblemsError: the file is too large, empty, in no encoding that can be told, or not in
            this form; a quote in it is never closed.
    """
    if len(content) > LARGEST:
        raise ProblemsError.of("csv_too_large", name, allowed=f"{LARGEST / 1e6:.0f}")
    text = decoded(content, name)
    if not text.content.strip():
        raise ProblemsError.of("csv_empty", Place(name, 1), allowed=HEADER)
    header, known = header_of(partial(_header, text, name), library, mapping)
    if header is None:
        raise _unknown_columns(text, name, mapping)
    mistakes = Mistakes()
    rows = _rows(text, header, name, mistakes)
    table = answers_in(rows, header.columns, known)
    if table.empty and not mistakes.count:
        raise ProblemsError.of("no_answers", Place(name, header.line + 1))
    if table.empty:
        raise ProblemsError(mistakes.problems, mistakes.count - len(mistakes.problems))
    said = (*_said(text, header), *header.columns.in_words())
    return Reading(table, said, tuple(mistakes.problems), mistakes.count)


# -- the header ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Header:
    """The row that names the columns, in which line it stands and how many lines it takes."""

    separator: str
    line: int
    lines: int
    columns: Columns
    above: int = 0


def _header(text: Text, name: str, columns: Finder) -> _Header | None:
    """The first row in which the columns are named, whatever separates its cells."""
    found: list[_Header] = []
    said = _said_separator(text)
    for separator in [said] if said else SEPARATORS:
        above = -1 if said else 0
        for line, lines, cells in _first_rows(text, separator):
            if (here := columns(cells, Place(name, line))) is not None:
                found.append(_Header(separator, line, lines, here, above))
                break
            above += bool("".join(cells).strip())
    return min(found, key=lambda header: header.line, default=None)


def _said_separator(text: Text) -> str | None:
    """What the first line says that cells are separated by: ``sep=;``."""
    first = next(text.lines()).strip("\r\n ").strip('"').lower()
    return SEPARATOR_LINES.get(first) or SEPARATOR_LINES.get(first.rstrip(",;|"))


def _first_rows(text: Text, separator: str) -> Iterator[tuple[int, int, list[str]]]:
    """The first rows, each with its line and how many lines it takes."""
    reader = csv.reader(islice(text.lines(), FIRST_ROWS), delimiter=separator)
    line = 1
    try:
        for cells in reader:
            yield line, reader.line_num + 1 - line, cells
            line = reader.line_num + 1
    except csv.Error:
        return


def _unknown_columns(text: Text, name: str, mapping: ColumnMapping | None) -> ProblemsError:
    """What to say of a file in which no row names the columns that are needed."""
    line, separator, header = 1, ",", [""]
    for candidate in SEPARATORS:
        # Nothing else than a row of several cells can name columns.
        rows = ((n, row) for n, _, row in _first_rows(text, candidate) if filled(row) > 1)
        number, cells = next(rows, (1, [""]))
        if filled(cells) > filled(header):
            line, separator, header = number, candidate, cells
    if header == [""]:
        header = [next(line for line in text.lines() if line.strip()).strip()]
    problem = Problem("csv_header", Place(name, line), quoted(separator.join(header), 100), HEADER)
    below = [cells for number, _, cells in _first_rows(text, separator) if number > line]
    return unknown_columns(header, below, mapping, problem)


def _said(text: Text, header: _Header) -> list[str]:
    """How the file was read, where that is not the usual form."""
    said = []
    if header.separator != "," or text.encoding != "UTF-8":
        said.append(f"Read as {SEPARATORS[header.separator]}, {text.encoding}.")
    return [*said, *above_in_words(header.above, "line")]


# -- the rows --------------------------------------------------------------------------------------


def _rows(
    text: Text, header: _Header, name: str, mistakes: Mistakes
) -> Iterator[tuple[int, list[str]]]:
    """The rows below the header that hold something, each with the line in which it begins.

    One with a long text may end some lines further down.
    """
    columns = header.columns
    before = header.line + header.lines - 1
    reader = csv.reader(islice(text.lines(), before, None), delimiter=header.separator, strict=True)
    needed = 1
    if isinstance(columns, LongColumns):
        # Spreadsheets drop empty cells at the end; an answer may be empty, all else is needed.
        needed = 1 + max(at for column, at in columns.places.items() if column != "value")
    while True:
        line = before + reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            problem = _no_csv(str(error), Place(name, line))
            if problem.code != "csv_after_quote":
                raise ProblemsError([problem]) from None
            mistakes.add(partial(_no_csv, str(error), Place(name, line)))
            continue
        count = len(row)
        if count != columns.width:
            if not "".join(row).strip():
                continue
            if count < needed or (count > columns.width and filled(row) > columns.width):
                mistakes.add(partial(_other_width, row, columns.width, Place(name, line)))
                continue
            row += [""] * (columns.width - count)
        yield line, row


def _other_width(row: Sequence[str], width: int, place: Place) -> Problem:
    found = max(filled(row), min(len(row), width))
    return Problem("csv_cells", place, found, width, details={"header": HEADER})


def _no_csv(text: str, place: Place) -> Problem:
    """What Python's csv module says, by what it means."""
    if "unexpected end" in text:
        return Problem("csv_open_quote", place)
    if "field larger" in text:
        return Problem("csv_long_cell", place, allowed=csv.field_size_limit())
    if "expected after" in text:
        return Problem("csv_after_quote", place)
    return Problem("not_csv", place, details={"reason": text})
