"""What those who run a round change while it runs, on both databases, and what the log says."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa
from alembic import command

from assessment.screens.results.kept_dashboard import drawn_parts
from assessment.services.respondents import answering
from assessment.services.respondents.answering import hand_in
from assessment.services.results import publication
from assessment.services.rounds import audit, changes, overview
from assessment.services.rounds.audit import DELETED, WORDS
from assessment.services.rounds.changes import NotChangedError
from assessment.services.rounds.states import RoundState, state_of
from assessment.services.working_group.agreed_answers import agree
from assessment.store import Store, open_store
from assessment.store.records import AssessmentRecord, AuditRecord
from assessment.store.tables import metadata
from tests.integration.test_store import WITHOUT_TIME, config
from tests.support.assessments import group_plan, opened
from tests.support.clock import set_clock
from tests.support.publishing import publish
from tests.support.respondents import begun, draft_of, first_answer
from tests.support.working_group import PRACTICE, round_of

OPEN = "2026-12-05T12:00"
FIRST, LAST = date(2026, 12, 1), date(2026, 12, 18)
Change = Callable[[Store, str], None]


@pytest.fixture
def running(store: Store, monkeypatch: pytest.MonkeyPatch) -> AssessmentRecord:
    set_clock(monkeypatch, OPEN)
    return opened(store, opens_on=FIRST, closes_on=LAST)


def now(store: Store, record: AssessmentRecord) -> AssessmentRecord:
    found = overview.chosen(store, record.id)
    assert found is not None
    return found


def log(store: Store, record: AssessmentRecord) -> list[str]:
    return [entry.what for entry in audit.entries(store, record)]


def handed_in(store: Store, record: AssessmentRecord) -> None:
    token = begun(store, record)
    draft = draft_of(store, token)
    answering.save(store, draft, first_answer(draft))
    assert hand_in(store, token)


def test_each_change_holds_at_once_and_is_written_down(
    store: Store, running: AssessmentRecord
) -> None:
    name = running.id
    changes.change_end(store, name, date(2026, 12, 20))
    changes.change_end(store, name, date(2026, 12, 20), "5")
    changes.change_head_counts(store, name, {"staff": " 1,200 ", "manager": "12"})
    changes.change_titles(store, name, "Winter round", {})
    changes.change_help_contact(store, name, "Kim, 0123")
    changes.close_early(store, name)
    after = now(store, running)
    assert (after.closes_on, after.grace_hours, after.title) == (
        date(2026, 12, 20),
        5,
        "Winter round",
    )
    assert after.group("staff").head_count == 1200
    assert after.organisation.help_contact == "Kim, 0123"
    assert after.closed_at == datetime(2026, 12, 5, 12, tzinfo=UTC)
    assert state_of(after) is RoundState.CLOSING
    assert set(log(store, running)) == {
        "Opened the round: 1 December 2026 to 18 December 2026.",
        "Changed the last day from 18 December 2026 to 20 December 2026.",
        "Changed the time to finish after the end from 2 hours to 5 hours.",
        "Changed the head count of Staff from 12 to 1200.",
        "Changed the name of the round from “Autumn round” to “Winter round”.",
        "Changed whom people can turn to from “Ask for Sam at the front desk” to “Kim, 0123”.",
        "Closed the round before its last day, 20 December 2026.",
    }
    told = audit.entries(store, after)[0]
    assert told.at == "Saturday 5 December 2026, noon (London time)"
    assert told.who == "command line"


def test_what_is_saved_as_it_was_is_not_written_down(
    store: Store, running: AssessmentRecord
) -> None:
    before = log(store, running)
    changes.change_end(store, running.id, LAST)
    changes.change_end(store, running.id, LAST, "2")
    changes.change_head_counts(store, running.id, {"staff": "12"})
    changes.change_titles(store, running.id, " Autumn  round ", {})
    changes.change_help_contact(store, running.id, running.organisation.help_contact)
    assert log(store, running) == before


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda s, n: changes.change_end(s, n, date(2026, 12, 4)), "over already"),
        (lambda s, n: changes.change_end(s, n, date(2026, 11, 30)), "before the first"),
        (lambda s, n: changes.change_end(s, n, None), "Choose the last day"),
        (lambda s, n: changes.change_days(s, n, FIRST, LAST), "does not allow"),
        (lambda s, n: changes.change_end(s, n, date(2026, 12, 30), "49"), "from 0 to 48"),
        (lambda s, n: changes.change_end(s, n, LAST, ""), "from 0 to 48"),
        (lambda s, n: changes.change_head_counts(s, n, {"staff": "0"}), "from 1 to 100,000"),
        (lambda s, n: changes.change_head_counts(s, n, {"staff": "about ten"}), "in digits"),
        (lambda s, n: changes.change_titles(s, n, " \n ", {}), "Give this round a name"),
        (lambda s, n: changes.change_titles(s, n, "x" * 201, {}), "200"),
        (lambda s, n: changes.change_help_contact(s, n, ""), "whom people can turn to"),
        (lambda s, n: publication.publish(s, n, drawn_parts), "does not allow"),
        (changes.archive, "does not allow"),
        (lambda s, n: changes.delete(s, n, "Autumn"), "not the name of the round"),
        (lambda s, n: changes.close_early(s, "no such round"), "not there any more"),
    ],
)
def test_what_cannot_be_changes_nothing_and_says_what_to_do(
    store: Store, running: AssessmentRecord, change: Change, expected: str
) -> None:
    before = log(store, running)
    with pytest.raises(NotChangedError, match=expected):
        change(store, running.id)
    assert now(store, running) == running
    assert log(store, running) == before


def test_head_counts_stay_on_their_side_of_the_minimum_once_it_is_open(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The minimum is 5. Otherwise a group of one could be called one of five, and be counted."""
    groups = (group_plan("manager", 1), group_plan("staff", 12))
    set_clock(monkeypatch, "2026-11-01T12:00")
    record = opened(store, opens_on=FIRST, closes_on=LAST, groups=groups)
    changes.change_head_counts(store, record.id, {"manager": "6"})
    changes.change_head_counts(store, record.id, {"manager": "2"})
    set_clock(monkeypatch, OPEN)
    changes.change_head_counts(store, record.id, {"manager": "4", "staff": "5"})
    for group, count in (("manager", "5"), ("staff", "4")):
        with pytest.raises(NotChangedError, match="fixed while it runs") as refused:
            changes.change_head_counts(store, record.id, {group: count})
        assert refused.value.place == group
    assert [g.head_count for g in now(store, record).groups] == [4, 5]


