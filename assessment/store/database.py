"""The database: an SQLite file unless an installation names another, brought up to date first."""

from __future__ import annotations

import asyncio
import os
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from copy import copy
from pathlib import Path
from typing import Any, TypeVar

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from assessment.store.once import Once
from assessment.store.scope import Scope
from assessment.store.sqlite_file import is_sqlite, sqlite_file
from assessment.store.together import Change, Together
from assessment.store.traces import Traces, keep_no_samples
from assessment.store.turns import Turns
from assessment.store.unit_of_work import WRITES, UnitOfWork, ended, unit_of_work
from assessment.store.unreachable import StoreError, faults_as_unreachable, reason

T = TypeVar("T")
MIGRATIONS = Path(__file__).with_name("migrations")
#: How long a writer waits for another one, milliseconds.
PATIENCE = 10_000
#: How many changes are saved at once where the database has room for several.
SAVERS = 16
#: What PostgreSQL calls the turn of whoever changes the tables; any number of our own.
MIGRATING = 7_236_914
#: What a connection knows its file by.
FILE = "assessment_file"


class Store:
    """A database that is up to date, from which units of work are begun."""

    #: The organisation on which its units of work do something; on all if None.
    scope: Scope | None = None

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._turns = Turns()
        #: A database in memory is another one for every thread.
        self._together = Together(self.write) if sqlite_file(engine.url) else None
        #: Erases what the database keeps of changes that are over.
        self.traces = Traces(engine, self._turns)
        #: What one process of several does for all.
        self.once = Once(engine)
        self._threads = ThreadPoolExecutor(SAVERS, thread_name_prefix="saving")
        self._reading = engine.execution_options(**{WRITES: False})

    def of(self, scope: Scope) -> Store:
        """The same database, of which only what belongs to one organisation is found."""
        scoped = copy(self)
        scoped.scope = scope
        # What waits to be written together is of everybody.
        scoped._together = None
        return scoped

    def read(self) -> AbstractContextManager[UnitOfWork]:
        """A unit of work that only reads."""
        return unit_of_work(self._reading, scope=self.scope)

    def write(self) -> AbstractContextManager[UnitOfWork]:
        """A unit of work that may write; nothing is kept without ``commit``.

        On SQLite, which has one writer at a time, those of this process take turns.
        """
        if self.engine.dialect.name != "sqlite":
            return unit_of_work(self.engine, scope=self.scope)
        return self._writing()

    @contextmanager
    def _writing(self) -> Iterator[UnitOfWork]:
        turn = self._turns.turn(PATIENCE / 1000)
        with unit_of_work(self.engine, turn, self.scope) as work:
            yield work
        self.traces.settle()

    def save(self, change: Change[T]) -> T:
        """Run a small change in a unit of work and commit it. On SQLite it shares a transaction
        with others that wait at the same time.

        Raises:
            UnreachableError: the store does not answer; nothing of it is kept.
        """
        return self._together.save(change) if self._together else self._save_alone(change)

    async def saving(self, change: Change[T]) -> T:
        """The same for an event loop, which it does not hold up."""
        if self._together:
            return await self._together.saving(change)
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, self._save_alone, change)

    def _save_alone(self, change: Change[T]) -> T:
        with self.write() as work:
            found = change(work)
            work.commit()
        return found

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """A connection that sees everything as it is at one moment, and only reads.

        Raises:
            UnreachableError: the store does not answer.
        """
        engine = self._reading
        if engine.dialect.name == "postgresql":
            engine = engine.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
        with faults_as_unreachable(), engine.connect() as connection, ended(connection):
            yield connection

    @contextmanager
    def alone(self) -> Iterator[Connection]:
        """A connection whose changes are kept at its end, or none of them; on SQLite nobody else
        writes meanwhile.

        Raises:
            UnreachableError: the store does not answer; nothing is changed.
        """
        sqlite = self.engine.dialect.name == "sqlite"
        turn = self._turns.turn(PATIENCE / 1000) if sqlite else nullcontext()
        with faults_as_unreachable(), turn, self.engine.connect() as connection, ended(connection):
            yield connection
            connection.commit()

    def compact(self) -> None:
        """Write the tables of respondents anew, so that nothing is left of what was deleted, not
        even between what is there. Others wait meanwhile.

        Raises:
            UnreachableError: the store does not answer.
        """
        self.traces.erase()
        with faults_as_unreachable():
            self.traces.compact()

    def close(self) -> None:
        """Wait until everything that was sent is written, and let the database go."""
        if self._together:
            self._together.close()
        self._threads.shutdown()
        self.traces.close()
        self.once.close()
        self.engine.dispose()


