"""Evaluate: from a file of answers to a profile with its recommendation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from assessment.exchange.problems import InputError, InputProblem, Place
from assessment.report.round import NO_ROUND, AgreedAnswer, EarlierAnswer, Round
from assessment.report.wording.flags import flag_in_words
from assessment.services.results.demonstration import INVENTED
from questionnaires import library as questionnaire_library
from questionnaires.applies import Applies, applies
from questionnaires.content_files.yaml_files import Document, Path_
from questionnaires.library import Library
from questionnaires.model import DID_NOT_AGREE, WORKING_GROUP
from questionnaires.reference_data import UnknownLadderError
from scoring.answers.context import Context
from scoring.answers.matrix import Answers, AnswersError, read_answers
from scoring.answers.validation import AnswerProblem
from scoring.measures.quality import Flag
from scoring.profile import Profile, profile
from scoring.rules.loading import load_guidance
from scoring.rules.rulebook import Guidance
from scoring.stability import stability


@dataclass(frozen=True)
class Evaluation:
    """A profile, how sure its start is, the guidance that it rests on, and what else is known."""

    profile: Profile
    stability: dict[str, float]
    guidance: Guidance
    round: Round = NO_ROUND

    @property
    def library(self) -> Library:
        return self.profile.evidence.library

    @property
    def warnings(self) -> tuple[str, ...]:
        """What whoever gave the answers may want to correct; the results stand all the same."""
        return tuple(
            flag_in_words(flag, self.profile)
            for flag in self.profile.quality
            if flag.flag == "more_than_eligible"
        )


def evaluate(
    table: pd.DataFrame,
    context: Context,
    *,
    name: str,
    folders: Sequence[Path] = (),
    context_file: Document | None = None,
) -> Evaluation:
    """Evaluate a table of answers.

    Args:
        table: as from ``read_csv`` or ``read_workbooks``; its index is the line in the file, or
            the ``Place`` of each answer.
        name: what messages call the file.
        folders: folders with questionnaires of an organisation's own.
        context_file: where the context was read from, for the lines in messages.

    Raises:
        InputError: answers that cannot be scored, each with its line.
        ContentError: questionnaires or guidance that cannot be used.
    """
    library = library_for(context, folders=folders, context_file=context_file)
    guidance = load_guidance(library)
    try:
        answers = read_answers(table.reset_index(drop=True), library, context)
    except AnswersError as error:
        lines = list(table.index)
        raise InputError(
            [
                _in_answers(problem, name, lines)
                if problem.context is None
                else _in_context(problem.context, problem.message, context_file)
                for problem in error.problems
            ]
        ) from None
    found = labelled(profile(answers, guidance), table)
    round_ = Round(agreed=noted_answers(answers))
    return Evaluation(found, stability(answers, found, guidance), guidance, round_)


def noted_answers(answers: Answers) -> tuple[AgreedAnswer, ...]:
    """The working group's answers with a note, those on which it did not agree, and those that
    were something else before."""
    found = []
    for item, value in answers.agreed.items():
        if item in answers.skipped:
            continue  # that it does not apply follows from a fact: nobody agreed it
        code, steps_chosen = _step_or_steps(value)
        note = answers.notes.get(item, "")
        before, before_note = answers.earlier.get(item, ("", ""))
        if steps_chosen or note or before:
            earlier = EarlierAnswer(*_step_or_steps(before), before_note) if before else None
            found.append(AgreedAnswer(item, code, steps_chosen, note, earlier))
    order = list(answers.library.items)
    return tuple(sorted(found, key=lambda entry: order.index(entry.item)))


def _step_or_steps(value: str) -> tuple[str, tuple[str, ...]]:
    """The step that was agreed; where none was, those that members chose."""
    head, _, chosen = value.partition(":")
    return ("", tuple(chosen.split(";"))) if head == DID_NOT_AGREE else (value, ())


def library_for(
    context: Context, *, folders: Sequence[Path] = (), context_file: Document | None = None
) -> Library:
    """The questionnaires that a context asks for.

    Raises:
        InputError: there is no such ladder.
        ContentError: questionnaires that cannot be used.
    """
    try:
        return questionnaire_library.load(folders, ladder=context.ladder)
    except UnknownLadderError as error:
        messages = [(("ladder",), f"ladder: {problem.message}") for problem in error.problems]
        raise InputError([_in_context(*found, context_file) for found in messages]) from None


def applies_to(library: Library, context: Context, table: pd.DataFrame | None) -> Applies:
    """How much is asked, and what applies where the working group gave these answers."""
    given: dict[str, str] = {}
    if table is not None:
        rows = table[table["group"] == WORKING_GROUP]
        given = dict(zip(rows["item"], rows["value"].str.strip(), strict=True))
    return applies(library, given, context.form, context.questionnaires)


def _in_answers(problem: AnswerProblem, name: str, lines: Sequence[Any]) -> InputProblem:
    """A problem by the line of a file, or by the sheet and the cell of a workbook."""
    if problem.row is None:
        return InputProblem(name, None, problem.message)
    line, also = lines[problem.row], [lines[further] for further in problem.also]
    if isinstance(line, Place):
        return InputProblem.at(line, problem.message, also)
    return InputProblem(name, int(line), problem.message, tuple(map(int, also)))


def _in_context(place: Path_, message: str, document: Document | None) -> InputProblem:
    if document is None:
        return InputProblem("the context", None, message)
    return InputProblem(document.name, document.line(place), message)


def labelled(found: Profile, table: pd.DataFrame) -> Profile:
    """A profile made from the demonstration's answers says so wherever it is shown."""
    if not table["respondent"].str.startswith(INVENTED).all():
        return found
    return replace(
        found,
        organisation=f"{found.organisation} (invented)",
        quality=(Flag("invented"), *found.quality),
    )
