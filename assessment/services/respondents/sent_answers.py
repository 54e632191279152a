"""One answer that a form sends by itself: understood, checked and stored in one transaction.

This runs at every tap, so it reads no more than it needs: who writes what, and from what follows
what is asked there now.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from assessment.services.access.codes import hashed
from assessment.services.respondents.answering import (
    CLOSED,
    NOT_ASKED,
    RefusedError,
    as_asked_now,
    checked,
    takes_answers,
)
from assessment.services.respondents.asked import Asked, asked_in
from assessment.services.respondents.posted_answers import Fields, NotTakenError, answers_in
from assessment.store import Store, UnitOfWork
from assessment.store.answers import WritingDraft
from assessment.store.encryption import DraftKey, unwrap, wrapping_key
from questionnaires.question_text import Question


@dataclass(frozen=True)
class SentAnswer:
    """What became of an answer that was sent.

    Attributes:
        problem: why it is not stored; empty where it is.
        answer: the questions that it answers; ``saved``: what is stored of it, by item.
    """

    problem: str
    answer: tuple[Question, ...] = ()
    saved: Mapping[str, str] = field(default_factory=dict)


async def save_sent(store: Store, token: str, name: str, fields: Fields) -> SentAnswer | None:
    """Save an answer. Returns when it is on disk.

    Args:
        name: the first item that it answers.

    Returns:
        None where the browser's session writes nothing: it was left or handed in.

    Raises:
        UnreachableError: the store does not answer. Nothing is saved then.
    """
    if not token:
        return None
    return await store.saving(lambda work: _save(work, token, name, fields))


def _save(work: UnitOfWork, token: str, name: str, fields: Fields) -> SentAnswer | None:
    writing = work.drafts.writing(hashed(token))
    if writing is None:
        return None
    if not takes_answers(work, writing.locked):
        return SentAnswer(CLOSED)
    asked = asked_in(work, writing)
    answer = asked.answers.get(name)
    if answer is None:
        return SentAnswer(NOT_ASKED)
    key = unwrap(writing.locked.wrapped_key, wrapping_key(token))
    try:
        saved = _saved(work, writing, key, asked, answer)
        given = checked(asked, answers_in(answer, fields, saved))
    except (NotTakenError, RefusedError) as refused:
        return SentAnswer(str(refused))
    work.drafts.put(writing.locked.id, key, given)
    return SentAnswer("", answer, given)


def _saved(
    work: UnitOfWork,
    writing: WritingDraft,
    key: DraftKey,
    asked: Asked,
    answer: tuple[Question, ...],
) -> Mapping[str, str]:
    """What is stored already, where an answer depends on it: lines of a list can stay as they
    are."""
    if answer[0].item.kind != "concern":
        return {}
    return as_asked_now(asked, work.drafts.answers(writing.locked.id, key))
