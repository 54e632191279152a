"""What those who run a round can change while it runs, each with a note in the audit log.

Whether a round allows a change is looked up in the transaction that makes it, while no other one
changes the same round.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import NamedTuple

from assessment.services import clock
from assessment.services.content import loaded
from assessment.services.rounds.audit import note
from assessment.services.rounds.plan import (
    LONGEST_CONTACT,
    LONGEST_GROUP,
    LONGEST_LINE,
    MAX_PEOPLE,
    MOST_GRACE,
    RESERVED_TITLES,
    WANTED,
)
from assessment.services.rounds.states import ALLOWED, Act, state_of, today
from assessment.store import Store, UnitOfWork
from assessment.store.records import AssessmentRecord, GroupRecord
from questionnaires import numbers
from questionnaires.problems import Problem
from questionnaires.reference_data import GROUP_SIDES
from questionnaires.typed_answers import text_refusal
from scoring.answers.signs import cleaned


class NotChangedError(Exception):
    """Nothing was changed. The message says why, and what to do.

    Attributes:
        place: the field that is wrong, such as ``last`` or the id of a group; empty where it is
            none of them.
    """

    def __init__(self, message: str, place: str = "") -> None:
        super().__init__(message)
        self.place = place


GONE = "This round is not there any more: somebody has deleted it."
NOT_NOW = (
    "The round does not allow this any more. Perhaps it ended meanwhile, or somebody else has "
    "changed it. Reload the page."
)
WRONG_TITLE = "This is not the name of the round. Write it as it stands above. Nothing was deleted."


class _Round(NamedTuple):
    work: UnitOfWork
    record: AssessmentRecord


@contextmanager
def changing(store: Store, name: str, act: Act) -> Iterator[_Round]:
    """A round that nobody else changes meanwhile, and that allows something; committed at the end.

    Raises:
        NotChangedError: it is gone, or does not allow it now.
        UnreachableError: the store does not answer; nothing is changed.
    """
    with store.write() as work:
        work.assessments.lock(name)
        record = work.assessments.get(name)
        if record is None:
            raise NotChangedError(GONE)
        if act not in ALLOWED[state_of(record)]:
            raise NotChangedError(NOT_NOW)
        yield _Round(work, record)
        work.commit()


def change_end(store: Store, name: str, last: date | None, grace: str | None = None) -> None:
    """Give a round another last day, later or earlier, from today on.

    Args:
        grace: for how many hours after the end whoever had begun may go on, as it was typed; as it
            is where it is None.
    """
    with changing(store, name, Act.CHANGE_LAST_DAY) as (work, record):
        last = _last_day(record, record.opens_on, last)
        _change_grace(work, record, grace)
        if last != record.closes_on:
            work.assessments.change(name, closes_on=last)
            note(work, record, "last_day_changed", old=record.closes_on, new=last)


def change_days(
    store: Store, name: str, first: date | None, last: date | None, grace: str | None = None
) -> None:
    """Give a round that has not begun another first and last day."""
    with changing(store, name, Act.CHANGE_FIRST_DAY) as (work, record):
        if first is None:
            raise NotChangedError(WANTED["opens_on"], "first")
        if first < today(record):
            raise NotChangedError("The first day cannot be in the past.", "first")
        last = _last_day(record, first, last)
        _change_grace(work, record, grace)
        if (first, last) != (record.opens_on, record.closes_on):
            work.assessments.change(name, opens_on=first, closes_on=last)
            old = {"old_first": record.opens_on, "old_last": record.closes_on}
            note(work, record, "days_changed", **old, first=first, last=last)


def _last_day(record: AssessmentRecord, first: date, last: date | None) -> date:
    if last is None:
        raise NotChangedError(WANTED["closes_on"], "last")
    if last < first:
        raise NotChangedError("The last day is before the first. Choose a later one.", "last")
    if last < today(record):
        raise NotChangedError("That day is over already. Choose a later one.", "last")
    return last


def _change_grace(work: UnitOfWork, record: AssessmentRecord, hours: str | None) -> None:
    if hours is None:
        return
    wanted = _number(hours, 0, MOST_GRACE, WANTED["grace_hours"], "grace")
    if wanted != record.grace_hours:
        work.assessments.change(record.id, grace_hours=wanted)
        note(work, record, "grace_changed", old=record.grace_hours, new=wanted)


def close_early(store: Store, name: str) -> None:
    """End a round now. Whoever has begun has the hours of grace from now on."""
    with changing(store, name, Act.CLOSE_EARLY) as (work, record):
        work.assessments.change(name, closed_at=clock.now())
        note(work, record, "closed_early", last=record.closes_on)


def change_head_counts(store: Store, name: str, counts: Mapping[str, str]) -> None:
    """Correct how many people there are in groups.

    Whether a group has as many as the minimum stays as it was when the round opened: from that
    follows which groups are hidden or shown together, and two divisions of the same replies could
    be compared.

    Args:
        counts: as they were typed, by the id of the group.
    """
    with changing(store, name, Act.CHANGE_HEAD_COUNTS) as (work, record):
        for group in record.groups:
            if group.group not in counts:
                continue
            wrong = f"Write a whole number from 1 to {MAX_PEOPLE:,}."
            wanted = _number(counts[group.group], 1, MAX_PEOPLE, wrong, group.group)
            if wanted == group.head_count:
                continue
            _refuse_across_the_minimum(record, group, wanted)
            work.assessments.change_group(name, group.group, head_count=wanted)
            old = group.head_count
            note(work, record, "head_count_changed", group=group.title, old=old, new=wanted)


def _refuse_across_the_minimum(record: AssessmentRecord, group: GroupRecord, wanted: int) -> None:
    least = record.minimum_group_size
    if state_of(record).ahead or (wanted < least) == (group.head_count < least):
        return
    few = "fewer than" if group.head_count < least else "at least"
    raise NotChangedError(
        f"When the round opened, {group.title} had {few} {least} people. From this follows which "
        "groups are shown, which is fixed while it runs. Keep the number on the same side of "
        f"{least}, or set up another round.",
        group.group,
    )


def change_titles(store: Store, name: str, title: str, groups: Mapping[str, str]) -> None:
    """Change what a round is called, and groups of the organisation's own.

    Args:
        groups: names by the id of the group.
    """
    with changing(store, name, Act.CHANGE_TITLES) as (work, record):
        title = _line(title, LONGEST_LINE, WANTED["title"], "title")
        if title != record.title:
            work.assessments.change(name, title=title)
            note(work, record, "renamed", old=record.title, new=title)
        names = {group.group: group.title for group in record.groups}
        for group in own_groups(record):
            wanted = groups.get(group.group, group.title)
            wanted = _line(wanted, LONGEST_GROUP, WANTED["own_title"], group.group)
            if wanted == group.title:
                continue
            others = {names[other].casefold() for other in names if other != group.group}
            if wanted.casefold() in RESERVED_TITLES | others:
                message = "There is a group of that name already. Choose another one."
                raise NotChangedError(message, group.group)
            names[group.group] = wanted
            work.assessments.change_group(name, group.group, title=wanted)
            note(work, record, "group_renamed", old=group.title, new=wanted)


def own_groups(record: AssessmentRecord) -> tuple[GroupRecord, ...]:
    """Groups of the organisation's own, whose names are its own."""
    return tuple(group for group in record.groups if group.group not in GROUP_SIDES)


