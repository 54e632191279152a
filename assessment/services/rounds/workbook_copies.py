"""Workbooks that are handed out: each knows its round, and each copy has a random number.

The number is what tells that a copy was taken in before. The store keeps no list of numbers: a
reply that came by workbook has as its id a hash of the number, which looks as random as every other
id. So the stored answers tell neither which of them came by workbook nor in which copy; only with
the copy itself can its reply be found. The number says nothing about a person, and whether the
answers of two copies are alike is never looked up in the store.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count

from assessment.exchange.answer_workbook.copies import copies, folder
from assessment.exchange.answer_workbook.layout import Origin
from assessment.exchange.answer_workbook.writing import template
from assessment.services.access.codes import new_id
from assessment.services.rounds import dates_in_words
from assessment.services.rounds.what_applies import what_applies
from assessment.store import Store, UnitOfWork
from assessment.store.records import AssessmentRecord, GroupRecord
from questionnaires.content_folder import use
from questionnaires.model import WORKING_GROUP
from questionnaires.problems import ProblemsError
from questionnaires.reference_data import group_title
from questionnaires.skip_logic import Applies

#: So many copies at most are made at once; each download makes others.
MAX_COPIES = 50
#: So many replies with one number are looked for at once.
AT_ONCE = 8


@dataclass(frozen=True)
class Earlier:
    """The replies of a copy that were taken in before: the group of each, in order."""

    groups: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        return len(self.groups)


def workbook_for(store: Store, record: AssessmentRecord, group: GroupRecord | None) -> bytes:
    """A workbook for one person of a group, or for the working group (None).

    Raises:
        ProblemsError: the group is asked nothing.
        UnreachableError: the store does not answer.
    """
    return _made(store, record, group, "" if group is None else new_id())


def numbered_copies(store: Store, record: AssessmentRecord, group: GroupRecord) -> bytes:
    """An archive of workbooks for a group, each for one person and with a number of its own.

    Raises:
        ProblemsError: the group is asked nothing.
        UnreachableError: the store does not answer.
    """
    wanted, first = copies_of(group), new_id()
    content = _made(store, record, group, first)
    numbers = [new_id() for _ in range(wanted)]
    digits = len(str(wanted))
    return folder(
        (f"{group.group}-{number:0{digits}}.xlsx", one)
        for number, one in enumerate(copies(content, first, numbers), start=1)
    )


def copies_of(group: GroupRecord) -> int:
    """How many copies are made at once: one for each person."""
    return min(group.head_count, MAX_COPIES)


def _made(store: Store, record: AssessmentRecord, group: GroupRecord | None, copy: str) -> bytes:
    applies = what_applies(store, record)
    with use(applies.library.content):
        return _template(record, group, copy, applies)


def _template(
    record: AssessmentRecord, group: GroupRecord | None, copy: str, applies: Applies
) -> bytes:
    return template(
        applies.library,
        group.group if group else WORKING_GROUP,
        applies=applies,
        side=group.side if group else None,
        asked_like=group.asked_like if group else None,
        title=record.title,
        organisation=record.organisation.name,
        group_name=group.title if group else group_title(WORKING_GROUP),
        questionnaires=tuple(record.questionnaires),
        help_contact=record.organisation.help_contact,
        until=dates_in_words.end(record),
        origin=Origin(round_mark(record), copy, record.title, record.organisation.name),
    )


def round_mark(record: AssessmentRecord) -> str:
    """What a workbook carries of its round. It opens nothing, as the round's id would."""
    return hashlib.sha256(f"round {record.id}".encode()).hexdigest()[:32]


def belongs(record: AssessmentRecord, origin: Origin) -> None:
    """Refuse a workbook of another round or organisation.

    Raises:
        ProblemsError: it says that it belongs to another one, which is named as it says itself.
    """
    if origin.round in ("", round_mark(record)):
        return
    own = record.organisation.name
    raise ProblemsError.of(
        "other_round",
        found=origin.title,
        allowed=record.title,
        whose=f" of {origin.organisation}" if origin.organisation else "",
        own=own,
    )


def reply_id(record: AssessmentRecord, copy: str, number: int) -> str:
    """The id of a reply that came in a copy: the first one has the number 0, and each further one,
    of other people who were given the same file, the next."""
    return hashlib.sha256(f"reply {record.id} {copy} {number}".encode()).hexdigest()[:32]


def earlier(work: UnitOfWork, record: AssessmentRecord, copy: str) -> Earlier:
    """What was taken in before of a copy."""
    found: list[str] = []
    for start in count(0, AT_ONCE):
        names = [reply_id(record, copy, number) for number in range(start, start + AT_ONCE)]
        there = work.responses.groups_of(record.id, names)
        found += [there[name] for name in names if name in there]
        if len(there) < AT_ONCE:
            break
    return Earlier(tuple(found))


def earlier_of(
    store: Store, record: AssessmentRecord, copies_: Iterable[str]
) -> dict[str, Earlier]:
    """What was taken in before of some copies, by their numbers.

    Raises:
        UnreachableError: the store does not answer.
    """
    with store.read() as work:
        return {copy: earlier(work, record, copy) for copy in copies_}
