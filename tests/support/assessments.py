"""An assessment to test with: three groups and a working group, open today."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import text

from assessment.services.content import loaded
from assessment.services.rounds.plan import (
    AssessmentPlan,
    GroupPlan,
    WorkingGroupPlan,
    open_assessment,
)
from assessment.store import Store
from assessment.store.records import AssessmentRecord


def group_plan(group: str, head_count: int = 12) -> GroupPlan:
    return GroupPlan(asked_like=group, head_count=head_count)


def plan(**changes: Any) -> AssessmentPlan:
    """A plan with nothing to advise against, except for what is changed."""
    known: dict[str, Any] = {
        "organisation": "Willow Street",
        "setting": "Homeless service",
        "help_contact": "Ask for Sam at the front desk",
        "title": "Autumn round",
        "opens_on": date.today() - timedelta(days=1),
        "closes_on": date.today() + timedelta(days=30),
        "groups": tuple(map(group_plan, ("service_user", "staff", "manager"))),
        "questionnaires": tuple(q.id for q in loaded.library().questionnaires),
        "minimum_group_size": 5,
        "working_group": WorkingGroupPlan(
            members=6,
            members_lived_experience=2,
            members_paid=True,
            key_holders=2,
            key_holders_lived_experience=1,
        ),
    }
    return AssessmentPlan(**known | changes)


def opened(store: Store, **changes: Any) -> AssessmentRecord:
    """An assessment that takes answers."""
    name = open_assessment(store, loaded.library(), plan(**changes))
    with store.read() as work:
        record = work.assessments.get(name)
    assert record is not None
    return record


def without_its_ladder(store: Store, record: AssessmentRecord) -> AssessmentRecord:
    """The same where no ladder has the name that it was opened with."""
    with store.engine.begin() as connection:
        connection.execute(text("UPDATE assessment SET ladder = 'twelve_step'"))
    with store.read() as work:
        found = work.assessments.get(record.id)
    assert found is not None and found.ladder == "twelve_step"
    return found