def open_store(url: str) -> Store:
    """Open a database and bring its tables up to date.

    Args:
        url: as SQLAlchemy writes it: ``sqlite:///file`` or ``postgresql+psycopg://…``.

    Raises:
        StoreError: it cannot be reached, or belongs to a newer version of this tool.
    """
    try:
        parsed = make_url(url)
        if parsed.drivername in ("postgresql", "postgres"):
            parsed = parsed.set(drivername="postgresql+psycopg")
        place = parsed.render_as_string(hide_password=True)
        file = sqlite_file(parsed)
        if file is not None:
            _keep_private(file)
        # The connection that was used last knows most of what comes next, and each keeps what it
        # has read. One in memory belongs to its thread.
        pool = {} if is_sqlite(parsed) and file is None else {"pool_use_lifo": True}
        # A unit of work always ends its transaction itself, so the pool need not. What people
        # answer stands in no error, and so in no log.
        engine = create_engine(parsed, pool_reset_on_return=None, hide_parameters=True, **pool)
    except (ArgumentError, NoSuchModuleError, ImportError):
        raise StoreError(
            "ASSESSMENT_DATABASE_URL is not the address of a database. Examples: "
            "sqlite:///data/local/assessment.sqlite and postgresql://name:password@host/database"
        ) from None
    except OSError as error:
        raise StoreError(f"The database's file cannot be made or opened: {error}") from None
    if engine.dialect.name == "sqlite":
        _prepare_sqlite(engine)
    try:
        migrate(engine)
    except CommandError:
        raise StoreError(
            f"The database {place} was written by a newer version of this tool. Update the tool; "
            "nothing was changed."
        ) from None
    except (SQLAlchemyError, sqlite3.Error) as error:
        raise StoreError(f"The database {place} cannot be used: {reason(error)}") from None
    return Store(engine)


def _keep_private(file: Path) -> None:
    """Let nobody but its owner read an SQLite file. What SQLite puts beside it takes its mode.

    Raises:
        OSError: it cannot be made or opened.
    """
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
    with suppress(PermissionError):  # somebody else owns it, who decides
        file.chmod(0o600)


def migrate(engine: Engine) -> None:
    """Bring the tables up to date, where they are not. Processes that start at once take turns."""
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("select pg_advisory_xact_lock(:number)"), {"number": MIGRATING})
        command.upgrade(alembic_config(connection), "head")
        keep_no_samples(connection)


def newest_revision() -> str | None:
    """The revision of the tables that this version of the tool works with."""
    return ScriptDirectory.from_config(alembic_config()).get_current_head()


def knows_revision(name: str) -> bool:
    """Whether the tables have ever been as a revision of this name says."""
    found = ScriptDirectory.from_config(alembic_config()).walk_revisions()
    return name in {revision.revision for revision in found}


def alembic_config(connection: Connection | None = None) -> Config:
    """How migrations are found, and the connection on which they run."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _prepare_sqlite(engine: Engine) -> None:
    """Real transactions in the file that is there, from which deleted answers are gone."""
    file = sqlite_file(engine.url)

    def identity() -> tuple[int, int] | None:
        """What tells the file apart from another one of its name."""
        found = file.stat() if file else None
        return found and (found.st_dev, found.st_ino)

    @event.listens_for(engine, "do_connect")
    def _expect(*_: Any) -> None:
        # The driver would put an empty file where one has gone.
        identity()

    @event.listens_for(engine, "connect")
    def _connect(connection: Any, record: Any) -> None:
        record.info[FILE] = identity()
        # We begin transactions ourselves: the driver would begin them too late.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            f"busy_timeout = {PATIENCE}",
            "journal_mode = WAL",
            "foreign_keys = ON",
            "secure_delete = ON",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        # A file that was moved or replaced takes answers that nobody will find again.
        if connection.info.get(FILE) != identity():
            raise sqlite3.OperationalError("the file is no longer the one that was opened")
        # A writer says so at once: one that begins as a reader fails where another one wrote.
        writes = connection.get_execution_options().get(WRITES, True)
        # Straight to the driver: this runs at every tap.
        driver = connection.connection.dbapi_connection
        driver.execute("BEGIN IMMEDIATE" if writes else "BEGIN")
