"""Every screen in every look: axe finds nothing, nothing reaches beyond it, nothing of Streamlit's
furniture is to be seen, and nothing is asked of any other host.

A screen is looked at here, or by the test that walks through it; a new one without a case fails.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from assessment.brand.name import NAME
from assessment.screens.shared.navigation import SCREENS, Screen
from assessment.services.results.demonstration import demonstration
from assessment.services.rounds.workbook_import import import_answers
from questionnaires.library import load
from tests.browser import (
    test_answering,
    test_conversation,
    test_own_words,
    test_set_up,
    test_working_group,
)
from tests.support.assessments import group_plan
from tests.support.browser.looks import LOOKS, WAIT, Look, heading, no_furniture, sound, watched
from tests.support.browser.respondent import Round, a_round, begin, enter, hand_in, is_saved
from tests.support.publishing import published
from tests.support.running_app import RunningApp, administrator_cookie, running_app

HEADS = {"service_user": 24, "peer_worker": 3, "staff": 18, "manager": 7, "board": 8}


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an app that nobody has set anything up in."""
    with running_app(tmp_path_factory.mktemp("empty")) as app:
        yield app.address


@pytest.fixture(scope="module")
def answered(app: RunningApp) -> Iterator[Round]:
    """A round in which as many have answered as in the demonstration, in the same way."""
    demo = demonstration(load())
    table = demo.table.assign(respondent=demo.table["respondent"].str.removeprefix("demo-"))
    groups = tuple(group_plan(group, count) for group, count in HEADS.items())
    with a_round(app, groups=groups, title="Answered") as round_:
        import_answers(round_.store, round_.record, table)
        published(round_.store, round_.record)
        yield round_


@pytest.fixture(scope="module")
def unanswered(app: RunningApp) -> Iterator[Round]:
    with a_round(app, title="Just begun") as round_:
        yield round_


@pytest.fixture(params=LOOKS)
def look(request: pytest.FixtureRequest) -> Look:
    return request.param


@pytest.fixture
def page(browser: Browser, address: str, look: Look) -> Iterator[Page]:
    with watched(browser, address, look) as found:
        yield found.page


def unfold(page: Page) -> None:
    """Open everything that opens."""
    page.evaluate("document.querySelectorAll('details').forEach(e => { e.open = true; })")
    assert page.locator("details:not([open])").count() == 0


def drawn(page: Page) -> None:
    """The whole dashboard stands there, pictures and all."""
    expect(page.get_by_role("button", name="Results as data (JSON)")).to_be_visible(timeout=WAIT)
    expect(page.locator(".pw-dots .pw-dot").first).to_be_visible(timeout=WAIT)
    expect(page.locator('[data-testid="stSkeleton"]')).to_have_count(0, timeout=WAIT)


# -- screens that no other test looks at in every look --------------------------------------------


def test_home_overview_and_results_before_anything_is_set_up(
    browser: Browser, empty: str, look: Look
) -> None:
    with watched(browser, empty, look) as found:
        page = found.page
        page.goto("/")
        heading(page, "Ready for peer work?")
        expect(page.get_by_role("heading", name="Your rounds")).to_have_count(0)
        sound(page)
        page.goto("/overview")
        heading(page, "There is no such round here")
        sound(page)
        page.goto("/results")
        heading(page, "There are no such results here")
        sound(page)


def test_home_with_an_assessment(page: Page, unanswered: Round) -> None:
    page.goto("/")
    expect(page.get_by_role("link", name="Open this round: Willow Street, Just")).to_be_visible()
    sound(page)


def test_results_before_and_after_they_are_published(
    page: Page, unanswered: Round, answered: Round
) -> None:
    page.goto(f"/results?assessment={unanswered.record.id}")
    heading(page, "The results are not published yet")
    sound(page)
    page.goto(f"/results?assessment={answered.record.id}")
    drawn(page)
    expect(page.get_by_role("link", name="Back to Answered")).to_be_visible()
    sound(page)


def test_the_demonstration_with_everything_open(page: Page) -> None:
    page.goto("/demonstration")
    drawn(page)
    heading(page, "Ready to start with peer workers")
    unfold(page)
    sound(page)


