"""The effort of bringing each practice about, found without reading every action.

Scoring orders fixes by effort. Reading all actions for that would take longer than the rest of
the guidance, so their file is only looked through for three words of each entry. The content
check compares what is found with the actions themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

#: The start of an entry; its effort; the practices that it brings, in either way of writing lists.
_ENTRY = re.compile(r"^\s*- id:", re.MULTILINE)
_EFFORT = re.compile(r"^\s+effort:\s*([1-5])\b", re.MULTILINE)
_BRINGS = re.compile(r"^\s+brings:(?:\s*\[([^\]]*)\]|((?:\s*\n\s+- [\w.-]+)+))", re.MULTILINE)
_PRACTICE = re.compile(r"[\w-]+\.[\w.-]+")


def efforts(path: Path) -> dict[str, int]:
    """The effort, 1 (an hour or two) to 5 (a year), of the action that brings each practice."""
    return dict(_found(path.read_text(encoding="utf-8")))


def _found(text: str) -> Iterator[tuple[str, int]]:
    for entry in _ENTRY.split(text)[1:]:
        effort, brings = _EFFORT.search(entry), _BRINGS.search(entry)
        if effort and brings:
            for practice in _PRACTICE.findall(brings[1] or brings[2]):
                yield practice, int(effort[1])
