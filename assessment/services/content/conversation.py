"""The conversation sheet with the practices and situations that it shows, in the words read."""

from __future__ import annotations

from dataclasses import dataclass

from assessment.services.content import loaded
from assessment.services.content.loaded import RoundContent
from questionnaires import content_folder
from questionnaires.content_folder import ContentFolder, use
from questionnaires.conversation import ConversationSheet, practices_of, situations_of
from questionnaires.library import Library
from questionnaires.model import Item
from questionnaires.question_text import Reader, question_of


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


def conversation(content: RoundContent | None = None) -> Conversation:
    """The sheet that goes with an assessment.

    Args:
        content: what the assessment asks; what is installed if None.

    Raises:
        ProblemsError: it does not fit to the questionnaires.
    """
    if content is None or content.current:
        return content_folder.INSTALLED.once(_installed)
    with use(content.library.content):
        return _put_together(content.library, content.sheet)


def _installed(_: ContentFolder) -> Conversation:
    return _put_together(loaded.library(), loaded.sheet())


def _put_together(library: Library, sheet: ConversationSheet) -> Conversation:
    reader = Reader(sheet.group, library.sides[sheet.group], sheet.group)
    asked = [question_of(library, item, reader) for item in practices_of(sheet, library)]
    practices = tuple(
        Practice(question.item.id, question.text, tuple(c.description for c in question.choices))
        for question in asked
    )
    groups, fixed = [], []
    for section, items in situations_of(sheet, library):
        of_situation: dict[str, list[Item]] = {}
        for item in items:
            # A rule with a scale of its own is there to be confirmed.
            if item.scale:
                fixed.append((reader.words(item.text), reader.words(item.help)))
            else:
                of_situation.setdefault(item.situation or item.id, []).append(item)
        entries = tuple(
            Situation(name, reader.words(of[0].text), any(item.aspect == "mine" for item in of))
            for name, of in of_situation.items()
        )
        if entries:
            groups.append(Situations(reader.words(section.title), entries))
    rule_answers = tuple(option.label for option in library.scales["boundary"].options)
    return Conversation(sheet, practices, tuple(groups), rule_answers, tuple(fixed))
