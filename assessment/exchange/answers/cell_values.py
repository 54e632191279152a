"""What somebody wrote in an answer cell: which answer it is, or why it is none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assessment.exchange.answer_workbook.layout import YES
from assessment.exchange.xlsx.cells import Cell
from questionnaires import numbers
from questionnaires.library import Library
from questionnaires.model import Item
from questionnaires.phrases import listing
from questionnaires.problems import Problem, ProblemsError
from questionnaires.question_text import Choice
from questionnaires.typed_answers import limits, text_problem
from scoring.answers.signs import cleaned, comparable
from scoring.answers.validation import value_problem

#: What counts as chosen beside one of several choices, and as not chosen.
CHOSEN = {"yes", "y", "x", "true", "1", "✓", "✔"}
NOT_CHOSEN = {"no", "n", "false", "0", "-"}


def words_of(cell: Cell | None) -> str:
    """The text of an answer cell; nothing where it is empty.

    Raises:
        ProblemsError: a formula, a date or an error stands there.
    """
    if cell is None:
        return ""
    match cell.kind:
        case "formula":
            raise ProblemsError.of("formula")
        case "date":
            raise ProblemsError.of("date")
        case "error":
            raise ProblemsError.of("error_value", found=cell.text[:20])
    return cleaned(cell.text)


def code_of(cell: Cell | None, answers: Sequence[Choice]) -> str:
    """The code of an answer that is given by its label or its code; nothing where none is given.

    Raises:
        ProblemsError: it is none of the answers.
    """
    written = words_of(cell)
    return _code(written, answers) if written else ""


def codes_of(cell: Cell | None, answers: Sequence[Choice]) -> list[str]:
    """The codes of several answers, separated by semicolons or on lines of their own.

    Raises:
        ProblemsError: a part of it is none of the answers.
    """
    parts = [part.strip() for part in re.split(r"[;\n]", words_of(cell)) if part.strip()]
    return list(dict.fromkeys(_code(part, answers) for part in parts))


def is_chosen(cell: Cell | None) -> bool:
    """Whether a choice is chosen.

    Raises:
        ProblemsError: it is neither yes nor no.
    """
    written = words_of(cell)
    word = comparable(written)
    if word and word not in CHOSEN | NOT_CHOSEN:
        raise ProblemsError.of("no_truth", found=written, allowed=YES)
    return word in CHOSEN


def number_of(cell: Cell | None, item: Item, library: Library, answers: Sequence[Choice]) -> str:
    """A number as the answers carry it, or the code of an answer that is no number.

    Raises:
        ProblemsError: it is no number, or not one that the item allows.
    """
    written = words_of(cell)
    if not written or cell is None:
        return ""
    if cell.kind == "percentage":
        raise ProblemsError.of("percentage")
    found = _found(written, answers)
    if found is not None:
        return found.code
    if cell.kind == "truth":
        raise ProblemsError.of("truth_for_number", found=written)
    problem = None
    if cell.kind == "text":
        read = numbers.read(written, limits(item))
        problem = read if isinstance(read, Problem) else None
        written = written if isinstance(read, Problem) else numbers.as_stored(read)
    problem = problem or value_problem(item, written, library)
    if problem := problem or limits(item).problem(Decimal(written)):
        or_label = f", or {listing(answer.label for answer in answers)}" if answers else ""
        raise ProblemsError([replace(problem, details={**problem.details, "or_label": or_label})])
    return written


def text_of(cell: Cell | None) -> str:
    """Words of somebody's own.

    Raises:
        ProblemsError: they are too many, or something else stands there.
    """
    written = words_of(cell)
    if problem := text_problem(written):
        raise ProblemsError([problem])
    return written


def _code(written: str, answers: Sequence[Choice]) -> str:
    found = _found(written, answers)
    if found is None:
        labels = [answer.label for answer in answers]
        raise ProblemsError.of("unknown_option", found=written, allowed=labels)
    return found.code


def _found(written: str, answers: Sequence[Choice]) -> Choice | None:
    """By label first: the label of one answer may be the code of another."""
    word = comparable(written)
    by_label = [answer for answer in answers if comparable(answer.label) == word]
    by_code = [answer for answer in answers if answer.code == word]
    return next(iter(by_label + by_code), None)
