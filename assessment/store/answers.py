"""Answers: drafts that people are writing, responses that are handed in, and what the working
group agreed."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Table,
    and_,
    bindparam,
    case,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from assessment.store.assessments import SCHEDULE
from assessment.store.encryption import DraftKey, decrypt, encrypt, item_mark
from assessment.store.records import NO_ANSWER, AgreedRecord, AskedState, Schedule
from assessment.store.repository import Repository
from assessment.store.tables import (
    agreed_answer,
    assessment,
    draft,
    draft_answer,
    invitation,
    organisation,
    response,
    session,
    stakeholder_group,
    written_text,
)

#: The columns of an agreed answer, named as in its record.
AGREED = tuple(field.name for field in fields(AgreedRecord))
INSERTS: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
#: Several sessions may write one draft, so it is the draft that is locked. SQLite has one writer at
#: a time and needs no locks.
LOCK_DRAFT = (
    select(draft.c.id, session.c.draft_key, *SCHEDULE)
    .join_from(draft, session, session.c.draft == draft.c.id)
    .join(assessment, assessment.c.id == draft.c.assessment)
    .join(organisation, organisation.c.id == assessment.c.organisation)
    .where(session.c.token_hash == bindparam("token"))
    .with_for_update(of=draft)
)
#: What is asked follows from these; built once, since it runs at every tap.
LOCK_WRITING = LOCK_DRAFT.add_columns(
    draft.c.assessment,
    draft.c.group,
    assessment.c.form,
    assessment.c.ladder,
    # None of the working group, whose members may write drafts as well.
    func.coalesce(stakeholder_group.c.side, ""),
    func.coalesce(stakeholder_group.c.asked_like, draft.c.group),
    assessment.c.content,
    # Each change raises a revision or adds one, so the sum never comes back.
    select(func.coalesce(func.sum(agreed_answer.c.revision), 0))
    .where(agreed_answer.c.assessment == draft.c.assessment)
    .scalar_subquery(),
).outerjoin(
    stakeholder_group,
    and_(
        stakeholder_group.c.assessment == draft.c.assessment,
        stakeholder_group.c.group == draft.c.group,
    ),
)
#: A draft comes back by the code that somebody asked for, and by the invitation it was begun with.
DRAFT_BY_CODE = select(
    draft.c.id,
    draft.c.assessment,
    draft.c.group,
    case((draft.c.code_hash == bindparam("code"), draft.c.code_key), else_=draft.c.invitation_key),
).where(or_(draft.c.code_hash == bindparam("code"), draft.c.invitation_hash == bindparam("code")))
ANSWERS_OF = select(draft_answer.c.encrypted).where(draft_answer.c.draft == bindparam("name"))
FIRST_ANSWER_OF = ANSWERS_OF.limit(1)
COUNT_RESPONSES = (
    select(response.c.group, func.count())
    .where(response.c.assessment == bindparam("name"))
    .group_by(response.c.group)
)
COUNT_CHANGES = select(func.count(), func.coalesce(func.sum(agreed_answer.c.revision), 0)).where(
    agreed_answer.c.assessment == bindparam("name")
)


SEALED = select(response.c.assessment, response.c.group, response.c.seal, response.c.answers).where(
    response.c.id == bindparam("name")
)


@cache
def _putting(dialect: str, table: Table) -> Any:
    """The statement that inserts a row, or changes what stands under its key.

    Built once: building it takes longer than running it, and it runs at every tap.
    """
    fresh = INSERTS[dialect](table)
    keys = [column.name for column in table.primary_key.columns]
    changed = {c.name: fresh.excluded[c.name] for c in table.columns if c.name not in keys}
    return fresh.on_conflict_do_update(index_elements=keys, set_=changed)


class LockedDraft(NamedTuple):
    """A draft that nobody else writes, its key as the session has it wrapped, and what says whether
    it may be written."""

    id: str
    wrapped_key: bytes
    schedule: Schedule


class WritingDraft(NamedTuple):
    """The same, with what its questions follow from."""

    locked: LockedDraft
    assessment: str
    group: str
    state: AskedState


class DraftByCode(NamedTuple):
    """The draft that a code brings back, and its key, wrapped under that code."""

    id: str
    assessment: str
    group: str
    wrapped_key: bytes


class SealedResponse(NamedTuple):
    """What somebody handed in, and the MAC over it."""

    assessment: str
    group: str
    seal: str
    values: dict[str, str]


class Drafts(Repository):
    """Keeps drafts, one row an answer, encrypted under the draft's key."""

    def add(
        self, name: str, assessment: str, group: str, begun_with: tuple[str, bytes] | None = None
    ) -> None:
        """Add a draft.

        Args:
            begun_with: the hash of the invitation's code, and the draft's key wrapped under it.
        """
        code_hash, wrapped = begun_with or (None, None)
        self._run(
            insert(draft).values(
                id=name,
                assessment=assessment,
                group=group,
                invitation_hash=code_hash,
                invitation_key=wrapped,
            )
        )

    def invitation_of(self, name: str) -> str | None:
        """The hash of the invitation that a draft was begun with; None where it was by a link."""
        return self._run(select(draft.c.invitation_hash).where(draft.c.id == name)).scalar()

    def lock(self, token_hash: str) -> LockedDraft | None:
        """The draft that a session writes; nobody else writes it or hands it in until this unit of
        work ends. None where the session writes none."""
        row = self._run(LOCK_DRAFT, {"token": token_hash}).first()
        if row is None:
            return None
        name, key, *schedule = tuple(row)
        return LockedDraft(name, key, Schedule(*schedule))

    def writing(self, token_hash: str) -> WritingDraft | None:
        """As ``lock``, with what says what is asked in this draft now."""
        row = self._run(LOCK_WRITING, {"token": token_hash}).first()
        if row is None:
            return None
        name, key, *rest = tuple(row)
        schedule, (assessment, group, *state) = rest[: len(SCHEDULE)], rest[len(SCHEDULE) :]
        locked = LockedDraft(name, key, Schedule(*schedule))
        return WritingDraft(locked, assessment, group, AskedState(*state))

    def answers(self, name: str, key: DraftKey) -> dict[str, str]:
        """The answers of a draft by item."""
        rows = self._run(ANSWERS_OF, {"name": name}).scalars()
        return dict(sorted(decrypt(key, name, row) for row in rows))

    def has_answers(self, name: str) -> bool:
        """Whether anything is answered."""
        return self._run(FIRST_ANSWER_OF, {"name": name}).first() is not None

    def put(self, name: str, key: DraftKey, values: Mapping[str, str]) -> None:
        """Keep answers; an empty one is taken back."""
        stored = [
            {
                "draft": name,
                "mark": item_mark(key, item),
                "encrypted": encrypt(key, name, item, value),
            }
            for item, value in values.items()
            if value
        ]
        if stored:
            self._run(_putting(self._dialect, draft_answer), stored)
        if gone := [item_mark(key, item) for item, value in values.items() if not value]:
            self._run(
                delete(draft_answer).where(
                    draft_answer.c.draft == name, draft_answer.c.mark.in_(gone)
                )
            )

    def lock_by_id(self, name: str) -> bool:
        """Whether a draft is there; nobody hands it in until this unit of work ends."""
        here = select(draft.c.id).where(draft.c.id == name).with_for_update()
        return self._run(here).first() is not None

    def set_code(self, name: str, code_hash: str, wrapped_key: bytes) -> None:
        """Let a code bring the draft back; an earlier one no longer does."""
        changed = {"code_hash": code_hash, "code_key": wrapped_key}
        self._run(update(draft).where(draft.c.id == name).values(**changed))

    def has_code(self, name: str) -> bool:
        """Whether a code brings a draft back."""
        here = select(draft.c.id).where(draft.c.id == name, draft.c.code_hash.is_not(None))
        return self._run(here).first() is not None

    def by_code(self, code_hash: str) -> DraftByCode | None:
        """What a code brings back."""
        row = self._run(DRAFT_BY_CODE, {"code": code_hash}).first()
        return None if row is None else DraftByCode(*row)

    def remove(self, name: str) -> None:
        self._run(delete(draft).where(draft.c.id == name))

    def remove_unreachable(self) -> int:
        """Remove drafts to which neither a session nor a code leads. Returns how many."""
        leads = select(session.c.draft).where(session.c.draft == draft.c.id).exists()
        return self._run(delete(draft).where(draft.c.code_hash.is_(None), ~leads)).rowcount

    def remove_of_closed(self, before: date) -> int:
        """Remove the drafts of assessments whose last day was before a day. Returns how many."""
        over = select(assessment.c.id).where(assessment.c.closes_on < before)
        return self._run(delete(draft).where(draft.c.assessment.in_(over))).rowcount

    def remove_of_group(self, assessment: str, group: str) -> None:
        """Remove all drafts of a group, with the sessions that write them."""
        of_group = (draft.c.assessment == assessment, draft.c.group == group)
        drafts = self._run(select(draft.c.id).where(*of_group).with_for_update()).scalars().all()
        self._run(delete(session).where(session.c.draft.in_(drafts)))
        self._run(delete(draft).where(draft.c.id.in_(drafts)))


