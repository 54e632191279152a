"""Words for messages and sentences: the nearest allowed word, lists, capital and small letters."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence


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


def lower(text: str) -> str:
    """The text with a small first letter, to stand within a sentence; "I" and names stay."""
    first = text.split(" ", 1)[0]
    if first == "I" or first.startswith("I'") or (len(first) > 1 and first.isupper()):
        return text
    return text[:1].lower() + text[1:]


def upper(text: str) -> str:
    """The text with a capital first letter, to begin a sentence."""
    return text[:1].upper() + text[1:]


def listed(words: Sequence[str]) -> str:
    """Words with commas and a last "and"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"
