"""What groups say in the report in words of their own, until it is published.

A coordinator or the working group writes it down for a group. Where a group is too small for
numbers it is how its people are heard.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from assessment.services.access.codes import new_id
from assessment.services.content import loaded
from assessment.services.rounds.audit import note
from assessment.services.rounds.changes import GONE, NOT_NOW, NotChangedError
from assessment.services.rounds.states import ALLOWED, Act, state_of, today
from assessment.store import Store, UnitOfWork
from assessment.store.records import AssessmentRecord, GroupRecord, Origin, StatementRecord
from questionnaires.content_folder import INSTALLED, ContentFolder
from questionnaires.statement_guide import StatementGuide, load_statement_guide
from questionnaires.typed_answers import text_refusal
from scoring.answers.signs import cleaned

#: A page and a half; what is longer nobody reads to the end.
LONGEST_STATEMENT, LONGEST_BY = 3000, 200
ORIGINS: Mapping[Origin, str] = {
    "together": "The group wrote it together",
    "facilitated": "Somebody else wrote down what the group said, and read it back to them",
}
MEANWHILE = (
    "Somebody else has just changed this statement. What stands there now is theirs; yours still "
    "stands in the box."
)


def guide() -> StatementGuide:
    """How a group comes to a statement; as it is installed, since nobody answers it."""
    return INSTALLED.once(_guide)


def _guide(_: ContentFolder) -> StatementGuide:
    return load_statement_guide(loaded.library())


def statements(store: Store, record: AssessmentRecord) -> dict[str, StatementRecord]:
    """What groups say so far."""
    with store.read() as work:
        return work.statements.all(record.id)


def too_small(record: AssessmentRecord) -> tuple[GroupRecord, ...]:
    """The groups of fewer people than the minimum: no number is ever shown of them alone."""
    return tuple(g for g in record.groups if g.head_count < record.minimum_group_size)


def write(
    store: Store,
    record: AssessmentRecord,
    group: str,
    *,
    text: str,
    origin: str | None,
    written_by: str,
    written_on: date | None,
    after: int,
) -> None:
    """Keep what a group says.

    Args:
        origin: one of ``ORIGINS``.
        written_by: who wrote it down, without names; may be empty.
        after: the revision that was seen; 0 where there was none.

    Raises:
        NotChangedError: something is missing or too long, somebody else has changed it, or results
            are published. Nothing is kept.
        UnreachableError: the store does not answer; nothing is kept.
    """
    wanted = StatementRecord(
        new_id(),
        group,
        _text(text),
        _origin(origin),
        _by(written_by),
        _day(written_on, record),
    )
    with store.write() as work:
        now = _taking(work, record)
        if not work.statements.put(now.id, wanted, after=after):
            raise NotChangedError(MEANWHILE, "text")
        action = "statement_changed" if after else "statement_written"
        note(work, now, action, group=now.group(group).title)
        work.commit()


def take_back(store: Store, record: AssessmentRecord, group: str, *, after: int) -> None:
    """Delete what a group says. Raises as ``write``."""
    with store.write() as work:
        now = _taking(work, record)
        if not work.statements.remove(now.id, group, after=after):
            raise NotChangedError(MEANWHILE, "text")
        note(work, now, "statement_taken_back", group=now.group(group).title)
        work.commit()
    store.traces.erase()


def _taking(work: UnitOfWork, record: AssessmentRecord) -> AssessmentRecord:
    """The round as it stands, where statements can be written now."""
    work.assessments.lock(record.id)
    now = work.assessments.get(record.id)
    if now is None:
        raise NotChangedError(GONE)
    if Act.STATE not in ALLOWED[state_of(now)]:
        raise NotChangedError(NOT_NOW)
    return now


def _text(text: str) -> str:
    text = cleaned(text).strip()
    if not text:
        raise NotChangedError("Write what the group says.", "text")
    if refusal := text_refusal(text, LONGEST_STATEMENT):
        raise NotChangedError(refusal.sentence, "text")
    return text


def _origin(origin: str | None) -> Origin:
    for known in ORIGINS:
        if origin == known:
            return known
    raise NotChangedError("Choose how it came about.", "origin")


def _by(written_by: str) -> str:
    line = " ".join(cleaned(written_by).split()).rstrip(".")
    if refusal := text_refusal(line, LONGEST_BY):
        raise NotChangedError(refusal.sentence, "written_by")
    return line


def _day(day: date | None, record: AssessmentRecord) -> date:
    if day is None:
        raise NotChangedError("Choose the day on which it was written.", "written_on")
    if day > today(record):
        raise NotChangedError("That day has not come yet.", "written_on")
    return day
