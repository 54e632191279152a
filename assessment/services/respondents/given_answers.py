"""What a respondent has answered so far, in words, to be looked over before it is handed in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessment.services.respondents.answering import Draft
from assessment.services.respondents.masking import masked_words
from assessment.services.respondents.posted_answers import NONE_LABEL, answered_to_all
from questionnaires import typed_answers
from questionnaires.question_text import Question


@dataclass(frozen=True)
class GivenAnswer:
    """One answer.

    Attributes:
        asked: the question, or what a list to tick is about.
        said: the answer; of several choices, or of a list, each that is ticked.
    """

    asked: str
    said: tuple[str, ...]


@dataclass(frozen=True)
class GivenPart:
    """What is answered in a part, by its number from 1."""

    number: int
    title: str
    answers: tuple[GivenAnswer, ...]


def given_parts(draft: Draft) -> list[GivenPart]:
    """The parts in which something is answered and stored, as it will be kept."""
    values = draft.saved | masked_words(draft.saved, draft.library)
    found = []
    for number, page in enumerate(draft.pages, 1):
        answers = tuple(
            GivenAnswer(called(answer, part.title), _said(answer, values))
            for part in page.parts
            for answer in part.answers
            if draft.has(answer)
        )
        if answers:
            found.append(GivenPart(number, page.parts[0].title, answers))
    return found


def called(answer: Sequence[Question], title: str) -> str:
    """What an answer is about: its question, or the title of a list to tick."""
    first = answer[0]
    if first.item.kind == "concern":
        return title
    return f"{first.text} {first.help}" if first.item.kind == "boundary" else first.text


def _said(answer: Sequence[Question], values: Mapping[str, str]) -> tuple[str, ...]:
    first = answer[0]
    value = values.get(first.item.id, "")
    match first.item.kind:
        case "concern":
            return _ticked(answer, values)
        case "choices":
            return tuple(_label(first, code) for code in value.split(";"))
        case "number" if value not in (choice.code for choice in first.off_scale):
            return (typed_answers.in_words(first.item, value),)
    return (_label(first, value),)


def _ticked(answer: Sequence[Question], values: Mapping[str, str]) -> tuple[str, ...]:
    """Of a list to tick, what is ticked, and how much it worries; else what is said of all."""
    if code := answered_to_all(answer, values):
        return (_label(answer[0], code),)
    found = []
    for question in answer:
        least = question.choices[0].code
        if (code := values.get(question.item.id, least)) != least:
            found.append(f"{question.text.removesuffix('.')}: {_label(question, code)}")
    return tuple(found) or (NONE_LABEL,)


def _label(question: Question, code: str) -> str:
    """What an answer reads; what stands here by itself is a text."""
    return next((choice.label for choice in question.answers if choice.code == code), code)
