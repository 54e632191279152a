"""A database of its own for each test of the services."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assessment.store import Store, open_store
from assessment.store.records import AssessmentRecord
from tests.support.assessments import opened
from tests.support.databases import new_file


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = open_store(new_file(tmp_path / "assessment.sqlite"))
    yield store
    store.close()


@pytest.fixture
def record(store: Store) -> AssessmentRecord:
    return opened(store)
