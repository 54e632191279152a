"""The first screen in a real browser."""

from __future__ import annotations

from playwright.sync_api import Browser, expect


def test_the_first_screen_says_what_the_tool_is_for(address: str, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_contain_text("peer work", timeout=30_000)
