"""Answers from workbooks: those that were filled in, and those with one table of answers."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

import pandas as pd

from assessment.exchange.answer_workbook.filled import FilledWorkbook, ReadWorkbook, origin_of
from assessment.exchange.answer_workbook.layout import MARK, Origin
from assessment.exchange.answer_workbook.sheet_answers import gathered, lies_on
from assessment.exchange.answers.columns import ColumnMapping, UnknownColumnsError
from assessment.exchange.answers.reading import Reading
from assessment.exchange.answers.sheet_table import SheetTable, read_sheet
from assessment.exchange.xlsx.cells import CellSheet, read_cells
from questionnaires.library import Library
from questionnaires.problems import MAX_SHOWN, Place, Problem, ProblemsError
from scoring.answers.matrix import COLUMNS
from scoring.answers.numbers import in_one_way

LONGEST_NAME = 100


def read_workbook(
    name: str,
    content: bytes,
    library: Library,
    belongs: Callable[[Origin], None] = lambda _: None,
) -> ReadWorkbook:
    """Read one workbook that was made to be filled in.

    Args:
        belongs: asked before anything else is read; raises where the workbook comes from somewhere
            that it may not come from.

    Raises:
        ProblemsError: it cannot be read as a whole, or there is no answer in it.
    """
    name = printable(name)
    book = read_cells(content, name)
    form = _form(book)
    if form is None:
        raise ProblemsError.of("no_form", name)
    try:
        belongs(origin_of(form, name))
    except ProblemsError as error:
        raise ProblemsError(error.at(Place(name))) from None
    return FilledWorkbook(book, form, name, library).read()


def workbook_reading(
    files: Iterable[tuple[str, bytes]],
    library: Library,
    *,
    progress: Callable[[int, str], None] | None = None,
    mapping: ColumnMapping | None = None,
) -> Reading:
    """Read workbooks as other files of answers are read: what cannot be told is left out and named,
    and so is what somebody should look at.

    Args:
        files: names and contents: many of one respondent each, or one with a table of answers. The
            name is what messages call a file, and who answered.
        progress: called after each file with how many were read and the name of this one.
        mapping: which column of a table with one row a person holds what.

    Returns:
        The answers; the index is the ``Place`` of each. No two files share a respondent, even if
        their names are the same.

    Raises:
        ProblemsError: with the problems of every file that cannot be read as a whole.
    """
    found = _look(files, library, progress, mapping)
    if found.problems:
        raise ProblemsError(found.problems)
    notes = tuple(f"Please check: {note}." for note in found.notes)
    if found.table is not None:
        return replace(found.table, said=(*found.table.said, *notes))
    doubts = [doubt for book in found.books for doubt in book.doubts]
    table = in_one_way(table_of(found.books), library)
    return Reading(table, notes, tuple(doubts[:MAX_SHOWN]), len(doubts))


def read_workbooks(
    files: Iterable[tuple[str, bytes]],
    library: Library,
    *,
    progress: Callable[[int, str], None] | None = None,
    notes: list[Problem] | None = None,
) -> pd.DataFrame:
    """The same where everything must be told; arguments as for ``workbook_reading``.

    Args:
        notes: takes what is no mistake and must not go by in silence: what is written where nothing
            is read, and workbooks that may be one person's and count twice. If None, these are
            mistakes too.

    Raises:
        ProblemsError: with the problems of every file, each with its sheet and cell. Then no answer
            of any file is taken.
    """
    found = _look(files, library, progress, None)
    problems = list(found.problems)
    problems += (doubt for book in found.books for doubt in book.doubts)
    problems += found.table.problems if found.table is not None else ()
    if notes is None:
        # Copies of one file are handed out on purpose.
        problems += (note for note in found.notes if note.code != "same_number")
    else:
        notes += found.notes
    if problems:
        raise ProblemsError(problems)
    return in_one_way(table_of(found.books), library) if found.table is None else found.table.table


@dataclass
class _Found:
    """What workbooks hold.

    Attributes:
        problems: why files cannot be read as a whole.
        table: the answers of a workbook with a table of answers.
        notes: what somebody should look at.
    """

    problems: list[Problem] = field(default_factory=list)
    books: list[ReadWorkbook] = field(default_factory=list)
    table: Reading | None = None
    notes: list[Problem] = field(default_factory=list)


def _look(
    files: Iterable[tuple[str, bytes]],
    library: Library,
    progress: Callable[[int, str], None] | None,
    mapping: ColumnMapping | None,
) -> _Found:
    found = _Found()
    with_table: list[str] = []
    unknown: UnknownColumnsError | None = None
    count = 0
    for count, (given, content) in enumerate(files, start=1):
        name = printable(given)
        try:
            book = read_cells(content, name)
            form = _form(book)
            if form is None:
                with_table.append(name)
                sheet = read_sheet(book, name, library, mapping)
                found.table = sheet.reading
                found.notes += _beside_table(book, sheet, name)
            else:
                found.books.append(FilledWorkbook(book, form, name, library).read())
        except UnknownColumnsError as error:
            unknown = error
            found.problems += error.problems
        except ProblemsError as error:
            found.problems += error.problems
        if progress is not None:
            progress(count, name)
    if with_table and count > 1:
        found.problems.append(Problem("long_form_alone", Place(with_table[0])))
    elif unknown is not None:
        raise unknown
    found.notes += (problem for book in found.books for problem in book.beside)
    found.notes += (*same_answers(found.books), *_same_number(found.books))
    return found


def _beside_table(book: Sequence[CellSheet], table: SheetTable, name: str) -> Iterator[Problem]:
    """What is written or drawn in a workbook beside its table of answers."""
    yield from gathered("words_beside", table.beside)
    for sheet in book:
        if sheet.title == table.title:
            yield from lies_on(sheet, name)
        elif sheet.rows or sheet.beside:
            yield Problem("further_sheet", Place(name), sheet.title)


def table_of(books: Sequence[ReadWorkbook]) -> pd.DataFrame:
    """The answers of workbooks as a table, with numbers as they are stored; the rest as from
    ``read_workbooks``. Its respondents are those of ``respondents``."""
    return _table(
        (place, (respondent, book.group, *answer))
        for respondent, book in zip(respondents(books), books, strict=True)
        for place, *answer in book.values
    )


def respondents(books: Sequence[ReadWorkbook]) -> list[str]:
    """What each workbook's respondent is called in a table: by its file, and each otherwise."""
    found: list[str] = []
    taken: set[str] = set()
    for book in books:
        stem = re.sub(r"\.xlsx$", "", book.name, flags=re.IGNORECASE).strip()[:LONGEST_NAME]
        stem = stem or "respondent"
        name, number = stem, 2
        while name in taken:
            name, number = f"{stem} ({number})", number + 1
        taken.add(name)
        found.append(name)
    return found


