"""Publishing on both databases: once, for everybody, and from then on as it was."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta

import pandas as pd
import pytest
from alembic import command

from assessment.render import xlsx
from assessment.report.build import build_report
from assessment.screens.results.drawn_dashboard import Dashboard
from assessment.screens.results.kept_dashboard import KeptDashboard, drawn_parts
from assessment.services import clock
from assessment.services.own_words import text_review
from assessment.services.own_words.published import with_own_words
from assessment.services.respondents.answering import RefusedError
from assessment.services.results import publication, round_results, viewing
from assessment.services.results.before_publishing import (
    groups_to_show,
    not_settled,
    written_beside,
)
from assessment.services.results.demonstration import demonstration
from assessment.services.results.round_results import shown_groups
from assessment.services.results.viewing import Browser, PublishedResults
from assessment.services.rounds import audit, changes, follow_ups
from assessment.services.rounds.changes import NotChangedError
from assessment.services.rounds.plan import GroupPlan
from assessment.services.rounds.states import RoundState, state_of, today
from assessment.services.rounds.workbook_import import import_answers
from assessment.services.working_group.agreed_answers import agree
from assessment.store import Store
from assessment.store.records import AssessmentRecord
from questionnaires.library import load
from questionnaires.problems import ProblemsError
from tests.integration.test_store import config
from tests.integration.test_two_at_once import together
from tests.support.assessments import group_plan, opened
from tests.support.own_words import TEXTS, stated, wrote
from tests.support.publishing import as_it_stands, closed, publish, published
from tests.support.working_group import PRACTICE, round_of

HEADS = {"service_user": 24, "peer_worker": 3, "staff": 18, "manager": 12, "board": 8}
PARTS = {"summary", "data", "workbook", "page", "opened"}
#: How often each race is run.
TIMES = 3
REPLIES = demonstration(load()).table
MANAGERS = REPLIES[REPLIES["group"] == "manager"]


@pytest.fixture
def over(store: Store) -> AssessmentRecord:
    """A round that is closed, answered as in the demonstration."""
    return answered(store)


def answered(store: Store, replies: pd.DataFrame = REPLIES) -> AssessmentRecord:
    groups = tuple(group_plan(group, heads) for group, heads in HEADS.items())
    record = opened(store, groups=groups)
    import_answers(store, record, replies)
    return closed(store, record)


def seen(store: Store, record: AssessmentRecord) -> PublishedResults | None:
    """What somebody sees who was invited."""
    return viewing.for_everybody_invited(
        store, record.id, Browser(viewing.with_pass("", record.id))
    )


def kept(store: Store, record: AssessmentRecord) -> dict[str, bytes]:
    found = seen(store, record)
    assert found is not None
    return {name: found.published_part(name) for name in PARTS}


def log(store: Store, record: AssessmentRecord) -> list[str]:
    return [entry.what for entry in audit.entries(store, record)]


def refused(act: Callable[[], object]) -> str:
    """Why something was not done; empty where it was."""
    try:
        act()
    except (NotChangedError, ProblemsError, RefusedError) as error:
        return str(error)
    return ""


def test_what_is_published_is_what_the_answers_come_to_in_every_form(
    store: Store, over: AssessmentRecord
) -> None:
    result = round_results.result(store, over)
    drawn = Dashboard(
        build_report(result, with_own_words(store, over, round_results.round_of(store, over))),
        f"/conversation?assessment={over.id}&from=results",
        round_results.loaded.of_round(store, over).sheet.why,
    )
    publish(store, over)
    found = seen(store, over)
    assert found is not None
    page = KeptDashboard.of(found)
    assert page.drawn == drawn.drawn
    assert (page.organisation, page.empty) == ("Willow Street", False)
    assert (page.choices, page.first_choice) == (drawn.choices, drawn.first_choice)
    for dimension in drawn.choices:
        assert page.groups(dimension) == drawn.groups(dimension)
        for group in drawn.groups(dimension):
            assert page.opened(dimension, group) == drawn.opened(dimension, group)
    assert page.json() == drawn.json()
    assert page.workbook() == drawn.workbook()
    assert found.summary.headline == drawn.report.headline
    assert json.loads(found.data())["organisation"] == "Willow Street"


def test_a_round_is_published_once_after_closing_and_not_before(
    store: Store,
) -> None:
    record = opened(store)
    assert "does not allow" in refused(lambda: publish(store, record))
    assert state_of(as_it_stands(store, record)) is RoundState.OPEN
    closed(store, record)
    publish(store, record)
    after = as_it_stands(store, record)
    assert (state_of(after), after.published_on) == (RoundState.PUBLISHED, today(record))
    before = kept(store, record)
    assert refused(lambda: publish(store, record)) == publication.ALREADY
    assert kept(store, record) == before
    assert log(store, record).count("Published the results.") == 1
    assert "not there any more" in refused(lambda: publication.publish(store, "no", drawn_parts))


def test_nobody_sees_anything_before_and_everybody_invited_the_same_after(
    store: Store, over: AssessmentRecord
) -> None:
    browsers = [Browser(viewing.with_pass("", over.id))] * 2
    for browser in browsers:
        assert viewing.for_everybody_invited(store, over.id, browser) is None
        assert viewing.results(store, over.id, browser) is None
    publish(store, over)
    found = [viewing.results(store, over.id, browser) for browser in browsers]
    assert found[0] is not None and found[0] == found[1]
    assert viewing.for_everybody_invited(store, over.id, Browser()) is None


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The workbook, which takes longest, is not what a race is about."""
    monkeypatch.setattr(xlsx, "write_workbook", lambda _: b"a workbook")


