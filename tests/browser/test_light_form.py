"""The light form: the questions as plain pages. What it shares with the full form is tested with
that one, on a bad line too; here is what it does by itself, above all without any script."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.support.browser.looks import LOOKS, WAIT, Look, sound
from tests.support.browser.respondent import (
    Round,
    at_part,
    begin,
    choose,
    chosen,
    device,
    hand_in,
    is_saved,
    mark_says,
    none_chosen,
    question_of,
)
from tests.support.browser.waiting import eventually
from tests.support.running_app import RunningApp

LISTEN, STRENGTHS = "Staff listen to what I have to say.", "Staff notice what I am good at."
LISTEN_ITEM, STRENGTHS_ITEM = "valued_input.listened_to", "valued_input.strengths_seen"
PRIVATE, A_LOT = "A peer worker might tell others what I say.", "Worries me a lot"
CONCERNS, LADDER = 6, 8
CHOICES, WORDS, NUMBER = 9, 10, 11
COST = "How much does it cost you a year to get here?"
#: What a browser does not have, by what an old one or a strict one lacks.
LACKS = {
    "no websockets": "delete window.WebSocket",
    "websockets blocked": """window.WebSocket = class {
        constructor() { setTimeout(() => this.onerror(), 50); } }""",
    "no lookbehind": """const Real = RegExp; window.RegExp = function (...given) {
        if (String(given[0]).includes('?<=')) { throw new SyntaxError('lookbehind'); }
        return new Real(...given); }""",
    "a metered line": """Object.defineProperty(navigator, 'connection',
        {value: {saveData: true, effectiveType: '4g'}})""",
    "a slow line": """Object.defineProperty(navigator, 'connection',
        {value: {saveData: false, effectiveType: '3g'}})""",
}


@pytest.fixture
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    look: Look | None = getattr(request, "param", None)
    with device(browser, **(look.options if look else {})) as context:
        yield context.new_page()


@pytest.fixture
def plain(browser: Browser) -> Iterator[BrowserContext]:
    """A phone without any script."""
    with device(browser, java_script_enabled=False) as context:
        yield context


def tick(page: Page, name: str) -> None:
    page.get_by_role("checkbox", name=name, exact=True).check(timeout=WAIT)


def go_next(page: Page, number: int) -> None:
    page.get_by_role("button", name="Next").click()
    at_part(page, number)


@pytest.mark.parametrize("page", LOOKS, indirect=True)
def test_every_page_of_the_light_form_is_sound(page: Page, asked: Round) -> None:
    page.goto(asked.link())
    expect(page.get_by_role("checkbox", name="Use the light form").first).to_be_enabled()
    page.get_by_text("Use the light form").first.click()
    page.get_by_role("button", name="others use this device").click()
    expect(page.get_by_role("heading", name="a code to come back")).to_be_visible(timeout=WAIT)
    sound(page)
    page.get_by_role("button", name="Show my code").click()
    expect(page.get_by_role("heading", name="write down your code")).to_be_visible(timeout=WAIT)
    sound(page)
    page.get_by_role("link", name="go on").click()
    at_part(page, 1)
    choose(page, LISTEN, "Often")
    is_saved(page)
    sound(page)
    for part in (CONCERNS, LADDER):
        page.goto(f"{asked.address}/form?part={part}")
        at_part(page, part)
        if part == CONCERNS:
            tick(page, PRIVATE)
            expect(page.get_by_role("checkbox", name=A_LOT)).to_be_visible()
        page.locator("summary").click()
        sound(page)
    page.get_by_role("button", name="Check my answers").click()
    expect(page.get_by_role("heading", name="Before you hand in")).to_be_visible(timeout=WAIT)
    sound(page)
    page.get_by_role("button", name="Hand in my answers").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible(timeout=WAIT)
    sound(page)


def test_the_whole_way_without_any_script(plain: BrowserContext, asked: Round) -> None:
    page = plain.new_page()
    page.goto(asked.link())
    page.get_by_role("button", name="my own device").click()
    at_part(page, 1)
    choose(page, LISTEN, "Often")
    go_next(page, 2)
    assert asked.saved() == [{LISTEN_ITEM: "often"}]
    page.get_by_role("button", name="Back").click()
    at_part(page, 1)
    chosen(page, LISTEN, "Often")
    # Nobody sees what is tapped from now on, so nothing is called saved; it is said when it is.
    expect(page.get_by_text("Saved", exact=True)).to_have_count(0)
    expect(page.get_by_text("is saved when you tap a button")).to_be_visible()
    page.get_by_role("button", name="Take my answer back").click()
    at_part(page, 1)
    none_chosen(page)
    assert asked.saved() == [{}]
    choose(page, LISTEN, "Never")
    page.get_by_role("button", name="Finish later").click()
    expect(page.get_by_role("heading", name="Your answers are saved")).to_be_visible(timeout=WAIT)
    assert asked.saved() == [{LISTEN_ITEM: "never"}]
    page.goto(asked.link())  # an own device goes on where it stopped
    at_part(page, 1)
    page.goto(f"{asked.address}/form?part={CONCERNS}")
    tick(page, "I don't know")
    go_next(page, CONCERNS + 1)
    assert set(asked.saved()[0].values()) == {"never", "dont_know"}
    page.goto(f"{asked.address}/form?part={CONCERNS}")
    expect(page.get_by_role("checkbox", name="I don't know")).to_be_checked()
    page.get_by_role("checkbox", name="I don't know").uncheck()
    tick(page, PRIVATE)
    tick(page, "None of these")
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("alert").filter(has_text="Please keep one")).to_be_visible(timeout=WAIT)
    mark_says(page, PRIVATE, "Not saved yet")
    expect(page.get_by_role("checkbox", name=PRIVATE)).to_be_checked()
    page.get_by_role("checkbox", name="None of these").uncheck()
    go_next(page, LADDER - 1)  # the box for one's own words
    go_next(page, LADDER)
    page.get_by_role("button", name="Check my answers").click()
    page.get_by_role("button", name="Hand in my answers").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible(timeout=WAIT)
    with asked.store.read() as work:
        given = {row[2]: row[3] for row in work.responses.rows(asked.record.id)}
    assert given[LISTEN_ITEM] == "never"
    assert given["concern.kept_private"] == "some"
    assert len(given) == 1 + 6  # a list in which something is ticked is answered line by line


def test_without_scripts_the_code_brings_answers_back(
    plain: BrowserContext, browser: Browser, asked: Round
) -> None:
    page = plain.new_page()
    page.goto(asked.link())
    page.get_by_role("button", name="others use this device").click()
    page.get_by_role("button", name="Show my code").click()
    code = page.locator(".pw-code > span").first.inner_text(timeout=WAIT)
    page.get_by_role("link", name="go on").click()
    # Without scripts the full form shows nothing.
    expect(page.get_by_role("link", name="Go on in the full form")).to_have_count(0)
    choose(page, LISTEN, "Often")
    page.get_by_role("button", name="Finish later").click()
    expect(page.get_by_text("The code that you wrote down still works")).to_be_visible()
    page.get_by_role("button", name="Leave this device clean").click()
    expect(page.get_by_role("heading", name="None of your answers")).to_be_visible(timeout=WAIT)
    page.goto(f"{asked.address}/form?part=1")
    expect(page.get_by_role("radio")).to_have_count(0)
    with device(browser, java_script_enabled=False) as another:
        there = another.new_page()
        there.goto(f"{asked.address}/go")
        there.get_by_label("Your code").fill(code.lower().replace("-", " "))
        there.get_by_role("button", name="Open my questions").click()
        there.get_by_role("button", name="Yes, go on").click()
        at_part(there, 1)
        chosen(there, LISTEN, "Often")


def test_an_old_page_takes_back_nothing_that_it_never_showed(
    plain: BrowserContext, asked: Round
) -> None:
    one, two = plain.new_page(), plain.new_page()
    begin(one, asked.link(), light=True)
    two.goto(f"{asked.address}/form?part=1")
    choose(one, LISTEN, "Often")
    go_next(one, 2)
    choose(two, STRENGTHS, "Always")
    go_next(two, 2)
    assert asked.saved() == [{LISTEN_ITEM: "often", STRENGTHS_ITEM: "always"}]


def test_one_changes_over_in_the_middle_and_loses_nothing(page: Page, asked: Round) -> None:
    begin(page, asked.link())
    choose(page, LISTEN, "Often")
    is_saved(page)
    page.get_by_role("link", name="Use the light form").click()
    at_part(page, 1)
    assert "/form?part=1" in page.url
    chosen(page, LISTEN, "Often")
    choose(page, STRENGTHS, "Always")
    is_saved(page)
    page.goto(asked.link())  # the form that was used last is remembered
    at_part(page, 1)
    assert "/form" in page.url
    page.goto(f"{asked.address}/form?part=1")
    page.get_by_role("link", name="Go on in the full form").click()
    expect(page.get_by_test_id("stApp")).to_be_attached(timeout=WAIT)
    chosen(page, LISTEN, "Often")
    chosen(page, STRENGTHS, "Always")


@pytest.mark.parametrize("lacking", LACKS)
def test_the_light_form_is_taken_by_itself(page: Page, asked: Round, lacking: str) -> None:
    page.add_init_script(LACKS[lacking])
    with page.expect_request("**/own/*.js"):
        page.goto(asked.link())
    if lacking == "websockets blocked":
        page.wait_for_event("request", lambda request: request.url.endswith("/trouble"))
    page.get_by_role("button", name="my own device").click()
    at_part(page, 1)
    assert "/form" in page.url


def test_with_everything_in_place_it_is_the_full_form(page: Page, asked: Round) -> None:
    page.goto(asked.link())
    expect(page.get_by_role("checkbox", name="Use the light form").first).not_to_be_checked(
        timeout=WAIT
    )
    page.get_by_role("button", name="my own device").click()
    at_part(page, 1)
    assert "/answer" in page.url


def test_what_is_typed_and_not_taken_stays_in_its_field(page: Page, own_words: Round) -> None:
    begin(page, own_words.link(), part=NUMBER, light=True)
    field = page.get_by_role("textbox").first
    field.fill("12.500")
    problem = page.get_by_role("alert").filter(has_text="Do you mean")
    expect(problem).to_be_visible(timeout=WAIT)
    expect(page.locator(".pw-saved")).to_have_text("Not saved yet")
    cost = question_of(page, COST).filter(has=problem).locator(".pw-answer-mark")
    expect(cost).to_have_text("Not saved yet")
    page.get_by_role("button", name=re.compile("Next|Check")).click()
    expect(field).to_have_value("12.500")
    field.fill("7,5")
    is_saved(page)
    expect(problem).to_be_hidden()
    expect(cost).to_have_count(0)
    mark_says(page, COST, "Saved")
    expect(page.locator(".pw-read")).to_contain_text("We read: 7.5")
    eventually(lambda: "7.5" in own_words.saved()[0].values(), True)
    page.goto(f"{own_words.address}/form?part={WORDS}")
    box = page.get_by_role("textbox").first
    box.fill("é" * 4012)
    expect(page.get_by_role("alert").filter(has_text="12")).to_be_visible(timeout=WAIT)
    expect(page.locator(".pw-saved")).to_have_text("Not saved yet")
    assert len(box.input_value()) == 4012


def test_what_is_tapped_before_the_script_has_come_is_sent_by_it(page: Page, asked: Round) -> None:
    begin(page, asked.link(), light=True)
    choose(page, STRENGTHS, "Always")
    mark_says(page, STRENGTHS, "Saved")
    held: list[Route] = []
    page.route(re.compile(r"/own/\w+\.js$"), lambda route: held.insert(0, route))
    page.reload(wait_until="commit")
    choose(page, LISTEN, "Often")
    choose(page, STRENGTHS, "Never")
    expect(page.get_by_text("Saved", exact=True)).to_have_count(0)
    eventually(lambda: len(held), 1)
    held[0].continue_()
    for question in (LISTEN, STRENGTHS):
        mark_says(page, question, "Saved")
    assert asked.saved() == [{LISTEN_ITEM: "often", STRENGTHS_ITEM: "never"}]


def test_what_stands_alone_unticks_the_others(page: Page, own_words: Round) -> None:
    begin(page, own_words.link(), part=CHOICES, light=True)
    boxes = page.locator("fieldset").first.get_by_role("checkbox")
    boxes.nth(0).check()
    boxes.nth(1).check()
    page.get_by_role("checkbox", name="I don't know").first.check()
    expect(boxes.nth(0)).not_to_be_checked()
    is_saved(page)
    eventually(lambda: list(own_words.saved()[0].values()), ["dont_know"])


@pytest.mark.parametrize(
    "words",
    [
        "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
        "سؤال " * 30,
    ],
    ids=["long words", "from right to left"],
)
def test_neither_long_words_nor_another_direction_break_it(
    page: Page, asked: Round, words: str
) -> None:
    begin(page, asked.link(), light=True)
    page.evaluate(
        """words => { for (const place of document.querySelectorAll(
            '.pw-ask, .pw-choice span, .pw-where, .pw-intro, .pw-button'))
                place.textContent = words; }""",
        words,
    )
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0
    if words.startswith("س"):
        side = page.locator(".pw-choice span").first.evaluate("e => getComputedStyle(e).direction")
        assert side == "rtl"


# -- what does not answer, and what is over -------------------------------------------------------


@pytest.mark.parametrize("light", [True, False], ids=["light form", "full form"])
def test_after_the_last_day_nothing_is_called_saved(page: Page, asked: Round, light: bool) -> None:
    """The page was opened before the end; the answer comes after the hours of grace."""
    begin(page, asked.link(), light=light)
    choose(page, LISTEN, "Often")
    is_saved(page)
    over = date.today() - timedelta(days=3)
    with asked.store.engine.begin() as connection:
        connection.exec_driver_sql(
            "update assessment set closes_on = ? where id = ?",
            (over.isoformat(), asked.record.id),
        )
    choose(page, STRENGTHS, "Always")
    told = page.get_by_role("alert").filter(has_text="no longer takes answers")
    expect(told).to_be_visible(timeout=WAIT)
    mark_says(page, LISTEN, "Saved")
    if light:  # it stands there until somebody changes it
        expect(page.locator(".pw-saved")).to_have_text("Not saved yet", timeout=WAIT)
        mark_says(page, STRENGTHS, "Not saved yet")
    else:  # it goes back to what is stored
        chosen_there = page.get_by_role("radiogroup", name=STRENGTHS).get_by_role("radio")
        expect(chosen_there.and_(page.locator(":checked"))).to_have_count(0, timeout=WAIT)
        is_saved(page)
        mark_says(page, STRENGTHS, "")
    assert asked.saved() == [{LISTEN_ITEM: "often"}]


@pytest.mark.parametrize("light", [True, False], ids=["light form", "full form"])
def test_while_the_database_is_locked_nothing_is_called_saved(
    page: Page, app: RunningApp, asked: Round, light: bool
) -> None:
    begin(page, asked.link(), light=light)
    choose(page, LISTEN, "Often")
    is_saved(page)
    path = app.database_url.removeprefix("sqlite:///")
    with sqlite3.connect(path, timeout=20, isolation_level=None) as locked:
        locked.execute("begin immediate")
        choose(page, STRENGTHS, "Always")
        expect(page.locator(".pw-unsaved")).to_be_visible(timeout=WAIT)
        expect(page.get_by_role("alert").filter(has_text="still on this page")).to_be_visible(
            timeout=WAIT
        )
        mark_says(page, STRENGTHS, "Not saved yet")
        mark_says(page, LISTEN, "Saved")
        locked.execute("rollback")
    eventually(asked.saved, [{LISTEN_ITEM: "often", STRENGTHS_ITEM: "always"}])
    is_saved(page)
    mark_says(page, STRENGTHS, "Saved")


def test_handing_in_in_one_window_ends_the_other_calmly(
    phone: BrowserContext, asked: Round
) -> None:
    one, two = phone.new_page(), phone.new_page()
    begin(one, asked.link(), light=True)
    choose(one, LISTEN, "Often")
    is_saved(one)
    two.goto(f"{asked.address}/form?part=2")
    hand_in(one)
    two.get_by_role("radio").first.click()
    expect(two.get_by_role("heading", name="were handed in")).to_be_visible(timeout=WAIT)
    with asked.store.read() as work:
        assert work.responses.counts(asked.record.id) == {"service_user": 1}
