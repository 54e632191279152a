"""What somebody wrote in an answer cell: which answer it is, or why it is none, in words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assessment.exchange.answer_workbook.layout import YES
from assessment.exchange.xlsx.cells import Cell
from questionnaires.library import Library
from questionnaires.model import Item
from questionnaires.phrases import listing, nearest, quoted
from questionnaires.question_text import Choice
from scoring.answers.validation import LONGEST_TEXT, value_problem

#: What counts as chosen beside one of several choices, and as not chosen.
CHOSEN = {"yes", "y", "x", "true", "1", "✓", "✔"}
NOT_CHOSEN = {"no", "n", "false", "0", "-"}
MAX_ALLOWED = 30


class NoAnswerError(Exception):
    """What stands in a cell is no answer there; says why in words."""


def words_of(cell: Cell | None) -> str:
    """The text of an answer cell; nothing where it is empty.

    Raises:
        NoAnswerError: a formula, a date or an error stands there.
    """
    if cell is None:
        return ""
    match cell.kind:
        case "formula":
            raise NoAnswerError(
                "a formula stands here, and its result is not taken on trust: write the answer "
                "itself"
            )
        case "date":
            raise NoAnswerError(
                "a date stands here; often Excel made it of something like 1/2. Delete it, and "
                "write or choose the answer again"
            )
        case "error":
            raise NoAnswerError(f"an error stands here ({cell.text[:20]}): write the answer itself")
    return cell.text.strip()


def alike(text: str) -> str:
    """A text without what does not matter: case, blanks, the form of an apostrophe."""
    return " ".join(text.replace("’", "'").replace("‘", "'").split()).casefold()


def code_of(written: str, answers: Sequence[Choice]) -> str:
    """The code of an answer that is given by its label or its code.

    Raises:
        NoAnswerError: it is none of the answers.
    """
    found = _found(written, answers)
    if found is None:
        raise NoAnswerError(_not_allowed(written, answers))
    return found.code


def codes_of(written: str, answers: Sequence[Choice]) -> list[str]:
    """The codes of several answers, separated by semicolons or on lines of their own.

    Raises:
        NoAnswerError: a part of it is none of the answers.
    """
    parts = [part.strip() for part in re.split(r"[;\n]", written) if part.strip()]
    codes = [code_of(part, answers) for part in parts]
    return list(dict.fromkeys(codes))


def is_chosen(written: str) -> bool:
    """Whether a choice is chosen.

    Raises:
        NoAnswerError: it is neither yes nor no.
    """
    word = alike(written)
    if word in CHOSEN:
        return True
    if word and word not in NOT_CHOSEN:
        raise NoAnswerError(f"found {quoted(written)}; allowed: {YES}, or nothing")
    return False


def number_of(cell: Cell | None, item: Item, library: Library, answers: Sequence[Choice]) -> str:
    """A number as the answers carry it, or the code of an answer that is no number.

    Raises:
        NoAnswerError: it is no number, or not one that the item allows.
    """
    written = words_of(cell)
    if not written or cell is None:
        return ""
    if cell.kind == "percentage":
        raise NoAnswerError("a percentage stands here: write a plain number")
    found = _found(written, answers)
    if found is not None:
        return found.code
    if cell.kind == "truth":
        raise NoAnswerError(f"found {quoted(written)}; allowed: a number such as 12 or 7.5")
    if problem := value_problem(item, written, library):
        also = f", or {listing(answer.label for answer in answers)}" if answers else ""
        raise NoAnswerError(f"{problem}{also}")
    return written


def text_of(cell: Cell | None) -> str:
    """Words of somebody's own.

    Raises:
        NoAnswerError: they are too many, or something else stands there.
    """
    written = words_of(cell)
    if len(written) > LONGEST_TEXT:
        raise NoAnswerError(f"a text may have {LONGEST_TEXT} characters, found {len(written)}")
    return written


def _found(written: str, answers: Sequence[Choice]) -> Choice | None:
    """By label first: the label of one answer may be the code of another."""
    word = alike(written)
    by_label = next((answer for answer in answers if alike(answer.label) == word), None)
    by_code = next((answer for answer in answers if answer.code == word), None)
    return by_label or by_code


def _not_allowed(written: str, answers: Sequence[Choice]) -> str:
    labels = [answer.label for answer in answers]
    near = nearest(written, labels)
    return f"found {quoted(written)}{near}; allowed: {listing(labels, MAX_ALLOWED)}"