def _json(values: Mapping[str, str]) -> str:
    return json.dumps(dict(sorted(values.items())), ensure_ascii=False)


class Responses(Repository):
    """Keeps what people handed in."""

    def add(
        self,
        name: str,
        assessment: str,
        group: str,
        values: Mapping[str, str],
        texts: Mapping[str, tuple[str, str]],
        seal: str = "",
    ) -> None:
        """Keep a response.

        Args:
            values: answers by item.
            texts: what was written, by a random id: the item and the text.
            seal: a MAC over the answers, 64 hexadecimal digits. Without one it is drawn by chance:
                an empty one would tell which responses came by workbook.
        """
        kept = {"id": name, "assessment": assessment, "group": group, "answers": _json(values)}
        kept["seal"] = seal or secrets.token_hex(32)
        self._run(insert(response).values(**kept))
        self.add_texts(assessment, texts)

    def add_texts(self, assessment: str, texts: Mapping[str, tuple[str, str]]) -> None:
        """Keep what was written, by a random id: the item and the text."""
        if texts:
            self._run(
                insert(written_text),
                [
                    {"id": key, "assessment": assessment, "item": item, "text": text}
                    for key, (item, text) in sorted(texts.items())
                ],
            )

    def groups_of(self, assessment: str, names: Iterable[str]) -> dict[str, str]:
        """Those of some responses that there are, by id, with their groups."""
        wanted = (response.c.assessment == assessment, response.c.id.in_(list(names)))
        return dict(self._run(select(response.c.id, response.c.group).where(*wanted)).all())

    def replace(self, name: str, values: Mapping[str, str]) -> None:
        """Keep other answers in the place of those that a response had."""
        self._run(update(response).where(response.c.id == name).values(answers=_json(values)))

    def sealed(self, name: str) -> SealedResponse | None:
        """A response with its seal."""
        row = self._run(SEALED, {"name": name}).first()
        return None if row is None else SealedResponse(*row[:3], json.loads(row[3]))

    def counts(self, assessment: str) -> dict[str, int]:
        """How many responses each group has."""
        return dict(self._run(COUNT_RESPONSES, {"name": assessment}).all())

    def rows(self, assessment: str) -> list[tuple[str, str, str, str]]:
        """Every answer: response, group, item, value, sorted by the random id."""
        rows = self._run(
            select(response.c.id, response.c.group, response.c.answers)
            .where(response.c.assessment == assessment)
            .order_by(response.c.id)
        )
        return [
            (name, group, item, value)
            for name, group, answers in rows
            for item, value in json.loads(answers).items()
        ]

    def write_anew(self, assessment: str, group: str) -> None:
        """Write all responses and invitations of a group, and all that was written in the
        assessment, anew in an order by chance, so that neither a row's place nor its transaction
        tells one from another.

        SQLite has nothing of both: its rows stand in the order of their random keys, and its
        journal is emptied. In PostgreSQL every row names the transaction that wrote it.
        """
        if self._dialect != "postgresql":
            return
        for table, *which in (
            (response, response.c.assessment == assessment, response.c.group == group),
            (invitation, invitation.c.assessment == assessment, invitation.c.group == group),
            (written_text, written_text.c.assessment == assessment),
        ):
            gone = self._run(delete(table).where(*which).returning(*table.columns))
            rows = [dict(row) for row in gone.mappings()]
            secrets.SystemRandom().shuffle(rows)
            if rows:
                self._run(insert(table), rows)

    def texts(self, assessment: str) -> list[tuple[str, str]]:
        """What was written: item and text, in no order that tells anything."""
        rows = self._run(
            select(written_text.c.item, written_text.c.text)
            .where(written_text.c.assessment == assessment)
            .order_by(written_text.c.item, written_text.c.id)
        )
        return [tuple(row) for row in rows]


