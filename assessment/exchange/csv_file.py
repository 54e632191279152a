"""Answers from a CSV file in long form, with clear words for whatever is wrong with it."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pandas as pd

from assessment.exchange.problems import InputError, InputProblem
from scoring.answers import COLUMNS

#: The largest file that is read. A thousand people with every questionnaire need about 10 MB.
LARGEST = 25_000_000
HEADER = ",".join(COLUMNS)


def read_csv(path: Path) -> pd.DataFrame:
    """Read a file of answers.

    Returns:
        A table of text with the columns ``respondent, group, questionnaire, item, value``; its
        index is the line in the file.

    Raises:
        InputError: the file is missing, too large, empty, not UTF-8, or not in this form.
    """
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise InputError.of(
                path.name,
                f"the file has {size / 1e6:.0f} MB, and {LARGEST / 1e6:.0f} MB are read at most: "
                "split it, or leave out columns and rows that are no answers",
            )
        content = path.read_bytes()
    except OSError as error:
        said = "there is no such file" if not path.exists() else (error.strerror or "unreadable")
        raise InputError.of(str(path), said.lower()) from None
    return parse_csv(content, path.name)


def parse_csv(content: bytes, name: str) -> pd.DataFrame:
    """Read answers from the bytes of a file; ``name`` is what messages call it."""
    if len(content) > LARGEST:
        raise InputError.of(name, f"has more than {LARGEST / 1e6:.0f} MB, which is the most")
    if not content.strip():
        raise InputError.of(name, f"the file is empty; its first line must be {HEADER}", row=1)
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise InputError.of(name, "this is an Excel workbook: save it as CSV (UTF-8) first")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise InputError.of(
            name,
            f"not UTF-8 text: byte 0x{content[error.start]:02x} cannot be read. In Excel choose "
            "'Save as', then 'CSV UTF-8'",
            row=line,
        ) from None
    if "\0" in text:
        raise InputError.of(
            name,
            "holds a zero byte, which no text has",
            row=text[: text.index("\0")].count("\n") + 1,
        )
    return _table(text, name)


def _table(text: str, name: str) -> pd.DataFrame:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    lines: list[int] = []
    rows: list[list[str]] = []
    problems: list[InputProblem] = []
    try:
        header = next(reader)
        if [column.strip() for column in header] != list(COLUMNS):
            raise InputError.of(
                name,
                f"the first line must be exactly {HEADER}; found {_shorten(','.join(header))}"
                + _semicolons(header),
                row=1,
            )
        for row in reader:
            if not any(cell.strip() for cell in row):
                continue
            if len(row) != len(COLUMNS):
                problems.append(
                    InputProblem(
                        name,
                        reader.line_num,
                        f"found {len(row)} cells, and {len(COLUMNS)} are needed ({HEADER}); "
                        "a comma within a cell needs quotes around the cell",
                    )
                )
                continue
            lines.append(reader.line_num)
            rows.append(row)
    except csv.Error as error:
        raise InputError.of(
            name,
            f"not readable as CSV: {error}; look for a quote that is not closed",
            row=reader.line_num,
        ) from None
    if problems:
        raise InputError(problems)
    if not rows:
        raise InputError.of(name, "there is a header and no answer below it", row=2)
    table = pd.DataFrame(rows, columns=list(COLUMNS), index=lines, dtype="str")
    for column in ("respondent", "group", "questionnaire", "item"):
        table[column] = table[column].str.strip()
    return table


def _semicolons(header: list[str]) -> str:
    if len(header) == 1 and ";" in header[0]:
        return ". Your file separates with semicolons: save it as CSV with commas"
    return ""


def _shorten(text: str) -> str:
    shown = text if len(text) <= 100 else f"{text[:97]}..."
    return repr(shown)
