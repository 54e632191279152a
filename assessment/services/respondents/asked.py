"""What a group is asked now: its questions with their words, kept as long as nothing changes them.

Putting them together takes longer than all the rest of an answer, and they are the same for a whole
group, so they are kept, with everything that they follow from (``AskedState``). That is read from
the store each time, in the transaction in which an answer is written; where it is another one, they
are put together anew. So nothing stale is believed.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from functools import cached_property
from threading import Lock

from assessment.services.content import loaded, question_pages
from assessment.services.content.question_pages import Page, pages
from assessment.services.respondents import members
from assessment.services.rounds.what_applies import with_answers
from assessment.store import Store, UnitOfWork
from assessment.store.answers import WritingDraft
from assessment.store.records import AskedState, AssessmentRecord
from questionnaires.library import Library
from questionnaires.model import WORKING_GROUP
from questionnaires.question_text import Question, Reader
from questionnaires.skip_logic import Applies

#: How many groups' questions are kept, those that were asked for last: some 70 kB each, and putting
#: them together anew takes several times what saving an answer does.
MOST = 2000


@dataclass(frozen=True)
class Asked:
    """What a group of an assessment is asked, and who reads it."""

    library: Library
    reader: Reader
    pages: tuple[Page, ...]

    @cached_property
    def questions(self) -> dict[str, Question]:
        return {question.item.id: question for page in self.pages for question in page.questions}

    @cached_property
    def answers(self) -> dict[str, tuple[Question, ...]]:
        """What is answered at a time, by its first item."""
        return {answer[0].item.id: answer for page in self.pages for answer in page.answers}

    @cached_property
    def counted(self) -> tuple[int, int]:
        """How many answers are asked for, and how many places for one's own words."""
        return question_pages.counted(self.pages)

    @cached_property
    def minutes(self) -> int:
        """About how long all of it takes."""
        alone = self.reader.group == members.MEMBER
        reader = members.READS_LIKE if alone else self.reader
        return question_pages.minutes(self.library, self.pages, reader)


def asked_of(store: Store, record: AssessmentRecord, group: str) -> Asked:
    """What a group of an assessment is asked now; of the working group, each member alone."""
    if members.is_member(group):
        side, asked_like = "", WORKING_GROUP
    else:
        of = record.group(group)
        side, asked_like = of.side, of.asked_like
    with store.read() as work:
        _, changes = work.agreed.changes(record.id)
        state = AskedState(record.form, record.ladder, side, asked_like, record.content, changes)
        return _kept_or_made(work, record.id, group, state, record)


def asked_in(work: UnitOfWork, writing: WritingDraft) -> Asked:
    """What is asked in a draft, as it stands in this unit of work."""
    return _kept_or_made(work, writing.assessment, writing.group, writing.state)


@dataclass(frozen=True)
class _Kept:
    """What was put together, and from what."""

    state: AskedState
    library: Library
    asked: Asked


_kept: OrderedDict[tuple[str, str], _Kept] = OrderedDict()
_lock = Lock()


def _kept_or_made(
    work: UnitOfWork,
    assessment: str,
    group: str,
    state: AskedState,
    record: AssessmentRecord | None = None,
) -> Asked:
    library = loaded.in_work(work, state.content, state.ladder).library
    with _lock:
        kept = _kept.get((assessment, group))
        if kept is not None:
            _kept.move_to_end((assessment, group))
    if kept is not None and kept.state == state and kept.library is library:
        return kept.asked
    record = record or work.assessments.get(assessment)
    assert record is not None, "a draft goes with its assessment"
    # Read after the state: what is newer than it is only put together once more.
    asked = _made(record, group, with_answers(record, work.agreed.all(assessment), library))
    with _lock:
        _kept[assessment, group] = _Kept(state, library, asked)
        _kept.move_to_end((assessment, group))
        while len(_kept) > MOST:
            _kept.popitem(last=False)
    return asked


def _made(record: AssessmentRecord, group: str, applies: Applies) -> Asked:
    if members.is_member(group):
        asked = pages(
            applies.library, record.questionnaires, members.READER, applies, members.ASKED
        )
        return Asked(applies.library, members.READER, asked)
    of = record.group(group)
    reader = Reader(group, of.side, of.asked_like)
    asked = pages(applies.library, record.questionnaires, reader, applies)
    return Asked(applies.library, reader, asked)
