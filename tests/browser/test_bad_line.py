"""Answering on a bad line: "Saved" is said of what is stored alone, and what was tapped while the
line was away is stored when it comes back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.support.browser.looks import WAIT, heading, sound_as_it_is
from tests.support.browser.respondent import (
    Round,
    a_round,
    begin,
    choose,
    chosen,
    device,
    is_saved,
    mark_says,
    none_chosen,
    question_of,
)
from tests.support.browser.waiting import eventually, wait_idle
from tests.support.line import Line, line_to
from tests.support.running_app import RunningApp, coordinator_cookie, free_port, running_app

LISTEN, STRENGTHS = "Staff listen to what I have to say.", "Staff notice what I am good at."
LISTEN_ITEM, STRENGTHS_ITEM = "valued_input.listened_to", "valued_input.strengths_seen"
KNOWLEDGE = "What I know from my own life counts as much as what staff know."
KNOWLEDGE_ITEM = "valued_input.knowledge_counts"
SAVING, SAVED, NOT_YET = "Saving…", "Saved", "Not saved yet"
#: Streamlit's own window about the connection, which a script of ours closes at once.
WATCH_DIALOGS = """new MutationObserver(() => {
    if (document.querySelector('[data-testid="stDialog"]')) { window.dialogCame = true; }
}).observe(document, {childList: true, subtree: true})"""
DIALOG_CAME_AND_WENT = (
    "() => window.dialogCame && !document.querySelector('[data-testid=stDialog]')"
)
#: All that the mark of a question says from now on, in its order.
HEAR = """question => {
    const mark = question.querySelector('.pw-answer-mark');
    window.heard = [];
    new MutationObserver(() => { if (heard.at(-1) !== mark.textContent) {
        heard.push(mark.textContent); } }).observe(mark, {childList: true});
}"""
#: Whether a place is in one that a screen reader reads aloud whenever it changes.
SAID_ALOUD = "mark => !!mark.closest('[aria-live], [role=status], [role=alert], [role=log]')"
TAPS_ARE_TAKEN = "() => !document.documentElement.matches('.pw-away')"
SILENCE = "Your answers are still on this page"


@pytest.fixture
def line(app: RunningApp) -> Iterator[Line]:
    with line_to(app.address) as line:
        yield line


@pytest.fixture(params=[False, True], ids=["full form", "light form"])
def page(
    request: pytest.FixtureRequest, browser: Browser, line: Line, asked: Round
) -> Iterator[Page]:
    """A phone at the first questions, at the other end of the line."""
    context = device(browser)
    page = context.new_page()
    link = f"{line.address}/i/{asked.record.group('service_user').code}"
    begin(page, link, light=request.param)
    yield page
    context.close()


def is_saving(page: Page) -> None:
    expect(page.locator(".pw-unsaved")).to_be_visible(timeout=WAIT)
    expect(page.locator(".pw-unsaved")).to_have_text("Saving…")
    expect(page.locator(".pw-saved")).to_be_hidden()


def told_that_it_takes_long(page: Page) -> None:
    expect(page.get_by_role("alert").filter(has_text=SILENCE)).to_be_visible(timeout=WAIT)


def told_nothing(page: Page) -> None:
    expect(page.get_by_role("alert").filter(has_text=SILENCE)).to_be_hidden(timeout=WAIT)


def apart(page: Page) -> float:
    """How far the second question stands below the first, in pixels, once both are drawn."""
    for words in (LISTEN, STRENGTHS, KNOWLEDGE):
        expect(question_of(page, words).get_by_text("Often", exact=True)).to_be_visible(
            timeout=WAIT
        )
    one, two = (question_of(page, words).bounding_box() for words in (LISTEN, KNOWLEDGE))
    assert one is not None and two is not None
    return two["y"] - one["y"]


def test_each_mark_speaks_of_its_own_answer(page: Page, asked: Round, line: Line) -> None:
    place = apart(page)
    choose(page, LISTEN, "Often")
    is_saved(page)
    mark_says(page, LISTEN, SAVED)
    assert apart(page) == pytest.approx(place, abs=0.5)
    line.hold()
    choose(page, STRENGTHS, "Always")
    mark_says(page, STRENGTHS, SAVING)
    choose(page, KNOWLEDGE, "Never")
    mark_says(page, KNOWLEDGE, SAVING)
    is_saving(page)
    told_that_it_takes_long(page)
    is_saving(page)
    for question, words in ((LISTEN, SAVED), (STRENGTHS, NOT_YET), (KNOWLEDGE, NOT_YET)):
        mark_says(page, question, words)
    assert asked.saved() == [{LISTEN_ITEM: "often"}]
    # One voice speaks of all of them.
    marks = page.locator(".pw-answer-mark").all()
    assert marks and not any(mark.evaluate(SAID_ALOUD) for mark in marks)
    line.release()
    is_saved(page)
    told_nothing(page)
    for question in (LISTEN, STRENGTHS, KNOWLEDGE):
        mark_says(page, question, SAVED)
    stored = {LISTEN_ITEM: "often", STRENGTHS_ITEM: "always", KNOWLEDGE_ITEM: "never"}
    assert asked.saved() == [stored]


@pytest.mark.parametrize(
    ("last", "stored"),
    [("Always", "always"), ("Often", "often")],
    ids=["another answer", "the stored one again"],
)
def test_of_two_taps_on_one_question_only_the_last_is_called_saved(
    page: Page, asked: Round, line: Line, last: str, stored: str
) -> None:
    """Also where somebody goes back to what is stored: the tap between is still on its way."""
    choose(page, LISTEN, "Often")
    mark_says(page, LISTEN, SAVED)
    line.hold()
    question_of(page, LISTEN).evaluate(HEAR)
    choose(page, LISTEN, "Never")
    mark_says(page, LISTEN, SAVING)
    choose(page, LISTEN, last)
    mark_says(page, LISTEN, SAVING)
    is_saving(page)
    line.release()
    is_saved(page)
    mark_says(page, LISTEN, SAVED)
    heard = [words for words in page.evaluate("heard") if words != NOT_YET]
    assert heard == [SAVING, SAVED]
    assert asked.saved() == [{LISTEN_ITEM: stored}]


def test_an_answer_is_not_called_saved_while_it_is_being_taken_back(
    page: Page, asked: Round, line: Line
) -> None:
    choose(page, LISTEN, "Often")
    mark_says(page, LISTEN, SAVED)
    line.hold()
    page.get_by_role("button", name="Take my answer back").click()
    mark_says(page, LISTEN, SAVING)
    is_saving(page)
    assert asked.saved() == [{LISTEN_ITEM: "often"}]
    line.release()
    mark_says(page, LISTEN, "")
    is_saved(page)
    none_chosen(page)
    assert asked.saved() == [{}]


def test_an_answer_that_stands_there_when_the_page_opens_is_called_saved(
    page: Page, asked: Round
) -> None:
    choose(page, LISTEN, "Often")
    mark_says(page, LISTEN, SAVED)
    page.reload()
    chosen(page, LISTEN, "Often")
    mark_says(page, LISTEN, SAVED)
    mark_says(page, STRENGTHS, "")


def test_what_was_on_its_way_when_the_line_was_cut_is_stored_when_it_comes_back(
    page: Page, asked: Round, line: Line
) -> None:
    choose(page, LISTEN, "Often")
    is_saved(page)
    line.hold()
    choose(page, STRENGTHS, "Always")
    choose(page, LISTEN, "Never")
    is_saving(page)
    line.cut()
    line.release()
    told_that_it_takes_long(page)
    is_saving(page)
    for question in (STRENGTHS, LISTEN):
        mark_says(page, question, NOT_YET)
    assert asked.saved() == [{LISTEN_ITEM: "often"}]
    line.mend()
    eventually(asked.saved, [{LISTEN_ITEM: "never", STRENGTHS_ITEM: "always"}])
    is_saved(page)
    told_nothing(page)
    for question in (STRENGTHS, LISTEN):
        mark_says(page, question, SAVED)
    for question, answer in ((LISTEN, "Never"), (STRENGTHS, "Always")):
        chosen(page, question, answer)


def test_a_server_that_was_stopped_loses_nothing(browser: Browser, tmp_path: Path) -> None:
    """The full form says that there is no connection, and takes nothing meanwhile; the light one
    keeps what is tapped, and sends it when the server is back."""
    port = free_port()
    with device(browser) as one, device(browser) as other:
        full, light = one.new_page(), other.new_page()
        with running_app(tmp_path, port=port) as app, a_round(app, browser) as asked:
            begin(full, asked.link())
            begin(light, asked.link(), light=True)
            for page in (full, light):
                choose(page, LISTEN, "Often")
                is_saved(page)
        choose(light, STRENGTHS, "Always")
        is_saving(light)
        told_that_it_takes_long(light)
        bar = full.get_by_role("alert").filter(has_text="There is no connection just now")
        expect(bar).to_be_visible(timeout=WAIT)
        with running_app(tmp_path, port=port):
            is_saved(light)
            # A server that has just started knows of no tap, so it asks whose answers these are.
            full.get_by_role("button", name="Yes, it was me").click(timeout=WAIT)
            expect(bar).to_be_hidden(timeout=WAIT)
            radios = full.get_by_role("radiogroup", name=STRENGTHS).get_by_role("radio")
            expect(radios.first).to_be_enabled(timeout=WAIT)
            full.wait_for_function(TAPS_ARE_TAKEN, timeout=WAIT)
            choose(full, STRENGTHS, "Never")
            chosen(full, STRENGTHS, "Never")
            is_saved(full)
            eventually(
                lambda: sorted(answers.get(STRENGTHS_ITEM, "") for answers in asked.saved()),
                ["always", "never"],
            )


def test_a_lost_connection_is_told_in_our_words_on_every_page(
    phone: BrowserContext, app: RunningApp, line: Line
) -> None:
    phone.add_cookies([coordinator_cookie(app.address)])
    page = phone.new_page()
    page.add_init_script(WATCH_DIALOGS)
    page.goto(f"{line.address}/set-up")
    heading(page, "Who are you?")
    expect(page.get_by_label("What is your organisation called?")).to_be_visible(timeout=WAIT)
    bar = page.get_by_role("alert").filter(has_text="There is no connection just now")
    expect(bar).to_be_hidden()
    wait_idle(page)
    line.cut()
    expect(bar).to_be_visible(timeout=WAIT)
    page.wait_for_function(DIALOG_CAME_AND_WENT, timeout=2 * WAIT)
    expect(page.get_by_test_id("stDialog")).to_have_count(0)
    sound_as_it_is(page)
    line.mend()
    expect(bar).to_be_hidden(timeout=2 * WAIT)
    page.get_by_label("What is your organisation called?").fill("Beacon Street")


def test_a_part_that_could_not_be_fetched_comes_when_the_page_is_loaded_again(
    phone: BrowserContext, address: str
) -> None:
    phone.add_cookies([coordinator_cookie(address)])
    page, missed = phone.new_page(), []
    page.add_init_script("addEventListener('vite:preloadError', () => console.log('missed'))")
    page.on("console", lambda said: missed.append(said.text) if said.text == "missed" else None)
    page.route(
        "**/static/js/TextInput.*.js",
        lambda route: route.continue_() if missed else route.abort(),
    )
    page.goto(f"{address}/set-up")
    expect(page.get_by_label("What is your organisation called?")).to_be_visible(timeout=WAIT)
    assert missed


def test_a_list_to_tick_is_saved_by_what_stands_in_it(page: Page, asked: Round, line: Line) -> None:
    page.goto(re.sub(r"part=\d+", "part=6", page.url))
    box = page.get_by_role("checkbox", name="A peer worker might tell others what I say.")
    box.locator("xpath=ancestor::label").click(timeout=WAIT)
    is_saved(page)
    line.hold()
    page.get_by_role("checkbox", name="Worries me a lot").locator("xpath=ancestor::label").click()
    is_saving(page)
    line.release()
    is_saved(page)
    assert asked.saved()[0]["concern.kept_private"] == "serious"


def test_who_closes_the_page_too_early_is_asked(page: Page, line: Line) -> None:
    choose(page, LISTEN, "Often")
    is_saved(page)
    line.hold()
    choose(page, LISTEN, "Never")
    is_saving(page)
    page.on("dialog", lambda _: None)  # it waits for the answer below
    with page.expect_event("dialog") as question:
        page.close(run_before_unload=True)
    assert question.value.type == "beforeunload"
    question.value.dismiss()
    line.release()
    is_saved(page)


UNREACHED = "We cannot be reached just now"


def test_handing_in_without_a_line_is_told_in_our_words_and_goes_on_when_it_is_back(
    browser: Browser, line: Line, asked: Round
) -> None:
    """In the light form: the full one has no way on while its line is away."""
    context = device(browser)
    page = context.new_page()
    link = f"{line.address}/i/{asked.record.group('service_user').code}"
    begin(page, link, light=True)
    choose(page, LISTEN, "Often")
    mark_says(page, LISTEN, SAVED)
    page.goto(f"{line.address}/form?part=review")
    heading(page, "Before you hand in")
    line.cut()
    for way in (
        page.get_by_role("button", name="Hand in my answers"),
        page.get_by_role("link", name="Back"),
    ):
        way.click()
        expect(page.get_by_role("alert").filter(has_text=UNREACHED)).to_be_visible(timeout=WAIT)
        heading(page, "Before you hand in")
    sound_as_it_is(page)
    assert asked.saved() == [{LISTEN_ITEM: "often"}]
    line.mend()
    page.get_by_role("button", name="Hand in my answers").click()
    expect(page).to_have_url(re.compile("/thanks"), timeout=WAIT)
    context.close()
