"""The databases that are attacked, and the running app."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.databases import installed, postgresql, record, store, url
from tests.support.running_app import RunningApp, running_app

__all__ = ["app", "installed", "postgresql", "record", "store", "url"]


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningApp]:
    """An app with an empty database that this test session started."""
    with running_app(tmp_path_factory.mktemp("app")) as started:
        yield started
