"""Files of answers: what is sound is scored, and what is left out is said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from assessment.exchange.answers.reading import Reading
from assessment.services.results.evaluation import labelled, library_for, placed
from questionnaires.content_files.yaml_files import Document
from questionnaires.library import Library
from questionnaires.phrases import counted, listed
from questionnaires.problems import Problem, ProblemsError
from scoring.answers.context import Context
from scoring.answers.matrix import arrange
from scoring.answers.taking_in import TakenIn, take_in
from scoring.result import Result, result_of
from scoring.rules.loading import load_guidance


@dataclass(frozen=True)
class SoundAnswers:
    """What files of answers hold that can count.

    Attributes:
        table: one row an answer; numbers as they are stored.
        said: how they were read, in sentences; nothing where that is the usual way.
        left_out: how many answers are not counted, and below it why, line by line; nothing where
            all are.
    """

    table: pd.DataFrame
    said: tuple[str, ...]
    left_out: tuple[str, ...]


@dataclass(frozen=True)
class FileResult:
    """What files of answers came to; the rest as for ``SoundAnswers``."""

    result: Result
    said: tuple[str, ...]
    left_out: tuple[str, ...]


def evaluate_file(
    reading: Reading,
    context: Context,
    *,
    name: str,
    folders: Sequence[Path] = (),
    context_file: Document | None = None,
) -> FileResult:
    """Score what is sound in files of answers; arguments as for ``evaluate``.

    Raises:
        ProblemsError: nothing in them is sound, or who is who cannot be told; or the context,
            questionnaires or guidance cannot be used.
    """
    library = library_for(context, folders=folders, context_file=context_file)
    guidance = load_guidance(library)
    found = sound_answers(reading, library, context, name=name, context_file=context_file)
    result = labelled(result_of(arrange(found.table, library, context), guidance), found.table)
    return FileResult(result, found.said, found.left_out)


def sound_answers(
    reading: Reading,
    library: Library,
    context: Context,
    *,
    name: str,
    context_file: Document | None = None,
) -> SoundAnswers:
    """The answers of files that can count; arguments and errors as for ``evaluate_file``."""
    index = reading.table.index
    try:
        taken = take_in(reading.table, library, context)
    except ProblemsError as error:
        found = placed(error.problems, name, index, context_file)
        more = error.more + reading.rows_left_out - len(reading.problems)
        raise ProblemsError(_in_order([*reading.problems, *found]), more) from None
    problems = placed(taken.problems, name, index, context_file)
    doubts = [] if taken.rewritten is None else placed([taken.rewritten], name, index, None)
    said = (*reading.said, *_said(taken), *(f"Please check: {doubt}." for doubt in doubts))
    return SoundAnswers(taken.table, said, _left_out(reading, taken, problems))


def _said(taken: TakenIn) -> list[str]:
    said = []
    if taken.emptied:
        words = [f"{word} ({counted(n, 'time')})" for word, n in sorted(taken.emptied.items())]
        said.append(f"Read as not answered: {listed(words)}.")
    if taken.alike:
        answers = counted(taken.alike, "answer stands", "answers stand")
        said.append(f"{answers} twice, word for word: counted once.")
    return said


def _left_out(reading: Reading, taken: TakenIn, problems: Sequence[Problem]) -> tuple[str, ...]:
    """How much does not count, and why."""
    every = _in_order([*reading.problems, *problems])
    if not every:
        return ()
    parts = []
    if taken.left_out:
        parts.append(f"{taken.left_out} of {counted(taken.given, 'answer')}")
    if reading.rows_left_out:
        parts.append(
            counted(reading.rows_left_out, "row that cannot be read", "rows that cannot be read")
        )
    more = taken.more + reading.rows_left_out - len(reading.problems)
    head = f"Left out: {listed(parts)}. Everything else counts."
    return (head, *ProblemsError(every, more).lines())


def _in_order(problems: Sequence[Problem]) -> list[Problem]:
    """By their lines, where they have some."""
    return sorted(problems, key=lambda problem: problem.place.line or 0)
