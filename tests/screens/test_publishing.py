"""Publishing on the overview, what was done since, and the results before and after."""

from __future__ import annotations

from datetime import date

import pytest
from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest

from assessment.screens.shared import access
from assessment.services.own_words import text_review
from assessment.services.results import viewing
from assessment.services.rounds import follow_ups
from assessment.services.rounds.plan import GroupPlan
from assessment.services.rounds.states import RoundState, state_of
from assessment.services.working_group.agreed_answers import agree
from assessment.store import Store
from assessment.store.records import AssessmentRecord
from questionnaires.phrases import day
from tests.support.assessments import group_plan, opened
from tests.support.own_words import TEXTS, being_read, stated, texts_of, wrote
from tests.support.publishing import as_it_stands, closed, publish, published
from tests.support.screens import screen, words
from tests.support.working_group import PRACTICE, round_of

ITEM = "valued_input.listened_to"


@pytest.fixture
def over(store: Store) -> AssessmentRecord:
    groups = (group_plan("service_user"), group_plan("staff"), group_plan("manager", 1))
    record = opened(store, groups=groups)
    with store.write() as work:
        for number in range(6):
            work.responses.add(f"r{number}", record.id, "staff", {ITEM: "often"}, {})
        work.commit()
    return closed(store, record)


def keys(app: AppTest) -> set[str]:
    return {str(button.key) for button in app.button}


def press(app: AppTest, key: str) -> None:
    app.button(key=key).click().run()
    assert not app.exception


def test_the_card_says_what_publishing_does_and_what_is_not_settled(over: AssessmentRecord) -> None:
    app = screen("overview", assessment=over.id)
    assert not app.exception
    said = words(app)
    for expected in (
        "Publish the results",
        "Everybody sees the results at the same moment",
        "From then on nothing changes them",
        "<strong>Service users</strong>: hidden: fewer than 5 answers.",
        "<strong>Managers</strong>: hidden: fewer than 5 people.",
        "What the working group has not settled",
        "questions not answered",
        f'href="/i/{over.working_group.code}" target="_self">Open the working group’s questions',
        "nobody has seen results",
    ):
        assert expected in said, expected


def test_the_card_shows_what_the_working_group_wrote_beside_its_answers(
    store: Store, over: AssessmentRecord
) -> None:
    heading = "What the working group wrote beside its answers"
    assert heading not in words(screen("overview", assessment=over.id))
    agree(store, round_of(store, over), PRACTICE, "partly", "", after=0, reason="Ask Ann")
    said = words(screen("overview", assessment=over.id))
    assert heading in said and "Ask Ann" in said and "published word for word" in said


def test_the_card_counts_the_texts_that_wait_once_somebody_reads_them(store: Store) -> None:
    record = opened(store)
    wrote(store, record, TEXTS)
    closed(store, record)
    card, way = "What nobody has decided about is not shown.", ">Read what people wrote</a>"
    said = words(screen("overview", assessment=record.id))
    assert f"and nobody has begun to read it. {card}" in said and said.count(way) == 2
    being_read(store, record)
    for waiting, text in zip(("Five texts wait", "Four texts wait"), TEXTS, strict=False):
        said = words(screen("overview", assessment=record.id))
        assert f"{waiting} for a decision. {card}" in said and said.count(way) == 2
        assert "nobody has begun" not in said and text not in said
        text_review.show(store, record, texts_of(store, as_it_stands(store, record))[0])
    for text in texts_of(store, as_it_stands(store, record)):
        if text.review == "waiting":
            text_review.show(store, record, text)
    assert card not in words(screen("overview", assessment=record.id))


def test_the_card_warns_where_a_promised_statement_is_not_written(store: Store) -> None:
    promised = GroupPlan(asked_like="peer_worker", head_count=3, statement=True)
    groups = (group_plan("staff"), group_plan("manager", 2), promised)
    record = closed(store, opened(store, groups=groups))
    said = words(screen("overview", assessment=record.id))
    warning = "you chose to ask for a written statement instead of numbers, and none is written."
    assert f"Peer workers: {warning}" in said and said.count(warning) == 1
    assert "it cannot be written any more" in said
    stated(store, record, "peer_worker", "We are three.")
    said = words(screen("overview", assessment=record.id))
    assert warning not in said
    assert f"Their written statement of {day(record.opens_on)} is shown." in said


def test_one_confirmation_publishes_for_everybody(store: Store, over: AssessmentRecord) -> None:
    app = screen("overview", assessment=over.id)
    assert "do-publish" not in keys(app)
    press(app, "ask-publish")
    press(app, "leave-publish")
    assert state_of(as_it_stands(store, over)) is RoundState.CLOSED
    press(app, "ask-publish")
    press(app, "do-publish")
    record = as_it_stands(store, over)
    assert state_of(record) is RoundState.PUBLISHED
    said = words(app)
    assert "See the results<" in said and "Published the results." in said
    assert f"/i/{record.working_group.code}" in said
    assert "ask-publish" not in keys(app) and "What each group will be" not in said


