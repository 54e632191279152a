"""Answers from workbooks: those that were filled in, and those with one sheet in long form."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from pathlib import PurePosixPath

import pandas as pd

from assessment.exchange.answer_workbook.filled import FilledWorkbook
from assessment.exchange.answer_workbook.layout import MARK
from assessment.exchange.answers.long_sheet import long_rows
from assessment.exchange.xlsx.cells import read_cells
from questionnaires.library import Library
from questionnaires.problems import Place, Problem, ProblemsError
from scoring.answers.matrix import COLUMNS

LONGEST_NAME = 100


def read_workbooks(
    files: Iterable[tuple[str, bytes]],
    library: Library,
    *,
    progress: Callable[[int, str], None] | None = None,
    forms_only: bool = False,
) -> pd.DataFrame:
    """Read the answers of many workbooks, one respondent each; or of one in long form.

    Args:
        files: names and contents. The name is what messages call a file, and who answered.
        progress: called after each file with how many were read and the name of this one.
        forms_only: take workbooks that were made to be filled in, and none in long form.

    Returns:
        A table of text with the columns ``respondent, group, questionnaire, item, value``; its
        index is the ``Place`` of each answer. No two files share a respondent, even if their names
        are the same.

    Raises:
        ProblemsError: with the problems of every file, each with its sheet and cell. Then no answer
            of any file is taken.
    """
    problems: list[Problem] = []
    rows: list[tuple[str, ...]] = []
    places: list[Place] = []
    names = _Names()
    in_long_form: list[str] = []
    count = 0
    for count, (given, content) in enumerate(files, start=1):
        name = printable(given)
        try:
            names.only_once(name, content)
            book = read_cells(content, name)
            form = next((sheet for sheet in book if sheet.text(1, 1) == MARK), None)
            if form is None and forms_only:
                raise ProblemsError.of("no_form", name)
            if form is None:
                in_long_form.append(name)
                found = list(long_rows(book, name))
            else:
                filled = FilledWorkbook(book, form, name, library)
                own = (names.respondent(name), filled.who.group)
                found = [(place, (*own, *answer)) for place, *answer in filled.values()]
            places += [place for place, _ in found]
            rows += [row for _, row in found]
        except ProblemsError as error:
            problems += error.problems
        if progress is not None:
            progress(count, name)
    if in_long_form and count > 1:
        problems.append(Problem("long_form_alone", Place(in_long_form[0])))
    if problems:
        raise ProblemsError(problems)
    table = pd.DataFrame(rows, columns=list(COLUMNS), dtype="str")
    table.index = pd.Index(places, dtype=object)
    return table


def printable(name: str) -> str:
    """The name of a file without its folder and without signs that steer a screen."""
    last = PurePosixPath(name.replace("\\", "/")).name
    return "".join(sign if sign.isprintable() else "?" for sign in last) or "workbook.xlsx"


class _Names:
    """Gives each file a respondent of its own, and sees that none is given twice."""

    def __init__(self) -> None:
        self.contents: dict[bytes, str] = {}
        self.taken: set[str] = set()

    def only_once(self, name: str, content: bytes) -> None:
        mark = hashlib.sha256(content).digest()
        if mark in self.contents:
            raise ProblemsError.of("same_file", name, self.contents[mark])
        self.contents[mark] = name

    def respondent(self, name: str) -> str:
        stem = re.sub(r"\.xlsx$", "", name, flags=re.IGNORECASE).strip()[:LONGEST_NAME]
        stem = stem or "respondent"
        found, number = stem, 2
        while found in self.taken:
            found, number = f"{stem} ({number})", number + 1
        self.taken.add(found)
        return found
