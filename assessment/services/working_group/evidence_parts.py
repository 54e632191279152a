"""The parts of an evidence note: what shows an answer, where it is found, and of when it is.

A note is kept as one text, which files and workbooks hold as they always did: what shows it comes
first, then lines that begin with ``Where:`` and ``Date:``. A note without such lines, as older ones
are, is read as it is.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

#: What a line begins with that is a part of its own.
LINES = {"where": "Where:", "date": "Date:"}


@dataclass(frozen=True)
class EvidenceParts:
    """What shows an answer, where, and when. A text of several lines may only be ``what``."""

    what: str = ""
    where: str = ""
    date: str = ""

    @property
    def text(self) -> str:
        """The note as it is kept."""
        lines = [self.what.strip()]
        lines += [f"{LINES[name]} {_line(getattr(self, name))}" for name in LINES]
        kept = (line for line in lines if line and line not in _EMPTY)
        return "\n".join(kept)

    def beside(self, other: EvidenceParts) -> EvidenceParts:
        """Both, part by part; what is the same in both stands once."""
        return EvidenceParts(
            _both(self.what, other.what, "\n"),
            _both(self.where, other.where, "; "),
            _both(self.date, other.date, "; "),
        )


PARTS = tuple(field.name for field in fields(EvidenceParts))
_EMPTY = {f"{begin} " for begin in LINES.values()}


def parts_of(note: str) -> EvidenceParts:
    """A note in its parts. Only its last lines are read as such, each at most once."""
    lines, found = note.strip().splitlines(), dict[str, str]()
    while lines:
        last = lines[-1].strip()
        name = next((n for n, begin in LINES.items() if last.startswith(begin)), None)
        if name is None or name in found:
            break
        found[name] = last.removeprefix(LINES[name]).strip()
        lines.pop()
    return EvidenceParts("\n".join(lines).strip(), **found)


def _line(text: str) -> str:
    return " ".join(text.split())


def _both(one: str, other: str, between: str) -> str:
    return between.join(dict.fromkeys(text for text in (one.strip(), other.strip()) if text))