def test_a_second_window_that_publishes_is_told_and_changes_nothing(
    store: Store, over: AssessmentRecord
) -> None:
    first, second = (screen("overview", assessment=over.id) for _ in range(2))
    for app in (first, second):
        press(app, "ask-publish")
    press(first, "do-publish")
    press(second, "do-publish")
    assert words(second).count("Published the results.") == 1
    assert "See the results<" in words(second)


@pytest.mark.parametrize("name", ["overview", "home"])
def test_before_publication_no_screen_leads_to_results(over: AssessmentRecord, name: str) -> None:
    assert "/results" not in words(screen(name))


def test_the_working_group_is_led_to_results_only_once_there_are_some(
    store: Store, over: AssessmentRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    round_of(store, over)
    from tests.support.respondents import entered

    team = entered(store, over.working_group.code)
    monkeypatch.setattr(ContextProxy, "cookies", {"team": team.token})
    for at in ("", "review", "verdict"):
        app = screen("working_group", **({"at": at} if at else {}))
        assert not app.exception and "/results" not in words(app), at
    publish(store, over)
    for at in ("", "review", "verdict"):
        app = screen("working_group", **({"at": at} if at else {}))
        assert not app.exception and "/results?assessment=" in words(app), at


def test_results_are_not_there_before_and_stand_with_their_day_after(
    store: Store, over: AssessmentRecord
) -> None:
    before = screen("results", assessment=over.id)
    assert "The results are not published yet" in words(before)
    assert not before.get("download_button")
    record = published(store, over)
    assert record.published_on is not None
    after = screen("results", assessment=over.id)
    assert not after.exception
    published_on = f"Published on {day(record.published_on)}. They stay as they are"
    assert published_on in words(after)
    assert f"/overview?assessment={over.id}" in words(after)
    assert len(after.get("download_button")) == 2


def test_who_came_by_a_code_goes_back_to_the_page_in_short(
    store: Store, over: AssessmentRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(store, over)
    monkeypatch.setattr(ContextProxy, "cookies", {"results": viewing.with_pass("", over.id)})
    said = words(screen("results", assessment=over.id))
    assert f"/what-we-found?assessment={over.id}" in said
    assert f"/overview?assessment={over.id}" not in said


def test_without_the_right_there_is_nothing_at_the_address_of_a_round(
    store: Store, over: AssessmentRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For whoever is not signed in and came by no code."""
    monkeypatch.setattr(access, "access", lambda **_: None)
    monkeypatch.setattr(access, "allow", lambda _: None)
    nothing = words(screen("results", assessment="no such round"))
    assert "There are no such results here" in nothing
    assert words(screen("results", assessment=over.id)) == nothing
    published(store, over)
    assert words(screen("results", assessment=over.id)) == nothing


def test_where_nobody_answered_it_is_said(store: Store) -> None:
    record = published(store, opened(store))
    app = screen("results", assessment=record.id)
    assert not app.exception and "Nobody had handed anything in" in words(app)


def test_you_said_we_did_is_added_and_taken_out_on_the_overview(
    store: Store, over: AssessmentRecord
) -> None:
    assert "You said, we did" not in words(screen("overview", assessment=over.id))
    publish(store, over)
    app = screen("overview", assessment=over.id)
    press(app, "add-follow-up")
    assert "Write what people said" in words(app)
    app.text_area(key="said-0").set_value("The room is <b>cold</b>.")
    app.text_area(key="done-0").set_value("It has a heater.")
    app.date_input(key="done-on-0").set_value(date(2026, 1, 5))
    press(app, "add-follow-up")
    assert "Added. Everybody who was invited can read it now." in words(app)
    assert "The room is &lt;b&gt;cold&lt;/b&gt;." in words(app)
    assert app.text_area(key="said-1").value == ""
    (entry,) = follow_ups.of(store, over.id)
    assert (entry.said, entry.done_on) == ("The room is <b>cold</b>.", date(2026, 1, 5))
    press(app, f"out-{entry.id}")
    assert "Taken out." in words(app) and follow_ups.of(store, over.id) == []


def test_a_round_is_put_away_after_saying_what_that_means(
    store: Store, over: AssessmentRecord
) -> None:
    assert "change-archive" not in keys(screen("overview", assessment=over.id))
    publish(store, over)
    app = screen("overview", assessment=over.id)
    press(app, "change-archive")
    assert "everybody who was invited still finds them" in words(app)
    press(app, "do-archive")
    assert state_of(as_it_stands(store, over)) is RoundState.ARCHIVED
    assert "The round is put away." in words(app) and "See the results<" in words(app)
    assert "add-follow-up" not in keys(app)
