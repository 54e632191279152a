"""Which column of a table holds what, by the names in its header: one row an answer, or one row a
person with a column for each question."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from pydantic import model_validator

from questionnaires.library import Library
from questionnaires.model import Id, ItemId, Model, Sentence
from questionnaires.phrases import counted, listed, quoted
from questionnaires.problems import Place, Problem, ProblemsError
from scoring.answers.matrix import COLUMNS
from scoring.answers.signs import comparable

HEADER = ",".join(COLUMNS)


class ColumnMapping(Model):
    """Which column of a table with one row a person holds what, as somebody says it."""

    #: The column that tells people apart; every row is one person if it is not said.
    respondent: Sentence | None = None
    #: The column with everybody's group; or the group of all.
    group: Sentence | None = None
    group_of_all: Id | None = None
    #: The column with the answers to an item, by the item's id.
    items: dict[ItemId, Sentence]

    @model_validator(mode="after")
    def _one_group(self) -> ColumnMapping:
        if (self.group is None) == (self.group_of_all is None):
            raise ValueError("write either 'group' or 'group_of_all'")
        return self


@dataclass(frozen=True)
class Columns:
    """Where in a row what stands, counted from 0.

    Attributes:
        width: how many columns have a name, those before the last one with a name included. Beyond
            them nothing may stand.
        left_out: the names of the columns that are not read.
    """

    width: int
    left_out: tuple[str, ...]

    def in_words(self) -> list[str]:
        """What is to be said about them."""
        if not self.left_out:
            return []
        names = [quoted(name) if name else "one without a name" for name in self.left_out[:6]]
        if more := len(self.left_out) - len(names):
            names.append(f"{more} more")
        return [f"Left out {counted(len(self.left_out), 'column')}: {listed(names)}."]


@dataclass(frozen=True)
class LongColumns(Columns):
    """One row an answer: the place of each column of the table of answers."""

    places: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class WideColumns(Columns):
    """One row a person: the places of the items, of the group, and of who it is.

    Attributes:
        respondent: None where every row is a person.
        group: None where all are of ``group_of_all``.
    """

    items: Mapping[str, int] = field(default_factory=dict)
    respondent: int | None = None
    group: int | None = None
    group_of_all: str = ""

    def in_words(self) -> list[str]:
        questions = counted(len(self.items), "question")
        people = "" if self.respondent is not None else "; every row counts as another person"
        return [f"Read as one row a person, with {questions}{people}.", *super().in_words()]


class UnknownColumnsError(ProblemsError):
    """A table whose columns are not known; carries what stands in it, so that somebody may say.

    Attributes:
        examples: a few different words of each column, by its name.
    """

    examples: Mapping[str, Sequence[str]]

    def __init__(self, problem: Problem, examples: Mapping[str, Sequence[str]]) -> None:
        self.examples = examples
        super().__init__([problem])


def long_columns(header: Sequence[str], place: Place) -> LongColumns | None:
    """The columns of a table with one row an answer; None where it has not all of them.

    Raises:
        ProblemsError: one of them is there twice.
    """
    names = _names(header)
    if not set(COLUMNS) <= set(names):
        return None
    places = {name: _only(names, name, place) for name in COLUMNS}
    return LongColumns(*_rest(header, places.values()), places)


def wide_columns(header: Sequence[str], library: Library, place: Place) -> WideColumns | None:
    """The columns of a table with one row a person, named by our ids; None where it is none.

    Raises:
        ProblemsError: one of them is there twice.
    """
    names = _names(header)
    beside = (*library.notes, *library.earlier)
    known = {comparable(item): item for item in (*library.items, *beside)}
    items = {known[name]: _only(names, name, place) for name in names if name in known}
    if not items or "group" not in names:
        return None
    respondent = _only(names, "respondent", place) if "respondent" in names else None
    group = _only(names, "group", place)
    used = {*items.values(), group, *(() if respondent is None else (respondent,))}
    return WideColumns(*_rest(header, used), items, respondent, group)


def mapped_columns(header: Sequence[str], mapping: ColumnMapping) -> WideColumns | None:
    """The columns as somebody said them; None where one of them is not there."""
    names = _names(header)
    wanted = [mapping.respondent, mapping.group, *mapping.items.values()]
    if not {comparable(name) for name in wanted if name is not None} <= set(names):
        return None

    def at(name: str | None) -> int | None:
        return None if name is None else names.index(comparable(name))

    items = {item: names.index(comparable(name)) for item, name in mapping.items.items()}
    respondent, group = at(mapping.respondent), at(mapping.group)
    used = {*items.values(), *(place for place in (respondent, group) if place is not None)}
    rest = _rest(header, used)
    return WideColumns(*rest, items, respondent, group, mapping.group_of_all or "")


def _names(header: Sequence[str]) -> list[str]:
    return [comparable(cell) for cell in header]


def _only(names: Sequence[str], name: str, place: Place) -> int:
    if names.count(name) > 1:
        raise ProblemsError.of("column_twice", place, name)
    return names.index(name)


def _rest(header: Sequence[str], used: Collection[int]) -> tuple[int, tuple[str, ...]]:
    """How many columns there are up to the last one with a name, and the names of those unused."""
    width = max((n for n, cell in enumerate(header, 1) if cell.strip()), default=0)
    left_out = [header[n].strip() for n in range(width) if n not in used]
    return width, tuple(left_out)


def guessed_items(names: Collection[str], library: Library) -> dict[str, str]:
    """The items that columns seem to hold, by the column: whose id or question is its name."""
    questions: dict[str, set[str]] = {}
    for item in library.items.values():
        for words in (item.id, *item.text.variants().values()):
            questions.setdefault(comparable(words), set()).add(item.id)
    found: dict[str, str] = {}
    for name in names:
        items = questions.get(comparable(name), set())
        if len(items) == 1 and not items <= set(found.values()):
            found[name] = next(iter(items))
    return found
