"""The conversation sheet: what peer workers may want to talk about with somebody they trust.

Its sentences stand in ``conversation.yaml``; the practices and situations that it shows are those
that its group is asked in the questionnaires, in that group's words.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pydantic import Field, model_validator

from questionnaires.content_files.yaml_files import Document, Path_, build, read
from questionnaires.library import Library
from questionnaires.model import (
    WORKING_GROUP,
    Id,
    Item,
    ItemId,
    Model,
    Option,
    Reference,
    Section,
    Sentence,
)
from questionnaires.problems import Problem, ProblemsError
from questionnaires.reference_data import references


class Sourced(Model):
    """What every piece of the sheet carries: why it stands there, and where it comes from."""

    id: Id
    reason: Sentence
    source: tuple[Reference, ...] = Field(min_length=1)
    #: True where the source does not say it: our judgement.
    judgement: bool = False


class Line(Sourced):
    """Something that is said, perhaps under a title of its own."""

    title: Sentence | None = None
    text: Sentence


class Room(Sourced):
    """A question with room to write, or with answers to tick."""

    text: Sentence
    lines: int = Field(default=0, ge=0, le=10)
    answers: tuple[Option, ...] = ()

    @model_validator(mode="after")
    def _room_or_answers(self) -> Room:
        if bool(self.lines) == bool(self.answers):
            raise ValueError("give it room to write ('lines') or 'answers' to tick, one of the two")
        return self


class Part(Sourced):
    """A part of the sheet under its title."""

    title: Sentence
    intro: Sentence | None = None


class Boundaries(Part):
    """The situations: each is asked for the person and for the rule."""

    mine: Sentence
    answers: tuple[Option, ...] = Field(min_length=2, max_length=4)
    rule: Sentence
    #: The same two in a word, for the head of a table on paper.
    mine_short: Sentence
    rule_short: Sentence
    notes: Sentence
    #: Said beside what is asked for the rule alone, on a screen.
    rule_only: Sentence
    fixed_title: Sentence
    fixed_intro: Sentence


class Rooms(Part):
    entries: tuple[Room, ...] = Field(min_length=1)


class Lines(Part):
    entries: tuple[Line, ...] = Field(min_length=1)


class ConversationSheet(Sourced):
    """The whole sheet, in the order in which it is read."""

    #: The group whose practices and situations are shown, in its words.
    group: Id
    title: Sentence
    lead: Sentence
    #: What to do with it on a screen, where nothing is entered.
    how: Sentence
    #: What peer workers are told of it once they have handed in, and the working group before.
    offered: Sentence
    why: Sentence
    #: Where the working group records what may be passed on.
    recorded_in: tuple[ItemId, ...] = Field(min_length=1)
    opening: tuple[Line, ...] = Field(min_length=1)
    practices: Part
    boundaries: Boundaries
    questions: Rooms
    closing: Rooms
    #: What those who offer the talk read; not on paper.
    hosts: Lines

    def pieces(self) -> Iterator[tuple[Path_, Sourced]]:
        """Every piece that has an id, with its place."""
        yield (), self
        for number, line in enumerate(self.opening):
            yield ("opening", number), line
        for name in ("practices", "boundaries", "questions", "closing", "hosts"):
            yield (name,), getattr(self, name)
        for name in ("questions", "closing", "hosts"):
            for number, entry in enumerate(getattr(self, name).entries):
                yield (name, "entries", number), entry


def load_conversation(library: Library, path: Path | None = None) -> ConversationSheet:
    """Read and check the sheet.

    Args:
        path: its file; the one that lies beside the library's questionnaires if None.

    Raises:
        ProblemsError: with every problem that was found.
    """
    document = read(path or library.content.conversation)
    sheet = build(ConversationSheet, document.content, document)
    if problems := [*_pieces(sheet, document, library), *_ties(sheet, document, library)]:
        raise ProblemsError(problems)
    return sheet


def practices_of(sheet: ConversationSheet, library: Library) -> tuple[Item, ...]:
    """The practices that the sheet shows."""
    return tuple(item for item in library.items_for(sheet.group) if item.kind == "practice")


def situations_of(
    sheet: ConversationSheet, library: Library
) -> tuple[tuple[Section, tuple[Item, ...]], ...]:
    """The items on boundaries that the sheet shows, section by section."""
    asked = {item.id for item in library.items_for(sheet.group) if item.kind == "boundary"}
    sections = (section for pack in library.questionnaires for section in pack.sections)
    found = ((one, tuple(item for item in one.items if item.id in asked)) for one in sections)
    return tuple((section, items) for section, items in found if items)


def _pieces(sheet: ConversationSheet, document: Document, library: Library) -> Iterator[Problem]:
    """Every piece has an id of its own and references that there are."""
    seen: set[str] = set()
    for place, piece in sheet.pieces():
        if piece.id in seen:
            yield document.problem("id_twice_on_sheet", (*place, "id"), piece.id)
        seen.add(piece.id)
        faults = references(piece.source, library.sources)
        yield from document.placed_all(faults, place, piece.id)


def _ties(sheet: ConversationSheet, document: Document, library: Library) -> Iterator[Problem]:
    """What the sheet takes from the questionnaires, and where its outcome goes, is there."""
    if sheet.group not in library.sides:
        yield document.problem("unknown_group", ("group",), sheet.group, library.sides)
        return
    for kind, found in (
        ("practice", practices_of(sheet, library)),
        ("boundary", situations_of(sheet, library)),
    ):
        if not found:
            group = sheet.group
            yield document.problem("empty_sheet", ("group",), group=group, kind=kind)
    for number, name in enumerate(sheet.recorded_in):
        item = library.items.get(name)
        if item is None or WORKING_GROUP not in library.groups_of(item):
            place = ("recorded_in", number)
            yield document.problem("not_a_working_group_item", place, name, library.items)
