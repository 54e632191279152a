"""An explanation as a structure without form: text and JSON print the same one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from questionnaires.model import Force, Reference
from scoring.rules.model import Action, ConcernResponse, Exposure, Gate, Offer, Resource, Safeguard


@dataclass(frozen=True)
class Entry:
    """One thing that hangs on what is explained.

    Attributes:
        kind: gate, offer, practice, fact, action, coverage, scenario and so on.
        id: its id; None where it has none of its own, such as a fix.
        how: in words, how it hangs.
        below: what hangs on this entry in turn.
    """

    kind: str
    id: str | None
    title: str
    how: str = ""
    below: tuple[Entry, ...] = ()

    @classmethod
    def of(
        cls,
        kind: str,
        thing: Gate | Offer | Safeguard | Exposure | Action | Resource | ConcernResponse,
        how: str = "",
        below: tuple[Entry, ...] = (),
    ) -> Entry:
        """The entry of something with an id and a title."""
        return cls(kind, thing.id, thing.title, how, below)


@dataclass(frozen=True)
class Part:
    """The entries of one relation, such as the gates that need a practice.

    Attributes:
        id: the same for every kind that has this part; the key in JSON.
        unknown: why nothing can be said here, where that is so; there are no entries then.
    """

    id: str
    title: str
    entries: tuple[Entry, ...]
    unknown: str = ""


@dataclass(frozen=True)
class Answer:
    """One allowed answer: its code, label, and score from 0 to 100 if it has one."""

    code: str
    label: str
    score: float | None


@dataclass(frozen=True)
class Explanation:
    """One thing with everything that hangs on it; the fields are named as the keys in JSON.

    Attributes:
        stands_in: the file and line where it stands.
        properties: the plain ones by name, such as the effort of an action.
        text, help: sentences by audience.
        steps: what each step of a practice looks like, by audience and code.
        options: the allowed answers.
        force, judgement: None for kinds that do not carry them.
    """

    id: str
    kind: str
    title: str
    stands_in: str
    properties: Mapping[str, str | int | bool]
    text: Mapping[str, str]
    help: Mapping[str, str]
    steps: Mapping[str, Mapping[str, str]]
    options: tuple[Answer, ...]
    reason: str | None
    force: Force | None
    judgement: bool | None
    sources: tuple[Reference, ...]
    parts: tuple[Part, ...]


def lines_of(lines: str) -> str:
    """One line or several, as people say it."""
    return f"{'lines' if any(sign in lines for sign in '-,') else 'line'} {lines}"
