"""After a pause nobody sees answers before saying that they are theirs, in both forms."""

from __future__ import annotations

from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, Page, expect

from assessment.services.access.pauses import OWN, SHARED
from tests.support.browser.looks import LOOKS, WAIT, Look, sound
from tests.support.browser.respondent import (
    Round,
    at_part,
    begin,
    choose,
    chosen,
    device,
    is_saved,
    walk_in,
)

LISTEN = "Staff listen to what I have to say."


def asks(page: Page) -> None:
    """The page asks, and has nothing of the answers, the questions or the group."""
    expect(page.get_by_role("heading", name="Did you begin to answer here?")).to_be_visible(
        timeout=WAIT
    )
    content = page.content()
    for word in ("Often", "Staff listen", "People who use", "Part 1"):
        assert word not in content


def pause_on_the_server(page: Page, address: str) -> None:
    """As after a restart: the process knows of no tap."""
    assert page.context.request.post(urljoin(address, "/pause")).status == 204


@pytest.mark.parametrize("look", LOOKS)
def test_whoever_comes_back_after_a_pause_is_asked_first(
    browser: Browser, asked: Round, look: Look
) -> None:
    light = look.scheme == "dark"
    with device(browser, **look.options) as context:
        page = context.new_page()
        begin(page, asked.link(), light=light)
        choose(page, LISTEN, "Often")
        is_saved(page)
        pause_on_the_server(page, asked.address)
        page.reload()
        asks(page)
        sound(page)
        for way in ("/form?part=1", "/form?part=leave", "/answer?part=review", asked.link()):
            page.goto(urljoin(asked.address, way))
            asks(page)
        page.go_back()
        asks(page)
        # Nothing that is sent brings them to light either, and nobody hands them in.
        for way in ("/form/code", "/put-away", "/form/hand-in", "/form?part=1"):
            sent = context.request.post(f"{asked.address}{way}", form={"script": "yes"})
            assert sent.url.endswith("/yours")
        assert asked.saved()[0] != {}
        page.get_by_role("button", name="Yes, it was me").click()
        at_part(page, 1)
        page.goto(f"{asked.address}/{'form' if light else 'answer'}?part=1")
        at_part(page, 1)
        chosen(page, LISTEN, "Often")


@pytest.mark.parametrize("light", [True, False], ids=["light form", "full form"])
def test_an_open_page_covers_itself_and_no_leaves_the_device_clean(
    browser: Browser, asked: Round, light: bool
) -> None:
    with device(browser) as context:
        page = context.new_page()
        page.clock.install()
        begin(page, asked.link(), light=light)
        choose(page, LISTEN, "Often")
        page.clock.run_for(1000)
        is_saved(page)
        page.clock.fast_forward((OWN - 60) * 1000)
        expect(page.get_by_role("heading", name=LISTEN)).to_be_visible()
        page.clock.fast_forward(120_000)
        page.wait_for_url("**/yours", timeout=WAIT)
        asks(page)
        page.get_by_role("button", name="No – leave this device clean").click()
        expect(page.get_by_role("heading", name="None of your answers is left")).to_be_visible()
        assert context.cookies() == [] or not {"session", "handed_in"} & {
            cookie["name"] for cookie in context.cookies()
        }


def test_what_is_tapped_on_an_open_page_after_a_pause_is_saved_before_the_page_asks(
    browser: Browser, asked: Round
) -> None:
    """As after a restart of the server: the full form has to reach it anew."""
    with device(browser) as context:
        page = context.new_page()
        begin(page, asked.link())
        choose(page, LISTEN, "Often")
        is_saved(page)
        pause_on_the_server(page, asked.address)
        choose(page, LISTEN, "Never")
        page.wait_for_url("**/yours", timeout=WAIT)
        asks(page)
        assert list(asked.saved()[0].values()) == ["never"]


def test_a_shared_device_is_covered_sooner(browser: Browser, asked: Round) -> None:
    with device(browser) as context:
        page = context.new_page()
        walk_in(page, asked.link(), own=False)
        assert page.locator("[data-pause]").get_attribute("data-pause") == str(SHARED)
