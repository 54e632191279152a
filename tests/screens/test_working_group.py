"""The working group's screen under the app tester: what it says, also when something fails."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy.exc import OperationalError
from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest

from assessment.services.content import loaded
from assessment.services.rounds.plan import WorkingGroupPlan
from assessment.services.rounds.workload import workloads
from assessment.services.working_group.agreed_answers import agreed, change
from assessment.services.working_group.before_agreement import alone_part
from assessment.services.working_group.sittings import sittings
from assessment.store import Store
from assessment.store.answers import AgreedAnswers
from assessment.store.members import MemberResponses
from assessment.store.records import NO_ANSWER, AssessmentRecord
from questionnaires.forms import FORMS, Form
from questionnaires.phrases import counted, day
from tests.support.assessments import opened
from tests.support.members import handed_in_alone
from tests.support.publishing import published
from tests.support.respondents import entered
from tests.support.screens import screen, words
from tests.support.working_group import know, round_of

PLAN = "staff_buy_in.buy_in_plan"
#: A number of 16 digits: a box takes it, an answer has at most 15.
TOO_LONG = "1234567890123456"

Sit = Callable[..., AppTest]


@pytest.fixture
def record(store: Store) -> AssessmentRecord:
    return opened(store)


@pytest.fixture
def sit(store: Store, monkeypatch: pytest.MonkeyPatch) -> Sit:
    """Opens the screen of somebody with a session in the working group."""

    def screen_at(record: AssessmentRecord, at: str = PLAN) -> AppTest:
        session = entered(store, record.working_group.code)
        monkeypatch.setattr(ContextProxy, "cookies", {"team": session.token})
        return screen("working_group", **{"at": at} if at else {})

    return screen_at


@pytest.fixture
def page(sit: Sit, record: AssessmentRecord) -> AppTest:
    return sit(record)


def test_the_first_page_says_who_what_and_how_long(record: AssessmentRecord, sit: Sit) -> None:
    page = sit(record, at="")
    assert not page.exception
    for sentence in (
        "Willow Street",
        "Service users speak first",
        "“We did not agree” is a proper answer.",
        "6 members, 2 with lived experience. They are paid for their time.",
        "187 questions in 9 sittings",  # 153 practices and 34 facts
        "0 of 35 answered",
    ):
        assert sentence in words(page)
    assert page.button(key="together-next").label == "Begin with sitting 1"


@pytest.mark.parametrize("form", FORMS)
def test_set_up_and_the_first_page_count_the_same_questions(
    form: Form, store: Store, sit: Sit
) -> None:
    record = opened(store, form=form)
    values = {"groups": [], "questionnaires": record.questionnaires}
    (told,) = workloads(loaded.library(), values, form)
    assert f"{told.questions} questions in " in words(sit(record, at=""))


def test_names_and_notes_are_never_markup(store: Store, sit: Sit) -> None:
    evil = "<img src=x onerror=alert(1)>"
    record = opened(store, organisation=evil, title=evil)
    page = sit(record, at="")
    assert evil not in words(page) and "&lt;img src=x" in words(page)
    round_ = round_of(store, record)
    change(store, round_, PLAN, seen=NO_ANSWER, value="partly", note=evil)
    page = sit(record)
    assert evil not in words(page) and "&lt;img src=x" in words(page)


def test_a_note_says_of_which_answer_it_speaks(
    store: Store, record: AssessmentRecord, sit: Sit
) -> None:
    round_ = round_of(store, record)
    was = change(store, round_, PLAN, seen=NO_ANSWER, value="partly", note="A <draft>")
    now = change(store, round_, PLAN, seen=was, value="in_place")
    text = words(sit(record))
    assert "This note was written when the answer was “Partly”. Does it still hold?" in text
    change(store, round_, PLAN, seen=now, note="Signed in May")
    text = words(sit(record))
    assert "Before, the answer was “Partly”, with the note “A &lt;draft&gt;”." in text
    assert "Does it still hold?" not in text


def test_what_does_not_apply_is_counted_once(
    store: Store, record: AssessmentRecord, sit: Sit
) -> None:
    round_ = know(store, record, pay="expenses_only")
    left = next(
        part.left_out
        for sitting in sittings(round_)
        for page in sitting.pages
        for part in page.parts
        if part.left_out
    )
    text = words(sit(record, at=left[0].question.item.id))
    count = counted(len(left), "question does", "questions do")
    assert f"<summary>{count} not apply here</summary>" in text


def unreachable(*_: object, **__: object) -> None:
    raise OperationalError("insert", {}, Exception("disk I/O error"))


def test_while_the_store_cannot_be_reached_nothing_is_lost(
    store: Store, record: AssessmentRecord, page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(AgreedAnswers, "put", unreachable)
        page.radio(key=f"agreed:{PLAN}").set_value("partly").run()
        assert not page.exception
        assert "Not saved yet: we cannot reach our store." in words(page)
        assert "disk" not in words(page) and "OperationalError" not in words(page)
        page.button(key="together-onward").click().run()
        assert "page 1 of" in words(page) and "is not saved yet" in words(page)
        assert page.radio(key=f"agreed:{PLAN}").value == "partly"
    page.run()
    assert "cannot reach our store" not in words(page)
    assert agreed(store, record.id)[PLAN].value == "partly"


def test_while_the_store_cannot_be_reached_a_note_waits_in_its_box(
    store: Store, record: AssessmentRecord, page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.button(key=f"agreed:write:{PLAN}").click().run()
    box = f"agreed:note:{PLAN}"
    with monkeypatch.context() as broken:
        broken.setattr(AgreedAnswers, "put", unreachable)
        page.text_area(key=box).set_value("The plan of March").run()
        assert "The note is not saved yet: we cannot reach our store." in words(page)
        page.button(key=f"agreed:close:{PLAN}").click().run()
        assert page.text_area(key=box).value == "The plan of March"
        page.button(key="together-onward").click().run()
        assert "page 1 of" in words(page) and "Question 1 is not saved yet" in words(page)
    page.button(key="together-onward").click().run()
    assert "page 2 of" in words(page)
    assert agreed(store, record.id)[PLAN].note == "The plan of March"


def test_a_mistake_of_ours_is_not_reported_as_a_store_that_does_not_answer(
    page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    def mistaken(*_: object, **__: object) -> None:
        raise TypeError("a programming error")

    monkeypatch.setattr(AgreedAnswers, "put", mistaken)
    page.radio(key=f"agreed:{PLAN}").set_value("partly").run()
    assert len(page.exception) == 1
    assert "cannot reach our store" not in words(page)


def elsewhere(store: Store, record: AssessmentRecord, item: str, value: str) -> None:
    """Somebody else in the working group answers, or takes back."""
    round_ = round_of(store, record)
    seen = agreed(store, record.id).get(item, NO_ANSWER)
    change(store, round_, item, seen=seen, value=value)


def test_two_who_answer_at_once_see_the_first_answer_and_both_in_words(
    store: Store, record: AssessmentRecord, page: AppTest
) -> None:
    radio = f"agreed:{PLAN}"
    elsewhere(store, record, PLAN, "partly")
    page.radio(key=radio).set_value("in_place").run()
    assert "Somebody else chose “Partly” at the same time" in words(page)
    assert "You chose “In place”." in words(page)
    assert page.radio(key=radio).value == "partly"
    page.radio(key=radio).set_value("in_place").run()
    assert "at the same time" not in words(page)
    assert agreed(store, record.id)[PLAN].value == "in_place"


def test_what_is_begun_stays_while_others_change_it_and_is_told(
    store: Store, record: AssessmentRecord, page: AppTest
) -> None:
    radio = f"agreed:{PLAN}"
    page.radio(key=radio).set_value("did_not_agree").run()
    elsewhere(store, record, PLAN, "partly")
    page.run()
    assert "Somebody else chose “Partly” meanwhile." in words(page)
    assert page.radio(key=radio).value == "did_not_agree"
    page.button(key="together-onward").click().run()
    assert "page 1 of" in words(page) and "Question 1 is not saved yet" in words(page)
    page.checkbox(key=f"agreed:member:{PLAN}:planned").check().run()
    assert "meanwhile" not in words(page)
    assert agreed(store, record.id)[PLAN].value == "did_not_agree:planned"
    page.button(key="together-onward").click().run()
    assert "page 2 of" in words(page)


def test_what_is_begun_can_be_given_up_for_what_counts(
    store: Store, record: AssessmentRecord, page: AppTest
) -> None:
    radio, drop = f"agreed:{PLAN}", f"agreed:drop:{PLAN}"
    page.radio(key=radio).set_value("did_not_agree").run()
    assert page.button(key=drop).label == "Leave it open"
    page.button(key=drop).click().run()
    assert page.radio(key=radio).value is None
    page.radio(key=radio).set_value("did_not_agree").run()
    elsewhere(store, record, PLAN, "partly")
    page.run()
    assert page.button(key=drop).label == "Keep “Partly” instead"
    page.button(key=drop).click().run()
    assert page.radio(key=radio).value == "partly" and "meanwhile" not in words(page)
    page.button(key="together-onward").click().run()
    assert "page 2 of" in words(page)
    assert agreed(store, record.id)[PLAN].value == "partly"


def test_two_who_did_not_agree_see_the_same_ticks(
    store: Store, record: AssessmentRecord, page: AppTest
) -> None:
    page.radio(key=f"agreed:{PLAN}").set_value("did_not_agree").run()
    elsewhere(store, record, PLAN, "did_not_agree:partly")
    page.run()
    assert page.checkbox(key=f"agreed:member:{PLAN}:partly").value
    assert "meanwhile" not in words(page)


def test_a_refused_number_stays_while_others_write_theirs(
    store: Store, record: AssessmentRecord, sit: Sit
) -> None:
    item = "fit.budget"
    page = sit(record, at=item)
    page.text_input(key=f"agreed:{item}").set_value(TOO_LONG).run()
    assert "at most 15 digits" in words(page)
    elsewhere(store, record, item, "400")
    page.run()
    assert "Somebody else chose “400” meanwhile." in words(page)
    assert page.text_input(key=f"agreed:{item}").value == TOO_LONG
    page.text_input(key=f"agreed:{item}").set_value("300").run()
    assert "meanwhile" not in words(page) and "at most 15 digits" not in words(page)
    assert agreed(store, record.id)[item].value == "300"


def test_leaving_the_working_group_leaves_ones_own_questionnaire(
    record: AssessmentRecord, sit: Sit
) -> None:
    page = sit(record, at="")
    assert 'action="/leave?as=team"' in words(page) and 'action="/leave"' not in words(page)


def on_days(first: int, last: int) -> dict[str, date]:
    today = date.today()
    return {"opens_on": today + timedelta(first), "closes_on": today + timedelta(last)}


FEW = WorkingGroupPlan(
    members=6,
    members_lived_experience=1,
    members_paid=True,
    key_holders=2,
    key_holders_lived_experience=1,
)


def test_after_the_end_it_can_go_on_until_the_results_are_published(store: Store, sit: Sit) -> None:
    record = opened(store, **on_days(-9, -3))
    page = sit(record, at="")
    assert f"{day(record.closes_on)}, midnight (London time)" in words(page)
    assert "until the results are published, and not after" in words(page)
    assert "/results" not in words(page)
    assert [button.key for button in page.button if button.key == "together-next"]


def test_once_published_it_asks_for_nothing_more(store: Store, sit: Sit) -> None:
    record = published(store, opened(store, working_group=FEW, **on_days(-9, -3)))
    page = sit(record, at="")
    assert "The results are published, so what you agreed stays as it is." in words(page)
    assert "See the results<" in words(page)
    for stale in ("ask somebody to join", "minutes", "so far", "still open", "speak first"):
        assert stale not in words(page), stale
    assert [button.key for button in page.button if button.key == "together-next"] == []
    page = sit(record)
    assert "Not answered" in words(page) and "Not answered yet" not in words(page)


def test_once_published_an_answer_can_be_read_again_and_again(store: Store, sit: Sit) -> None:
    record = opened(store, **on_days(-9, 0))
    elsewhere(store, record, PLAN, "in_place")
    page = sit(published(store, record))
    for button in ("together-onward", "together-back"):
        page.button(key=button).click().run()
    assert "<strong>In place</strong>" in words(page) and "page 1 of" in words(page)
    assert 'role="alert"' not in words(page)


def test_before_the_first_day_it_says_when_and_shows_what_will_be_asked(
    store: Store, sit: Sit
) -> None:
    record = opened(store, working_group=FEW, **on_days(1, 9))
    page = sit(record, at="")
    assert f"Opens on {day(record.opens_on)}" in words(page)
    assert "ask somebody to join" in words(page)
    assert "/results" not in words(page) and "answered" not in words(page)
    assert [button.key for button in page.button if button.key == "together-next"] == []
    page = sit(record)
    assert "<li>In place" in words(page) and "<li>We did not agree" in words(page)
    assert len(page.radio) == 0 and "Not answered" not in words(page)
    page = sit(record, at="review")
    assert "The working group’s questions" in words(page) and "still open" not in words(page)


def test_the_page_before_comes_back_as_it_was(page: AppTest) -> None:
    page.radio(key=f"agreed:{PLAN}").set_value("did_not_agree").run()
    page.checkbox(key=f"agreed:member:{PLAN}:planned").check().run()
    page.button(key="together-onward").click().run()
    assert "page 2 of" in words(page)
    page.button(key="together-back").click().run()
    assert page.radio(key=f"agreed:{PLAN}").value == "did_not_agree"
    assert page.checkbox(key=f"agreed:member:{PLAN}:planned").value
    assert not page.checkbox(key=f"agreed:member:{PLAN}:partly").value


def test_an_address_that_leads_nowhere_shows_the_start(record: AssessmentRecord, sit: Sit) -> None:
    page = sit(record, at="<script>.nothing")
    assert not page.exception
    assert "187 questions in 9 sittings" in words(page)


def test_an_assessment_that_asks_the_working_group_nothing_says_so(store: Store, sit: Sit) -> None:
    record = opened(store, questionnaires=("coproduction-principles",))
    page = sit(record, at="")
    assert not page.exception
    assert "asks the working group nothing" in words(page)


def test_a_respondents_session_opens_nothing_here(
    store: Store, record: AssessmentRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = entered(store, record.group("staff").code)
    monkeypatch.setattr(ContextProxy, "cookies", {"team": session.token})
    page = screen("working_group")
    assert not page.exception
    assert "This is the working group’s screen" in words(page)
    assert record.organisation.name not in words(page)


def without_tags(page: AppTest) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", words(page)).split())


# -- each alone, then together --------------------------------------------------------------------

SUPERVISION, COVER = "supervision.named_supervisor", "supervision.cover"


def test_the_first_page_offers_to_answer_alone_and_says_what_ending_it_would_show(
    store: Store, record: AssessmentRecord, sit: Sit
) -> None:
    for handed_in, sentence in (
        (0, "Fewer than 3 have handed in: nothing could be shown yet."),
        (3, "3 or more have handed in, and fewer than 5"),
        (2, "5 or more have handed in: you would see how many said what."),
    ):
        handed_in_alone(store, record, *[{SUPERVISION: "partly"}] * handed_in)
        page = sit(record, at="")
        assert not page.exception
        assert "First, each alone" in words(page) and sentence in words(page)
        assert "Before you talked" not in words(sit(record, at=SUPERVISION))


def test_the_group_ends_it_once_and_each_question_says_how_answers_spread(
    store: Store, record: AssessmentRecord, sit: Sit
) -> None:
    answers = [{SUPERVISION: "partly", COVER: "planned"}] * 3
    answers += [{SUPERVISION: "in_place"}, {SUPERVISION: "not_in_place"}]
    handed_in_alone(store, record, *answers)
    page = sit(record, at="alone")
    assert "It ends once." in words(page)
    page.button(key="alone-end").click().run()
    assert not page.exception
    assert "Five of you answered alone first." in words(page)
    told = without_tags(sit(record, at=SUPERVISION))
    assert "Not in place or planned: 1" in told and "Partly: 3" in told and "In place: 1" in told
    # Three answered the next, which is under the minimum; nobody the one after it.
    assert "You agree: all answers are of the same kind." in told
    assert "Fewer than 3 of you answered this alone." in told
    assert "Members with lived experience speak first." in told
    assert "Each alone: done" in words(sit(record, at=""))
    assert "Each alone: done" in words(sit(record, at="alone"))


def test_ending_it_says_so_where_it_does_not_succeed(
    store: Store, record: AssessmentRecord, sit: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = sit(record, at="alone")
    assert page.button(key="alone-end").label == "End it without showing anything"
    with monkeypatch.context() as broken:
        fault = OperationalError("commit", None, Exception("disk is full"))
        broken.setattr(MemberResponses, "end", lambda *_: (_ for _ in ()).throw(fault))
        page.button(key="alone-end").click().run()
    assert "This part is not ended: we cannot reach our store." in words(page)
    assert alone_part(store, record).open


# -- what shows it, and why -----------------------------------------------------------------------


def write(page: AppTest, item: str = PLAN, **boxes: str) -> None:
    for part, text in boxes.items():
        key = f"agreed:note:{item}" if part == "what" else f"agreed:note-{part}:{item}"
        box = page.text_area(key=key) if part == "what" else page.text_input(key=key)
        box.set_value(text)
    page.run()


def test_a_note_says_why_what_where_and_of_what_date(
    store: Store, record: AssessmentRecord, page: AppTest, sit: Sit
) -> None:
    page.radio(key=f"agreed:{PLAN}").set_value("in_place").run()
    write(page, reason="The team says so", what="Minutes", where="Shared drive", date="March 2026")
    assert "✓ Note saved" in words(page)
    kept = agreed(store, record.id)[PLAN]
    assert kept.note == "Minutes\nWhere: Shared drive\nDate: March 2026"
    assert kept.reason == "The team says so"
    again = without_tags(sit(record))
    assert "Why: The team says so" in again and "Where: Shared drive" in again


def test_whoever_changes_an_answer_is_asked_why_and_the_reason_before_is_kept(
    store: Store, record: AssessmentRecord, page: AppTest, sit: Sit
) -> None:
    page.radio(key=f"agreed:{PLAN}").set_value("planned").run()
    page.button(key=f"agreed:write:{PLAN}").click().run()
    write(page, reason="It is in the budget", what="Budget")
    page.button(key=f"agreed:close:{PLAN}").click().run()
    page.radio(key=f"agreed:{PLAN}").set_value("not_in_place").run()
    assert page.text_input(key=f"agreed:note-reason:{PLAN}").label == (
        "It was “Planned”. Why did it change?"
    )
    assert page.text_input(key=f"agreed:note-reason:{PLAN}").value == ""
    write(page, reason="The budget was cut")
    kept = agreed(store, record.id)[PLAN]
    assert (kept.value, kept.reason) == ("not_in_place", "The budget was cut")
    assert (kept.earlier_value, kept.earlier_reason) == ("planned", "It is in the budget")
    assert "Changed, and not said why" not in words(sit(record, at="review"))
    change(store, round_of(store, record), PLAN, seen=kept, reason="")
    assert "Changed, and not said why (1)" in words(sit(record, at="review"))


def test_a_reason_that_is_typed_while_others_write_one_is_not_lost(
    store: Store, record: AssessmentRecord, page: AppTest
) -> None:
    page.radio(key=f"agreed:{PLAN}").set_value("partly").run()
    change(store, round_of(store, record), PLAN, seen=NO_ANSWER, reason="Theirs")
    write(page, reason="Mine", what="Rota")
    assert "Meanwhile somebody else wrote: “Theirs”." in words(page)
    page.button(key=f"agreed:both:{PLAN}").click().run()
    kept = agreed(store, record.id)[PLAN]
    assert (kept.reason, kept.note) == ("Theirs; Mine", "Rota")


def test_the_reason_and_the_note_are_taken_out_by_one_tap_and_can_be_brought_back(
    store: Store, record: AssessmentRecord, page: AppTest, sit: Sit
) -> None:
    page.radio(key=f"agreed:{PLAN}").set_value("partly").run()
    write(page, reason="The team says so", what="Minutes", where="Shared drive")
    page.button(key=f"agreed:empty:{PLAN}").click().run()
    kept = agreed(store, record.id)[PLAN]
    assert (kept.value, kept.reason, kept.note) == ("partly", "", "")
    assert "✓ Emptied" in words(page) and "✓ Note saved" not in words(page)
    page.button(key=f"agreed:refill:{PLAN}").click().run()
    kept = agreed(store, record.id)[PLAN]
    assert (kept.reason, kept.note) == ("The team says so", "Minutes\nWhere: Shared drive")
    page.button(key=f"agreed:empty:{PLAN}").click().run()
    page.button(key=f"agreed:close:{PLAN}").click().run()
    assert "Why:" not in without_tags(sit(record))


def test_boxes_that_are_emptied_by_hand_are_saved_as_empty_and_it_says_so(
    store: Store, record: AssessmentRecord, page: AppTest
) -> None:
    page.radio(key=f"agreed:{PLAN}").set_value("partly").run()
    assert "a box that you empty is saved as empty" in words(page)
    write(page, reason="The team says so")
    assert "✓ Emptied" not in words(page)
    write(page, reason="")
    assert agreed(store, record.id)[PLAN].reason == ""
    assert "✓ Emptied" in words(page)
