"""Answers from a CSV file in long form, with clear words for whatever is wrong with it."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pandas as pd

from assessment.exchange.problems import InputError, InputProblem
from questionnaires.phrases import quoted
from scoring.answers.matrix import COLUMNS

#: The largest file that is read. A thousand people with every questionnaire need about 10 MB.
LARGEST = 25_000_000
HEADER = ",".join(COLUMNS)
SAVE_AS = "In Excel choose 'Save as', then 'CSV UTF-8'"


def read_csv(path: Path) -> pd.DataFrame:
    """Read a file of answers.

    Returns:
        A table of text with the columns ``respondent, group, questionnaire, item, value``; its
        index is the line in the file.

    Raises:
        InputError: the file is missing, too large, empty, not UTF-8, or not in this form.
    """
    try:
        with path.open("rb") as file:
            # One byte more shows that a file is too large, also where it comes through a pipe.
            content = file.read(LARGEST + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise InputError.of(str(path), "there is no such file") from None
    except OSError as error:
        raise InputError.of(str(path), (error.strerror or "cannot be read").lower()) from None
    return parse_csv(content, path.name)


def parse_csv(content: bytes, name: str) -> pd.DataFrame:
    """Read answers from the bytes of a file; ``name`` is what messages call it."""
    if len(content) > LARGEST:
        raise InputError.of(
            name,
            f"the file has more than {LARGEST / 1e6:.0f} MB, which is the most that is read: "
            "split it, or leave out columns and rows that are no answers",
        )
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise InputError.of(name, f"this is an Excel workbook, whatever its name: {SAVE_AS}")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InputError.of(name, f"this is UTF-16 text ('Unicode text' in Excel): {SAVE_AS}")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError.of(
            name,
            f"not UTF-8 text: byte 0x{content[error.start]:02x} cannot be read. {SAVE_AS}",
            row=content[: error.start].count(b"\n") + 1,
        ) from None
    if not text.strip():
        raise InputError.of(name, f"the file is empty; its first line must be {HEADER}", row=1)
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise InputError.of(name, f"holds a zero byte, which no text has. {SAVE_AS}", row=line)
    return _table(text, name)


def _table(text: str, name: str) -> pd.DataFrame:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    lines: list[int] = []
    rows: list[list[str]] = []
    problems: list[InputProblem] = []
    line = 1  # where a row begins: one with a long text may end some lines further down
    try:
        header = next(reader)
        if header != list(COLUMNS):
            raise InputError.of(
                name,
                f"the first line must be exactly {HEADER}; found "
                f"{quoted(','.join(header), 100)}{_separator(header)}",
                row=1,
            )
        line = reader.line_num + 1
        for row in reader:
            if len(row) == len(COLUMNS):
                if any(cell.strip() for cell in row):
                    lines.append(line)
                    rows.append(row)
            elif any(cell.strip() for cell in row):
                wording = (
                    f"found {len(row)} cells, and {len(COLUMNS)} are needed ({HEADER}); "
                    "a comma within a cell needs quotes around the cell"
                )
                problems.append(InputProblem(name, line, wording))
            line = reader.line_num + 1
    except csv.Error as error:
        raise InputError.of(name, _unreadable(str(error)), row=line) from None
    if problems:
        raise InputError(problems)
    if not rows:
        raise InputError.of(name, "there is a header and no answer below it", row=2)
    table = pd.DataFrame(rows, columns=list(COLUMNS), index=lines, dtype="str")
    for column in ("respondent", "group", "questionnaire", "item"):
        table[column] = table[column].str.strip()
    return table


def _separator(header: list[str]) -> str:
    for separator, said in ((";", "semicolons"), ("\t", "tabs")):
        if len(header) == 1 and separator in header[0]:
            return f". Your file separates with {said}: save it as CSV with commas"
    return ""


def _unreadable(text: str) -> str:
    """The words of Python's csv module, in plain ones."""
    if "unexpected end" in text:
        return "a quote is opened here and never closed"
    if "field larger" in text:
        return (
            f"a cell of more than {csv.field_size_limit()} characters begins here; often a quote "
            "that is never closed"
        )
    if "expected after" in text:
        return "text goes on after a closing quote; within a cell write each quote twice"
    return f"not readable as CSV: {text}"
