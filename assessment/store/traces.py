"""Traces: what a database keeps of changes that are over, and how it is made to forget them.

SQLite's journal (``-wal``) holds pages in the order in which they were written; PostgreSQL's tables
hold rows that were changed or deleted, with the transactions that did it. Either would join a
browser's session, which handing in deletes, to the response that came of it.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from threading import Event, Lock, Thread

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import SQLAlchemyError

from assessment.store.sqlite_file import is_sqlite, sqlite_file
from assessment.store.tables import metadata
from assessment.store.turns import Turns

log = logging.getLogger(__name__)

#: What respondents give, and what leads to it.
TABLES = (
    "draft",
    "draft_answer",
    "session",
    "response",
    "written_text",
    "invitation",
    "member_response",
)
#: PostgreSQL's own count of the rows that a vacuum could not remove. Those of ``draft_answer`` come
#: anew with every tap, and are encrypted.
DEAD_ROWS = text(
    "select coalesce(sum(n_dead_tup), 0) from pg_stat_user_tables "
    "where relname in ('draft', 'session', 'response', 'written_text', 'invitation', "
    "'member_response')"
)
#: Columns whose values PostgreSQL would copy into statistics of its own (``pg_statistic``), where
#: they would stay after they are deleted, even for good.
SAMPLED = text(
    "select c.relname, a.attname from pg_attribute a join pg_class c on c.oid = a.attrelid "
    "where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace "
    "and a.attnum > 0 and not a.attisdropped and coalesce(a.attstattarget, -1) <> 0 "
    "and a.atttypid in ('varchar'::regtype, 'text'::regtype, 'bytea'::regtype, 'json'::regtype)"
)
#: How long is waited before it is tried again, seconds: twice as long each time, up to the second.
AGAIN, AT_MOST = 0.05, 5.0
#: How soon what was written stands in SQLite's own file, and no longer in its journal, seconds.
SOON = 0.5
#: How long a checkpoint holds writers up for readers that are under way, milliseconds.
HOLD_UP = 20


class Traces:
    """Erases the traces of what was committed, in a thread of its own, until it is done.

    Args:
        turns: whose turn it is to write to an SQLite file.
    """

    def __init__(self, engine: Engine, turns: Turns) -> None:
        self._engine, self._turns = engine, turns
        self._file = sqlite_file(engine.url)
        self._nothing_to_do = is_sqlite(engine.url) and self._file is None
        self._lock = Lock()
        self._thread: Thread | None = None
        self._asked = False
        self._idle = Event()
        self._idle.set()
        self._urgent, self._all = Event(), Event()
        self._closing = Event()

    def erase(self) -> None:
        """Erase the traces of everything that is committed by now. Returns at once."""
        self._urgent.set()
        self._begin()

    def settle(self) -> None:
        """See to it that SQLite's own file soon has what is committed by now, without its journal.
        Returns at once. PostgreSQL sees to that itself."""
        if self._file is not None:
            self._begin()

    def erase_all(self) -> None:
        """The same, and write every table anew, so that nothing is left of what was deleted, not
        even between what is there. Returns at once; others wait while it is done."""
        self._all.set()
        self.erase()

    def _begin(self) -> None:
        if self._nothing_to_do:
            return
        with self._lock:
            self._asked = True
            if self._thread is None:
                self._idle.clear()
                self._thread = Thread(target=self._run, name="traces", daemon=True)
                self._thread.start()

    def wait(self, seconds: float) -> bool:
        """Wait until there is nothing left to erase; returns whether that is so."""
        return self._idle.wait(seconds)

    def compact(self, tables: Iterable[str] = TABLES) -> None:
        """Write tables anew, without what was deleted from them; an SQLite file as a whole.

        Raises:
            SQLAlchemyError, sqlite3.Error, OSError: the database does not do it.
        """
        if self._file is not None:
            with self._turns.turn(10), closing(_connected(self._file, 10)) as connection:
                connection.execute("VACUUM")
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        elif not self._nothing_to_do:
            named = map(self._engine.dialect.identifier_preparer.quote, tables)
            with self._autocommit() as connection:
                connection.execute(text(f"vacuum full {', '.join(named)}"))

    def close(self) -> None:
        """Try once more, and end."""
        self._closing.set()
        self._urgent.set()
        self._idle.wait(5)

    def _run(self) -> None:
        while self._next():
            # What need not be at once is done for all that comes in the meantime.
            if not self._closing.is_set():
                self._urgent.wait(SOON)
                self._urgent.clear()
            try:
                if self._all.is_set():
                    self._compact_all()
                pause = AGAIN
                while not self._erased() and not self._closing.wait(pause):
                    pause = min(2 * pause, AT_MOST)
            except (SQLAlchemyError, sqlite3.Error, OSError, TimeoutError):
                # The store says so itself wherever somebody needs it; here it is tried again.
                if self._closing.wait(1):
                    continue
                with self._lock:
                    self._asked = True

    def _compact_all(self) -> None:
        self._all.clear()
        try:
            self.compact(metadata.tables)
        except BaseException:
            self._all.set()
            raise

    def _next(self) -> bool:
        with self._lock:
            going_on, self._asked = self._asked, False
            if not going_on:
                self._thread = None
                self._idle.set()
            return going_on

    def _erased(self) -> bool:
        return self._vacuumed() if self._file is None else self._checkpointed(self._file)

    def _checkpointed(self, file: Path) -> bool:
        """Write SQLite's journal into its file and cut it to nothing; False while others read."""
        with self._turns.turn(10), closing(_connected(file, HOLD_UP / 1000)) as connection:
            busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            return not busy

    def _vacuumed(self) -> bool:
        """Remove PostgreSQL's dead rows; False where somebody may still see some of them."""
        with self._autocommit() as connection:
            connection.execute(text(f"vacuum {', '.join(TABLES)}"))
            return connection.execute(DEAD_ROWS).scalar_one() == 0

    def _autocommit(self) -> Connection:
        return self._engine.execution_options(isolation_level="AUTOCOMMIT").connect()


def keep_no_samples(connection: Connection) -> None:
    """Let PostgreSQL copy no values out of its tables; it finds rows by their keys without that."""
    if connection.dialect.name != "postgresql":
        return
    quote = connection.dialect.identifier_preparer.quote
    for table, column in connection.execute(SAMPLED).all():
        if table in metadata.tables:
            named = f"alter table {quote(table)} alter column {quote(column)}"
            connection.execute(text(f"{named} set statistics 0"))


def _connected(file: Path, patience: float) -> sqlite3.Connection:
    """A connection to an SQLite file that is there; it never makes one.

    Args:
        patience: how long it waits for others, seconds.
    """
    address = f"{file.absolute().as_uri()}?mode=rw"
    return sqlite3.connect(address, uri=True, timeout=patience, isolation_level=None)
