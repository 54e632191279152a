"""What one browser has before it: a page of the working group, and a small state per question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from assessment.services.content.question_pages import Question
from assessment.services.working_group.agreed_answers import WorkingGroupRound
from assessment.services.working_group.before_agreement import NO_PART, AlonePart
from assessment.services.working_group.evidence_parts import parts_of
from assessment.store.records import NO_ANSWER, AgreedRecord


class Written(NamedTuple):
    """What stands in the boxes of a note: the note as it is kept, and the reason."""

    note: str
    reason: str

    @classmethod
    def of(cls, record: AgreedRecord) -> Written:
        return cls(parts_of(record.note).text, record.reason)


@dataclass
class QuestionState:
    """What one browser knows of one question.

    Attributes:
        stored: the answer with its note as this browser last saw it in the store.
        message: why the last attempt to save did not succeed; empty where it did.
        refused: an answer that the question does not take; it is still in its box.
        conflict: somebody else changed the answer while one that cannot be saved was begun here.
        changed_by_others: somebody else gave the answer since the page was opened.
        note_base: what was stored when the note was opened for writing; None while it is closed.
        unsaved_note: the note and the reason that were written and could not be saved yet.
        emptied: what stood in the boxes of the note before they were all emptied here.
        drawn: what stood in the widgets when they were drawn last.
    """

    stored: AgreedRecord = NO_ANSWER
    message: str = ""
    refused: str | None = None
    conflict: bool = False
    changed_by_others: bool = False
    note_base: AgreedRecord | None = None
    unsaved_note: Written | None = None
    emptied: Written | None = None
    drawn: tuple[str | None, ...] = ()

    def nothing_pending(self) -> None:
        """No answer waits any more that could not be saved."""
        self.refused, self.conflict = None, False


@dataclass
class PageState:
    """The page that one browser has open; it lasts from page to page.

    Attributes:
        answers: what the store held when the page was drawn, by item.
        questions: the state of each question by item, until its page is left.
        asked: the questions on the page.
        drawn: whether the whole page is, so that from now on each question is drawn by itself.
        retry: the store did not answer, and what was given is to be saved again.
        note_touched: the item whose note was just opened, closed or chosen.
        alone: where the part stands in which each member answers alone.
    """

    round: WorkingGroupRound
    answers: Mapping[str, AgreedRecord]
    questions: dict[str, QuestionState] = field(default_factory=dict)
    asked: tuple[Question, ...] = ()
    drawn: bool = False
    retry: bool = False
    note_touched: str | None = None
    alone: AlonePart = NO_PART

    def of(self, item: str) -> QuestionState:
        return self.questions.setdefault(item, QuestionState())

    @property
    def latest(self) -> dict[str, AgreedRecord]:
        """The answers as this browser last saw them, by item."""
        return {**self.answers, **{q.item.id: self.of(q.item.id).stored for q in self.asked}}


@dataclass(frozen=True)
class OnPage:
    """What is drawn of one question on the page."""

    page: PageState
    question: Question

    @property
    def item(self) -> str:
        return self.question.item.id

    @property
    def state(self) -> QuestionState:
        return self.page.of(self.item)
