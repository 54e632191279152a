"""Rounds in which people wrote something, and that are over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from assessment.services import clock
from assessment.services.own_words import group_statements, text_review
from assessment.services.respondents.answering import hand_in, save
from assessment.store import Store
from assessment.store.records import AssessmentRecord, WrittenRecord
from tests.support.publishing import publish
from tests.support.respondents import begun, draft_of, first_answer

#: The question that every group may answer in words.
WORRY = "buyin.what_would_help"
#: As many as the minimum, no two alike, in another order than that of the alphabet.
TEXTS = ("Time to talk", "A clear rule", "Somebody to ask", "Less paper", "More staff")


def wrote(
    store: Store, record: AssessmentRecord, texts: Sequence[str], group: str = "staff"
) -> None:
    """People of a group hand in, each with a text, one after the other."""
    for text in texts:
        draft = draft_of(store, begun(store, record, group))
        save(store, draft, first_answer(draft) | {WORRY: text})
        assert hand_in(store, draft.token)


def stated(store: Store, record: AssessmentRecord, group: str, text: str) -> None:
    """A group says something, written by itself on the first day."""
    group_statements.write(
        store,
        record,
        group,
        text=text,
        origin="together",
        written_by="",
        written_on=record.opens_on,
        after=0,
    )


def over(store: Store, record: AssessmentRecord) -> AssessmentRecord:
    """The same round after its end and its hours of grace."""
    with store.write() as work:
        hours = timedelta(hours=record.grace_hours + 1)
        work.assessments.change(record.id, closed_at=clock.now() - hours)
        work.commit()
    return as_it_is(store, record)


def as_it_is(store: Store, record: AssessmentRecord) -> AssessmentRecord:
    with store.read() as work:
        found = work.assessments.get(record.id)
    assert found is not None
    return found


def being_read(store: Store, record: AssessmentRecord) -> AssessmentRecord:
    """The same, over, and somebody has begun to read what people wrote."""
    closed = over(store, record)
    text_review.begin(store, closed)
    return closed


def texts_of(store: Store, record: AssessmentRecord) -> list[WrittenRecord]:
    """What is to be reviewed, of all questions."""
    return [text for one in text_review.to_review(store, record) for text in one.texts]


def all_shown(store: Store, record: AssessmentRecord) -> AssessmentRecord:
    """The same, published, with every text."""
    closed = being_read(store, record)
    for text in texts_of(store, closed):
        text_review.show(store, closed, text)
    publish(store, record)
    return as_it_is(store, record)
