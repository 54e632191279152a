"""The questionnaires and the guidance, read once for each ladder in use."""

from __future__ import annotations

from functools import lru_cache

from questionnaires.library import Library, load
from questionnaires.reference_data import UnknownLadderError
from scoring.rules.loading import load_guidance
from scoring.rules.rulebook import Guidance

#: There are two ladders, and the default may be asked for by name or without.
MAX_LADDERS = 4


@lru_cache(MAX_LADDERS)
def library(ladder: str | None = None) -> Library:
    """The built-in questionnaires with one of the ladders.

    An assessment may have been opened with a ladder that there is no more. What was asked on it
    cannot be asked of another, so these questions are not there.
    """
    try:
        return load(ladder=ladder)
    except UnknownLadderError:
        return load().without_rungs()


def is_gone(ladder: str) -> bool:
    """Whether an assessment's ladder is there no more."""
    return ladder != library(ladder).ladder


@lru_cache(MAX_LADDERS)
def guidance(ladder: str | None = None) -> Guidance:
    """Rules and advice, for the same ladder."""
    return load_guidance(library(ladder))
