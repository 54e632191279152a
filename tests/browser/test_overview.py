"""The overview in a browser: its places, what folds, what asks first, and where the page stands."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.browser.looks import LOOKS, WAIT, Look, sound, watched
from tests.support.browser.respondent import a_round
from tests.support.browser.waiting import wait_idle
from tests.support.running_app import RunningApp

SCROLLED = "document.querySelector('[data-testid=stMain]').scrollTop"


def tap(page: Page, name: str, then: str) -> None:
    page.get_by_role("button", name=name).click()
    expect(page.get_by_text(then).first).to_be_visible(timeout=WAIT)


@pytest.mark.parametrize("look", LOOKS)
def test_the_overview_is_sound_while_a_coordinator_works_with_it(
    browser: Browser, app: RunningApp, look: Look
) -> None:
    with (
        a_round(app, title="Overview") as round_,
        watched(browser, app.address, look) as found,
    ):
        page = found.page
        page.goto(f"/overview?assessment={round_.record.id}")
        fold = page.get_by_text("Other ways to invite: Staff")
        expect(fold).to_be_visible(timeout=WAIT)
        # What is folded is found by nobody, neither by sight nor by key.
        workbook = page.get_by_role("button", name="Workbook to fill in offline: Staff")
        expect(workbook).to_have_count(0)
        fold.click()
        expect(workbook).to_be_visible()
        tap(page, "Give each person a code instead: Staff", "How many codes?")
        wait_idle(page)
        sound(page)
        tap(page, "Make them: Staff", "now and never again")
        tap(page, "Call back unused codes: Staff", "that are out lead nowhere")
        wait_idle(page)
        sound(page)
        tap(page, "Yes, call them back", "No code lets anybody begin now")
        wait_idle(page)
        contents = page.get_by_role("navigation", name="On this page")
        contents.get_by_role("link", name="Change").click()
        expect(page.get_by_role("heading", name="Change this round")).to_be_in_viewport()
        assert page.evaluate(SCROLLED) > 0
        tap(page, "Close the round early", "It cannot be opened again")
        tap(page, "Yes, close it now", "The round is closed.")
        expect(page.get_by_text("The round is closed.")).to_be_in_viewport(timeout=WAIT)
        page.wait_for_function(f"() => {SCROLLED} === 0", timeout=WAIT)
        wait_idle(page)
        sound(page)
