"""Sessions: which browser writes which draft. One is found by the hash of its cookie alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import date
from itertools import islice

from sqlalchemy import Executable, bindparam, delete, insert, or_, select

from assessment.store.records import SessionRecord
from assessment.store.repository import Repository
from assessment.store.tables import assessment, draft, draft_answer, session
from questionnaires.model import WORKING_GROUP

#: Of sessions with a draft of their own: nothing was answered with them, and no code leads back.
BARE = (
    or_(session.c.group != WORKING_GROUP, session.c.draft.is_not(None)),
    ~select(draft.c.id)
    .where(draft.c.id == session.c.draft, draft.c.code_hash.is_not(None))
    .exists(),
    ~select(draft_answer.c.mark).where(draft_answer.c.draft == session.c.draft).exists(),
)
#: How many values one statement takes.
MOST_VALUES = 500
#: Built once, since it runs at every tap.
FIND = select(
    session.c.assessment,
    session.c.group,
    session.c.draft,
    session.c.draft_key,
    session.c.own_device,
).where(session.c.token_hash == bindparam("token"))
#: SQLite has one writer at a time and needs no locks.
LOCK = FIND.with_for_update()


class Sessions(Repository):
    """Keeps sessions."""

    def add(self, token_hash: str, record: SessionRecord) -> None:
        self._run(insert(session).values(token_hash=token_hash, **asdict(record)))

    def get(self, token_hash: str) -> SessionRecord | None:
        return self._found(FIND, token_hash)

    def lock(self, token_hash: str) -> SessionRecord | None:
        """As ``get``; nobody else changes it until this unit of work ends."""
        return self._found(LOCK, token_hash)

    def _found(self, statement: Executable, token_hash: str) -> SessionRecord | None:
        row = self._run(statement, {"token": token_hash}).first()
        return None if row is None else SessionRecord(*row)

    def bare(self) -> set[str]:
        """The respondents' sessions with which nothing was answered, and to which no code leads."""
        return set(self._run(select(session.c.token_hash).where(*BARE)).scalars())

    def remove_bare(self, token_hashes: Iterable[str]) -> int:
        """Remove sessions with which still nothing was answered. Returns how many."""
        gone = 0
        for some in batched(token_hashes):
            named = session.c.token_hash.in_(some)
            # Who writes a draft locks it: an answer that comes now is there before, or refused.
            drafts = select(draft.c.id).join_from(draft, session, session.c.draft == draft.c.id)
            self._run(drafts.where(named).order_by(draft.c.id).with_for_update(of=draft))
            gone += self._run(delete(session).where(named, *BARE)).rowcount
        return gone

    def remove_of_closed(self, before: date) -> int:
        """Remove the sessions of assessments whose last day was before a day. Returns how many."""
        over = select(assessment.c.id).where(assessment.c.closes_on < before)
        return self._run(delete(session).where(session.c.assessment.in_(over))).rowcount

    def remove(self, token_hash: str) -> None:
        self._run(delete(session).where(session.c.token_hash == token_hash))

    def remove_of_draft(self, name: str, besides: str = "") -> None:
        """Remove the sessions that write a draft, but for the one of a token's hash."""
        named = session.c.draft == name
        self._run(delete(session).where(named, session.c.token_hash != besides))


def batched(values: Iterable[str]) -> Iterator[list[str]]:
    """Values in lists of as many as a statement takes."""
    rest = iter(values)
    while some := list(islice(rest, MOST_VALUES)):
        yield some
