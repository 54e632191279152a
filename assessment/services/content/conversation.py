"""The conversation sheet with the practices and situations that it shows, in the words read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from assessment.services.content import loaded
from questionnaires.conversation import (
    ConversationSheet,
    load_conversation,
    practices_of,
    situations_of,
)
from questionnaires.model import Item, Side


@dataclass(frozen=True)
class Practice:
    """A practice in the group's voice, with what each step looks like."""

    id: str
    text: str
    steps: tuple[str, ...]


@dataclass(frozen=True)
class Situation:
    """Something that may come up.

    Attributes:
        mine: whether it is asked for the person, too, and not for the rule alone.
    """

    id: str
    text: str
    mine: bool


@dataclass(frozen=True)
class Situations:
    """Some situations under their title."""

    title: str
    entries: tuple[Situation, ...]


@dataclass(frozen=True)
class Conversation:
    """The sheet as it is read.

    Attributes:
        rule_answers: the labels of what a rule may be.
        fixed: the rules that are confirmed and never voted on, each with what explains it.
    """

    sheet: ConversationSheet
    practices: tuple[Practice, ...]
    situations: tuple[Situations, ...]
    rule_answers: tuple[str, ...]
    fixed: tuple[tuple[str, str], ...]


@cache
def conversation() -> Conversation:
    """The sheet in use; read once.

    Raises:
        ProblemsError: it does not fit to the questionnaires.
    """
    library = loaded.library()
    sheet = load_conversation(library)
    side = library.sides[sheet.group]
    practices = tuple(
        Practice(
            item.id,
            _text(item, sheet.group, side),
            tuple(item.steps_for(sheet.group)[option.code] for option in library.options(item)),
        )
        for item in practices_of(sheet, library)
    )
    groups, fixed = [], []
    for section, items in situations_of(sheet, library):
        asked: dict[str, list[Item]] = {}
        for item in items:
            # A rule with a scale of its own is there to be confirmed.
            if item.scale:
                help_text = item.help.for_group(sheet.group, side) if item.help else None
                fixed.append((_text(item, sheet.group, side), help_text or ""))
            else:
                asked.setdefault(item.situation or item.id, []).append(item)
        entries = tuple(
            Situation(name, _text(of[0], sheet.group, side), any(i.aspect == "mine" for i in of))
            for name, of in asked.items()
        )
        if entries:
            title = section.title.for_group(sheet.group, side) or ""
            groups.append(Situations(title, entries))
    return Conversation(
        sheet,
        practices,
        tuple(groups),
        tuple(option.label for option in library.scales["boundary"].options),
        tuple(fixed),
    )


def _text(item: Item, group: str, side: Side) -> str:
    return item.text.for_group(group, side) or item.id
