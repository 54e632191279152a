"""Evaluate: from a file of answers to a profile with its recommendation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from assessment.exchange.problems import InputError, InputProblem
from questionnaires import library as questionnaire_library
from questionnaires.library import Library
from scoring.answers import AnswersError, Context, read_answers
from scoring.guidance_library import Guidance, load_guidance
from scoring.profile import Profile, profile
from scoring.robustness import stability


@dataclass(frozen=True)
class Evaluation:
    """A profile, how sure its start is, and the guidance that it rests on."""

    profile: Profile
    stability: dict[str, float]
    guidance: Guidance

    @property
    def library(self) -> Library:
        return self.profile.evidence.library


def evaluate(
    table: pd.DataFrame,
    context: Context,
    *,
    name: str,
    folders: Sequence[Path] = (),
) -> Evaluation:
    """Evaluate a table of answers.

    Args:
        table: as from ``read_csv``; its index is the line in the file.
        name: what messages call the file.
        folders: folders with questionnaires of an organisation's own.

    Raises:
        InputError: answers that cannot be scored, each with its line.
        ContentError: questionnaires or guidance that cannot be used.
    """
    library = questionnaire_library.load(folders, ladder=context.ladder)
    guidance = load_guidance(library)
    lines = list(table.index)
    try:
        answers = read_answers(table.reset_index(drop=True), library, context)
    except AnswersError as error:
        raise InputError(
            [
                InputProblem(name, None if p.row is None else int(lines[p.row]), p.message)
                for p in error.problems
            ]
        ) from None
    found = profile(answers, guidance)
    return Evaluation(found, stability(answers, found, guidance), guidance)
