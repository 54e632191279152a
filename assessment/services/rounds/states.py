"""The states of a round: what leads from one to the next, and what each allows.

Nothing else compares days. A state is stored nowhere: it follows from stored facts and the clock,
so no job has to run at midnight, and a server that slept through it is right as soon as it wakes.
A day begins and ends where the organisation is: a round opens at 0:00 of its first day and ends at
24:00 of its last.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Literal, NamedTuple

from assessment.services import clock
from assessment.store.records import AssessmentRecord, Schedule


class RoundState(StrEnum):
    """Where a round is on its way."""

    #: A plan in the making: nobody is invited yet, and everything can be changed.
    DRAFT = "draft"
    #: Launched: links and posters are there, and the first day is ahead.
    SCHEDULED = "scheduled"
    OPEN = "open"
    #: The end is over; whoever had begun may go on for the hours of grace.
    CLOSING = "closing"
    CLOSED = "closed"
    PUBLISHED = "published"
    ARCHIVED = "archived"

    @property
    def ahead(self) -> bool:
        """Whether nobody could answer yet."""
        return self in (RoundState.DRAFT, RoundState.SCHEDULED)

    @property
    def final(self) -> bool:
        """Whether no reply comes by itself any more."""
        return self is RoundState.CLOSED or self.published

    @property
    def published(self) -> bool:
        """Whether there are results, which stay as they are."""
        return self in (RoundState.PUBLISHED, RoundState.ARCHIVED)


class Act(StrEnum):
    """What somebody may want to do with a round."""

    #: Of respondents: give a first answer; go on with what is begun, and hand it in.
    BEGIN = "begin"
    GO_ON = "go_on"
    #: Of the working group: agree on an answer.
    AGREE = "agree"
    #: Of whoever collects workbooks: take them in; the same where people were told that later ones
    #: may not be counted, after saying so.
    TAKE_IN = "take_in"
    TAKE_IN_LATE = "take_in_late"
    #: Of those who run the round.
    INVITE = "invite"
    CHANGE_FIRST_DAY = "change_first_day"
    #: The last day and the hours of grace.
    CHANGE_LAST_DAY = "change_last_day"
    CHANGE_HEAD_COUNTS = "change_head_counts"
    CHANGE_TITLES = "change_titles"
    CHANGE_HELP_CONTACT = "change_help_contact"
    #: Groups, questions and the minimum group size.
    CHANGE_PLAN = "change_plan"
    CLOSE_EARLY = "close_early"
    #: Read what people wrote and say what may be shown: only where no reply comes by itself, or it
    #: would be known who has just written.
    REVIEW_TEXTS = "review_texts"
    #: Write down what a group says in the report.
    STATE = "state"
    PUBLISH = "publish"
    ARCHIVE = "archive"
    DELETE = "delete"
    #: Say what was said and what was done about it, below the results.
    FOLLOW_UP = "follow_up"
    #: Of whoever looks: counts in steps, exact counts, results.
    SEE_COUNTS = "see_counts"
    SEE_EXACT_COUNTS = "see_exact_counts"
    SEE_RESULTS = "see_results"


_ALWAYS = {Act.CHANGE_HELP_CONTACT, Act.DELETE}
_BEFORE_THE_END = {
    *_ALWAYS,
    Act.INVITE,
    Act.CHANGE_LAST_DAY,
    Act.CHANGE_HEAD_COUNTS,
    Act.CHANGE_TITLES,
}
_OVER = {*_ALWAYS, Act.SEE_COUNTS, Act.SEE_EXACT_COUNTS}

#: What each state allows. The minimum group size and how groups are combined are fixed from the
#: launch on: what people were promised before they answered has to hold afterwards.
ALLOWED: Mapping[RoundState, frozenset[Act]] = {
    RoundState.DRAFT: frozenset({*_BEFORE_THE_END, Act.CHANGE_FIRST_DAY, Act.CHANGE_PLAN})
    - {Act.INVITE},
    RoundState.SCHEDULED: frozenset({*_BEFORE_THE_END, Act.CHANGE_FIRST_DAY}),
    RoundState.OPEN: frozenset(
        {
            *_BEFORE_THE_END,
            Act.BEGIN,
            Act.GO_ON,
            Act.AGREE,
            Act.TAKE_IN,
            Act.CLOSE_EARLY,
            Act.STATE,
            Act.SEE_COUNTS,
        }
    ),
    # Exact counts would tell who of those that had begun hands in now.
    RoundState.CLOSING: frozenset(
        {*_ALWAYS, Act.GO_ON, Act.AGREE, Act.TAKE_IN_LATE, Act.STATE, Act.SEE_COUNTS}
    ),
    # The working group may meet after the end: what it agreed is fixed by publishing only.
    RoundState.CLOSED: frozenset(
        {
            *_OVER,
            Act.AGREE,
            Act.TAKE_IN_LATE,
            Act.REVIEW_TEXTS,
            Act.STATE,
            Act.PUBLISH,
        }
    ),
    # Results come once: nothing that changes a figure is allowed any more.
    RoundState.PUBLISHED: frozenset({*_OVER, Act.SEE_RESULTS, Act.FOLLOW_UP, Act.ARCHIVE}),
    RoundState.ARCHIVED: frozenset({*_OVER, Act.SEE_RESULTS}),
}


class Transition(NamedTuple):
    """A way from one state to another.

    Attributes:
        by: who or what causes it: the clock, or somebody who runs the round.
        when: what happens, as it is read.
    """

    before: RoundState
    after: RoundState
    by: Literal["clock", "coordinator"]
    when: str


#: All ways there are. No way leads back: a round that is closed opens no more, since whoever has
#: seen its counts could compare them with those after one more reply.
TRANSITIONS = (
    Transition(RoundState.DRAFT, RoundState.SCHEDULED, "coordinator", "launches it for later"),
    Transition(RoundState.DRAFT, RoundState.OPEN, "coordinator", "launches it from today on"),
    Transition(RoundState.SCHEDULED, RoundState.OPEN, "clock", "the first day begins"),
    Transition(RoundState.OPEN, RoundState.CLOSING, "clock", "the last day is over"),
    Transition(RoundState.OPEN, RoundState.CLOSING, "coordinator", "closes it early"),
    Transition(RoundState.OPEN, RoundState.CLOSED, "clock", "the same, without hours of grace"),
    Transition(RoundState.OPEN, RoundState.CLOSED, "coordinator", "the same, without hours"),
    Transition(RoundState.CLOSING, RoundState.CLOSED, "clock", "the hours of grace are over"),
    Transition(RoundState.CLOSED, RoundState.PUBLISHED, "coordinator", "publishes the results"),
    Transition(RoundState.PUBLISHED, RoundState.ARCHIVED, "coordinator", "puts it away"),
)


def state_at(schedule: Schedule, moment: datetime) -> RoundState:
    """The state of a round that was launched, at a moment."""
    if schedule.archived_on is not None:
        return RoundState.ARCHIVED
    if schedule.published_on is not None:
        return RoundState.PUBLISHED
    opens, ends, over = moments(schedule)
    if moment >= over:
        return RoundState.CLOSED
    if moment >= ends:
        return RoundState.CLOSING
    return RoundState.OPEN if moment >= opens else RoundState.SCHEDULED


def state_of(record: AssessmentRecord) -> RoundState:
    """The state of a round now."""
    return state_at(record.schedule, clock.now())


def allows(record: AssessmentRecord, act: Act) -> bool:
    """Whether a round allows something now."""
    return act in ALLOWED[state_of(record)]


def schedule_allows(schedule: Schedule, act: Act) -> bool:
    """The same, from the facts alone: for where no record is read."""
    return act in ALLOWED[state_at(schedule, clock.now())]


class Moments(NamedTuple):
    """When a round opens, when it ends, and when its hours of grace are over; in UTC."""

    opens: datetime
    ends: datetime
    over: datetime


@lru_cache(maxsize=512)
def moments(schedule: Schedule) -> Moments:
    """The moments at which a round changes by itself."""
    opens = begin_of(schedule.opens_on, schedule.time_zone)
    ends = _end_of(schedule.closes_on, schedule.time_zone)
    if schedule.closed_at is not None:
        ends = min(ends, schedule.closed_at)
    return Moments(opens, ends, _later(ends, timedelta(hours=schedule.grace_hours)))


def begin_of(day: date, time_zone: str) -> datetime:
    """When a day begins in a time zone, in UTC."""
    try:
        return datetime.combine(day, time(), clock.zone(time_zone)).astimezone(UTC)
    except OverflowError:  # the first and the last day that there are
        return datetime.combine(day, time(), UTC)


def _end_of(day: date, time_zone: str) -> datetime:
    return begin_of(day + timedelta(days=1), time_zone) if day < date.max else _LAST


_LAST = datetime.max.replace(tzinfo=UTC)


def _later(moment: datetime, by: timedelta) -> datetime:
    return moment + by if moment < _LAST - by else _LAST


def today(record: AssessmentRecord) -> date:
    """The day that it is where the organisation is."""
    return clock.today(record.organisation.time_zone)


def last_day(record: AssessmentRecord) -> date:
    """The day on which a round ends or ended."""
    if record.closed_at is None:
        return record.closes_on
    closed = record.closed_at.astimezone(clock.zone(record.organisation.time_zone)).date()
    return min(closed, record.closes_on)
