"""What spreadsheets make of what was typed: of a long number, and of something like 1-2."""

from __future__ import annotations

import re

_MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_REWRITTEN = re.compile(
    r"-?[0-9](?:[.,][0-9]+)?E[+-]?[0-9]{2,3}"
    rf"|[0-9]{{1,2}}[-/. ]{_MONTH}(?:[-/. ][0-9]{{2,4}})?"
    rf"|{_MONTH}[-/. ][0-9]{{2,4}}"
    r"|[0-9]{1,2}([-/.])[0-9]{1,2}\1(?:[0-9]{4}|[0-9]{2})"
    r"|[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[ T]00:00(?::00)?)?"
)


def looks_rewritten(word: str) -> bool:
    """Whether a word looks like a day or a power of ten, as spreadsheets write them: 05-Jan,
    Jan-24, 01/02/2024, 1.00E+05."""
    return _REWRITTEN.fullmatch(word) is not None