class AgreedAnswers(Repository):
    """Keeps the working group's answers."""

    def all(self, assessment: str) -> dict[str, AgreedRecord]:
        """The answers by item."""
        return dict(self._read(agreed_answer.c.assessment == assessment))

    def _read(self, *wanted: ColumnElement[bool]) -> Iterator[tuple[str, AgreedRecord]]:
        columns = [agreed_answer.c[name] for name in AGREED]
        rows = self._run(select(agreed_answer.c.item, *columns).where(*wanted))
        for item, *rest in rows:
            yield str(item), AgreedRecord(**dict(zip(AGREED, rest, strict=True)))

    def copy(self, from_: str, to: str) -> int:
        """Give an assessment without agreed answers those of another one, with their notes.

        Returns:
            How many answers there were.
        """
        fresh = [
            {"assessment": to, "item": item, **vars(record), "revision": 1}
            for item, record in self.all(from_).items()
            if record.value or record.note
        ]
        if fresh:
            self._run(insert(agreed_answer), fresh)
        return sum(bool(row["value"]) for row in fresh)

    def changes(self, assessment: str) -> tuple[int, int]:
        """How many answers there are, and how many changes have led to them."""
        found = self._run(COUNT_CHANGES, {"name": assessment}).one()
        return int(found[0]), int(found[1])

    def put(
        self,
        assessment: str,
        item: str,
        value: str,
        note: str,
        *,
        after: int,
        on: date,
        reason: str | None = None,
    ) -> AgreedRecord | None:
        """Keep an answer that was made after having seen a revision (0: none yet).

        Args:
            on: the day on which it is given.
            reason: why; left out, it stays, unless an answer that was meant is another now.

        Returns:
            The answer as it stands now; None where somebody else has changed it since, and
            nothing is kept.
        """
        here = (agreed_answer.c.assessment == assessment, agreed_answer.c.item == item)
        if after == 0:
            stored = NO_ANSWER.changed(value, note, on, reason)
            fresh = INSERTS[self._dialect](agreed_answer).values(
                assessment=assessment, item=item, **vars(stored)
            )
            # Not every driver counts the rows of an insertion, but all say what they inserted.
            putting = fresh.on_conflict_do_nothing().returning(agreed_answer.c.item)
        else:
            seen = (*here, agreed_answer.c.revision == after)
            before = next((record for _, record in self._read(*seen)), None)
            if before is None:
                return None
            stored = before.changed(value, note, on, reason)
            putting = (
                update(agreed_answer)
                .where(*seen)
                .values(**vars(stored))
                .returning(agreed_answer.c.item)
            )
        return stored if self._run(putting).first() is not None else None
