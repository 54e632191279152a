"""What people said, and what was done about it, once results are published."""

from __future__ import annotations

from datetime import date
from typing import Final

from assessment.services.access.codes import new_id
from assessment.services.rounds.audit import note
from assessment.services.rounds.changes import NotChangedError, changing
from assessment.services.rounds.states import Act, today
from assessment.store import Store
from assessment.store.records import FollowUpRecord
from questionnaires.typed_answers import text_refusal
from scoring.answers.signs import cleaned

LONGEST: Final = 600
WANTED_SAID: Final = "Write what people said, in a sentence or two."
WANTED_DONE: Final = "Write what was done about it, in a sentence or two."
WANTED_DAY: Final = "Choose the day on which it was done."
AHEAD: Final = "That day is still to come. Write down what is done when it is done."


def add(store: Store, name: str, said: str, done: str, on: date | None) -> None:
    """Add an entry, which everybody who was invited can read.

    Raises:
        NotChangedError: something is missing or too long, or the round does not allow it.
        UnreachableError: the store does not answer; nothing is changed.
    """
    with changing(store, name, Act.FOLLOW_UP) as (work, record):
        said, done = _text(said, WANTED_SAID, "said"), _text(done, WANTED_DONE, "done")
        if on is None:
            raise NotChangedError(WANTED_DAY, "done_on")
        if on > today(record):
            raise NotChangedError(AHEAD, "done_on")
        work.publications.add_follow_up(FollowUpRecord(new_id(), name, said, done, on))
        note(work, record, "follow_up_added", said=said)


def remove(store: Store, name: str, entry: str) -> None:
    """Take an entry back; nothing happens where it is gone already.

    Raises:
        NotChangedError: the round does not allow it.
        UnreachableError: the store does not answer; nothing is changed.
    """
    with changing(store, name, Act.FOLLOW_UP) as (work, record):
        said = {one.id: one.said for one in work.publications.follow_ups(name)}.get(entry, "")
        if work.publications.remove_follow_up(name, entry):
            note(work, record, "follow_up_removed", said=said)


def of(store: Store, name: str) -> list[FollowUpRecord]:
    """The entries of a round, the newest first."""
    with store.read() as work:
        return work.publications.follow_ups(name)


def _text(text: str, wanted: str, place: str) -> str:
    """A text without what nobody sees; refused where it is empty or too long."""
    text = cleaned(text).strip()
    if not text:
        raise NotChangedError(wanted, place)
    if refusal := text_refusal(text, LONGEST):
        raise NotChangedError(refusal.sentence, place)
    return text
