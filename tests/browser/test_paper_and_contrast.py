"""The dashboard on paper, a theme of forced colours, large type on a small phone, and fields."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any
from unicodedata import normalize

from playwright.sync_api import Browser, Page, expect
from pypdf import PageObject, PdfReader

from tests.support.browser.looks import WAIT, accessible, heading, no_sideways_scroll
from tests.support.browser.respondent import Round, a_round, begin, choose, chosen, device
from tests.support.running_app import RunningApp, coordinator_cookie

#: What a phone must not go below, or it zooms in on a field: 16 px.
FIELDS_BELOW_16 = """() => [...document.querySelectorAll(
    'input:not([type=radio], [type=checkbox], [type=file], [type=hidden]), textarea, select, ' +
    '[data-testid="stDateInputField"]')]
    .filter(field => field.checkVisibility() && parseFloat(getComputedStyle(field).fontSize) < 16)
    .map(field => field.outerHTML.slice(0, 120))"""
#: Whether nothing runs.
QUIET = """() => document.querySelector('[data-testid="stApp"]').dataset.testScriptState ===
    'notRunning'"""
#: 200 % of the usual type.
LARGE_TYPE = "document.documentElement.style.setProperty('font-size', '32px', 'important')"


@contextmanager
def page_of(browser: Browser, address: str, **options: Any) -> Iterator[Page]:
    context = device(browser, base_url=address, **options)
    context.add_cookies([coordinator_cookie(address)])
    context.set_default_timeout(WAIT)
    try:
        yield context.new_page()
    finally:
        context.close()


def dashboard(page: Page) -> None:
    page.goto("/demonstration")
    expect(page.get_by_role("button", name="Results as data (JSON)")).to_be_visible(timeout=WAIT)
    page.wait_for_function(QUIET, timeout=WAIT)


def text_of(page: PageObject) -> str:
    """The text of a printed page, without blanks; neither ligatures nor line breaks matter."""
    return "".join(normalize("NFKD", page.extract_text()).split())


def test_on_paper_charts_are_whole_on_a_light_ground_and_reasons_stand_open(
    browser: Browser, address: str, tmp_path: Path
) -> None:
    size = {"width": 1240, "height": 900}
    with page_of(browser, address, viewport=size, color_scheme="dark") as page:
        dashboard(page)
        page.pdf(path=tmp_path / "page.pdf", format="A4")
        printed = PdfReader(tmp_path / "page.pdf").pages
        assert 12 <= len(printed) <= 24
        # The first page is filled: below the short answers the first card begins.
        first, *others = map(text_of, printed[:10])
        assert first.count("Whatmaywestart?") == 2
        with_scores = next(text for text in others if "Whatdothescoressay?" in text)
        for domain in ("Co-productionprinciples", "Supportforpeerworkers", "Learningandevalua"):
            assert domain in with_scores
        assert any("Whatmakestherisk" in text for text in others)
        assert not any("Howthisisworkedout" in text for text in others)
        # Of the answers to worries those to the three most common ones: they fill many sheets.
        paper = "".join(map(text_of, printed))
        answers = page.locator("#concerns details.pw-detail")
        assert 0 < paper.count("Whatwouldshowit:") < answers.count()
        # Printing leaves the page as it was.
        expect(page.locator("details.pw-printed[open]")).to_have_count(0)
        # As wide as A4 between its margins, 178 mm; 267 mm are its height.
        page.set_viewport_size({"width": 673, "height": 1009})
        page.emulate_media(media="print")
        ground = "getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor"
        assert page.evaluate(ground) == "rgb(255, 255, 255)"
        boxes = page.evaluate(
            """() => [...document.querySelectorAll('.pw-points, .pw-spread, .pw-heat, .pw-ladders')]
                .map(chart => [chart.className, chart.getBoundingClientRect()])
                .map(([name, box]) => [name, box.left, box.right, box.height])"""
        )
        assert len(boxes) >= 7
        for name, left, right, height in boxes:
            assert left >= 0 and right <= 673, name
            assert height <= 1009 or "pw-points" not in name, name


def test_forced_colours_leave_bars_marks_and_the_keyboard_to_be_seen(
    browser: Browser, address: str
) -> None:
    size = {"width": 1000, "height": 800}
    options = {"forced_colors": "active", "color_scheme": "dark", "viewport": size}
    with page_of(browser, address, **options) as page:
        dashboard(page)
        grounds = page.evaluate(
            """() => Object.fromEntries(['.pw-dot', '.pw-shape', '.pw-concern-serious', '.pw-card']
                .map(name => [name, document.querySelector(name)])
                .map(([name, e]) => [name, getComputedStyle(e).backgroundColor]))"""
        )
        card = grounds.pop(".pw-card")
        assert card not in grounds.values()
        keys = (
            page.locator(".pw-legend[aria-label=Answers]")
            .first.locator(".pw-swatch")
            .evaluate_all("keys => keys.map(key => getComputedStyle(key).backgroundColor)")
        )
        assert len(keys) >= 4 and all(one != other for one, other in pairwise(keys[:-1]))
        interval = page.locator(".pw-interval").first
        edge = interval.evaluate("e => getComputedStyle(e).borderLeftColor")
        assert edge != card
        link = page.get_by_role("link", name="All scores", exact=True)
        link.focus()
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Tab")
        assert link.evaluate("e => parseFloat(getComputedStyle(e).outlineWidth)") >= 2
        accessible(page)


def test_forced_colours_tell_the_chosen_answer_from_the_others(
    browser: Browser, asked: Round
) -> None:
    with page_of(browser, asked.address, forced_colors="active", color_scheme="dark") as page:
        begin(page, asked.link("staff"))
        question = "Staff listen to service users."
        choose(page, question, "Often")
        chosen(page, question, "Often")
        page.wait_for_function(QUIET, timeout=WAIT)
        look = """group => [...group.children].map(card =>
            [card.querySelector('input').checked, getComputedStyle(card).backgroundColor])"""
        cards = page.get_by_role("radiogroup", name=question).first.evaluate(look)
        taken = {ground for checked, ground in cards if checked}
        others = {ground for checked, ground in cards if not checked}
        assert len(taken) == len(others) == 1 and taken != others


def test_large_type_on_a_small_phone_covers_nothing_and_reaches_beyond_nothing(
    browser: Browser, asked: Round
) -> None:
    with page_of(browser, asked.address, viewport={"width": 320, "height": 640}) as page:
        begin(page, asked.link("staff"))
        for address in (
            "/answer?part=1",
            f"/overview?assessment={asked.record.id}",
            "/demonstration",
        ):
            if address == "/demonstration":
                dashboard(page)
            else:
                page.goto(address)
                expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=WAIT)
            page.wait_for_function(QUIET, timeout=WAIT)
            assert page.evaluate(FIELDS_BELOW_16) == []
            page.evaluate(LARGE_TYPE)
            no_sideways_scroll(page)
            stays = """() => [...document.querySelectorAll('[data-testid=stMain] *')].filter(e =>
                ['sticky', 'fixed'].includes(getComputedStyle(e).position) && e.offsetHeight > 0
                && e.checkVisibility()).map(e => e.outerHTML.slice(0, 120))"""
            assert page.evaluate(stays) == []


def test_a_phone_shows_the_intervals(browser: Browser, address: str) -> None:
    with page_of(browser, address) as page:
        dashboard(page)
        for chart in (".pw-dots", ".pw-dumbbells"):
            hidden = page.locator(f"{chart} .pw-interval").evaluate_all(
                """intervals => intervals.map(interval => {
                    const row = interval.parentElement, at = interval.getBoundingClientRect();
                    const mark = row.querySelector('.pw-dot, .pw-stands').getBoundingClientRect();
                    return at.width > mark.width || at.height > mark.height ? null : at.width;
                }).filter(Boolean)"""
            )
            assert hidden == [], chart
            assert page.locator(f"{chart} .pw-interval").count() >= 3


def test_a_date_is_typed_without_its_calendar_whose_weeks_begin_on_monday(
    browser: Browser, app: RunningApp
) -> None:
    with (
        a_round(app, form="quick", title="Dated") as round_,
        page_of(
            browser, app.address, viewport={"width": 900, "height": 900}, locale="en-US"
        ) as page,
    ):
        page.goto(f"/set-up?deepen={round_.record.id}")
        heading(page, "Is this right?")
        page.goto(re.sub("step=[a-z]+", "step=dates", page.url))
        day = page.get_by_role("spinbutton", name="day, First day")
        expect(day).to_be_visible(timeout=WAIT)
        assert page.evaluate(FIELDS_BELOW_16) == []
        page.get_by_label("What shall this round be called?").focus()
        page.keyboard.press("Tab")
        expect(day).to_be_focused()
        calendar = page.get_by_role("dialog", name="Choose date")
        page.keyboard.press("Tab")
        expect(page.get_by_role("spinbutton", name="month, First day")).to_be_focused()
        expect(calendar).to_have_count(0)  # nobody sees or hears it
        page.keyboard.press("Alt+ArrowDown")
        expect(calendar).to_be_visible()
        expect(calendar.get_by_role("grid").locator("th").first).to_have_text("M")
