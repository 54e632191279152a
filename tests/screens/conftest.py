"""A database of its own for each test of the screens."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.runtime.context import ContextProxy

from assessment.services import current_store
from assessment.settings import settings
from assessment.store import Store


@pytest.fixture(autouse=True)
def _a_fresh_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    """One without cookies, unless a test gives it some."""
    monkeypatch.setattr(ContextProxy, "cookies", {})


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Store]:
    """The empty store of this installation."""
    monkeypatch.setenv("ASSESSMENT_DATABASE_URL", f"sqlite:///{tmp_path / 'store.sqlite'}")
    settings.cache_clear()
    current_store.store.cache_clear()
    yield current_store.store()
    current_store.store().close()
    settings.cache_clear()
    current_store.store.cache_clear()