@pytest.mark.usefixtures("quick")
def test_two_who_publish_at_once_publish_once(store: Store) -> None:
    for _ in range(TIMES):
        record = closed(store, opened(store))
        said = together(*[lambda: refused(lambda: publish(store, record))] * 3)  # noqa: B023
        assert sorted(said) == ["", publication.ALREADY, publication.ALREADY]
        assert log(store, record).count("Published the results.") == 1
        assert kept(store, record).keys() == PARTS


@pytest.mark.usefixtures("quick")
def test_a_workbook_that_is_taken_in_as_somebody_publishes_is_in_the_results_or_refused(
    store: Store,
) -> None:
    """By hand: without the last of the ten managers nine are counted, with it ten."""
    last = MANAGERS["respondent"] == "invented-manager-10"
    for _ in range(TIMES):
        record = answered(store, MANAGERS[~last])
        late, said = together(
            lambda: refused(lambda: import_answers(store, record, MANAGERS[last], late=True)),  # noqa: B023
            lambda: refused(lambda: publish(store, record)),  # noqa: B023
        )
        assert said == ""
        found = seen(store, record)
        assert found is not None
        told = json.loads(found.data())["respondents"]["manager"]
        with store.read() as work:
            stored = work.responses.counts(record.id)["manager"]
        assert (told, stored, "final" in late) in ((9, 9, True), (10, 10, False))


@pytest.mark.usefixtures("quick")
def test_an_answer_that_is_agreed_as_somebody_publishes_is_in_the_results_or_refused(
    store: Store,
) -> None:
    for number in range(TIMES):
        record = closed(store, opened(store))
        sitting = round_of(store, record)
        note = f"In the rota, page {number}"
        agreed_too_late, said = together(
            lambda: refused(lambda: agree(store, sitting, PRACTICE, "partly", note, after=0)),  # noqa: B023
            lambda: refused(lambda: publish(store, record)),  # noqa: B023
        )
        assert said == ""
        found = seen(store, record)
        assert found is not None
        with store.read() as work:
            stored = PRACTICE in work.agreed.all(record.id)
        assert (note in found.data()) is stored is (agreed_too_late == "")


def test_answers_that_come_while_the_results_are_made_are_in_them(store: Store) -> None:
    """The results are made anew; where that never ends, nothing is published."""
    record = closed(store, opened(store))
    sitting, made = round_of(store, record), 0

    def with_somebody_who_agrees(most: int) -> publication.Draw:
        def draw(store: Store, record: AssessmentRecord, report: object) -> dict[str, bytes]:
            nonlocal made
            made += 1
            if made <= most:
                steps = ("partly", "planned")
                agree(store, sitting, PRACTICE, steps[made % 2], f"Look {made}", after=made - 1)
            return drawn_parts(store, record, report)  # pyright: ignore[reportArgumentType]

        return draw

    always = with_somebody_who_agrees(1000)
    assert refused(lambda: publication.publish(store, record.id, always)) == publication.TOO_BUSY
    assert state_of(as_it_stands(store, record)) is RoundState.CLOSED
    assert made == publication.TRIES
    publication.publish(store, record.id, with_somebody_who_agrees(made + 2))
    found = seen(store, record)
    assert found is not None and f"Look {publication.TRIES + 2}" in found.data()


