"""The dashboard in a real browser: words beside pictures, the keyboard alone, one's own file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.support.browser.looks import WAIT, heading, sound, watched


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    with watched(browser, address) as found:
        yield found.page


def tab_to(page: Page, target: Locator, most: int = 80) -> None:
    """Press Tab until the keyboard is there."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if target.evaluate("e => e === document.activeElement"):
            return
    pytest.fail("the keyboard does not get there")


def test_a_chart_has_words_and_its_table(page: Page) -> None:
    page.goto("/demonstration")
    figure = page.get_by_role("img", name="support for peer workers stands lowest").first
    expect(figure).to_be_attached(timeout=WAIT)
    card = page.locator("#domains")
    card.get_by_text("Show the table").click()
    table = card.get_by_role("region", name="As a table")
    expect(table.get_by_role("columnheader", name="Note")).to_be_visible()
    expect(table.get_by_role("row", name="Support for peer workers")).to_be_visible()


def test_the_keyboard_alone_goes_opens_and_chooses(page: Page) -> None:
    page.goto("/demonstration")
    expect(page.get_by_role("button", name="Results as data (JSON)")).to_be_visible(timeout=WAIT)
    link = page.get_by_role("link", name="The answers", exact=True)
    tab_to(page, link)
    seen = link.evaluate("e => parseFloat(getComputedStyle(e).outlineWidth)")
    assert seen >= 2
    page.keyboard.press("Enter")
    expect(page.locator("#answers")).to_be_in_viewport()
    box = page.get_by_role("combobox", name="What people answered about")
    tab_to(page, box)
    page.keyboard.type("Appetite")
    page.keyboard.press("Enter")
    wanted = page.locator(
        ".pw-spread-row", has_text="I want this organisation to have peer workers"
    )
    expect(wanted.first).to_be_visible(timeout=WAIT)
    fold = wanted.last.locator("xpath=following::summary[1]")
    tab_to(page, fold)
    page.keyboard.press("Enter")
    assert fold.evaluate("e => e.parentElement.open")


def test_the_pattern_file_can_be_taken_away_and_scored(page: Page, tmp_path: Path) -> None:
    page.goto("/file")
    with page.expect_download(timeout=WAIT) as taken:
        page.get_by_role("button", name="as a pattern").click()
    path = tmp_path / taken.value.suggested_filename
    taken.value.save_as(path)
    assert path.name == "answers.csv"
    page.locator("input[type=file]").first.set_input_files(path)
    heading(page, "Ready to start with peer workers")
    expect(page.get_by_role("button", name="Results as data (JSON)")).to_be_visible(timeout=WAIT)
    sound(page)
