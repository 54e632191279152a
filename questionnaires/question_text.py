"""A question in the words of the group that reads it, for every form: screen, workbook, paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from questionnaires.library import Library
from questionnaires.model import (
    DID_NOT_AGREE,
    SPECIAL_CODES,
    WORKING_GROUP,
    Item,
    Side,
    Wording,
)


@dataclass(frozen=True)
class Reader:
    """Who is asked: a group, its side, and the group whose questions it is asked, often itself."""

    group: str
    side: Side | None
    asked_like: str

    def words(self, wording: Wording | None) -> str:
        """A wording as this group reads it; nothing where there is none."""
        if wording is None:
            return ""
        own = wording.groups.get(self.group)
        return own or wording.for_group(self.asked_like, self.side) or ""


@dataclass(frozen=True)
class Choice:
    """An answer that a question offers; ``description`` is what it looks like for this question."""

    code: str
    label: str
    description: str = ""
    #: Among several choices: nothing else may be chosen beside it.
    exclusive: bool = False


#: What members of the working group may say of a practice; what they chose follows.
DISAGREED = Choice(
    DID_NOT_AGREE,
    "We did not agree",
    "A proper answer: then tick what members chose.",
    exclusive=True,
)


@dataclass(frozen=True)
class Question:
    """An item in the words of the group that reads it.

    Attributes:
        choices: the points of its scale, or what may be chosen; empty for numbers and texts.
        off_scale: answers that are no point on a scale, such as "I don't know".
    """

    item: Item
    text: str
    help: str
    choices: tuple[Choice, ...]
    off_scale: tuple[Choice, ...]

    @property
    def answers(self) -> tuple[Choice, ...]:
        """Every answer that may be chosen, in its order."""
        return self.choices + self.off_scale

    @property
    def may_disagree(self) -> bool:
        """Whether members may say that they did not agree."""
        return DISAGREED in self.off_scale


def question_of(library: Library, item: Item, reader: Reader) -> Question:
    """An item in the words of the group that reads it. No two of its answers read alike."""
    off_scale = [
        Choice(code, reader.words(library.special[code]) or code, exclusive=True)
        for code in SPECIAL_CODES
        if code in item.offers_for(reader.asked_like)
    ]
    if item.kind == "practice" and reader.group == WORKING_GROUP:
        off_scale.insert(0, DISAGREED)
    choices = _choices(library, item, reader)
    answers = _distinguished([*choices, *off_scale])
    return Question(
        item=item,
        text=reader.words(item.text) or item.id,
        help=reader.words(item.help),
        choices=answers[: len(choices)],
        off_scale=answers[len(choices) :],
    )


def _choices(library: Library, item: Item, reader: Reader) -> list[Choice]:
    """The points of a scale. The names of a ladder's rungs are technical words: people with lived
    experience read what a rung means instead, all others read both."""
    scale = library.scale(item)
    if scale is None:
        return []
    if rungs := library.rungs.get(scale.id):
        options = zip(scale.options, rungs, strict=True)
        if reader.side == "lived_experience":
            return [Choice(option.code, meaning) for option, meaning in options]
        return [Choice(option.code, option.label, meaning) for option, meaning in options]
    steps = item.steps_for(reader.asked_like)
    return [
        Choice(option.code, option.label, steps.get(option.code, ""), option.exclusive)
        for option in scale.options
    ]


def _distinguished(answers: Sequence[Choice]) -> tuple[Choice, ...]:
    """The answers; where labels are the same, each with its code."""
    labels = [answer.label.casefold() for answer in answers]
    return tuple(
        replace(answer, label=f"{answer.label} ({answer.code})")
        if labels.count(label) > 1
        else answer
        for answer, label in zip(answers, labels, strict=True)
    )
