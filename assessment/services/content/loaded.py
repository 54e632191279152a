"""The questionnaires and the guidance, read once for each ladder in use."""

from __future__ import annotations

from functools import lru_cache

from questionnaires.library import Library, load
from scoring.rules.loading import load_guidance
from scoring.rules.rulebook import Guidance

#: There are two ladders, and the default may be asked for by name or without.
MAX_LADDERS = 4


@lru_cache(MAX_LADDERS)
def library(ladder: str | None = None) -> Library:
    """The built-in questionnaires with one of the ladders."""
    return load(ladder=ladder)


@lru_cache(MAX_LADDERS)
def guidance(ladder: str | None = None) -> Guidance:
    """Rules and advice, for the same ladder."""
    return load_guidance(library(ladder))
