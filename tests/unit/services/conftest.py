"""A database of its own for each test of the services."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assessment.store import Store, open_store
from assessment.store.records import AssessmentRecord
from tests.support.assessments import opened


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = open_store(f"sqlite:///{(tmp_path / 'assessment.sqlite').as_posix()}")
    yield store
    store.close()


@pytest.fixture
def record(store: Store) -> AssessmentRecord:
    return opened(store)
