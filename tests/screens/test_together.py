"""The working group's screen under the app tester: what it says, also when something fails."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError
from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest

from assessment.services import installation, together
from assessment.services.seats import enter
from assessment.services.together import agreed, change, table_of
from assessment.settings import settings
from assessment.store import Store
from assessment.store.records import AgreedRecord, AssessmentRecord
from tests.assessments import opened

MAIN = Path(__file__).parents[2] / "assessment" / "main.py"
PLAN = "staff_buy_in.buy_in_plan"
NOTHING = AgreedRecord("", "", 0)


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Store]:
    monkeypatch.setenv("ASSESSMENT_DATABASE_URL", f"sqlite:///{tmp_path / 'store.sqlite'}")
    settings.cache_clear()
    installation.store.cache_clear()
    yield installation.store()
    installation.store().close()
    settings.cache_clear()
    installation.store.cache_clear()


def seated(
    store: Store, record: AssessmentRecord, monkeypatch: pytest.MonkeyPatch, at: str = PLAN
) -> AppTest:
    """The screen of somebody with a seat in the working group."""
    entered = enter(store, record.working_group.code, {})
    assert entered is not None
    monkeypatch.setattr(ContextProxy, "cookies", {"team": entered.token})
    app = AppTest.from_file(str(MAIN), default_timeout=30)
    if at:
        app.query_params["at"] = at
    app.run()
    return app.switch_page("screens/together_screen.py").run()


def words(app: AppTest) -> str:
    return " ".join(str(element.proto.body) for element in app.get("html"))


def test_the_first_page_says_who_what_and_how_long(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = seated(store, opened(store), monkeypatch, at="")
    assert not app.exception
    for said in (
        "Willow Street",
        "not yet for a real round",
        "Service users speak first",
        "“We did not agree” is a proper answer.",
        "6 members, 2 with lived experience. They are paid for their time.",
        "169 questions in 6 sittings",
        "0 of 27 answered",
    ):
        assert said in words(app)
    assert app.button(key="together-next").label == "Begin with sitting 1"


def test_names_and_notes_are_never_markup(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    evil = "<img src=x onerror=alert(1)>"
    record = opened(store, organisation=evil, title=evil)
    app = seated(store, record, monkeypatch, at="")
    assert evil not in words(app) and "&lt;img src=x" in words(app)
    entered = enter(store, record.working_group.code, {})
    table = table_of(store, entered.token) if entered else None
    assert table is not None
    change(store, table, PLAN, seen=NOTHING, value="partly", note=evil)
    app = seated(store, record, monkeypatch)
    assert evil not in words(app) and "&lt;img src=x" in words(app)


def test_while_the_store_cannot_be_reached_nothing_is_lost(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = opened(store)
    app = seated(store, record, monkeypatch)

    def unreachable(*_: object, **__: object) -> None:
        raise OperationalError("insert", {}, Exception("disk I/O error"))

    with monkeypatch.context() as broken:
        broken.setattr(together, "agree", unreachable)
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


def test_the_page_before_comes_back_as_it_was(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = seated(store, opened(store), monkeypatch)
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
    app = seated(store, opened(store), monkeypatch, at="<script>.nothing")
    assert not app.exception
    assert "169 questions in 6 sittings" in words(app)


def test_an_assessment_that_asks_the_working_group_nothing_says_so(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = opened(store, questionnaires=("coproduction-principles",))
    app = seated(store, record, monkeypatch, at="")
    assert not app.exception
    assert "asks the working group nothing" in words(app)


def test_a_respondents_seat_opens_nothing_here(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = opened(store)
    entered = enter(store, record.group("staff").code, {})
    assert entered is not None
    monkeypatch.setattr(ContextProxy, "cookies", {"team": entered.token})
    app = AppTest.from_file(str(MAIN), default_timeout=30).run()
    app.switch_page("screens/together_screen.py").run()
    assert not app.exception
    assert "This is the working group’s screen" in words(app)
    assert record.organisation.name not in words(app)
