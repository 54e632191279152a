"""A database of its own for each test of the screens."""

from __future__ import annotations

import pytest
from streamlit.runtime.context import ContextProxy

from tests.support import coordinators
from tests.support.databases import installed as store

__all__ = ["store"]


@pytest.fixture(autouse=True)
def _signed_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ContextProxy, "cookies", {})
    coordinators.on_screens(monkeypatch)
