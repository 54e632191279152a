"""A working group that has just sat down."""

from __future__ import annotations

import pytest

from assessment.services.working_group.agreed_answers import WorkingGroupRound
from assessment.store import Store
from assessment.store.records import AssessmentRecord
from tests.support.working_group import round_of


@pytest.fixture
def round_(store: Store, record: AssessmentRecord) -> WorkingGroupRound:
    return round_of(store, record)
