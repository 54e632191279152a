"""What is wrong with a file: a code, the place, what was found and what is allowed.

Every reader of files makes these; ``problems.yaml`` has the sentence of each code.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any, Literal, Protocol

import yaml

from questionnaires.phrases import listing, nearest, quoted

SENTENCES = Path(__file__).with_name("problems.yaml")
#: Who reads a sentence; some stand in other words in the app, where no command is given, and beside
#: a field for the person who typed something into it.
Audience = Literal["", "in_the_app", "typed"]
Found = str | float | Sequence[str] | None
#: The words that are allowed, or the limit.
Allowed = Collection[str] | float
#: More problems than this are counted, not listed.
MAX_SHOWN = 50
#: Of the further places with the same mistake, this many are named.
MAX_FURTHER = 5


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands; a reader that does not know its file leaves that to its caller.

    Attributes:
        line: of a text file.
        path: the fields that lead there, in a YAML file. Where it is known the place is printed
            as editors open it, ``file:line``.
        sheet: of a workbook.
        row: of that sheet; of a table of answers, where it counts from 0.
        column: its letter in that sheet; its name in a table. Empty for all of a row.
        letters: of a row that holds an answer, the letter of each column of the table.
    """

    file: str = ""
    line: int | None = None
    path: tuple[str | int, ...] | None = field(default=None, compare=False)
    sheet: str = ""
    row: int | None = None
    column: str = ""
    letters: Mapping[str, str] = field(default_factory=dict, hash=False)

    def __str__(self) -> str:
        if self.path is not None and self.line is not None:
            return f"{self.file}:{self.line}"
        return ", ".join(filter(None, (self.file, self.within())))

    def within(self) -> str:
        """The place within its file."""
        if self.row is not None and self.file:
            cell = f"cell {self.column}{self.row}" if self.column else f"row {self.row}"
            return f"sheet {quoted(self.sheet)}, {cell}"
        if self.sheet:
            return f"sheet {quoted(self.sheet)}"
        return "" if self.line is None else f"line {self.line}"


@dataclass(frozen=True)
class Problem:
    """One mistake.

    Attributes:
        code: short and stable; the same for the same mistake wherever it is made.
        subject: what the sentence is about: an entry, a field, a column.
        details: what else the sentence names.
        further: the first places with the very same mistake, and how many more there are.
    """

    code: str
    place: Place
    found: Found = None
    allowed: Allowed = field(default=(), hash=False)
    subject: str = ""
    details: Mapping[str, Any] = field(default_factory=dict, hash=False)
    further: tuple[Place, ...] = ()
    more: int = 0

    @property
    def message(self) -> str:
        return self.in_words()

    def in_words(self, audience: Audience = "") -> str:
        """The sentence, without the place."""
        sentence = sentences(audience)[self.code]
        values = {"found": self.found, "allowed": self.allowed, **self.details}
        if "{near}" in sentence:
            values.setdefault("near", nearest(str(self.found), _words(self.allowed)))
        text = sentence.format(**{name: _printable(value) for name, value in values.items()})
        return f"{self.subject}: {text}" if self.subject else text

    def line(self, audience: Audience = "") -> str:
        """The place and the sentence, and where the same mistake stands again."""
        text = ": ".join(filter(None, (str(self.place), self.in_words(audience))))
        if not self.further:
            return text
        if self.place.line is not None:
            same = "on line " + ", ".join(str(place.line) for place in self.further)
        else:
            here = self.place.file
            same = "in " + ", ".join(
                place.within() if place.file == here else str(place) for place in self.further
            )
        return f"{text} (the same {same}{f' and {self.more} more' if self.more else ''})"

    def __str__(self) -> str:
        return self.line()


class ProblemsError(Exception):
    """A file that cannot be used; carries the problems that were found. Nothing was changed.

    Attributes:
        more: how many further ones there are, which were only counted.
    """

    def __init__(self, problems: Iterable[Problem], more: int = 0) -> None:
        self.problems = tuple(problems)
        self.more = more
        super().__init__(self.problems)

    @classmethod
    def of(
        cls,
        code: str,
        place: Place | str = "",
        found: Found = None,
        allowed: Allowed = (),
        **details: Any,
    ) -> ProblemsError:
        """One problem; the place is a file where it is one as a whole."""
        where = Place(place) if isinstance(place, str) else place
        return cls([Problem(code, where, found, allowed, details=details)])

    def at(self, place: Place) -> list[Problem]:
        """The problems of a reader that did not know the place."""
        return [replace(problem, place=place) for problem in self.problems]

    def lines(self, audience: Audience = "") -> list[str]:
        """The problems as lines, the first ones in full and the rest counted."""
        lines = [problem.line(audience) for problem in self.problems[:MAX_SHOWN]]
        rest = len(self.problems) - len(lines) + self.more
        return [*lines, f"and {rest} more"] if rest > 0 else lines

    def __str__(self) -> str:
        return "\n".join(self.lines())


class _Index(Protocol):
    """What knows of each row of a table where it stands."""

    def __getitem__(self, row: int, /) -> Any: ...


def fault(
    code: str,
    path: tuple[str | int, ...],
    found: Found = None,
    allowed: Allowed = (),
    *,
    subject: str = "",
    **details: Any,
) -> Problem:
    """A problem at a path of a YAML file that the caller knows."""
    return Problem(code, Place(path=path), found, allowed, subject, details)


def in_table(problem: Problem, file: str, index: _Index) -> Problem:
    """A problem of a table of answers by the lines of a file, or by the places in workbooks.

    Args:
        index: for each row of the table its line in the file, or its ``Place``.
    """

    def found(place: Place) -> Place:
        where = None if place.row is None else index[place.row]
        if not isinstance(where, Place):
            return Place(file, where if where is None else int(where))
        return replace(where, column=where.column or where.letters.get(place.column, ""))

    return replace(problem, place=found(problem.place), further=tuple(map(found, problem.further)))


@cache
def sentences(audience: Audience = "") -> dict[str, str]:
    """The sentence of each code, with placeholders for what a problem carries."""
    content: Any = yaml.safe_load(SENTENCES.read_text("utf-8"))
    own = content.get(audience, {})
    phrases: dict[str, str] = content["phrases"] | own
    found: dict[str, str] = content["sentences"] | own
    for name, phrase in phrases.items():
        placeholder = "{" + name + "}"
        found = {code: text.replace(placeholder, phrase) for code, text in found.items()}
    return found


class _Text(str):
    """A text that is cut where it is quoted."""

    __slots__ = ()

    def __repr__(self) -> str:
        return quoted(str(self))

    def __format__(self, _: str) -> str:
        return str(self)


class _Listing(tuple[str, ...]):
    """Words with commas; the format says how many of them, such as ``{allowed:30}``."""

    __slots__ = ()

    def __format__(self, most: str) -> str:
        return listing(self, int(most or 12))


def _printable(value: Any) -> Any:
    if isinstance(value, str):
        return _Text(value)
    return _Listing(value) if isinstance(value, Collection) else value


def _words(allowed: Allowed) -> Collection[str]:
    return [] if isinstance(allowed, str | int | float) else allowed