def test_after_publication_nothing_more_is_taken_in_or_agreed(store: Store) -> None:
    record = closed(store, opened(store))
    sitting = round_of(store, record)
    agree(store, sitting, PRACTICE, "partly", "", after=0)  # the group may meet after the end
    published(store, record)
    before = kept(store, record)
    assert "stays as it is" in refused(
        lambda: agree(store, sitting, PRACTICE, "in_place", "", after=1)
    )
    people = REPLIES[REPLIES["group"] == "staff"]
    assert "final" in refused(lambda: import_answers(store, record, people, late=True))
    assert kept(store, record) == before


def test_what_was_published_stays_whatever_is_stored_or_installed_later(
    store: Store, over: AssessmentRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(store, over)
    before = kept(store, over)

    def another_version(*_: object) -> None:
        raise AssertionError("results are made once")

    monkeypatch.setattr(round_results, "result", another_version)
    monkeypatch.setattr(publication, "build_report", another_version)
    with store.write() as work:
        work.responses.add("one-more", over.id, "staff", {"valued_input.listened_to": "never"}, {})
        work.commit()
    assert kept(store, over) == before


def test_what_each_group_would_be_shown_as_is_what_it_is_shown_as(store: Store) -> None:
    """By hand, of at least five: the three peer workers and the two of the service users who
    answered are five together; of managers ten answered, of staff two, of the board nobody."""
    people = {"service_user": 2, "peer_worker": 3, "staff": 2, "manager": 10}
    names = [
        name
        for group, count in people.items()
        for name in REPLIES.loc[REPLIES["group"] == group, "respondent"].unique()[:count]
    ]
    record = answered(store, REPLIES[REPLIES["respondent"].isin(names)])
    found = {one.group.group: one for one in groups_to_show(store, record)}
    assert {name: one.how for name, one in found.items()} == {
        "service_user": "together",
        "peer_worker": "together",
        "staff": "hidden",
        "manager": "alone",
        "board": "hidden",
    }
    assert [other.group for other in found["service_user"].others] == ["peer_worker"]
    partition = round_results.result(store, record).profile.partition
    assert shown_groups(store, record).hidden == partition.hidden
    assert [group.id for group in shown_groups(store, record).groups] == [
        group.id for group in partition.groups
    ]


def test_what_the_working_group_has_not_settled_is_named(store: Store) -> None:
    record = closed(store, opened(store))
    sitting = round_of(store, record)
    before = not_settled(store, record)
    assert len(before.unanswered) == len(sitting.questions)
    agree(store, sitting, PRACTICE, "did_not_agree:planned;partly", "", after=0)
    after = not_settled(store, record)
    assert [question.item.id for question in after.not_agreed] == [PRACTICE]
    assert len(after.unanswered) == len(before.unanswered) - 1


def test_what_stands_beside_answers_is_read_before_everybody_can(store: Store) -> None:
    record = closed(store, opened(store))
    sitting = round_of(store, record)
    assert written_beside(store, record) == []
    agree(store, sitting, PRACTICE, "partly", "The page in the staff room", after=0, reason="Ann")
    # Another answer the next time: what was written for the one before is published with it.
    agree(store, sitting, PRACTICE, "in_place", "The new page", after=1, reason="It is new")
    (found,) = written_beside(store, record)
    assert found.question.item.id == PRACTICE
    assert found.texts == ("It is new", "The new page", "Ann", "The page in the staff room")
    # What is not asked any more keeps its note.
    gone = next(item for item in sitting.library.items if item not in sitting.questions)
    with store.write() as work:
        work.agreed.put(record.id, gone, "", "Ask Sam", after=0, on=clock.today(), reason=None)
        work.commit()
    noted = {one.question.item.id: one.texts for one in written_beside(store, record)}
    assert noted[gone] == ("Ask Sam",)


def test_words_that_nobody_has_looked_through_wait_where_enough_wrote(store: Store) -> None:
    record = opened(store)
    wrote(store, record, TEXTS[:4])
    assert text_review.waiting(store, closed(store, record)) == 0
    record = opened(store, title="Another round")
    wrote(store, record, TEXTS)
    assert text_review.waiting(store, closed(store, record)) == 5


def test_a_group_that_was_promised_a_statement_lacks_it_until_it_is_written(store: Store) -> None:
    promised = GroupPlan(asked_like="peer_worker", head_count=3, statement=True)
    record = opened(store, groups=(group_plan("staff", 12), promised))
    _, peers = groups_to_show(store, record)
    assert (peers.how, peers.lacks_statement) == ("hidden", True)
    stated(store, record, "peer_worker", "We are three.")
    staff, peers = groups_to_show(store, record)
    assert peers.statement is not None and not peers.lacks_statement
    assert staff.statement is None and not staff.lacks_statement


def test_what_groups_say_is_kept_in_the_summary_and_what_was_kept_without_still_opens(
    store: Store, over: AssessmentRecord
) -> None:
    stated(store, over, "peer_worker", "We are three.")
    publish(store, over)
    found = seen(store, over)
    assert found is not None
    (said,) = found.summary.statements
    assert (said.title, said.texts) == ("Peer workers", ("We are three.",))
    assert said.about.startswith("Written by the group together (")
    older = json.loads(found.published_part("summary"))
    del older["statements"]
    assert publication.SUMMARIES.validate_json(json.dumps(older)).statements == ()


# You said, we did


def test_what_was_done_is_told_with_its_day_the_newest_first(store: Store) -> None:
    record = published(store, opened(store))
    day = today(record)
    week_ago = day - timedelta(days=7)
    follow_ups.add(store, record.id, "The talk room is cold.", "It has a heater.", week_ago)
    follow_ups.add(store, record.id, " Nobody told us. ", "There is a notice now.", day)
    found = seen(store, record)
    assert found is not None
    told = [(entry.said, entry.done, entry.done_on) for entry in found.follow_ups]
    assert told == [
        ("Nobody told us.", "There is a notice now.", day),
        ("The talk room is cold.", "It has a heater.", week_ago),
    ]
    newest = found.follow_ups[0].id
    for _ in range(2):
        follow_ups.remove(store, record.id, newest)
    assert [entry.said for entry in found.follow_ups] == ["The talk room is cold."]
    assert set(log(store, record)) >= {
        "Added to “you said, we did”: “Nobody told us.”.",
        "Took out of “you said, we did”: “Nobody told us.”.",
    }


def test_what_cannot_be_told_is_refused_by_its_field(store: Store) -> None:
    record = published(store, opened(store))
    day = today(record)
    for said, done, on, place in (
        ("", "Done", day, "said"),
        ("Said", " \u200b ", day, "done"),
        ("x" * 601, "Done", day, "said"),
        ("Said", "Done", None, "done_on"),
        ("Said", "Done", day + timedelta(days=1), "done_on"),
    ):
        with pytest.raises(NotChangedError) as error:
            follow_ups.add(store, record.id, said, done, on)
        assert error.value.place == place
    assert follow_ups.of(store, record.id) == []


def test_nothing_is_added_before_publication_or_once_it_is_put_away(store: Store) -> None:
    record = closed(store, opened(store))
    for prepare in (
        lambda: None,
        lambda: (publish(store, record), changes.archive(store, record.id)),
    ):
        prepare()
        said = refused(lambda: follow_ups.add(store, record.id, "a", "b", date(2026, 1, 1)))
        assert "does not allow" in said


def test_a_round_that_is_put_away_keeps_its_results_for_everybody(
    store: Store, over: AssessmentRecord
) -> None:
    publish(store, over)
    before = kept(store, over)
    changes.archive(store, over.id)
    assert state_of(as_it_stands(store, over)) is RoundState.ARCHIVED
    assert kept(store, over) == before


def test_a_round_that_is_deleted_takes_what_was_published_of_it_along(
    store: Store, over: AssessmentRecord
) -> None:
    publish(store, over)
    follow_ups.add(store, over.id, "a", "b", date(2026, 1, 1))
    changes.delete(store, over.id, "Autumn round")
    assert seen(store, over) is None
    with store.read() as work:
        assert work.publications.published_part(over.id, "data") is None
        assert work.publications.follow_ups(over.id) == []


def test_before_this_version_nothing_was_kept_so_such_a_round_is_closed_again(
    store: Store, over: AssessmentRecord
) -> None:
    publish(store, over)
    with store.engine.begin() as connection:
        command.downgrade(config(connection), "0013")
        command.upgrade(config(connection), "head")
    assert state_of(as_it_stands(store, over)) is RoundState.CLOSED
    publish(store, over)
    assert kept(store, over).keys() == PARTS
