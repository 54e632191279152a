"""What is to be done once, although several processes serve one database."""

from __future__ import annotations

from contextlib import suppress
from threading import Lock

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import SQLAlchemyError

from assessment.store.unreachable import faults_as_unreachable

#: What PostgreSQL calls the lock; any number of our own.
NUMBER = 7_236_915


class Once:
    """Belongs to one process at a time, as long as that lives.

    PostgreSQL keeps a lock as long as the line of whoever has it, and so another process can have
    it when one is gone. Beside an SQLite file there is no other process.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lock = Lock()
        self._line: Connection | None = None

    def is_ours(self) -> bool:
        """Whether it is this process that does it.

        Raises:
            UnreachableError: the database does not answer.
        """
        if self._engine.dialect.name != "postgresql":
            return True
        with self._lock, faults_as_unreachable():
            return self._still_ours() or self._taken()

    def close(self) -> None:
        """Leave it to others."""
        with self._lock:
            if self._line is not None:
                with suppress(SQLAlchemyError):
                    self._line.close()
            self._line = None

    def _still_ours(self) -> bool:
        if self._line is None:
            return False
        try:
            self._line.execute(text("select 1"))
        except SQLAlchemyError:  # the database was restarted, and has forgotten it
            with suppress(SQLAlchemyError):
                self._line.close()
            self._line = None
        return self._line is not None

    def _taken(self) -> bool:
        # No transaction stays open, which would keep others from erasing what was deleted.
        line = self._engine.execution_options(isolation_level="AUTOCOMMIT").connect()
        try:
            if line.execute(
                text("select pg_try_advisory_lock(:number)"), {"number": NUMBER}
            ).scalar():
                line.detach()  # it is none of those that are lent out, and ends when it is closed
                self._line, line = line, None
        finally:
            if line is not None:
                line.close()
        return self._line is not None
