"""The first contact: what comes over the line with an empty cache, what stands there until the app
has drawn, and what a browser is told to which the app does not come."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.support.browser.looks import LOOKS, WAIT, Look, heading, no_barriers
from tests.support.browser.received import Received, receive
from tests.support.browser.respondent import Round, at_part, device, enter, full_form
from tests.support.browser.waiting import eventually
from tests.support.running_app import coordinator_cookie

#: The most that may come, bytes: a page of our own, and screens of the app, with all they need.
#: Streamlit's scripts are 560 kB of a screen, its type 170 kB.
OWN_PAGE, FULL_FORM, DASHBOARD = 50_000, 790_000, 830_000
ICONS = "MaterialSymbols"
#: Where a screen's files are kept.
FILES = "/static/"
BUNDLE = re.compile(r"/static/js/index\.[\w-]+\.js$")
#: A browser whose websockets do not come through.
NO_WEBSOCKETS = """const Whole = window.WebSocket;
window.WebSocket = class extends Whole {
    constructor() { super(location.origin.replace('http', 'ws') + '/closed'); } };"""
TYPE_IS_THERE = "() => document.fonts.check('1em \"Source Sans\"')"
#: Whether each file of the full form has come that a page of ours asks for ahead.
ALL_IS_THERE_AHEAD = """() => document.querySelector('[data-ahead]').dataset.ahead.split(' ').every(
    file => performance.getEntriesByName(new URL(file, location).href).length)"""


def at_most(received: Received, most: int) -> None:
    assert received.total < most, (received.total, received.heaviest())
    assert not [address for address in received.sizes if ICONS in address]


def test_an_invitation_and_the_light_form_are_light(phone: BrowserContext, asked: Round) -> None:
    page = phone.new_page()
    received = receive(page)
    page.goto(asked.link())
    full_form(page)
    at_most(received, OWN_PAGE)
    with device(browser_of(phone)) as another:
        enter(another, asked.link(), light=True)
        page = another.new_page()
        received = receive(page)
        page.goto(f"{asked.address}/form?part=1")
        at_part(page, 1)
        at_most(received, OWN_PAGE)


def browser_of(context: BrowserContext) -> Browser:
    assert context.browser is not None
    return context.browser


def test_the_full_form_is_not_heavy_and_all_its_parts_come_at_once(
    phone: BrowserContext, asked: Round
) -> None:
    enter(phone, asked.link())
    page = phone.new_page()
    received = receive(page)
    page.goto(f"{asked.address}/answer?part=1")
    at_part(page, 1)
    html = page.request.get(page.url).text()
    names = [
        urlsplit(address).path.split("/")[-1] for address in received.sizes if FILES in address
    ]
    assert len(names) > 50
    assert [name for name in names if name.endswith((".js", ".css")) and name not in html] == []
    page.wait_for_function(TYPE_IS_THERE, timeout=WAIT)
    at_most(received, FULL_FORM)


def test_the_full_form_comes_while_somebody_reads_the_invitation(
    phone: BrowserContext, asked: Round
) -> None:
    page = phone.new_page()
    received = receive(page)
    page.goto(asked.link())
    full_form(page)
    page.wait_for_function(ALL_IS_THERE_AHEAD, timeout=WAIT)
    received.sizes.clear()
    page.get_by_role("button", name="my own device").click(timeout=WAIT)
    at_part(page, 1)
    fetched = [address for address, size in received.sizes.items() if FILES in address and size]
    assert fetched == []


def test_the_dashboard_is_no_heavier_than_a_form(phone: BrowserContext, address: str) -> None:
    page = phone.new_page()
    received = receive(page)
    page.goto(f"{address}/demonstration")
    # The last that is drawn, and the first that is fetched for itself.
    expect(page.get_by_role("button", name="Results as data")).to_be_attached(timeout=WAIT)
    page.wait_for_function(TYPE_IS_THERE, timeout=WAIT)
    page.wait_for_load_state("networkidle")
    at_most(received, DASHBOARD)


@pytest.mark.parametrize("look", LOOKS)
def test_our_words_stand_on_our_ground_until_the_app_has_drawn(
    browser: Browser, asked: Round, look: Look
) -> None:
    with device(browser, **look.options) as context:
        enter(context, asked.link())
        page = context.new_page()
        held: list[Route] = []
        page.route(BUNDLE, lambda route: held.insert(0, route))
        page.goto(f"{asked.address}/answer?part=2", wait_until="commit")
        words = page.get_by_role("status").filter(has_text="Loading your questions…")
        expect(words).to_be_visible(timeout=WAIT)
        ground = {"light": "rgb(250, 248, 244)", "dark": "rgb(18, 25, 29)"}[look.scheme]
        for place in ("html", ".pw-loading"):
            expect(page.locator(place)).to_have_css("background-color", ground)
        no_barriers(page)
        page.emulate_media(media="print")
        expect(page.locator(".pw-loading")).to_be_hidden()
        page.emulate_media(media="screen")
        eventually(lambda: len(held), 1)
        held[0].continue_()
        at_part(page, 2)
        expect(page.locator(".pw-loading")).to_have_count(0)


def offered_the_light_form(page: Page, part: str) -> None:
    offer = page.get_by_role("alert").filter(has_text="take long to come")
    expect(offer).to_be_visible(timeout=WAIT)
    expect(page.get_by_text("Loading your questions…")).to_be_hidden()
    expect(page.get_by_text("There is no connection just now")).to_be_hidden()
    offer.get_by_role("link", name="Go on in the light form").click()
    page.wait_for_url(f"**/form?part={part}")
    at_part(page, int(part))


def test_where_the_app_cannot_be_loaded_the_light_form_is_offered_at_once(
    phone: BrowserContext, asked: Round
) -> None:
    enter(phone, asked.link())
    page = phone.new_page()
    page.route(BUNDLE, lambda route: route.abort())
    page.goto(f"{asked.address}/answer?part=3")
    offered_the_light_form(page, "3")


def test_where_the_browser_cannot_read_the_app_the_light_form_is_offered_at_once(
    phone: BrowserContext, asked: Round
) -> None:
    enter(phone, asked.link())
    page = phone.new_page()
    unread = {"content_type": "text/javascript", "body": "/(?<=/; export {}"}
    page.route(BUNDLE, lambda route: route.fulfill(**unread))
    page.goto(f"{asked.address}/answer?part=3")
    offered_the_light_form(page, "3")


def test_where_the_app_never_connects_the_light_form_is_offered_after_eight_seconds(
    phone: BrowserContext, asked: Round
) -> None:
    enter(phone, asked.link())
    page = phone.new_page()
    page.add_init_script(NO_WEBSOCKETS)
    page.clock.install()
    page.goto(f"{asked.address}/answer?part=3")
    expect(page.get_by_test_id("stApp")).to_be_attached(timeout=WAIT)
    expect(page.get_by_text("Loading your questions…")).to_be_visible()
    page.clock.fast_forward(8_000)
    offered_the_light_form(page, "3")


def told_that_it_cannot_be_shown(page: Page) -> None:
    """And what to do; the line is not blamed."""
    told = page.get_by_role("alert").filter(has_text="cannot show this page")
    expect(told).to_be_visible(timeout=WAIT)
    expect(told).to_contain_text("another browser")
    expect(page.get_by_text("Loading the results…")).to_be_hidden()
    expect(page.get_by_text("There is no connection just now")).to_be_hidden()
    told.get_by_role("link", name="Open my questions").click()
    expect(page.get_by_label("Your code")).to_be_visible(timeout=WAIT)


@pytest.mark.parametrize("unread", [False, True], ids=["not loaded", "not understood"])
def test_where_the_app_does_not_run_other_pages_say_so_and_not_that_the_line_is_away(
    phone: BrowserContext, address: str, unread: bool
) -> None:
    page = phone.new_page()
    bundle = {"content_type": "text/javascript", "body": "/(?<=/; export {}"}
    page.route(BUNDLE, lambda route: route.fulfill(**bundle) if unread else route.abort())
    page.goto(f"{address}/results")
    expect(page.get_by_role("alert").filter(has_text="cannot show")).to_be_visible(timeout=WAIT)
    no_barriers(page)
    told_that_it_cannot_be_shown(page)


def test_where_websockets_are_blocked_other_pages_say_so_and_the_server_hears_of_it(
    phone: BrowserContext, address: str
) -> None:
    page = phone.new_page()
    page.add_init_script(NO_WEBSOCKETS)
    page.clock.install()
    page.goto(f"{address}/results")
    expect(page.get_by_test_id("stApp")).to_be_attached(timeout=WAIT)
    with page.expect_request("**/trouble") as heard:
        page.clock.fast_forward(8_000)
    assert heard.value.post_data == "kind=websocket"
    told_that_it_cannot_be_shown(page)


def test_a_page_that_comes_slowly_is_neither_called_impossible_nor_is_the_line_blamed(
    phone: BrowserContext, address: str
) -> None:
    page, held = phone.new_page(), list[Route]()
    page.route(BUNDLE, lambda route: held.insert(0, route))
    page.clock.install()
    with page.expect_request(BUNDLE):
        page.goto(f"{address}/demonstration", wait_until="commit")
    expect(page.get_by_text("Loading the results…")).to_be_visible(timeout=WAIT)
    for _ in range(3):
        with page.expect_response("**/alive"):
            page.clock.fast_forward(8_000)
    expect(page.get_by_text("Loading the results…")).to_be_visible()
    expect(page.get_by_text("cannot show this page")).to_be_hidden()
    expect(page.get_by_text("There is no connection just now")).to_be_hidden()
    held[0].continue_()
    expect(page.locator(".pw-loading")).to_have_count(0, timeout=WAIT)


def test_a_line_that_is_lost_while_a_page_is_loaded_is_told_and_the_page_comes_with_it(
    phone: BrowserContext, address: str
) -> None:
    page, away = phone.new_page(), [True]
    for some in (BUNDLE, re.compile("/alive$")):
        page.route(some, lambda route: route.abort() if away else route.continue_())
    page.goto(f"{address}/demonstration")
    expect(page.get_by_text("There is no connection just now")).to_be_visible(timeout=WAIT)
    expect(page.get_by_text("cannot show this page")).to_be_hidden()
    away.clear()
    heading(page, "")
    expect(page.locator(".pw-loading")).to_have_count(0, timeout=WAIT)
    expect(page.get_by_text("There is no connection just now")).to_be_hidden()


def test_without_scripts_the_questions_open_in_the_light_form(
    browser: Browser, asked: Round
) -> None:
    with device(browser, java_script_enabled=False) as context:
        enter(context, asked.link())
        page = context.new_page()
        page.goto(f"{asked.address}/answer")
        page.wait_for_url("**/form")
        at_part(page, 1)


def test_a_browser_without_websockets_keeps_the_light_form_and_the_server_hears_of_it(
    phone: BrowserContext, asked: Round
) -> None:
    page = phone.new_page()
    page.add_init_script(NO_WEBSOCKETS)
    with page.expect_request("**/trouble") as told:
        page.goto(asked.link())
    assert told.value.post_data == "kind=websocket"
    light = page.get_by_role("checkbox", name="Use the light form").first
    expect(light).to_be_checked(timeout=WAIT)
    page.get_by_role("button", name="my own device").click(timeout=WAIT)
    page.wait_for_url(re.compile("/form"))
    at_part(page, 1)


def test_a_page_that_shows_an_icon_has_it(phone: BrowserContext, address: str) -> None:
    phone.add_cookies([coordinator_cookie(address)])
    page = phone.new_page()
    page.goto(f"{address}/file")
    heading(page, "Score a file of answers")
    icon = page.get_by_test_id("stIconMaterial").first
    expect(icon).to_be_visible(timeout=WAIT)
    icons = "() => document.fonts.check('1em \"Material Symbols Rounded\"')"
    page.wait_for_function(icons, timeout=WAIT)
    # Drawn as one sign, and not as the letters of its name.
    box = icon.bounding_box()
    assert box is not None and box["width"] <= 1.5 * box["height"]
