"""Workbooks that came back, on a list until each is taken in, left out or mended.

One that cannot be read, or of which something is to be decided, stops no other. Whether a copy was
taken in before is told by its number alone, never by comparing answers with what is stored:
otherwise somebody could try out what others have answered.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import PurePosixPath
from typing import Literal, NamedTuple

from assessment.exchange.answer_workbook.filled import ReadWorkbook
from assessment.exchange.answer_workbook.reading import (
    fingerprint,
    printable,
    read_workbook,
    respondents,
    same_answers,
    table_of,
)
from assessment.services.access.codes import new_id
from assessment.services.content import loaded
from assessment.services.rounds.states import Act, allows
from assessment.services.rounds.workbook_copies import Earlier, belongs, earlier_of
from assessment.services.rounds.workbook_import import (
    Copy,
    ImportedAnswers,
    agreed_otherwise,
    import_answers,
    problems_of,
)
from assessment.store import Store
from assessment.store.records import AssessmentRecord
from questionnaires.content_folder import use
from questionnaires.library import Library
from questionnaires.model import WORKING_GROUP
from questionnaires.problems import Place, Problem, ProblemsError


@dataclass(frozen=True)
class Returned:
    """A workbook on the list.

    Attributes:
        name: as the list and its messages call it; no other one there is called so.
        given: as the file was called.
        digest: of its bytes.
        book: what it says; None where it cannot be read.
        problems: why it cannot be taken in at all.
    """

    id: str
    name: str
    given: str
    digest: str
    book: ReadWorkbook | None
    problems: tuple[Problem, ...] = ()

    @property
    def needs_a_look(self) -> bool:
        """Whether something in it is left out, or keeps it from being taken in."""
        return self.book is None or bool(self.book.doubts or self.book.beside)

    @property
    def unknown(self) -> bool:
        """Whether it does not say to which round it belongs, or which copy it is."""
        if self.book is None:
            return False
        origin, team = self.book.origin, self.book.group == WORKING_GROUP
        return not origin.round or not (origin.copy or team)


class Choice(NamedTuple):
    """What becomes of copies of one file: all are taken in, none is, only this one, or this one in
    the place of the reply that was taken in before."""

    kind: Literal["all", "none", "only", "replace"]
    id: str = ""


@dataclass(frozen=True)
class SameFile:
    """Copies of one file of which somebody has to say whether they are one person's.

    Attributes:
        number: of the copy; the working group's files are all of one number.
        earlier: what was taken in before.
        alike: those that say the same as another one here.
        has_words: people are asked for words of their own. These are kept apart from their replies,
            so that nobody can find them to replace them.
    """

    number: str
    entries: tuple[Returned, ...]
    earlier: Earlier
    alike: tuple[Problem, ...]
    has_words: bool = False

    @property
    def choices(self) -> tuple[Choice, ...]:
        """What can be decided. Which of several earlier replies is meant, nobody can tell."""
        every = [Choice("all")] if self.number != WORKING_GROUP else []
        one: list[Choice] = []
        if not self.earlier.count:
            one = [Choice("only", entry.id) for entry in self.entries]
        elif self.earlier.count == 1:
            one = [
                Choice("replace", entry.id)
                for entry in self.entries
                if entry.book is not None and self.earlier.groups == (entry.book.group,)
            ]
        return (*one, *every, Choice("none"))


@dataclass(frozen=True)
class Look:
    """What is to be decided about the workbooks on the list.

    Attributes:
        late: the end is over.
        agreed: by entry, how many of the working group's stored answers it would replace.
        seen: by entry, that one of the same answers was taken in during this visit.
    """

    late: bool
    same: tuple[SameFile, ...]
    agreed: Mapping[str, int]
    seen: frozenset[str]


@dataclass(frozen=True)
class Decisions:
    """What somebody decided.

    Attributes:
        late: take them in after the last day.
        as_they_are: entries of which something is left out.
        known: entries without a number that belong here and were not taken in before.
        replacing: entries of the working group that replace what stands.
        same: by number, what becomes of copies of one file.
    """

    late: bool = False
    as_they_are: frozenset[str] = frozenset()
    known: frozenset[str] = frozenset()
    replacing: frozenset[str] = frozenset()
    same: Mapping[str, Choice] = field(default_factory=dict)


@dataclass(frozen=True)
class Decided:
    """What the decisions come to.

    Attributes:
        taken: entries that can be taken in now, each with how.
        left_out: entries that somebody decided to leave out.
    """

    taken: tuple[tuple[Returned, Copy | None], ...]
    left_out: tuple[Returned, ...]


class ReturnedWorkbooks:
    """The list of an assessment, in one visit."""

    def __init__(self) -> None:
        self.entries: list[Returned] = []
        self.taken: set[str] = set()

    def add(
        self,
        record: AssessmentRecord,
        library: Library,
        files: Sequence[tuple[str, bytes]],
        progress: Callable[[int], None] = lambda _: None,
    ) -> list[str]:
        """Read files and put them on the list. One of the same name as another of which something
        is wrong takes its place.

        Args:
            library: what the assessment asks.
            progress: called after each file with how many were read.

        Returns:
            The names of those that gave their place to another.
        """
        gone = []
        for number, (name, content) in enumerate(files, start=1):
            if self._put(record, library, printable(name), content):
                gone.append(printable(name))
            progress(number)
        return gone

    def _put(self, record: AssessmentRecord, library: Library, given: str, content: bytes) -> bool:
        digest = hashlib.sha256(content).hexdigest()
        called_so = [entry for entry in self.entries if entry.given == given]
        if any(entry.digest == digest for entry in called_so):
            return False
        old = next((entry for entry in called_so if entry.needs_a_look), None)
        at = self.entries.index(old) if old else len(self.entries)
        if old:
            self.entries.remove(old)
        self.entries.insert(at, self._read(record, library, given, digest, content))
        return old is not None

    def _read(
        self, record: AssessmentRecord, library: Library, given: str, digest: str, content: bytes
    ) -> Returned:
        name = self._free(given)
        try:
            with use(library.content):
                book = read_workbook(name, content, library, partial(belongs, record))
        except ProblemsError as error:
            return Returned(new_id(), name, given, digest, None, error.problems)
        if problems := problems_of(record, library, table_of([book])):
            whole = (
                Problem(p.code, Place(name), p.found, p.allowed, p.subject, p.details)
                if not p.place.file
                else p
                for p in problems
            )
            return Returned(new_id(), name, given, digest, None, tuple(whole))
        return Returned(new_id(), name, given, digest, book)

    def _free(self, given: str) -> str:
        """A name that no other workbook on the list has."""
        taken = {entry.name for entry in self.entries}
        path, name, number = PurePosixPath(given), given, 2
        while name in taken:
            name, number = f"{path.stem} ({number}){path.suffix}", number + 1
        return name

    def remove(self, *names: str) -> None:
        """Take workbooks off the list, by their ids."""
        self.entries = [entry for entry in self.entries if entry.id not in names]

    @property
    def read(self) -> list[Returned]:
        """Those that can be taken in."""
        return [entry for entry in self.entries if entry.book is not None]

    @property
    def refused(self) -> list[Returned]:
        return [entry for entry in self.entries if entry.book is None]

    def look(self, store: Store, record: AssessmentRecord) -> Look:
        """What is to be decided.

        Raises:
            UnreachableError: the store does not answer.
        """
        sets: dict[str, list[Returned]] = {}
        for entry, book in _books(self.entries):
            number = WORKING_GROUP if book.group == WORKING_GROUP else book.origin.copy
            if number:
                sets.setdefault(number, []).append(entry)
        before = earlier_of(store, record, (n for n in sets if n != WORKING_GROUP))
        library = loaded.of_round(store, record).library
        asked_words = {
            group.group
            for group in record.groups
            if any(item.kind == "text" for item in library.items_for(group.asked_like))
        }
        found = (
            SameFile(
                number,
                tuple(of_one),
                before.get(number, Earlier()),
                _alike(of_one),
                any(book.group in asked_words for _, book in _books(of_one)),
            )
            for number, of_one in sets.items()
        )
        same = tuple(one for one in found if len(one.entries) > 1 or one.earlier.count)
        agreed = {
            entry.id: agreed_otherwise(store, record, table_of([book]))
            for entry, book in _books(self.entries)
            if book.group == WORKING_GROUP
        }
        seen = {
            entry.id
            for entry, book in _books(self.entries)
            if not book.origin.copy and fingerprint(book) in self.taken
        }
        late = allows(record, Act.TAKE_IN_LATE)
        return Look(late, same, {key: n for key, n in agreed.items() if n}, frozenset(seen))

    def decided(self, look: Look, decisions: Decisions) -> Decided:
        """What can be taken in, by what was decided so far."""
        asked = {entry.id: found for found in look.same for entry in found.entries}
        taken: list[tuple[Returned, Copy | None]] = []
        left_out: list[Returned] = []
        for entry, book in _books(self.entries):
            found = asked.get(entry.id)
            choice = decisions.same.get(found.number) if found else Choice("all")
            if choice is None or (found and choice not in found.choices):
                continue
            if choice.kind == "none" or (choice.kind != "all" and choice.id != entry.id):
                left_out.append(entry)
                continue
            if (
                (look.late and not decisions.late)
                or (entry.needs_a_look and entry.id not in decisions.as_they_are)
                or (entry.unknown and entry.id not in decisions.known)
                or (entry.id in look.agreed and entry.id not in decisions.replacing)
            ):
                continue
            before = found.earlier.count if found else 0
            number = book.origin.copy if book.group != WORKING_GROUP else ""
            copy = Copy(number, before, choice.kind == "replace") if number else None
            taken.append((entry, copy))
        return Decided(tuple(taken), tuple(left_out))

    def take_in(
        self, store: Store, record: AssessmentRecord, look: Look, decisions: Decisions
    ) -> ImportedAnswers:
        """Take in what can be taken in, all of it or nothing, and take it off the list.

        Raises:
            ProblemsError: nothing was kept, and the list is as it was.
            UnreachableError: the store does not answer; the same holds.
        """
        decided = self.decided(look, decisions)
        books = [book for _, book in _books(entry for entry, _ in decided.taken)]
        names = respondents(books)
        copies = {
            name: copy
            for name, (_, copy) in zip(names, decided.taken, strict=True)
            if copy is not None
        }
        replace = any(entry.id in decisions.replacing for entry, _ in decided.taken)
        found = import_answers(
            store,
            record,
            table_of(books),
            replace=replace,
            late=decisions.late,
            copies=copies,
        )
        self.taken |= {fingerprint(book) for book in books if not book.origin.copy}
        self.remove(*(entry.id for entry, _ in decided.taken), *(e.id for e in decided.left_out))
        return found


def _books(entries: Iterable[Returned]) -> list[tuple[Returned, ReadWorkbook]]:
    return [(entry, entry.book) for entry in entries if entry.book is not None]


def _alike(entries: Sequence[Returned]) -> tuple[Problem, ...]:
    return tuple(same_answers(book for _, book in _books(entries)))
