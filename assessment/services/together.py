"""The working group: one set of agreed answers that several people write at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from assessment.services import content
from assessment.services.answering import RefusedError
from assessment.services.asking import Page, Question, Reader, pages
from assessment.services.seats import seat_of, state
from assessment.store import Store
from assessment.store.records import AgreedRecord, AssessmentRecord
from questionnaires.library import Library
from questionnaires.model import WORKING_GROUP
from scoring.answer_checks import LONGEST_TEXT, value_problem

NOTHING = AgreedRecord("", "", 0)


@dataclass(frozen=True)
class Table:
    """What the working group is asked, in sittings; the answers are read anew each time."""

    record: AssessmentRecord
    library: Library
    pages: tuple[Page, ...]

    @cached_property
    def questions(self) -> dict[str, Question]:
        return {question.item.id: question for page in self.pages for question in page.questions}


class ChangedMeanwhileError(Exception):
    """Somebody else has changed the answer since it was read; carries what stands there now."""

    def __init__(self, now: AgreedRecord) -> None:
        self.now = now
        super().__init__("somebody else has changed this answer meanwhile")


def table_of(store: Store, token: str) -> Table | None:
    """What the working group is asked, for a browser with a seat in it; else None."""
    found = seat_of(store, token)
    if found is None or found[0].group != WORKING_GROUP:
        return None
    record = found[1]
    library = content.library(record.ladder)
    reader = Reader(WORKING_GROUP, None, WORKING_GROUP)
    return Table(record, library, pages(library, record.questionnaires, reader))


def agreed(store: Store, assessment: str) -> Mapping[str, AgreedRecord]:
    """The working group's answers by item, as they stand now."""
    with store.read() as work:
        return work.agreed.all(assessment)


def agree(store: Store, table: Table, item: str, value: str, note: str, *, after: int) -> None:
    """Keep an agreed answer with its note; an empty value takes it back.

    Args:
        value: an option's code, several joined with ``;``, a number, or ``did_not_agree:`` with
            what members chose.
        note: what shows it; only practices and boundaries take one.
        after: the revision that was seen when it was chosen.

    Raises:
        RefusedError: the item does not offer it, or the assessment is closed.
        ChangedMeanwhileError: somebody else was quicker; nothing is kept.
    """
    question = table.questions.get(item)
    if question is None:
        raise RefusedError("This question is not part of the working group's. Reload the page.")
    value, note = value.strip(), note.strip()
    if value and value_problem(question.item, value, table.library, agreed=True):
        raise RefusedError("This answer is not one of those that the question offers.")
    if note and not question.item.takes_note:
        raise RefusedError("This question takes no note.")
    if len(note) > LONGEST_TEXT:
        raise RefusedError(f"A note has at most {LONGEST_TEXT} characters.")
    if state(table.record, date.today()) != "open":
        raise RefusedError("This assessment no longer takes answers.")
    with store.write() as work:
        kept = work.agreed.put(table.record.id, item, value, note, after=after)
        if not kept:
            raise ChangedMeanwhileError(work.agreed.all(table.record.id).get(item, NOTHING))
        work.commit()
