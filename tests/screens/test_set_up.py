"""The first screen, setting up and the overview under the app tester."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
import streamlit as st
from sqlalchemy.exc import OperationalError
from streamlit.testing.v1 import AppTest

from assessment.screens.coordinator.plan_steps import OTHER
from assessment.screens.respondent.promises import promises
from assessment.services import clock
from assessment.services.content import loaded
from assessment.services.current_store import store
from assessment.services.rounds import changes, overview, plan
from assessment.services.rounds.messages import NOTHING_DEPENDS, SECRETS
from assessment.services.rounds.plan import NAME_TAKEN, GroupPlan, NameRefusedError
from assessment.services.rounds.workbook_copies import workbook_for
from assessment.store.answers import Responses
from assessment.store.assessments import Assessments
from assessment.store.encryption import new_draft_key
from assessment.store.records import OrganisationRecord
from questionnaires.forms import FORMS
from questionnaires.phrases import day
from tests.support import coordinators
from tests.support.assessments import group_plan, opened
from tests.support.filling_in import Filled, fill
from tests.support.publishing import publish
from tests.support.screens import screen, words

pytestmark = pytest.mark.usefixtures("store")


@pytest.fixture(autouse=True)
def nothing_cached() -> None:
    st.cache_resource.clear()


def press(app: AppTest, key: str) -> AppTest:
    return app.button(key=key).click().run()


def failing(fault: Exception) -> Callable[..., None]:
    def fail(*_: object) -> None:
        raise fault

    return fail


def fill_organisation(app: AppTest) -> None:
    app.text_input(key="plan-organisation").set_value("Beacon <b>Street</b>")
    app.radio(key="plan-setting").set_value("Homeless service")
    app.text_area(key="plan-help_contact").set_value("Maria")
    press(app, "next")


def test_the_first_screen_has_two_doors() -> None:
    app = screen("home")
    assert not app.exception
    text = words(app)
    for expected in (
        'href="/demonstration"',
        'href="/set-up"',
        'href="/file"',
    ):
        assert expected in text
    assert "Your rounds" not in text
    assert text.count("<h1") == 1


def test_assessments_that_exist_stand_on_the_first_screen() -> None:
    record = opened(store(), organisation="<script>alert(1)</script>")
    text = words(screen("home"))
    assert f"/overview?assessment={record.id}" in text
    assert "/results" not in text
    assert "&lt;script&gt;alert(1)" in text and "<script>alert(1)" not in text


def test_nothing_is_asked_twice_on_the_way_back() -> None:
    app = screen("set_up")
    fill_organisation(app)
    assert "Whom do you want to hear?" in words(app)
    app.checkbox(key="plan-asks-staff").check().run()
    app.text_input(key="plan-head_count-staff").set_value("12")
    press(app, "back")
    assert app.text_input(key="plan-organisation").value == "Beacon <b>Street</b>"
    assert app.radio(key="plan-setting").value == "Homeless service"
    press(app, "next")
    assert app.checkbox(key="plan-asks-staff").value is True
    assert app.text_input(key="plan-head_count-staff").value == "12"


def test_a_head_count_is_read_as_people_type_it_or_stays_in_its_field() -> None:
    app = screen("set_up")
    fill_organisation(app)
    app.checkbox(key="plan-asks-staff").check().run()
    field = "plan-head_count-staff"
    app.text_input(key=field).set_value("about 12")
    press(app, "next")
    assert "Please write one number in digits, without words beside it, such as 12." in words(app)
    assert app.text_input(key=field).value == "about 12"
    app.text_input(key=field).set_value("1.200").run()
    assert "We read: <strong>1\N{NO-BREAK SPACE}200 people</strong>" in words(app)
    press(app, "next")
    assert "A quick look, or a full round?" in words(app)
    press(app, "back")
    assert app.text_input(key=field).value == "1.200"


def test_a_name_that_is_too_long_stays_in_its_field() -> None:
    app = screen("set_up")
    app.text_input(key="plan-organisation").set_value("x" * 240).run()
    assert "This is too long by 40: at most 200 letters and signs fit here." in words(app)
    assert app.text_input(key="plan-organisation").value == "x" * 240


def test_what_is_missing_is_named_beside_the_field_and_the_step_stays() -> None:
    app = screen("set_up")
    app.text_input(key="plan-organisation").set_value("")
    text = words(press(app, "next"))
    assert "Who are you?" in text
    assert 'role="alert"' in text and "3 answers are missing" in text
    assert 'id="organisation-wrong">Write the name of your organisation.' in text


def test_the_name_of_another_organisation_is_refused_at_its_field() -> None:
    opened(coordinators.own(store()))
    with store().write() as work:
        work.organisations.add(OrganisationRecord("other", "Anchor House", "", ""))
        work.commit()
    app = screen("set_up")
    app.text_input(key="plan-organisation").set_value("anchor house")
    text = words(press(app, "next"))
    assert 'id="organisation-wrong">Another organisation here has this name.' in text
    app.text_input(key="plan-organisation").set_value("Anchor House, Leeds")
    assert "Whom do you want to hear?" in words(press(app, "next"))


def test_a_name_that_another_organisation_has_just_taken_is_told_at_its_field(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app = screen("set_up", deepen=opened(store(), form="quick").id)
    monkeypatch.setattr(plan, "open_assessment", failing(NameRefusedError(NAME_TAKEN)))
    text = words(press(app, "open"))
    assert not app.exception and "Who are you?" in text
    assert 'id="organisation-wrong">Another organisation here has this name.' in text


def test_words_of_ones_own_that_are_missing_are_named_at_their_own_field() -> None:
    app = screen("set_up")
    app.text_input(key="plan-organisation").set_value("Beacon Street")
    app.radio(key="plan-setting").set_value(OTHER).run()
    app.text_area(key="plan-help_contact").set_value("Maria")
    press(app, "next")
    assert 'id="setting_other-wrong"' in words(app) and 'id="setting-wrong"' not in words(app)


def test_a_step_cannot_be_reached_by_its_address_before_those_ahead_of_it() -> None:
    assert "Who are you?" in words(screen("set_up", step="review"))


def test_from_nothing_to_an_assessment_with_its_links() -> None:
    app = screen("set_up")
    fill_organisation(app)
    for name, count in (("service_user", 40), ("manager", 4)):
        app.checkbox(key=f"plan-asks-{name}").check().run()
        app.text_input(key=f"plan-head_count-{name}").set_value(str(count))
    press(app, "add-group")
    app.text_input(key="plan-own_title-1").set_value("Night team")
    app.radio(key="plan-asked_like-1").set_value("staff")
    app.text_input(key="plan-head_count-1").set_value("9")
    press(app, "next")
    assert "A quick look, or a full round?" in words(app)
    app.radio(key="plan-form").set_value("full").run()
    press(app, "next")
    assert "What do you want to ask?" in words(app)
    # The full round as it is promised at its choice: 36 answers, and 65 of those asked like staff.
    for title, answers in (("Service users", 36), ("Night team", 65)):
        assert f'<th scope="row">{title}</th><td>{answers}</td>' in words(app)
    app.checkbox(key="plan-asked-programme-fit").uncheck().run()
    # A question of service users' own: what is missing in it is named at its fields.
    press(app, "add-own-question")
    press(app, "next")
    assert "Write the question, or remove it." in words(app)
    assert "Choose how people answer it." in words(app)
    app.text_area(key="plan-oq_text-1").set_value("Do staff listen and help?").run()
    assert "It may ask two things at once" in words(app)
    app.text_area(key="plan-oq_text-1").set_value("Do staff listen here?").run()
    assert "It may ask two things" not in words(app)
    assert "health, drug use, offences" in words(app)
    app.radio(key="plan-oq_kind-1").set_value("yes_no")
    app.checkbox(key="plan-oq_asks-1-manager").uncheck().run()
    assert '<th scope="row">Service users</th><td>37</td>' in words(app)
    press(app, "next")
    assert app.date_input(key="plan-opens_on").value == clock.today()
    press(app, "next")
    for name, count in (
        ("members", 6),
        ("members_lived_experience", 1),
        ("key_holders", 2),
        ("key_holders_lived_experience", 1),
    ):
        app.text_input(key=f"plan-{name}").set_value(str(count))
    app.radio(key="plan-members_paid").set_value(True)
    press(app, "next")
    text = words(app)
    assert "Is this right?" in text
    assert "Beacon &lt;b&gt;Street&lt;/b&gt;" in text and "<b>" not in text
    assert "Managers: with 4 people this group stays under the minimum of 5" in text
    assert "1 of 6 have lived experience" in text
    assert "Do staff listen here? (yes or no)" in text
    assert "Without the facts about your programme" in text
    # From a thought to its step; what was given there is still there.
    press(app, "to-groups")
    assert "Whom do you want to hear?" in words(app)
    assert app.text_input(key="plan-head_count-manager").value == "4"
    for _ in range(5):
        press(app, "next")
    assert "Is this right?" in words(app)
    press(app, "open")
    assert not app.exception
    (record,) = overview.assessments(store())
    assert [(g.group, g.title, g.side, g.asked_like, g.head_count) for g in record.groups] == [
        ("service_user", "Service users", "lived_experience", "service_user", 40),
        ("manager", "Managers", "organisation", "manager", 4),
        ("night_team", "Night team", "organisation", "staff", 9),
    ]
    assert "programme-fit" not in record.questionnaires
    assert record.working_group.members_paid is True


def test_each_length_is_compared_for_two_groups_that_are_asked_the_same() -> None:
    app = screen("set_up")
    fill_organisation(app)
    app.checkbox(key="plan-asks-service_user").check().run()
    app.text_input(key="plan-head_count-service_user").set_value("40")
    press(app, "add-group")
    app.text_input(key="plan-own_title-1").set_value("Families")
    app.radio(key="plan-asked_like-1").set_value("service_user")
    app.text_input(key="plan-head_count-1").set_value("9")
    press(app, "next")
    for title in ("Service users", "Families", "Working group"):
        assert words(app).count(f'<th scope="row">{title}</th>') == 1
    # What each takes stays the same, whichever is chosen.
    table = words(app).partition("How long they take")[2].partition("</table>")[0]
    for form in FORMS:
        app.radio(key="plan-form").set_value(form).run()
        assert table and table in words(app)
    # And of what a questionnaire is about, a quick look asks a part: eight of 21 principles.
    app.radio(key="plan-form").set_value("quick").run()
    press(app, "next")
    assert "A quick look asks at most 8 of its 21 questions." in words(app)


def test_a_full_round_after_a_quick_look_is_filled_in_and_can_be_opened() -> None:
    families = GroupPlan(own_title="Families", asked_like="service_user", head_count=9)
    before = opened(
        store(), form="quick", setting="Night shelter", groups=(families, group_plan("staff"))
    )
    app = screen("set_up", deepen=before.id)
    assert not app.exception
    assert "Is this right?" in words(app) and "Night shelter" in words(app)
    press(app, "open")
    assert not app.exception
    (after,) = [one for one in overview.assessments(store()) if one.id != before.id]
    assert (after.organisation, after.form, after.follows) == (
        before.organisation,
        "full",
        before.id,
    )
    assert after.title == f"{before.title}, in full"
    assert after.working_group == replace(before.working_group, code=after.working_group.code)
    # Built-in groups come first.
    assert [(g.group, g.title, g.asked_like, g.head_count) for g in after.groups] == [
        ("staff", "Staff", "staff", 12),
        ("families", "Families", "service_user", 9),
    ]


@pytest.mark.parametrize("fault", [OperationalError("insert", {}, Exception()), KeyError("plan")])
def test_only_a_store_that_does_not_answer_is_named_where_a_plan_cannot_be_opened(
    monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    app = screen("set_up", deepen=opened(store(), form="quick").id)
    monkeypatch.setattr(Assessments, "add", failing(fault))
    press(app, "open")
    unreachable = isinstance(fault, OperationalError)
    assert bool(app.exception) is not unreachable
    assert ("The round could not be opened just now" in words(app)) is unreachable


@pytest.mark.parametrize("fault", [OperationalError("insert", {}, Exception()), KeyError("item")])
def test_only_a_store_that_does_not_answer_is_named_where_workbooks_cannot_be_taken_in(
    monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    record = opened(store())
    library = loaded.library(record.ladder)
    item = next(i for i in library.items_for("staff") if i.kind == "frequency")
    content = fill(
        workbook_for(store(), record, record.group("staff")), library, {item.id: "often"}
    )
    app = screen("overview")
    app.file_uploader[0].upload("staff.xlsx", content).run()
    monkeypatch.setattr(Responses, "add", failing(fault))
    press(app, "take-in")
    unreachable = isinstance(fault, OperationalError)
    assert bool(app.exception) is not unreachable
    assert ("Something went wrong on our side, and nothing was" in words(app)) is unreachable


def test_what_is_not_clear_in_a_workbook_is_left_out_after_a_tick_and_said() -> None:
    record = opened(store())
    library = loaded.library(record.ladder)
    first, second = [i for i in library.items_for("staff") if i.kind == "frequency"][:2]
    handed_out = workbook_for(store(), record, record.group("staff"))
    filled = Filled(fill(handed_out, library, {second.id: "often"}))
    filled.cell(f"ask {first.id}").value = "<b>Oftn</b>"
    app = screen("overview")
    app.file_uploader[0].upload("[staff](x) *1*.xlsx", filled.saved()).run()
    text = words(app)
    assert "found &#39;&lt;b&gt;Oftn&lt;/b&gt;&#39;" in text and "<b>Oftn" not in text
    assert f"What was answered here is not clear: “{first.text.for_group('staff', None)}”" in text
    assert not [button for button in app.button if button.key == "take-in"]
    (tick,) = [box for box in app.checkbox if str(box.key).startswith("as-it-is")]
    assert tick.label == "Take in \\[staff\\]\\(x\\) \\*1\\*\\.xlsx without 1 answer"
    tick.check().run()
    press(app, "take-in")
    assert "Taken in. Staff: 1. Left out: 1 answer." in words(app)
    with store().read() as work:
        assert work.responses.counts(record.id) == {"staff": 1}
    assert not [button for button in app.button if button.key == "take-in"]


def test_the_overview_shows_each_link_code_and_count() -> None:
    record = opened(store())
    with store().write() as work:
        work.responses.add("r", record.id, "staff", {"a": "b"}, {})
        work.commit()
    app = screen("overview")
    assert not app.exception
    text = words(app)
    for group in record.groups:
        assert f"/i/{group.code}" in text
        assert f"QR code of the link: {group.title}" in text
    assert record.working_group.code in text
    assert text.count("Fewer than 5 of about 12 handed in") == 3
    assert text.count("Can be shown from 5 on") == 3


def test_a_small_group_is_not_counted_and_nobody_is_listed() -> None:
    groups = (group_plan("staff"), group_plan("manager", 1))
    record = opened(store(), groups=groups)
    with store().write() as work:
        work.responses.add("r", record.id, "manager", {"a": "b"}, {})
        work.drafts.add("d", record.id, "staff")
        work.drafts.put("d", new_draft_key(), {"a": "b"})
        work.commit()
    text = words(screen("overview"))
    assert "Small group: replies are not counted here" in text
    assert "of about 1 handed in" not in text and "have begun" not in text
    assert "Fewer than 5 people, so it has no numbers of its own" in text
    assert "We keep no list of who has replied" in text


def test_a_closed_assessment_can_be_published_and_invites_nobody() -> None:
    ended = date.today() - timedelta(days=3)
    record = opened(store(), opens_on=ended - timedelta(days=9), closes_on=ended)
    app = screen("overview")
    text = words(app)
    assert not app.exception
    assert day(ended) in text and "Closed on " in text
    assert "/results" not in text and "0 of about 12 handed in" in text
    assert "Publish the results" in text and "nobody has seen results" in text
    assert f"/i/{record.group('staff').code}" not in text and 'class="pw-poster"' not in text
    assert not app.get("download_button")


def test_an_assessment_that_opens_later_invites_and_takes_nothing_yet() -> None:
    first = date.today() + timedelta(days=3)
    record = opened(store(), opens_on=first)
    app = screen("overview")
    text = words(app)
    assert not app.exception
    assert f"Opens on {day(first)}." in text
    assert f"/i/{record.group('staff').code}" in text
    assert f"From {day(first)} until " in text and f"{day(record.closes_on)}, midnight" in text
    assert "/results" not in text and "handed in" not in text
    assert not app.get("file_uploader")


def test_the_first_screen_offers_what_there_is() -> None:
    today = date.today()
    later = opened(store(), opens_on=today + timedelta(days=3))
    over = opened(store(), opens_on=today - timedelta(days=9), closes_on=today - timedelta(days=3))
    text = words(screen("home"))
    assert "/results" not in text
    assert text.count(">Open this round</a>") == 2
    assert 'aria-label="Open this round: Willow Street, Autumn round"' in text
    publish(store(), over)
    text = words(screen("home"))
    assert f"/results?assessment={over.id}" in text
    assert f"/results?assessment={later.id}" not in text
    assert text.count(">Open this round</a>") == 2 and "Put away" not in text
    changes.archive(store(), over.id)
    text = words(screen("home"))
    assert "Put away (1)" in text and f"/results?assessment={over.id}" in text


def test_the_first_screen_has_the_newest_round_first() -> None:
    for title in ("Alpha", "Omega", "Middle"):
        opened(store(), title=title)
    opened(store(), title="Later", opens_on=date.today() + timedelta(days=3))
    text = words(screen("home"))
    places = [text.index(f">{title}</") for title in ("Later", "Middle", "Omega", "Alpha")]
    assert places == sorted(places)


def test_what_people_write_is_promised_only_where_they_are_asked_to_write() -> None:
    quick = opened(store(), groups=(group_plan("staff"),), form="quick")
    assert "What you write is read with care" not in promises(quick)
    full = opened(store(), groups=(group_plan("staff"),))
    assert "What you write is read with care" in promises(full)
    assert "shown only if 5 or more people wrote something there" in promises(full)


def test_posters_promise_each_group_what_everybody_is_promised() -> None:
    groups = tuple(map(group_plan, ("service_user", "peer_worker", "staff")))
    record = opened(store(), groups=groups)
    text = words(screen("overview"))
    assert NOTHING_DEPENDS in promises(record)
    on_posters = text.split('class="pw-poster"')[1:]
    assert len(on_posters) == 3
    for poster in on_posters:
        assert NOTHING_DEPENDS in poster and SECRETS in poster
    assert "through it themselves" not in text


def test_an_assessment_that_is_not_there_is_answered_calmly() -> None:
    text = words(screen("overview"))
    assert "There is no such round here" in text
    assert "Nothing was lost" in text
