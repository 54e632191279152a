"""Somebody keeps the overview open and watches: what does one more reply show?

The attack: look before and after somebody handed in, and see whether anything on the page is
another. It may be only where a step is crossed, and a step is five replies wide.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from assessment.services.rounds.reply_counts import STEP, ReplyCount, in_steps, reply_counts
from assessment.store import Store
from assessment.store.encryption import new_draft_key
from assessment.store.records import AssessmentRecord
from tests.support import coordinators
from tests.support.assessments import group_plan, opened
from tests.support.clock import set_clock
from tests.support.screens import screen, words

PEOPLE = 40


@pytest.fixture
def store(installed: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    coordinators.on_screens(monkeypatch)
    return installed


def begins(store: Store, record: AssessmentRecord, number: int, group: str = "staff") -> None:
    with store.write() as work:
        work.drafts.add(f"d{group}{number}", record.id, group)
        work.drafts.put(f"d{group}{number}", new_draft_key(), {"a": "b"})
        work.commit()


def hands_in(store: Store, record: AssessmentRecord, number: int, group: str = "staff") -> None:
    with store.write() as work:
        work.responses.add(f"r{group}{number}", record.id, group, {"a": "b"}, {})
        work.drafts.remove(f"d{group}{number}")
        work.commit()


def seen(store: Store, record: AssessmentRecord) -> list[ReplyCount]:
    return reply_counts(store, record)


@pytest.mark.parametrize("minimum", [4, 5, 8])
def test_one_more_reply_shows_only_where_a_step_is_crossed(store: Store, minimum: int) -> None:
    """All hand in, one by one. By hand: with a minimum of 5 the number told changes at 5, 10, 15,
    20, 25, 30, 35 and 40, which are 8 of 40 replies."""
    record = opened(store, groups=(group_plan("staff", PEOPLE),), minimum_group_size=minimum)
    crossings = [n for n in range(1, PEOPLE + 1) if n >= minimum and (n - minimum) % STEP == 0]
    changed, before = [], seen(store, record)
    for number in range(1, PEOPLE + 1):
        hands_in(store, record, number)
        after = seen(store, record)
        if after != before:
            changed.append(number)
        before = after
    assert changed == crossings
    if minimum == 5:
        assert crossings == [5, 10, 15, 20, 25, 30, 35, 40]


def test_who_begins_is_seen_by_nobody(store: Store) -> None:
    """Somebody could begin a few times, wait until one more makes a step, give up, and again."""
    record = opened(store, groups=(group_plan("staff", PEOPLE),))
    before = seen(store, record), words(screen("overview"))
    for number in range(PEOPLE):
        begins(store, record, number)
    assert (seen(store, record), words(screen("overview"))) == before


def test_the_whole_page_is_the_same_before_and_after_a_reply(store: Store) -> None:
    """The first reply of all is the one that anything else on the page could give away."""
    record = opened(store, groups=(group_plan("staff", 12), group_plan("manager", 1)))
    for group in ("staff", "manager"):
        begins(store, record, 0, group)
    before = words(screen("overview")), words(screen("home"))
    for group in ("staff", "manager"):
        hands_in(store, record, 0, group)
        assert (words(screen("overview")), words(screen("home"))) == before
    assert "Fewer than 5 of about 12 handed in" in before[0]


def test_a_small_group_is_never_counted_however_many_reply(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = opened(store, groups=(group_plan("staff", 12), group_plan("manager", 4)))
    for number in range(4):
        begins(store, record, number, "manager")
        hands_in(store, record, number, "manager")
    for moment in (date.today(), record.closes_on + timedelta(days=3)):
        set_clock(monkeypatch, moment)
        _, managers = seen(store, record)
        assert managers.handed_in is None


def test_exact_counts_come_only_when_nobody_can_hand_in_any_more(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the hours of grace replies still come, one by one."""
    set_clock(monkeypatch, "2026-12-05T12:00")
    days = {"opens_on": date(2026, 12, 1), "closes_on": date(2026, 12, 18)}
    record = opened(store, groups=(group_plan("staff", 12),), **days)
    for number in range(7):
        begins(store, record, number)
    for number in range(6):
        hands_in(store, record, number)
    told = {}
    for moment in ("2026-12-18T23:59", "2026-12-19T01:59", "2026-12-19T02:00"):
        set_clock(monkeypatch, moment)
        (staff,) = seen(store, record)
        assert staff.handed_in is not None
        told[moment] = staff.handed_in.in_words()
    assert list(told.values()) == ["5 or more", "5 or more", "6"]


def test_a_step_never_tells_more_than_five_replies_apart() -> None:
    for minimum in range(4, 21):
        told = [in_steps(replies, minimum) for replies in range(200)]
        for count in {*told}:
            assert told.count(count) in (STEP, minimum, (200 - minimum) % STEP)
