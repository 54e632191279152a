"""Sessions: which browser writes which draft. One is found by the hash of its cookie alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import date
from itertools import islice

from sqlalchemy import Executable, bindparam, delete, insert, select, update

from assessment.store.records import SessionRecord
from assessment.store.repository import Repository
from assessment.store.tables import assessment, session
from questionnaires.model import WORKING_GROUP

#: How many values one statement takes.
MOST_VALUES = 500
#: Built once, since it runs at every tap.
FIND = select(
    session.c.assessment,
    session.c.group,
    session.c.draft,
    session.c.own_device,
    session.c.handed_in,
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

    def change(self, token_hash: str, record: SessionRecord) -> None:
        self._run(
            update(session).where(session.c.token_hash == token_hash).values(**asdict(record))
        )

    def bare(self) -> set[str]:
        """The respondents' sessions that lead to nothing yet: no draft, and nothing handed in."""
        nothing = (session.c.draft.is_(None), session.c.handed_in.is_(False))
        rows = self._run(
            select(session.c.token_hash).where(*nothing, session.c.group != WORKING_GROUP)
        )
        return set(rows.scalars())

    def remove_bare(self, token_hashes: Iterable[str]) -> int:
        """Remove sessions that still lead to nothing. Returns how many."""
        gone = 0
        nothing = (session.c.draft.is_(None), session.c.handed_in.is_(False))
        for some in batched(token_hashes):
            gone += self._run(
                delete(session).where(session.c.token_hash.in_(some), *nothing)
            ).rowcount
        return gone

    def remove_of_closed(self, before: date) -> int:
        """Remove the sessions of assessments whose last day was before a day. Returns how many."""
        over = select(assessment.c.id).where(assessment.c.closes_on < before)
        return self._run(delete(session).where(session.c.assessment.in_(over))).rowcount

    def remove(self, token_hash: str) -> None:
        self._run(delete(session).where(session.c.token_hash == token_hash))


def batched(values: Iterable[str]) -> Iterator[list[str]]:
    """Values in lists of as many as a statement takes."""
    rest = iter(values)
    while some := list(islice(rest, MOST_VALUES)):
        yield some
