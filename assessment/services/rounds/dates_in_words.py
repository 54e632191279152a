"""When a round opens and ends, in words: one place, so that every page says the same."""

from __future__ import annotations

from datetime import datetime, timedelta

from assessment.services import clock
from assessment.services.rounds.states import Act, RoundState, allows, moments, state_of
from assessment.store.records import AssessmentRecord
from questionnaires.phrases import counted, day, moment


def told(record: AssessmentRecord, when: datetime) -> str:
    """A moment in the organisation's time zone."""
    try:
        return moment(when.astimezone(clock.zone(record.organisation.time_zone)))
    except OverflowError:  # the last day that there is
        return day(record.closes_on)


def end(record: AssessmentRecord) -> str:
    """When a round ends or ended: ``Friday 18 December 2026, midnight (Berlin time)``."""
    return told(record, moments(record.schedule).ends)


def end_of_grace(record: AssessmentRecord) -> str:
    """Until when whoever had begun may hand in."""
    return told(record, moments(record.schedule).over)


def hand_in_by(record: AssessmentRecord) -> str:
    """By when somebody who answers now hands in: the end, and after it the end of the grace."""
    return end_of_grace(record) if state_of(record) is RoundState.CLOSING else end(record)


def grace_in_words(record: AssessmentRecord) -> str:
    """What whoever has begun may do after the end; empty where that is nothing, or is told by
    ``hand_in_by``."""
    if not record.grace_hours or state_of(record) is RoundState.CLOSING:
        return ""
    hours = counted(record.grace_hours, "more hour", in_words=True)
    return f"If you have begun by then, you have {hours} to finish."


def people_can_answer(record: AssessmentRecord) -> str:
    """Until when others can answer, as a sentence."""
    if allows(record, Act.BEGIN):
        return f"People can answer until {end(record)}."
    if state_of(record) is RoundState.CLOSING:
        return f"Whoever has begun can hand in until {end_of_grace(record)}."
    return f"People could answer until {end(record)}."


def state_in_words(record: AssessmentRecord) -> str:
    """In which state a round is, and until or from when."""
    match state_of(record):
        case RoundState.DRAFT | RoundState.SCHEDULED:
            return f"opens on {day(record.opens_on)}"
        case RoundState.OPEN:
            return f"open until {end(record)}"
        case RoundState.CLOSING:
            grace = end_of_grace(record)
            return f"closed on {end(record)}; whoever had begun can hand in until {grace}"
        case RoundState.PUBLISHED if record.published_on:
            return f"published on {day(record.published_on)}"
        case RoundState.ARCHIVED if record.archived_on:
            return f"put away on {day(record.archived_on)}"
    return f"closed on {end(record)}"


def grace_would_end(record: AssessmentRecord, closed_at: datetime) -> str:
    """Until when whoever has begun could hand in, were a round closed at a moment."""
    return told(record, closed_at + timedelta(hours=record.grace_hours))
