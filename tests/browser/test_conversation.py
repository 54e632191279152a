"""The conversation sheet: read on a screen, printed on the two sides of one sheet, kept nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from unicodedata import normalize

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from assessment.services.content.conversation import conversation
from tests.support.assessments import group_plan
from tests.support.browser.looks import AT_DESKTOP, AT_NIGHT, LOOKS, WAIT, heading, sound, watched
from tests.support.browser.respondent import Round, a_round, begin, hand_in, is_saved
from tests.support.running_app import RunningApp

TITLE = "A talk about your work"


@pytest.fixture(scope="module")
def round_(app: RunningApp) -> Iterator[Round]:
    groups = (group_plan("peer_worker", 3), group_plan("staff", 12))
    # As much as may be written: the sheet has to hold it.
    contact = ("Sam at the front desk, 0123 456 789, or the night line. " * 8)[:400].strip()
    with a_round(app, groups=groups, title="With peers", help_contact=contact) as started:
        yield started


@pytest.fixture
def page(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    with watched(browser, address, getattr(request, "param", AT_DESKTOP)) as found:
        yield found.page


@pytest.mark.parametrize("page", LOOKS, indirect=True)
def test_the_sheet_is_found_where_it_is_offered_and_is_sound(page: Page, round_: Round) -> None:
    page.goto(f"/overview?assessment={round_.record.id}")
    page.get_by_role("link", name="See and print the sheet").click()
    heading(page, TITLE)
    expect(page.get_by_text("You fill in nothing on this page")).to_be_visible(timeout=WAIT)
    expect(page.get_by_role("link", name="Back to With peers")).to_be_visible(timeout=WAIT)
    # Nothing can be entered: what is read and said here leaves no trace.
    assert page.locator("[data-testid=stMain] :is(input, textarea, select)").count() == 0
    sound(page)


def test_peer_workers_are_offered_it_once_they_have_handed_in(page: Page, round_: Round) -> None:
    begin(page, round_.link("peer_worker"))
    page.get_by_role("radio", name="Often").first.locator("xpath=ancestor::label").click()
    is_saved(page)
    hand_in(page)
    page.get_by_role("link", name="Look at the sheet").click()
    heading(page, TITLE)
    assert round_.record.id not in page.url
    expect(page.get_by_text(round_.record.organisation.name, exact=True).first).to_be_visible()
    page.get_by_role("link", name="Back", exact=True).click()
    heading(page, "Thank you")


@pytest.mark.parametrize("page", [AT_NIGHT], ids=["dark"], indirect=True)
@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_it_is_printed_on_the_two_sides_of_one_sheet(
    page: Page, round_: Round, tmp_path: Path, paper: str
) -> None:
    page.goto(f"/conversation?assessment={round_.record.id}")
    heading(page, TITLE)
    # Each side is set as large as its page allows, and never small.
    sizes = "name => parseFloat(document.documentElement.style.getPropertyValue(name))"
    page.wait_for_function(f"() => ({sizes})('--pw-talk-back') > 0")
    for side in ("front", "back"):
        assert 10 <= page.evaluate(sizes, f"--pw-talk-{side}") <= 12
    page.pdf(path=tmp_path / "sheet.pdf", format=paper)
    sides = PdfReader(tmp_path / "sheet.pdf").pages
    assert len(sides) == 2
    # Neither ligatures nor where a line breaks matter.
    printed = "".join(normalize("NFKD", "".join(s.extract_text() for s in sides)).split())
    talk = conversation()
    situations = [entry.text for group in talk.situations for entry in group.entries]
    steps = [step for practice in talk.practices for step in (practice.text, *practice.steps)]
    rules = [text for text, _ in talk.fixed]
    rooms = [r.text for r in (*talk.sheet.questions.entries, *talk.sheet.closing.entries)]
    opening = [line.text for line in talk.sheet.opening]
    for text in (*opening, *steps, *situations, *rules, *rooms):
        assert "".join(normalize("NFKD", text).split()) in printed, text
    # What stands around the sheet on the screen stays there.
    assert "Printthesheet" not in printed and "Backto" not in printed


def test_it_is_printed_in_large_type_where_that_is_asked_for(page: Page, round_: Round) -> None:
    page.goto(f"/conversation?assessment={round_.record.id}")
    heading(page, TITLE)
    page.evaluate(
        "window.print = () => { window.printed = "
        "document.querySelector('.pw-talk').classList.contains('pw-talk-large'); }"
    )
    page.get_by_role("button", name="Print it in large type").click()
    assert page.evaluate("window.printed") is True
    page.get_by_role("button", name="Print the sheet").click()
    assert page.evaluate("window.printed") is False