def test_scoring_a_file(page: Page, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("name;answer\nA;B\n", encoding="utf-8")
    page.goto("/file")
    heading(page, "Score a file of answers")
    sound(page)
    page.locator("input[type=file]").first.set_input_files(wrong)
    alert = page.get_by_role("alert").filter(has_text="cannot be scored yet")
    expect(alert).to_contain_text("respondent,group,questionnaire,item,value", timeout=WAIT)
    sound(page)


def test_after_handing_in_and_on_the_way_back(page: Page, unanswered: Round, look: Look) -> None:
    begin(page, unanswered.link("staff"))
    page.get_by_role("radio", name="Often").first.locator("xpath=ancestor::label").click()
    is_saved(page)
    hand_in(page)
    sound(page)
    page.goto("/welcome")
    heading(page, "Answers were handed in on this device")
    sound(page)


@pytest.mark.parametrize("group", ["service_user", "working_group"])
def test_what_a_group_is_asked(page: Page, unanswered: Round, group: str) -> None:
    """Every kind of question is among those of these two."""
    page.goto(f"/questions?assessment={unanswered.record.id}&group={group}")
    expect(page.get_by_text("Nothing is answered here.")).to_be_visible(timeout=WAIT)
    expect(page.locator(".pw-asked-answers").first).to_be_visible()
    assert page.locator("input, textarea").count() == 0
    sound(page)


def test_who_may_come_in(page: Page) -> None:
    page.goto("/people")
    heading(page, "Who may come in")
    page.get_by_role("button", name="Let a viewer in").click()
    expect(page.get_by_text("It is shown only now.")).to_be_visible(timeout=WAIT)
    expect(page.get_by_text("It opens on this computer alone.")).to_be_visible()
    sound(page)


def test_the_organisations_of_an_installation(page: Page, app: RunningApp) -> None:
    page.context.add_cookies([administrator_cookie(app.address)])
    page.goto("/organisations")
    heading(page, "Organisations")
    page.get_by_role("button", name="Close ").first.click()
    expect(page.get_by_role("button", name="Yes, close ")).to_be_visible(timeout=WAIT)
    sound(page)


# -- each screen has its case ---------------------------------------------------------------------

#: Where each screen is looked at in every look.
CASES: dict[str, Callable[..., Any]] = {
    "home": test_home_with_an_assessment,
    "demonstration": test_the_demonstration_with_everything_open,
    "set_up": test_set_up.test_a_newcomer_comes_from_the_first_screen_to_the_links,
    "overview": test_set_up.test_a_newcomer_comes_from_the_first_screen_to_the_links,
    "results": test_results_before_and_after_they_are_published,
    "texts": test_own_words.test_what_people_write_comes_by_way_of_a_reader_into_the_results,
    "score_file": test_scoring_a_file,
    "people": test_who_may_come_in,
    "questions": test_what_a_group_is_asked,
    "organisations": test_the_organisations_of_an_installation,
    "answer": test_answering.test_every_screen_of_answering_is_sound,
    "conversation": test_conversation.test_the_sheet_is_found_where_it_is_offered_and_is_sound,
    "working_group": test_working_group.test_axe_finds_nothing_and_nothing_is_too_wide,
}


def looks_of(case: Callable[..., Any]) -> int:
    """In how many looks a test of another module runs."""
    count = 1
    for mark in getattr(case, "pytestmark", ()):
        count *= len(mark.args[1]) if mark.name == "parametrize" else 1
    return count


def test_every_screen_has_a_case() -> None:
    assert set(CASES) == {screen.file for screen in SCREENS}
    for case in CASES.values():
        here = case.__module__ == __name__
        assert here or looks_of(case) == len(LOOKS), case.__name__


# -- nothing from elsewhere, and nothing of Streamlit's -------------------------------------------


@pytest.fixture(scope="module")
def with_session(browser: Browser, address: str, unanswered: Round) -> Iterator[Page]:
    """A browser in which somebody answers and also sits in the working group."""
    with watched(browser, address) as found:
        begin(found.page, unanswered.link())
        team = unanswered.record.working_group.code
        enter(found.page.context, f"{address}/i/{team}")
        found.page.goto("/together")
        heading(found.page, "The working group’s questions")
        yield found.page


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.file)
def test_a_screen_asks_no_other_host_and_shows_whose_it_is(
    with_session: Page, unanswered: Round, screen: Screen
) -> None:
    """The browser in which all this happens refuses to end where anybody else was asked."""
    of_a_round = screen.file in ("overview", "questions", "texts", "results")
    named = f"?assessment={unanswered.record.id}" if of_a_round else ""
    with_session.goto(f"/{screen.address}{named}")
    expect(with_session.get_by_role("heading", level=1)).to_have_count(1, timeout=WAIT)
    expect(with_session).to_have_title(f"{screen.title} · {NAME}" if screen.address else NAME)
    assert urlsplit(with_session.url).path == f"/{screen.address}"
    no_furniture(with_session)