def change_help_contact(store: Store, name: str, contact: str) -> None:
    """Change whom people can turn to, in all rounds of the organisation."""
    with changing(store, name, Act.CHANGE_HELP_CONTACT) as (work, record):
        contact = _line(contact, LONGEST_CONTACT, WANTED["help_contact"], "help_contact")
        old = record.organisation.help_contact
        if contact != old:
            work.assessments.change_organisation(record.organisation.id, help_contact=contact)
            note(work, record, "help_contact_changed", old=old, new=contact)


def archive(store: Store, name: str) -> None:
    """Put a round away whose results are published. They stay where they are."""
    with changing(store, name, Act.ARCHIVE) as (work, record):
        work.assessments.change(name, archived_on=today(record))
        note(work, record, "archived")


def delete(store: Store, name: str, typed_title: str) -> None:
    """Delete a round for good: drafts, sessions, responses, agreed answers, what people wrote.

    Args:
        typed_title: what the round is called, as somebody typed it to confirm.
    """
    with changing(store, name, Act.DELETE) as (work, record):
        if _as_typed(typed_title) != _as_typed(record.title):
            raise NotChangedError(WRONG_TITLE, "typed_title")
        own_questions = loaded.is_with_own_questions(work, record.content)
        work.assessments.remove(name)
        if own_questions and record.content:
            work.snapshots.remove_unused(record.content)
        note(work, record, "deleted", title=record.title)
    store.traces.erase_all()


def _as_typed(text: str) -> str:
    return " ".join(cleaned(text).split()).casefold()


def _line(text: str, most: int, wanted: str, place: str) -> str:
    """A text without what nobody sees; refused where it is empty or too long."""
    line = " ".join(cleaned(text).split())
    if not line:
        raise NotChangedError(wanted, place)
    if refusal := text_refusal(line, most):
        raise NotChangedError(refusal.sentence, place)
    return line


def _number(text: str, least: int, most: int, wrong: str, place: str) -> int:
    found = numbers.read(text, numbers.Limits(whole=True)) if text.strip() else None
    if found is None or isinstance(found, Problem):
        sentence = found.in_words("typed") if isinstance(found, Problem) else wrong
        raise NotChangedError(sentence, place)
    if not least <= found <= most:
        raise NotChangedError(wrong, place)
    return int(found)
