"""Tables of answers, in a file of text or in a sheet: which row names the columns, and the answers
below it."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

import numpy as np
import pandas as pd

from assessment.exchange.answers.columns import (
    ColumnMapping,
    Columns,
    LongColumns,
    UnknownColumnsError,
    WideColumns,
    long_columns,
    mapped_columns,
    wide_columns,
)
from assessment.exchange.answers.reading import Numbered, categories
from assessment.exchange.answers.wide_table import WideTable
from questionnaires.library import Library
from questionnaires.phrases import counted
from questionnaires.problems import Place, Problem, ProblemsError
from scoring.answers.matrix import COLUMNS, changed
from scoring.answers.signs import cleaned

#: Among so many first rows the header is looked for; above it titles and blank ones may stand.
FIRST_ROWS = 50
#: What makes a spreadsheet calculate a cell, or drop its first sign. An apostrophe before it makes
#: it text, as a spreadsheet writes it too.
CALCULATED = ("=", "+", "-", "@", "\t", "\r", "'")
#: Of a column that nobody knows, so many different words are shown.
EXAMPLES = 5

Finder = Callable[[Sequence[str], Place], Columns | None]
H = TypeVar("H")


def header_of(
    look: Callable[[Finder], H | None],
    library: Callable[[], Library] | None,
    mapping: ColumnMapping | None,
) -> tuple[H | None, Library | None]:
    """The row that names the columns, and the questionnaires if they are needed to read the rows.

    Args:
        look: the first row whose columns are found.
        library: called where there is not one row an answer. Then columns named by the ids of
            items are looked for, or those of ``mapping``.
    """
    if mapping is not None:
        return look(lambda cells, _: mapped_columns(cells, mapping)), library and library()
    if (found := look(long_columns)) is not None or library is None:
        return found, None
    known = library()
    return look(lambda cells, place: wide_columns(cells, known, place)), known


def answers_in(
    rows: Iterator[tuple[int, list[str]]], columns: Columns, library: Library | None
) -> pd.DataFrame:
    """The answers of rows, each with its number, in long form; the index is that number."""
    if isinstance(columns, WideColumns):
        assert library is not None
        return WideTable(columns, library).read(rows, as_given)
    assert isinstance(columns, LongColumns)
    return _long_table(rows, columns)


def as_given(cell: str) -> str:
    """What a cell says, without the apostrophe that makes it text."""
    return cleaned(cell[1:] if cell.startswith("'") and cell[1:].startswith(CALCULATED) else cell)


def above_in_words(above: int, row: str) -> list[str]:
    """What is to be said of filled rows above the names of the columns; ``row`` is what a row is
    called."""
    return [f"Left out {counted(above, row)} above the names of the columns."] if above > 0 else []


def unknown_columns(
    header: Sequence[str],
    below: Iterable[Sequence[str]],
    mapping: ColumnMapping | None,
    problem: Problem,
) -> ProblemsError:
    """What to say of a table in which no row names the columns that are needed.

    Args:
        header: what seems to name them.
        below: the first rows below it.
        problem: what is said where nobody said which column holds what.
    """
    if mapping is not None:
        names = [cleaned(cell) for cell in header if cell.strip()]
        wanted = [mapping.respondent, mapping.group, *mapping.items.values()]
        missing = [column for column in wanted if column is not None and column not in names]
        return ProblemsError.of("mapped_column", problem.place, missing, names)
    rows = list(below)
    examples: dict[str, list[str]] = {}
    for at, cell in enumerate(header):
        words = (cleaned(row[at]) for row in rows if at < len(row))
        if cell.strip():
            shown = list(dict.fromkeys(filter(None, words)))[:EXAMPLES]
            examples.setdefault(cleaned(cell), shown)
    return UnknownColumnsError(problem, examples)


def filled(row: Sequence[str]) -> int:
    """How many cells there are up to the last that holds something."""
    return max((number for number, cell in enumerate(row, 1) if cell.strip()), default=0)


def _long_table(rows: Iterator[tuple[int, list[str]]], columns: LongColumns) -> pd.DataFrame:
    """The answers of a table with one row an answer; each distinct word is held once."""
    lines = array("q")
    words = [Numbered() for _ in COLUMNS]
    numbers = [array("i") for _ in COLUMNS]
    parts = [
        (numbers[n].append, words[n].__getitem__, columns.places[column])
        for n, column in enumerate(COLUMNS)
    ]
    for line, row in rows:
        if "".join(row).strip():
            lines.append(line)
            for append, number, at in parts:
                append(number(row[at]))
    index = pd.Index(np.frombuffer(lines, dtype=np.int64))
    return pd.DataFrame(
        {
            column: changed(categories(number, word, index), as_given)
            for column, number, word in zip(COLUMNS, numbers, words, strict=True)
        }
    )
