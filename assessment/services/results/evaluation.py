"""Evaluate: from a table of answers to a result with its recommendation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from assessment.report.wording.flags import flag_in_words
from questionnaires import library as questionnaire_library
from questionnaires.content_files.yaml_files import Document
from questionnaires.library import Library
from questionnaires.model import WORKING_GROUP
from questionnaires.problems import Place, Problem, ProblemsError, in_table
from questionnaires.reference_data import UnknownLadderError
from questionnaires.skip_logic import Applies, applies
from scoring.answers.context import Context
from scoring.answers.matrix import read_answers
from scoring.measures.quality import Flag
from scoring.result import Result, result_of
from scoring.rules.loading import load_guidance

#: With this every name of a respondent of the demonstration begins, so that its answers are known
#: as invented wherever the file goes.
INVENTED = "invented-"


def evaluate(
    table: pd.DataFrame,
    context: Context,
    *,
    name: str,
    folders: Sequence[Path] = (),
    context_file: Document | None = None,
) -> Result:
    """Evaluate a table of answers.

    Args:
        table: as from ``read_csv`` or ``read_workbooks``; its index is the line in the file, or
            the ``Place`` of each answer.
        name: what messages call the file.
        folders: folders with questionnaires of an organisation's own.
        context_file: where the context was read from, for the lines in messages.

    Raises:
        ProblemsError: answers that cannot be scored, each problem with its line; or
            questionnaires or guidance that cannot be used.
    """
    library = library_for(context, folders=folders, context_file=context_file)
    guidance = load_guidance(library)
    try:
        answers = read_answers(table.reset_index(drop=True), library, context)
    except ProblemsError as error:
        found = placed(error.problems, name, table.index, context_file)
        raise ProblemsError(found, error.more) from None
    return labelled(result_of(answers, guidance), table)


def placed(
    problems: Iterable[Problem], name: str, index: pd.Index, context_file: Document | None
) -> list[Problem]:
    """Problems of a table of answers and its context by the lines of their files; arguments as for
    ``evaluate``, and the index of the table."""
    return [
        _in_context(problem, context_file) if problem.place.path else in_table(problem, name, index)
        for problem in problems
    ]


def library_for(
    context: Context, *, folders: Sequence[Path] = (), context_file: Document | None = None
) -> Library:
    """The questionnaires that a context asks for.

    Raises:
        ProblemsError: there is no such ladder, or questionnaires cannot be used.
    """
    try:
        return questionnaire_library.load(folders, ladder=context.ladder)
    except UnknownLadderError as error:
        place = Place(path=("ladder",))
        raise ProblemsError(
            _in_context(replace(problem, subject="ladder"), context_file)
            for problem in error.at(place)
        ) from None


def applies_to(library: Library, context: Context, table: pd.DataFrame | None) -> Applies:
    """How much is asked, and what applies where the working group gave these answers."""
    given: dict[str, str] = {}
    if table is not None:
        rows = table[table["group"] == WORKING_GROUP]
        given = dict(zip(rows["item"], rows["value"].str.strip(), strict=True))
    return applies(library, given, context.form, context.questionnaires)


def _in_context(problem: Problem, document: Document | None) -> Problem:
    """A problem by the line of the context, of which it has the path."""
    path = problem.place.path or ()
    place = Place(document.name, document.line(path)) if document else Place("the context")
    return replace(problem, place=place)


def labelled(result: Result, table: pd.DataFrame) -> Result:
    """A result made from the demonstration's answers says so wherever it is shown."""
    if not table["respondent"].str.startswith(INVENTED).all():
        return result
    found = result.profile
    name, quality = f"{found.organisation} (invented)", (Flag("invented"), *found.quality)
    return replace(result, profile=replace(found, organisation=name, quality=quality))


def warnings(result: Result) -> tuple[str, ...]:
    """What whoever gave the answers may want to correct; the results stand all the same."""
    return tuple(
        flag_in_words(flag, result.profile)
        for flag in result.profile.quality
        if flag.flag == "more_than_eligible"
    )
