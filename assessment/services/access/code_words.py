"""Codes of words, for people who would rather read, say and type words than letters and numbers.

The list is this project's own: 2,048 plain English words of four to eight letters. No two begin
with the same four letters, so that a beginning suffices; none sounds like another word that is
spelt differently; none has to do with drugs, force or want.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("code_words.txt")
#: Six of 2,048 words are 66 bits.
NUMBER = 6
#: So many letters tell a word from all others.
BEGINNING = 4


@cache
def by_beginning() -> Mapping[str, str]:
    """The words, by their first four letters."""
    return {word[:BEGINNING]: word for word in FILE.read_text(encoding="ascii").split()}


def new_code() -> str:
    """A code such as ``apple-river-lemon-museum-yellow-boat``. 66 bits."""
    words = list(by_beginning().values())
    return "-".join(secrets.choice(words) for _ in range(NUMBER))


def as_written(typed: str) -> str | None:
    """A code of words as we write it, however it was typed: capital letters, blanks, dashes,
    commas, and beginnings of at least four letters. None where it is no such code."""
    if any(sign.isdigit() for sign in typed):
        return None
    begun = re.findall(r"[a-z]+", typed.lower())
    if len(begun) != NUMBER:
        return None
    words = [by_beginning().get(one[:BEGINNING], "") for one in begun]
    found = all(word.startswith(one) for word, one in zip(words, begun, strict=True))
    return "-".join(words) if found else None
