"""A round that is over, and one whose results are published."""

from __future__ import annotations

from datetime import timedelta

from assessment.screens.results.kept_dashboard import drawn_parts
from assessment.services import clock
from assessment.services.results import publication
from assessment.services.rounds.states import RoundState, state_of
from assessment.store import Store
from assessment.store.records import AssessmentRecord


def as_it_stands(store: Store, record: AssessmentRecord) -> AssessmentRecord:
    with store.read() as work:
        found = work.assessments.get(record.id)
    assert found is not None
    return found


def closed(store: Store, record: AssessmentRecord) -> AssessmentRecord:
    """The round with its end and its hours of grace over."""
    ago = clock.now() - timedelta(hours=record.grace_hours, minutes=1)
    with store.write() as work:
        work.assessments.change(record.id, closed_at=ago)
        work.commit()
    found = as_it_stands(store, record)
    assert state_of(found) is RoundState.CLOSED
    return found


def publish(store: Store, record: AssessmentRecord) -> None:
    publication.publish(store, record.id, drawn_parts)


def published(store: Store, record: AssessmentRecord) -> AssessmentRecord:
    """The round with its results published."""
    closed(store, record)
    publish(store, record)
    return as_it_stands(store, record)
