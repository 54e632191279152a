"""Seats: which browser writes which draft. A seat is found by the hash of its cookie alone."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from assessment.store.records import SessionRecord
from assessment.store.tables import seat

#: Built once, since it runs at every tap.
FIND = select(
    seat.c.assessment, seat.c.group, seat.c.draft, seat.c.own_device, seat.c.handed_in
).where(seat.c.token_hash == bindparam("token"))


class Sessions:
    """Keeps seats."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, token_hash: str, record: SessionRecord) -> None:
        self._connection.execute(insert(seat).values(token_hash=token_hash, **asdict(record)))

    def get(self, token_hash: str) -> SessionRecord | None:
        row = self._connection.execute(FIND, {"token": token_hash}).first()
        return None if row is None else SessionRecord(*row)

    def change(self, token_hash: str, record: SessionRecord) -> None:
        self._connection.execute(
            update(seat).where(seat.c.token_hash == token_hash).values(**asdict(record))
        )

    def remove(self, token_hash: str) -> None:
        self._connection.execute(delete(seat).where(seat.c.token_hash == token_hash))
