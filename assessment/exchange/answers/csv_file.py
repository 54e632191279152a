"""Answers as a CSV file in long form: written for spreadsheets, and read with clear words for
whatever is wrong with it."""

from __future__ import annotations

import csv
import io

import pandas as pd

from questionnaires.phrases import quoted
from questionnaires.problems import Place, Problem, ProblemsError
from scoring.answers.matrix import COLUMNS

#: The largest file that is read. A thousand people with every questionnaire need about 10 MB.
LARGEST = 25_000_000
HEADER = ",".join(COLUMNS)
#: What makes a spreadsheet calculate a cell, or drop its first sign. An apostrophe before it makes
#: it text, as a spreadsheet writes it too.
CALCULATED = ("=", "+", "-", "@", "\t", "\r", "'")


def csv_bytes(table: pd.DataFrame) -> bytes:
    """Answers as a file that a spreadsheet shows as they are, and ``parse_csv`` reads as they were.

    It begins with the mark by which spreadsheets know UTF-8, and no cell is a formula.

    Args:
        table: text, with the columns ``respondent, group, questionnaire, item, value``.
    """
    text = table.map(lambda cell: f"'{cell}" if cell.startswith(CALCULATED) else cell)
    return text.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")


def _as_given(cell: str) -> str:
    """A cell without the apostrophe that makes it text."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(CALCULATED) else cell


def parse_csv(content: bytes, name: str) -> pd.DataFrame:
    """Read answers from the bytes of a file; ``name`` is what messages call it.

    Returns:
        A table of text with the columns ``respondent, group, questionnaire, item, value``; its
        index is the line in the file.

    Raises:
        ProblemsError: the file is too large, empty, not UTF-8, or not in this form.
    """
    if len(content) > LARGEST:
        raise ProblemsError.of("csv_too_large", name, allowed=f"{LARGEST / 1e6:.0f}")
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise ProblemsError.of("csv_is_workbook", name)
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ProblemsError.of("csv_is_utf16", name)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = Place(name, content[: error.start].count(b"\n") + 1)
        found = f"{content[error.start]:02x}"
        raise ProblemsError.of("csv_not_utf8", place, found) from None
    if not text.strip():
        raise ProblemsError.of("csv_empty", Place(name, 1), allowed=HEADER)
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise ProblemsError.of("csv_zero_byte", Place(name, line))
    return _table(text, name)


def _table(text: str, name: str) -> pd.DataFrame:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    lines: list[int] = []
    rows: list[list[str]] = []
    problems: list[Problem] = []
    line = 1  # where a row begins: one with a long text may end some lines further down
    try:
        header = next(reader)
        if header != list(COLUMNS):
            raise _other_header(header, Place(name, 1))
        line = reader.line_num + 1
        for row in reader:
            if len(row) == len(COLUMNS):
                if any(cell.strip() for cell in row):
                    lines.append(line)
                    rows.append([_as_given(cell) for cell in row])
            elif any(cell.strip() for cell in row):
                place, details = Place(name, line), {"header": HEADER}
                problem = Problem("csv_cells", place, len(row), len(COLUMNS), details=details)
                problems.append(problem)
            line = reader.line_num + 1
    except csv.Error as error:
        raise _no_csv(str(error), Place(name, line)) from None
    if problems:
        raise ProblemsError(problems)
    if not rows:
        raise ProblemsError.of("no_answers", Place(name, 2))
    table = pd.DataFrame(rows, columns=list(COLUMNS), index=lines, dtype="str")
    for column in ("respondent", "group", "questionnaire", "item"):
        table[column] = table[column].str.strip()
    return table


def _other_header(header: list[str], place: Place) -> ProblemsError:
    found = quoted(",".join(header), 100)
    for separator, name in ((";", "semicolons"), ("\t", "tabs")):
        if len(header) == 1 and separator in header[0]:
            return ProblemsError.of("csv_separator", place, found, HEADER, separator=name)
    return ProblemsError.of("csv_header", place, found, HEADER)


def _no_csv(text: str, place: Place) -> ProblemsError:
    """What Python's csv module says, by what it means."""
    if "unexpected end" in text:
        return ProblemsError.of("csv_open_quote", place)
    if "field larger" in text:
        return ProblemsError.of("csv_long_cell", place, allowed=csv.field_size_limit())
    if "expected after" in text:
        return ProblemsError.of("csv_after_quote", place)
    return ProblemsError.of("not_csv", place, reason=text)
