"""The first screen in a real browser: light and dark, desktop and a 360 px phone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from assessment.services.demo import demonstration
from questionnaires.library import load

DESKTOP, PHONE = (1240, 900), (360, 780)
WAIT = 30_000


@dataclass(frozen=True)
class Look:
    width: int
    height: int
    scheme: str


LOOKS = [
    pytest.param(Look(*size, scheme), id=f"{name}-{scheme}")
    for name, size in (("desktop", DESKTOP), ("phone", PHONE))
    for scheme in ("light", "dark")
]


@pytest.fixture
def page(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    look: Look = getattr(request, "param", Look(*DESKTOP, "light"))
    context = browser.new_context(
        viewport={"width": look.width, "height": look.height},
        color_scheme="dark" if look.scheme == "dark" else "light",
    )
    opened = context.new_page()
    opened.goto(address)
    expect(opened.get_by_role("heading", level=1)).to_be_visible(timeout=WAIT)
    expect(opened.locator(".js-plotly-plot")).to_have_count(4, timeout=WAIT)
    yield opened
    context.close()


def choose_file(page: Page, path: Path) -> None:
    page.get_by_text("A file of answers", exact=True).click()
    page.locator("input[type=file]").first.set_input_files(path)


@pytest.mark.parametrize("page", LOOKS, indirect=True)
def test_axe_finds_nothing(page: Page) -> None:
    for summary in page.locator("summary").all():
        summary.click()
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


@pytest.mark.parametrize("page", LOOKS, indirect=True)
def test_nothing_reaches_beyond_the_screen(page: Page) -> None:
    beyond = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert beyond <= 0
    wide = page.evaluate(
        """() => [...document.querySelectorAll('.pw-headline, .pw-finding, .js-plotly-plot')]
            .filter(e => e.getBoundingClientRect().right > innerWidth + 1)
            .map(e => e.textContent.slice(0, 60))"""
    )
    assert wide == []


def test_the_headline_stands_first_and_nothing_looks_broken(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ready to start with peers")
    assert "Traceback" not in page.content()
    for chrome in ("stHeader", "stToolbar"):
        expect(page.get_by_test_id(chrome)).to_be_hidden()


def test_a_chart_has_words_and_its_table(page: Page) -> None:
    said = page.get_by_role("figure", name="Support for peer workers stands lowest").first
    expect(said).to_be_attached()
    page.get_by_text("Show the table").first.click()
    expect(page.get_by_role("columnheader", name="Held down by").first).to_be_visible()


def test_the_keyboard_alone_chooses_and_opens(page: Page) -> None:
    for _ in range(3):  # first the link that skips to the content, then the scrolling page
        page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    expect(page.locator("input[type=file]").first).to_be_attached(timeout=WAIT)
    page.get_by_role("radio", name="A file of answers").focus()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=WAIT)
    page.locator("summary").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("points. Up to", exact=False).first).to_be_visible()


def test_a_file_of_ones_own_is_scored(page: Page, tmp_path: Path) -> None:
    path = tmp_path / "ours.csv"
    demonstration(load()).table.to_csv(path, index=False)
    choose_file(page, path)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ready to start", timeout=WAIT)
    expect(page.get_by_text("Demonstration.")).to_have_count(0)
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


def test_the_pattern_file_can_be_taken_away_and_scored(page: Page, tmp_path: Path) -> None:
    page.get_by_text("A file of answers", exact=True).click()
    with page.expect_download(timeout=WAIT) as taken:
        page.get_by_role("button", name="as a pattern").click()
    path = tmp_path / taken.value.suggested_filename
    taken.value.save_as(path)
    assert path.name == "answers.csv"
    page.locator("input[type=file]").first.set_input_files(path)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ready to start", timeout=WAIT)


def test_a_wrong_file_is_refused_calmly(page: Page, tmp_path: Path) -> None:
    path = tmp_path / "wrong.csv"
    path.write_text("name;answer\nA;B\n", encoding="utf-8")
    choose_file(page, path)
    alert = page.get_by_role("alert").filter(has_text="cannot be scored yet")
    expect(alert).to_be_visible(timeout=WAIT)
    expect(alert).to_contain_text("respondent,group,questionnaire,item,value")
    assert "Traceback" not in page.content()
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
