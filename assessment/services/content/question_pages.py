"""What a group is asked in an assessment, page by page, in the words that it reads."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from questionnaires.burden import burden_of
from questionnaires.library import Library
from questionnaires.model import Item, Kind, Wording
from questionnaires.question_text import Question, Reader, question_of
from questionnaires.skip_logic import Applies

#: The most questions on one page.
MAX_ON_A_PAGE = 8
#: What needs no word on how to answer it: facts, and practices, each of whose steps is described.
SAYS_ITSELF: frozenset[Kind] = frozenset({"practice", "choice", "choices", "number", "text"})


@dataclass(frozen=True)
class LeftOut:
    """A question that does not apply, and why, to follow "because"."""

    question: Question
    because: str


@dataclass(frozen=True)
class Part:
    """A section, or some of its questions, under its title.

    Attributes:
        left_out: questions of the section that do not apply here.
    """

    title: str
    intro: str
    questions: tuple[Question, ...]
    left_out: tuple[LeftOut, ...] = ()

    @property
    def as_list(self) -> bool:
        """Whether it is one list to tick, and one answer: concerns are."""
        return all(question.item.kind == "concern" for question in self.questions)

    @property
    def answers(self) -> tuple[tuple[Question, ...], ...]:
        """What is answered at a time: each question, or a whole list."""
        if self.as_list:
            return (self.questions,) if self.questions else ()
        return tuple((question,) for question in self.questions)


@dataclass(frozen=True)
class Page:
    """What is asked at one time: at most eight questions of one questionnaire.

    Attributes:
        reminder: on later pages of a questionnaire, what its beginning said about answering, where
            what is asked does not say so itself.
    """

    id: str
    questionnaire: str
    title: str
    parts: tuple[Part, ...]
    reminder: str = ""

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(question for part in self.parts for question in part.questions)

    @property
    def answers(self) -> tuple[tuple[Question, ...], ...]:
        return tuple(answer for part in self.parts for answer in part.answers)


def pages(
    library: Library,
    questionnaires: Collection[str],
    reader: Reader,
    applies: Applies | None = None,
    kinds: Collection[Kind] = (),
) -> tuple[Page, ...]:
    """What a group is asked, section by section.

    Long sections are cut into equal halves or thirds; short ones that follow one another share a
    page; a list to tick has one of its own. What is optional for the group is left out.

    Args:
        applies: how much is asked, and what applies here; a full round of what nobody has said
            anything about, if None.
        kinds: of items that are asked; all, if empty.
    """
    applies = applies or Applies(library)
    found: list[Page] = []
    for questionnaire in sorted(library.questionnaires, key=lambda q: q.order):
        if questionnaire.id not in questionnaires:
            continue
        title = reader.words(questionnaire.title)
        parts = [
            part
            for section in questionnaire.sections
            for part in parts_of(
                section.title,
                section.intro,
                [
                    item
                    for item in section.items
                    if applies.asked(item, reader.asked_like) and (not kinds or item.kind in kinds)
                ],
                library,
                reader,
            )
        ]
        found += cut(questionnaire.id, title, parts)
    return tuple(found)


def cut(questionnaire: str, title: str, parts: Sequence[Part]) -> Iterator[Page]:
    """Parts of a questionnaire as pages that are short enough."""
    rooms: list[list[Part]] = []
    for part in parts:
        own_page = part.as_list or (bool(rooms) and rooms[-1][-1].as_list)
        if not rooms or own_page or _size(rooms[-1]) + len(part.questions) > MAX_ON_A_PAGE:
            rooms.append([])
        rooms[-1].append(part)
    for room in _without_a_lonely_end(rooms):
        beginning = rooms[0][0].intro
        items = [question.item for part in room for question in part.questions]
        plain = all(item.kind in SAYS_ITSELF for item in items)
        said = plain or any(part.intro == beginning for part in room)
        yield Page(items[0].id, questionnaire, title, tuple(room), "" if said else beginning)


def _without_a_lonely_end(rooms: list[list[Part]]) -> list[list[Part]]:
    """The same where the last two are of about the same size, if one question would stand alone."""
    *before, last, end = [[], [], *rooms]
    if not last or _size(end) > 1 or any(part.as_list for part in (*last, *end)):
        return rooms
    both = [*last, *end]
    at = min(range(1, len(both)), key=lambda at: abs(_size(both[:at]) - _size(both[at:])))
    return [*(room for room in before if room), both[:at], both[at:]]


def counted(asked: Iterable[Page]) -> tuple[int, int]:
    """How many answers are asked for, and how many places for one's own words come on top."""
    kinds = [answer[0].item.kind for page in asked for answer in page.answers]
    texts = kinds.count("text")
    return len(kinds) - texts, texts


def minutes(library: Library, asked: Iterable[Page], reader: Reader) -> int:
    """About how long a group takes for what it is asked, in whole minutes, rounded up."""
    items = {question.item.id for page in asked for question in page.questions}
    return math.ceil(burden_of(library, reader.asked_like, items).minutes)


def _size(parts: Sequence[Part]) -> int:
    return sum(len(part.questions) for part in parts)


def parts_of(
    title: Wording,
    intro: Wording | None,
    items: Sequence[Item],
    library: Library,
    reader: Reader,
) -> Iterator[Part]:
    """Some items of one section, cut where they are too many for a page. Concerns are a list."""
    words, text = reader.words(title), reader.words(intro)
    for kinds in (False, True):
        questions = [
            question_of(library, item, reader)
            for item in items
            if (item.kind == "concern") == kinds
        ]
        cuts = 1 if kinds else -(-len(questions) // MAX_ON_A_PAGE)
        ends = [len(questions) * at // cuts for at in range(cuts + 1)] if questions else []
        for start, end in pairwise(ends):
            yield Part(words, text, tuple(questions[start:end]))
