"""Sessions: which browser writes which draft. One is found by the hash of its cookie alone."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import Executable, bindparam, delete, insert, select, update

from assessment.store.records import SessionRecord
from assessment.store.repository import Repository
from assessment.store.tables import session

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

    def remove(self, token_hash: str) -> None:
        self._run(delete(session).where(session.c.token_hash == token_hash))
