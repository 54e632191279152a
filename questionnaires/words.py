"""Words for messages: the nearest of the allowed words, lists of them, and what was found."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def nearest(word: str, allowed: Iterable[str]) -> str:
    """ " (did you mean 'x'?)" where an allowed word is close, else nothing."""
    close = difflib.get_close_matches(word, list(allowed), n=1, cutoff=0.6)
    return f" (did you mean {close[0]!r}?)" if close else ""


def listing(words: Iterable[str], most: int = 12) -> str:
    """The words with commas, the rest counted."""
    every = list(words)
    rest = len(every) - most
    return ", ".join(every[:most]) + (f" and {rest} more" if rest > 0 else "")


def quoted(text: str, most: int = 60) -> str:
    """The text in quotes as it stands in a message: cut if it is long, controls written out."""
    return repr(text if len(text) <= most else f"{text[: most - 3]}...")