def fingerprint(book: ReadWorkbook) -> str:
    """The same for workbooks of one group with the same number and the same answers."""
    content = repr((book.group, book.origin.copy, sorted(book.answers.items())))
    return hashlib.sha256(content.encode("utf-8", "replace")).hexdigest()


def same_answers(books: Iterable[ReadWorkbook]) -> Iterator[Problem]:
    """Workbooks that say the same as an earlier one and are copies of the same file: perhaps they
    are one person's. Where each copy has a number of its own, equal answers mean nothing."""
    first: dict[str, str] = {}
    for book in books:
        mark = fingerprint(book)
        if mark in first:
            yield Problem("same_answers", Place(book.name), first[mark])
        else:
            first[mark] = book.name


def _same_number(books: Iterable[ReadWorkbook]) -> Iterator[Problem]:
    """Copies of the same file with other answers: of other people, or one that was mended."""
    answers: dict[str, dict[str, str]] = {}
    for book in books:
        if book.origin.copy:
            answers.setdefault(book.origin.copy, {}).setdefault(fingerprint(book), book.name)
    for names in answers.values():
        first, *others = names.values()
        yield from gathered("same_number", [Place(name) for name in others], first=first)


def _form(book: Sequence[CellSheet]) -> CellSheet | None:
    return next((sheet for sheet in book if sheet.text(1, 1) == MARK), None)


def _table(rows: Iterable[tuple[Place, tuple[str, ...]]]) -> pd.DataFrame:
    every = list(rows)
    table = pd.DataFrame([row for _, row in every], columns=list(COLUMNS), dtype="str")
    table.index = pd.Index([place for place, _ in every], dtype=object)
    return table


def printable(name: str) -> str:
    """The name of a file without its folder and without signs that steer a screen."""
    last = PurePosixPath(name.replace("\\", "/")).name
    return "".join(sign if sign.isprintable() else "?" for sign in last) or "workbook.xlsx"
