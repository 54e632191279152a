"""A receipt, from the page that shows it once to what is told of it after the end."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.browser.looks import LOOKS, WAIT, Look, sound
from tests.support.browser.respondent import Round, begin, choose, device, hand_in, is_saved

LISTEN = "Staff listen to what I have to say."


def check(page: Page, number: str) -> None:
    page.get_by_label("Your receipt").fill(number)
    page.get_by_role("button", name="Check it").click()


@pytest.mark.parametrize("look", LOOKS)
def test_a_receipt_is_shown_once_and_checked_after_the_end(
    browser: Browser, asked: Round, look: Look
) -> None:
    light = look.scheme == "dark"
    with device(browser, **look.options) as context:
        page = context.new_page()
        begin(page, asked.link(), light=light)
        choose(page, LISTEN, "Often")
        is_saved(page)
        hand_in(page)
        expect(page.get_by_role("heading", name="Your receipt")).to_be_visible()
        number = page.locator(".pw-code > span").first.inner_text()
        sound(page)
        page.reload()
        expect(page.get_by_role("heading", name="Thank you")).to_be_visible(timeout=WAIT)
        assert number not in page.content()
        assert number not in str(context.cookies())

        page.goto(f"{asked.address}/receipt")
        sound(page)
        check(page, number.lower())  # the round is still running
        expect(page.get_by_role("alert")).to_contain_text("we do not find this receipt")
        sound(page)
        asked.end()
        page.goto(asked.link())
        page.get_by_role("link", name="Check my receipt").click()
        check(page, number.lower().replace("-", " "))
        expect(page.get_by_role("heading", name="stored, and unchanged")).to_be_visible()
        sound(page)
