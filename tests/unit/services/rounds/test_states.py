"""The states of a round: when each begins, what leads on, and what each allows."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.services import clock
from assessment.services.rounds import dates_in_words
from assessment.services.rounds.states import (
    ALLOWED,
    TRANSITIONS,
    Act,
    RoundState,
    moments,
    state_at,
    state_of,
    today,
)
from assessment.store.records import AssessmentRecord, Schedule
from tests.support.clock import set_clock

ZONES = ("Europe/London", "Europe/Berlin", "America/New_York", "Pacific/Kiritimati", "Asia/Kolkata")
ORDER = list(RoundState)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "first", "last", "opens", "ends"),
    [
        # Winter: Berlin is one hour ahead of UTC.
        ("Europe/Berlin", (2026, 12, 1), (2026, 12, 18), "2026-11-30T23:00", "2026-12-18T23:00"),
        # The clocks go back within it, on 25 October: summer at its start, winter at its end.
        ("Europe/London", (2026, 10, 20), (2026, 10, 30), "2026-10-19T23:00", "2026-10-31T00:00"),
        ("America/New_York", (2026, 7, 1), (2026, 7, 4), "2026-07-01T04:00", "2026-07-05T04:00"),
        ("Asia/Kolkata", (2026, 5, 5), (2026, 5, 5), "2026-05-04T18:30", "2026-05-05T18:30"),
        ("Pacific/Kiritimati", (2026, 1, 1), (2026, 1, 1), "2025-12-31T10:00", "2026-01-01T10:00"),
        # In Santiago the clocks go forward at midnight, so this day begins at one o'clock.
        ("America/Santiago", (2026, 9, 6), (2026, 9, 6), "2026-09-06T04:00", "2026-09-07T03:00"),
        # A zone that this machine does not know is taken for London.
        ("Atlantis/Capital", (2026, 1, 1), (2026, 1, 1), "2026-01-01T00:00", "2026-01-02T00:00"),
        ("../etc/passwd", (2026, 1, 1), (2026, 1, 1), "2026-01-01T00:00", "2026-01-02T00:00"),
    ],
)
def test_a_round_opens_and_ends_at_midnight_where_the_organisation_is(
    zone: str,
    first: tuple[int, int, int],
    last: tuple[int, int, int],
    opens: str,
    ends: str,
) -> None:
    found = moments(Schedule(date(*first), date(*last), zone, grace_hours=3))
    assert found == (utc(opens), utc(ends), utc(ends) + timedelta(hours=3))


def test_at_each_boundary_the_later_state_begins() -> None:
    schedule = Schedule(date(2026, 12, 1), date(2026, 12, 18), "Europe/Berlin", grace_hours=2)
    for moment, state in (
        ("2026-11-30T22:59:59", RoundState.SCHEDULED),
        ("2026-11-30T23:00:00", RoundState.OPEN),
        ("2026-12-18T22:59:59", RoundState.OPEN),
        ("2026-12-18T23:00:00", RoundState.CLOSING),
        ("2026-12-19T00:59:59", RoundState.CLOSING),
        ("2026-12-19T01:00:00", RoundState.CLOSED),
    ):
        assert state_at(schedule, utc(moment)) is state, moment
    without = schedule._replace(grace_hours=0)
    assert state_at(without, utc("2026-12-18T23:00:00")) is RoundState.CLOSED


def test_one_that_was_closed_early_has_its_hours_of_grace_from_then_on() -> None:
    schedule = Schedule(
        date(2026, 12, 1), date(2026, 12, 18), closed_at=utc("2026-12-05T15:20"), grace_hours=2
    )
    assert state_at(schedule, utc("2026-12-05T15:19")) is RoundState.OPEN
    assert state_at(schedule, utc("2026-12-05T15:20")) is RoundState.CLOSING
    assert state_at(schedule, utc("2026-12-05T17:20")) is RoundState.CLOSED
    # Closing does not make it longer.
    late = schedule._replace(closed_at=utc("2027-01-01T00:00"))
    assert moments(late).ends == utc("2026-12-19T00:00")


def test_what_is_published_or_put_away_is_so_whatever_the_clock_says() -> None:
    published = Schedule(date(2026, 1, 1), date(2026, 1, 9), published_on=date(2026, 1, 12))
    archived = published._replace(archived_on=date(2026, 3, 1))
    for moment in (utc("2025-01-01T00:00"), utc("2026-01-05T00:00"), utc("2030-01-01T00:00")):
        assert state_at(published, moment) is RoundState.PUBLISHED
        assert state_at(archived, moment) is RoundState.ARCHIVED


days = st.dates(date(2020, 1, 1), date(2040, 1, 1))


@given(
    days,
    st.integers(0, 60),
    st.sampled_from(ZONES),
    st.integers(0, 48),
    st.none() | st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)),
    st.lists(st.integers(-100, 2000), min_size=2),
)
def test_time_leads_on_and_never_back(
    first: date, length: int, zone: str, grace: int, closed: datetime | None, hours: list[int]
) -> None:
    last = first + timedelta(days=length)
    begin = datetime(first.year, first.month, first.day, tzinfo=UTC)
    closed_at = closed.replace(tzinfo=UTC) if closed and closed.date() > first else None
    schedule = Schedule(first, last, zone, grace, closed_at)
    found = [state_at(schedule, begin + timedelta(hours=at)) for at in sorted(hours)]
    assert found == sorted(found, key=ORDER.index)
    by_clock = {(t.before, t.after) for t in TRANSITIONS}
    at_each_boundary = [
        state_at(schedule, moment + shift)
        for moment in moments(schedule)
        for shift in (-timedelta(seconds=1), timedelta())
    ]
    steps = zip(at_each_boundary[::2], at_each_boundary[1::2], strict=True)
    assert {step for step in steps if step[0] is not step[1]} <= by_clock


@pytest.mark.parametrize("zone", ZONES)
def test_the_last_days_that_there_are_lead_to_no_fault(zone: str) -> None:
    schedule = Schedule(date.min, date.max, zone, grace_hours=48)
    assert state_at(schedule, utc("2026-01-01T00:00")) is RoundState.OPEN


# What leads from one to the next


def test_no_way_leads_back_and_each_state_is_reached_from_the_first() -> None:
    for found in TRANSITIONS:
        assert ORDER.index(found.before) < ORDER.index(found.after), found
    reached = {RoundState.DRAFT}
    for found in TRANSITIONS:
        assert found.before in reached
        reached.add(found.after)
    assert reached == set(RoundState)


def test_results_are_published_only_after_closing_and_put_away_only_after_publishing() -> None:
    into = {t.after: t.before for t in TRANSITIONS}
    assert into[RoundState.PUBLISHED] is RoundState.CLOSED
    assert into[RoundState.ARCHIVED] is RoundState.PUBLISHED
    may = {act: [s for s in RoundState if act in ALLOWED[s]] for act in Act}
    assert may[Act.PUBLISH] == [RoundState.CLOSED]
    # Only where no reply comes by itself, or it would be known who has just written.
    assert may[Act.REVIEW_TEXTS] == [RoundState.CLOSED]
    assert may[Act.ARCHIVE] == [RoundState.PUBLISHED]
    assert may[Act.CLOSE_EARLY] == [RoundState.OPEN]


# What each allows


def test_every_state_says_what_it_allows_and_everything_is_allowed_somewhere() -> None:
    assert set(ALLOWED) == set(RoundState)
    assert set().union(*ALLOWED.values()) == set(Act)


def test_nobody_begins_outside_the_days_and_nobody_goes_on_after_the_grace() -> None:
    assert [state for state in RoundState if Act.BEGIN in ALLOWED[state]] == [RoundState.OPEN]
    going_on = [state for state in RoundState if Act.GO_ON in ALLOWED[state]]
    assert going_on == [RoundState.OPEN, RoundState.CLOSING]


def test_exact_counts_are_seen_only_where_no_reply_comes_by_itself_any_more() -> None:
    for state in RoundState:
        exact, goes_on = Act.SEE_EXACT_COUNTS in ALLOWED[state], Act.GO_ON in ALLOWED[state]
        assert not (exact and goes_on), state
        assert (Act.SEE_EXACT_COUNTS in ALLOWED[state]) is state.final


def test_results_are_seen_by_nobody_before_they_are_published() -> None:
    published = [RoundState.PUBLISHED, RoundState.ARCHIVED]
    assert [state for state in RoundState if Act.SEE_RESULTS in ALLOWED[state]] == published
    assert [state for state in RoundState if state.published] == published


def test_the_working_group_may_change_what_it_agreed_until_publication() -> None:
    agreeing = [state for state in RoundState if Act.AGREE in ALLOWED[state]]
    assert agreeing == [RoundState.OPEN, RoundState.CLOSING, RoundState.CLOSED]


def test_what_was_done_is_told_once_results_are_published_until_a_round_is_put_away() -> None:
    telling = [state for state in RoundState if Act.FOLLOW_UP in ALLOWED[state]]
    assert telling == [RoundState.PUBLISHED]


def test_groups_and_the_minimum_are_fixed_from_the_launch_on() -> None:
    assert [s for s in RoundState if Act.CHANGE_PLAN in ALLOWED[s]] == [RoundState.DRAFT]


def test_nothing_that_changes_a_figure_is_allowed_once_results_are_published() -> None:
    changes_figures = {Act.BEGIN, Act.GO_ON, Act.AGREE, Act.TAKE_IN, Act.TAKE_IN_LATE}
    changes_figures |= {Act.CHANGE_HEAD_COUNTS, Act.CHANGE_PLAN}
    changes_figures |= {Act.REVIEW_TEXTS, Act.STATE}
    for state in (RoundState.PUBLISHED, RoundState.ARCHIVED):
        assert not changes_figures & ALLOWED[state]


# In words


@pytest.fixture
def berlin(record: AssessmentRecord) -> AssessmentRecord:
    owner = replace(record.organisation, time_zone="Europe/Berlin")
    opens, closes = date(2026, 12, 1), date(2026, 12, 18)
    return replace(record, organisation=owner, opens_on=opens, closes_on=closes)


def test_each_state_says_its_days_with_the_hour(
    berlin: AssessmentRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    friday = "Friday 18 December 2026, midnight (Berlin time)"
    saturday = "Saturday 19 December 2026, 2am (Berlin time)"
    for moment, state in (
        ("2026-11-30T12:00", "opens on 1 December 2026"),
        ("2026-12-02T12:00", f"open until {friday}"),
        ("2026-12-18T23:30", f"closed on {friday}; whoever had begun can hand in until {saturday}"),
        ("2026-12-19T12:00", f"closed on {friday}"),
    ):
        set_clock(monkeypatch, moment)
        assert dates_in_words.state_in_words(berlin) == state
    early = replace(berlin, closed_at=utc("2026-12-03T14:05"))
    told = "closed on Thursday 3 December 2026, 3:05pm (Berlin time)"
    assert dates_in_words.state_in_words(early) == told
    published = replace(berlin, published_on=date(2027, 1, 4))
    assert dates_in_words.state_in_words(published) == "published on 4 January 2027"


def test_by_when_to_hand_in_is_true_before_and_after_the_end(
    berlin: AssessmentRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_clock(monkeypatch, "2026-12-18T22:59")
    assert dates_in_words.hand_in_by(berlin).startswith("Friday 18 December 2026, midnight")
    assert "two more hours" in dates_in_words.grace_in_words(berlin)
    assert "one more hour " in dates_in_words.grace_in_words(replace(berlin, grace_hours=1))
    assert dates_in_words.grace_in_words(replace(berlin, grace_hours=0)) == ""
    set_clock(monkeypatch, "2026-12-18T23:01")
    assert dates_in_words.hand_in_by(berlin).startswith("Saturday 19 December 2026, 2am")
    assert dates_in_words.grace_in_words(berlin) == ""


def test_the_day_is_the_one_where_the_organisation_is(
    berlin: AssessmentRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_clock(monkeypatch, "2026-12-17T23:30")
    assert (clock.today(), today(berlin)) == (date(2026, 12, 17), date(2026, 12, 18))
    assert state_of(berlin) is RoundState.OPEN
