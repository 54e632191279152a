"""The working group's screen under the app tester: what it says, also when something fails."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError
from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest

from assessment.services import installation
from assessment.services.access.sessions import enter
from assessment.services.rounds.plan import WorkingGroupPlan
from assessment.services.working_group.agreed_answers import agreed, change, working_group_round
from assessment.services.working_group.sittings import sittings
from assessment.settings import settings
from assessment.store import Store
from assessment.store.answers import AgreedAnswers
from assessment.store.records import NO_ANSWER, AssessmentRecord
from questionnaires.phrases import counted, day
from tests.support.assessments import opened
from tests.support.places import MAIN
from tests.support.screens import words
from tests.support.working_group import know

PLAN = "staff_buy_in.buy_in_plan"
#: A number of 16 digits: a box takes it, an answer has at most 15.
TOO_LONG = 1e15


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Store]:
    monkeypatch.setenv("ASSESSMENT_DATABASE_URL", f"sqlite:///{tmp_path / 'store.sqlite'}")
    settings.cache_clear()
    installation.store.cache_clear()
    yield installation.store()
    installation.store().close()
    settings.cache_clear()
    installation.store.cache_clear()


def with_session(
    store: Store, record: AssessmentRecord, monkeypatch: pytest.MonkeyPatch, at: str = PLAN
) -> AppTest:
    """The screen of somebody with a session in the working group."""
    entered = enter(store, record.working_group.code, {})
    assert entered is not None
    monkeypatch.setattr(ContextProxy, "cookies", {"team": entered.token})
    app = AppTest.from_file(str(MAIN), default_timeout=30)
    if at:
        app.query_params["at"] = at
    app.run()
    return app.switch_page("screens/pages/working_group.py").run()


def test_the_first_page_says_who_what_and_how_long(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = with_session(store, opened(store), monkeypatch, at="")
    assert not app.exception
    for said in (
        "Willow Street",
        "not yet for a real round",
        "Service users speak first",
        "“We did not agree” is a proper answer.",
        "6 members, 2 with lived experience. They are paid for their time.",
        "187 questions in 9 sittings",  # 153 practices and 34 facts
        "0 of 35 answered",
    ):
        assert said in words(app)
    assert app.button(key="together-next").label == "Begin with sitting 1"


def test_names_and_notes_are_never_markup(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    evil = "<img src=x onerror=alert(1)>"
    record = opened(store, organisation=evil, title=evil)
    app = with_session(store, record, monkeypatch, at="")
    assert evil not in words(app) and "&lt;img src=x" in words(app)
    entered = enter(store, record.working_group.code, {})
    round_ = working_group_round(store, entered.token) if entered else None
    assert round_ is not None
    change(store, round_, PLAN, seen=NO_ANSWER, value="partly", note=evil)
    app = with_session(store, record, monkeypatch)
    assert evil not in words(app) and "&lt;img src=x" in words(app)


def test_a_note_says_of_which_answer_it_speaks(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = opened(store)
    entered = enter(store, record.working_group.code, {})
    round_ = working_group_round(store, entered.token) if entered else None
    assert round_ is not None
    was = change(store, round_, PLAN, seen=NO_ANSWER, value="partly", note="A <draft>")
    now = change(store, round_, PLAN, seen=was, value="in_place")
    said = words(with_session(store, record, monkeypatch))
    assert "This note was written when the answer was “Partly”. Does it still hold?" in said
    change(store, round_, PLAN, seen=now, note="Signed in May")
    said = words(with_session(store, record, monkeypatch))
    assert "Before, the answer was “Partly”, with the note “A &lt;draft&gt;”." in said
    assert "Does it still hold?" not in said


def test_what_does_not_apply_is_counted_once(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    record = opened(store)
    round_ = know(store, record, pay="expenses_only")
    left = next(
        part.left_out
        for sitting in sittings(round_)
        for page in sitting.pages
        for part in page.parts
        if part.left_out
    )
    said = words(with_session(store, record, monkeypatch, at=left[0].question.item.id))
    count = counted(len(left), "question does", "questions do")
    assert f"<summary>{count} not apply here</summary>" in said


def unreachable(*_: object, **__: object) -> None:
    raise OperationalError("insert", {}, Exception("disk I/O error"))


def test_while_the_store_cannot_be_reached_nothing_is_lost(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = opened(store)
    app = with_session(store, record, monkeypatch)
    with monkeypatch.context() as broken:
        broken.setattr(AgreedAnswers, "put", unreachable)
        app.radio(key=f"agreed:{PLAN}").set_value("partly").run()
        assert not app.exception
        assert "Not saved yet: we cannot reach our store." in words(app)
        assert "disk" not in words(app) and "OperationalError" not in words(app)
        app.button(key="together-onward").click().run()
        assert "page 1 of" in words(app) and "is not saved yet" in words(app)
        assert app.radio(key=f"agreed:{PLAN}").value == "partly"
    app.run()
    assert "cannot reach our store" not in words(app)
    assert agreed(store, record.id)[PLAN].value == "partly"


def test_while_the_store_cannot_be_reached_a_note_waits_in_its_box(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = opened(store)
    app = with_session(store, record, monkeypatch)
    app.button(key=f"agreed:write:{PLAN}").click().run()
    box = f"agreed:note:{PLAN}"
    with monkeypatch.context() as broken:
        broken.setattr(AgreedAnswers, "put", unreachable)
        app.text_area(key=box).set_value("The plan of March").run()
        assert "The note is not saved yet: we cannot reach our store." in words(app)
        app.button(key=f"agreed:close:{PLAN}").click().run()
        assert app.text_area(key=box).value == "The plan of March"
        app.button(key="together-onward").click().run()
        assert "page 1 of" in words(app) and "Question 1 is not saved yet" in words(app)
    app.button(key="together-onward").click().run()
    assert "page 2 of" in words(app)
    assert agreed(store, record.id)[PLAN].note == "The plan of March"


def test_a_mistake_of_ours_is_not_told_as_a_store_that_does_not_answer(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = with_session(store, opened(store), monkeypatch)

    def mistaken(*_: object, **__: object) -> None:
        raise TypeError("a programming error")

    monkeypatch.setattr(AgreedAnswers, "put", mistaken)
    app.radio(key=f"agreed:{PLAN}").set_value("partly").run()
    assert len(app.exception) == 1
    assert "cannot reach our store" not in words(app)


def elsewhere(store: Store, record: AssessmentRecord, item: str, value: str) -> None:
    """Somebody else in the working group answers, or takes back."""
    entered = enter(store, record.working_group.code, {})
    round_ = working_group_round(store, entered.token) if entered else None
    assert round_ is not None
    seen = agreed(store, record.id).get(item, NO_ANSWER)
    change(store, round_, item, seen=seen, value=value)


def test_two_who_answer_at_once_see_the_first_answer_and_both_in_words(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = opened(store)
    app = with_session(store, record, monkeypatch)
    radio = f"agreed:{PLAN}"
    elsewhere(store, record, PLAN, "partly")
    app.radio(key=radio).set_value("in_place").run()
    assert "Somebody else chose “Partly” at the same time" in words(app)
    assert "You chose “In place”." in words(app)
    assert app.radio(key=radio).value == "partly"
    app.radio(key=radio).set_value("in_place").run()
    assert "at the same time" not in words(app)
    assert agreed(store, record.id)[PLAN].value == "in_place"


def test_what_is_begun_stays_while_others_change_it_and_is_told(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = opened(store)
    app = with_session(store, record, monkeypatch)
    radio = f"agreed:{PLAN}"
    app.radio(key=radio).set_value("did_not_agree").run()
    elsewhere(store, record, PLAN, "partly")
    app.run()
    assert "Somebody else chose “Partly” meanwhile." in words(app)
    assert app.radio(key=radio).value == "did_not_agree"
    app.button(key="together-onward").click().run()
    assert "page 1 of" in words(app) and "Question 1 is not saved yet" in words(app)
    app.checkbox(key=f"agreed:member:{PLAN}:planned").check().run()
    assert "meanwhile" not in words(app)
    assert agreed(store, record.id)[PLAN].value == "did_not_agree:planned"
    app.button(key="together-onward").click().run()
    assert "page 2 of" in words(app)


def test_what_is_begun_can_be_given_up_for_what_counts(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = opened(store)
    app = with_session(store, record, monkeypatch)
    radio, drop = f"agreed:{PLAN}", f"agreed:drop:{PLAN}"
    app.radio(key=radio).set_value("did_not_agree").run()
    assert app.button(key=drop).label == "Leave it open"
    app.button(key=drop).click().run()
    assert app.radio(key=radio).value is None
    app.radio(key=radio).set_value("did_not_agree").run()
    elsewhere(store, record, PLAN, "partly")
    app.run()
    assert app.button(key=drop).label == "Keep “Partly” instead"
    app.button(key=drop).click().run()
    assert app.radio(key=radio).value == "partly" and "meanwhile" not in words(app)
    app.button(key="together-onward").click().run()
    assert "page 2 of" in words(app)
    assert agreed(store, record.id)[PLAN].value == "partly"


def test_two_who_did_not_agree_see_the_same_ticks(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = opened(store)
    app = with_session(store, record, monkeypatch)
    app.radio(key=f"agreed:{PLAN}").set_value("did_not_agree").run()
    elsewhere(store, record, PLAN, "did_not_agree:partly")
    app.run()
    assert app.checkbox(key=f"agreed:member:{PLAN}:partly").value
    assert "meanwhile" not in words(app)


def test_a_refused_number_stays_while_others_write_theirs(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = opened(store)
    item = "fit.budget"
    app = with_session(store, record, monkeypatch, at=item)
    app.number_input(key=f"agreed:{item}").set_value(TOO_LONG).run()
    assert "at most 15 digits" in words(app)
    elsewhere(store, record, item, "400")
    app.run()
    assert "Somebody else chose “400” meanwhile." in words(app)
    assert app.number_input(key=f"agreed:{item}").value == TOO_LONG
    app.number_input(key=f"agreed:{item}").set_value(300).run()
    assert "meanwhile" not in words(app) and "at most 15 digits" not in words(app)
    assert agreed(store, record.id)[item].value == "300"


def test_leaving_the_working_group_leaves_ones_own_questionnaire(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = with_session(store, opened(store), monkeypatch, at="")
    assert 'href="/leave?as=team"' in words(app) and 'href="/leave"' not in words(app)


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


def test_after_the_last_day_it_asks_for_nothing_more(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = opened(store, working_group=FEW, **on_days(-9, -1))
    app = with_session(store, record, monkeypatch, at="")
    assert f"the last day for answers was {day(record.closes_on)}" in words(app)
    assert "See the results<" in words(app)
    for stale in ("ask somebody to join", "minutes", "so far", "still open", "speak first"):
        assert stale not in words(app), stale
    assert [button.key for button in app.button if button.key == "together-next"] == []
    app = with_session(store, record, monkeypatch)
    assert "Not answered" in words(app) and "Not answered yet" not in words(app)


def test_after_the_last_day_an_answer_can_be_read_again_and_again(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = opened(store, **on_days(-9, 0))
    elsewhere(store, record, PLAN, "in_place")
    with store.engine.begin() as connection:
        closed = (date.today() - timedelta(1)).isoformat()
        connection.exec_driver_sql("update assessment set closes_on = ?", (closed,))
    app = with_session(store, record, monkeypatch)
    for button in ("together-onward", "together-back"):
        app.button(key=button).click().run()
    assert "<strong>In place</strong>" in words(app) and "page 1 of" in words(app)
    assert 'role="alert"' not in words(app)


def test_before_the_first_day_it_says_when_and_shows_what_will_be_asked(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = opened(store, working_group=FEW, **on_days(1, 9))
    app = with_session(store, record, monkeypatch, at="")
    assert f"Opens on {day(record.opens_on)}" in words(app)
    assert "ask somebody to join" in words(app)
    assert "/results" not in words(app) and "answered" not in words(app)
    assert [button.key for button in app.button if button.key == "together-next"] == []
    app = with_session(store, record, monkeypatch)
    assert "<li>In place" in words(app) and "<li>We did not agree" in words(app)
    assert len(app.radio) == 0 and "Not answered" not in words(app)
    app = with_session(store, record, monkeypatch, at="review")
    assert "The working group’s questions" in words(app) and "still open" not in words(app)


def test_the_page_before_comes_back_as_it_was(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = with_session(store, opened(store), monkeypatch)
    app.radio(key=f"agreed:{PLAN}").set_value("did_not_agree").run()
    app.checkbox(key=f"agreed:member:{PLAN}:planned").check().run()
    app.button(key="together-onward").click().run()
    assert "page 2 of" in words(app)
    app.button(key="together-back").click().run()
    assert app.radio(key=f"agreed:{PLAN}").value == "did_not_agree"
    assert app.checkbox(key=f"agreed:member:{PLAN}:planned").value
    assert not app.checkbox(key=f"agreed:member:{PLAN}:partly").value


def test_an_address_that_leads_nowhere_shows_the_start(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = with_session(store, opened(store), monkeypatch, at="<script>.nothing")
    assert not app.exception
    assert "187 questions in 9 sittings" in words(app)


def test_an_assessment_that_asks_the_working_group_nothing_says_so(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = opened(store, questionnaires=("coproduction-principles",))
    app = with_session(store, record, monkeypatch, at="")
    assert not app.exception
    assert "asks the working group nothing" in words(app)


def test_a_respondents_session_opens_nothing_here(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = opened(store)
    entered = enter(store, record.group("staff").code, {})
    assert entered is not None
    monkeypatch.setattr(ContextProxy, "cookies", {"team": entered.token})
    app = AppTest.from_file(str(MAIN), default_timeout=30).run()
    app.switch_page("screens/pages/working_group.py").run()
    assert not app.exception
    assert "This is the working group’s screen" in words(app)
    assert record.organisation.name not in words(app)