def test_groups_of_their_own_get_other_names_and_never_those_of_others(
    store: Store, running: AssessmentRecord
) -> None:
    own = [group_plan("staff").model_copy(update={"own_title": name}) for name in ("Night", "Day")]
    record = opened(store, opens_on=FIRST, closes_on=LAST, groups=(group_plan("manager"), *own))
    night, day = changes.own_groups(record)
    changes.change_titles(store, record.id, record.title, {night.group: "Night team"})
    for taken in ("NIGHT TEAM ", "Service users"):
        with pytest.raises(NotChangedError, match="of that name already"):
            changes.change_titles(store, record.id, record.title, {day.group: taken})
    with pytest.raises(NotChangedError, match="what this group is called"):
        changes.change_titles(store, record.id, record.title, {day.group: ""})
    # A built-in group keeps the name that everybody knows it by.
    changes.change_titles(store, record.id, record.title, {"manager": "Bosses"})
    assert [g.title for g in now(store, record).groups] == ["Managers", "Night team", "Day"]


def test_before_its_first_day_both_days_can_be_moved(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_clock(monkeypatch, "2026-11-01T12:00")
    record = opened(store, opens_on=FIRST, closes_on=LAST)
    changes.change_days(store, record.id, date(2026, 12, 7), date(2027, 1, 8))
    after = now(store, record)
    assert (after.opens_on, after.closes_on) == (date(2026, 12, 7), date(2027, 1, 8))
    with pytest.raises(NotChangedError, match="in the past"):
        changes.change_days(store, record.id, date(2026, 10, 31), LAST)
    with pytest.raises(NotChangedError, match="does not allow"):
        changes.close_early(store, record.id)
    moved = "Changed the days: 1 December 2026 to 18 December 2026 became 7 December 2026 to "
    assert f"{moved}8 January 2027." in log(store, record)


def test_a_round_is_published_after_closing_and_then_put_away(
    store: Store, running: AssessmentRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_clock(monkeypatch, "2026-12-19T01:59")
    with pytest.raises(NotChangedError):
        publish(store, running)  # some may still hand in
    set_clock(monkeypatch, "2026-12-19T02:00")
    publish(store, running)
    assert state_of(now(store, running)) is RoundState.PUBLISHED
    with pytest.raises(NotChangedError):
        changes.change_end(store, running.id, date(2027, 1, 1))
    with pytest.raises(NotChangedError):
        publish(store, running)
    changes.archive(store, running.id)
    after = now(store, running)
    assert state_of(after) is RoundState.ARCHIVED
    assert (after.published_on, after.archived_on) == (date(2026, 12, 19), date(2026, 12, 19))
    assert {"Published the results.", "Put the round away."} <= set(log(store, running))


def test_with_a_round_everything_goes_but_that_it_was_deleted(
    store: Store, running: AssessmentRecord
) -> None:
    other = opened(store, opens_on=FIRST, closes_on=LAST, title="Another round")
    handed_in(store, running)
    begun(store, running)
    agree(store, round_of(store, running), PRACTICE, "partly", "", after=0)
    with store.write() as work:
        work.responses.add_texts(running.id, {"t1": (PRACTICE, "my words")})
        work.commit()
    changes.delete(store, running.id, "  autumn ROUND ")
    assert overview.chosen(store, running.id) is None
    with store.engine.connect() as connection:
        for table in metadata.sorted_tables:
            if "assessment" in table.c and table.name != "audit_entry":
                left = connection.execute(sa.select(table.c.assessment)).scalars().all()
                assert running.id not in left, table
        for name in ("draft_answer", "response", "written_text", "session", "draft"):
            count = connection.execute(sa.text(f"select count(*) from {name}")).scalar_one()
            assert count == 0, name
    assert "Deleted the round “Autumn round” with all that was given to it." in log(store, other)
    with pytest.raises(NotChangedError, match="not there any more"):
        changes.delete(store, running.id, "Autumn round")


# The log


def test_nothing_that_a_respondent_does_is_written_down(
    store: Store, running: AssessmentRecord
) -> None:
    before = log(store, running)
    token = begun(store, running)
    draft = draft_of(store, token)
    answering.save(store, draft, first_answer(draft))
    assert answering.find_visit(store, token).state == "answering"
    assert hand_in(store, token)
    agree(store, round_of(store, running), PRACTICE, "partly", "", after=0)
    assert log(store, running) == before
    with store.engine.connect() as connection:
        rows = connection.execute(sa.text("select * from audit_entry")).mappings().all()
    kept = json.dumps([dict(row) for row in rows], default=str)
    assert token not in kept and draft.id not in kept
    assert "audit_entry" not in WITHOUT_TIME


def test_every_action_has_words_and_an_unknown_one_shows_its_code() -> None:
    at = datetime(2026, 12, 5, tzinfo=UTC)
    unknown = AuditRecord("1", "a", "o", at, "coordinator", "of_a_newer_version", {"old": 1})
    assert audit.in_words(unknown) == "of_a_newer_version"
    assert DELETED in WORDS
    zone = AuditRecord(
        "2", "a", "o", at, "coordinator", "time_zone_changed",
        {"old": "Europe/London", "new": "America/New_York"},
    )  # fmt: skip
    assert audit.in_words(zone) == "Changed the time zone from London to New York."


def test_setting_up_another_round_notes_what_it_changes_for_the_organisation(
    store: Store, running: AssessmentRecord
) -> None:
    other = opened(
        store, opens_on=FIRST, closes_on=LAST, help_contact="Kim", time_zone="Europe/Berlin"
    )
    assert other.organisation.id == running.organisation.id
    assert set(log(store, other)) == {
        "Opened the round: 1 December 2026 to 18 December 2026.",
        "Changed whom people can turn to from “Ask for Sam at the front desk” to “Kim”.",
        "Changed the time zone from London to Berlin.",
    }


# Older databases


def test_a_round_of_before_has_the_usual_zone_and_grace_and_keeps_all(
    store: Store, url: str, running: AssessmentRecord
) -> None:
    handed_in(store, running)
    with store.engine.begin() as connection:
        command.downgrade(config(connection), "0006")
    assert "audit_entry" not in sa.inspect(store.engine).get_table_names()
    store.close()
    again = open_store(url)
    found = now(again, running)
    # What it asks is kept anew when the app starts.
    assert found == replace(running, content=None, content_of=None)
    assert (found.organisation.time_zone, found.grace_hours) == ("Europe/London", 2)
    with again.read() as work:
        assert work.responses.counts(running.id) == {"staff": 1}
        assert work.audit.of_organisation(running.organisation.id) == []
    changes.close_early(again, running.id)
    assert state_of(now(again, running)) is RoundState.CLOSING
    again.close()
