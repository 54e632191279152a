"""From a quick look to a full round: what was agreed comes along, everybody else is asked anew.

A newcomer sets a quick look up, service users answer it on small phones, the working group answers
its first page and two practices; then the quick look is deepened on the screens of the app.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.support.browser import newcomer
from tests.support.browser.figures import Dashboard, read
from tests.support.browser.looks import LOOKS, WAIT, Look, sound, watched
from tests.support.browser.newcomer import Opened, at_desktop, card, heading
from tests.support.browser.respondent import a_round, begin, device, none_chosen, open_together
from tests.support.browser.waiting import wait_idle
from tests.support.publishing import published
from tests.support.running_app import RunningApp

#: What the working group says on its first page, and two practices on its third.
FACTS = {
    "fit.needs": ("checkbox", "People are alone"),
    "fit.main_need": ("radio", "People are alone"),
    "fit.journey": ("checkbox", "Coming in week by week for support"),
    "fit.written_statement": ("radio", "No, or enough people answer"),
    "fit.wants": ("checkbox", "Help to run groups"),
    "fit.wished_model": ("radio", "We have not decided which kind"),
    "fit.risk_appetite": ("radio", "Low: a small, safe step that we can build on"),
}
COSTS, PAY = "payment_and_costs.costs_met", "payment_and_costs.pay_agreed"
PRACTICES = {COSTS: ("radio", "In place"), PAY: ("radio", "Planned")}
#: The next question on the page of the practices, which nobody answers.
OPEN = "payment_and_costs.benefits_advice"
EVIDENCE = "The travel rules of May"
AGREED = len(FACTS | PRACTICES)
SO_FAR = re.compile(rf"group{AGREED} of \d+ questions answered")
COMES_ALONG = f"The {AGREED} answers of the working group come along with their notes"


def say(page: Page, answers: dict[str, tuple[str, str]]) -> None:
    for item, (role, label) in answers.items():
        box = card(page, item).get_by_role(role, name=label, exact=True)
        box.locator("xpath=ancestor::label").click(timeout=WAIT)
        expect(card(page, item).locator(".pw-status")).to_contain_text("✓ Saved", timeout=WAIT)


def stands(page: Page, answers: dict[str, tuple[str, str]]) -> None:
    for item, (role, label) in answers.items():
        box = card(page, item).get_by_role(role, name=label, exact=True)
        expect(box).to_be_checked(timeout=WAIT)


def agree(page: Page, opened: Opened) -> None:
    page.goto(opened.links["working_group"])
    open_together(page)
    page.get_by_role("button", name="Begin with sitting 1").click()
    reads(page, "Sitting 1 of 1 · page 1 of")
    say(page, FACTS)
    page.goto(f"/together?at={COSTS}")
    say(page, PRACTICES)
    box = card(page, COSTS).get_by_role("textbox", name="What shows it?")
    box.fill(EVIDENCE)
    box.blur()
    expect(card(page, COSTS)).to_contain_text("Note saved", timeout=WAIT)


def reads(page: Page, words: str | re.Pattern[str]) -> None:
    expect(page.get_by_text(words)).to_be_visible(timeout=WAIT)


def results(page: Page, opened: Opened) -> Dashboard:
    page.goto(f"/results?assessment={opened.name}")
    button = page.get_by_role("button", name="Results as data (JSON)")
    expect(button).to_be_visible(timeout=WAIT)
    return read(page)


def replies(page: Page, opened: Opened) -> Locator:
    """How many have replied, as the overview says it."""
    page.goto(f"/overview?assessment={opened.name}")
    expect(page.get_by_role("heading", name="How many have replied")).to_be_visible(timeout=WAIT)
    return page.locator(".st-key-card-replies")


@pytest.fixture(scope="module")
def page(browser: Browser, address: str) -> Iterator[Page]:
    with at_desktop(browser, address) as found:
        yield found


@pytest.fixture(scope="module")
def quick(browser: Browser, app: RunningApp, page: Page) -> Opened:
    """A quick look whose results are published."""
    opened = newcomer.set_up(page, "quick")
    newcomer.everybody_answers(app, browser, opened, {"service_user": (2,), "staff": ()})
    agree(page, opened)
    newcomer.close(app, opened)
    newcomer.publish(page, opened)
    return opened


@dataclass(frozen=True)
class Deepened:
    """A full round that goes on from a quick look, and what the results of that said before."""

    quick_results: Dashboard
    full: Opened


@pytest.fixture(scope="module")
def deepened(page: Page, quick: Opened) -> Deepened:
    quick_results = results(page, quick)
    replies(page, quick)
    page.get_by_role("link", name="Set up the full round").click()
    heading(page, "Is this right?")
    note = page.get_by_role("note").filter(has_text="goes on from “Our first round”")
    expect(note).to_contain_text(COMES_ALONG, timeout=WAIT)
    return Deepened(quick_results, newcomer.open_it(page, "full"))


def test_a_quick_look_gives_no_band_and_says_what_it_may(page: Page, quick: Opened) -> None:
    """Two of the questions on shared decisions are asked, the first two of ``newcomer``.

    Service users  01 → 12.5   1k → 25     2- → 50     1k → 25    mean 28.1
    Staff          33 → 75     43 → 87.5   23 → 62.5   33 → 75    mean 75, 46.9 higher
    """
    page.goto(quick.links["working_group"])
    page.get_by_role("link", name="What the working group agreed").click()
    page.get_by_role("link", name="Go, or not yet?").click()
    heading(page, "Not yet")
    reads(page, "This was a quick look.")
    dashboard = results(page, quick)
    assert dashboard.band == "No overall band"
    column = dashboard.domains[0].index("Band")
    assert {row[column] for row in dashboard.domains[1:]} == {""}
    main = page.get_by_test_id("stMain")
    for sentence in (
        "No overall band: a quick look gives none.",
        "Of the 16 basics one is not in place and 13 are not answered yet",
        "Service users see shared decisions 47 points lower than staff",
        "Most staff want to know how stress in the job is dealt with",
    ):
        expect(main).to_contain_text(sentence, timeout=WAIT)
    for never in ("uncertain", "Nearly ready", "How much say do people have?", "draw the line"):
        expect(main).not_to_contain_text(never)
    sound(page)


def test_what_was_agreed_comes_along_and_is_not_asked_again(page: Page, deepened: Deepened) -> None:
    full = deepened.full
    counts = replies(page, full)
    expect(counts).to_contain_text(SO_FAR, timeout=WAIT)
    reads(page, "This full round goes on from the quick look")
    page.goto(full.links["working_group"])
    open_together(page)
    page.get_by_role("button", name="Go on with sitting 1").click()
    # The first page is answered.
    reads(page, re.compile(r"^Sitting 1 of \d+ · page 2 of"))
    none_chosen(page)
    page.get_by_role("button", name="Back", exact=True).click()
    stands(page, FACTS)
    page.goto(f"/together?at={COSTS}")
    stands(page, PRACTICES)
    expect(card(page, COSTS)).to_contain_text(EVIDENCE, timeout=WAIT)
    page.goto("/together?at=review")
    expect(page.locator(f'a[href="/together?at={OPEN}"]')).to_be_attached(timeout=WAIT)
    for item in FACTS | PRACTICES:
        expect(page.locator(f'a[href="/together?at={item}"]')).to_have_count(0)


def test_everybody_else_is_asked_anew_by_new_links(
    browser: Browser, page: Page, quick: Opened, deepened: Deepened
) -> None:
    full = deepened.full
    assert not set(full.links.values()) & set(quick.links.values())
    expect(replies(page, full)).to_contain_text("Fewer than 4 of about 9 handed in", timeout=WAIT)
    with device(browser) as phone:
        own = phone.new_page()
        begin(own, full.links["service_user"])
        expect(own.get_by_role("heading", level=1, name="Part 1 of 8")).to_be_visible(timeout=WAIT)
        none_chosen(own)


def test_the_quick_look_and_its_results_stay(page: Page, quick: Opened, deepened: Deepened) -> None:
    page.goto(deepened.full.links["working_group"])
    if page.get_by_role("button", name="Open the questions").count():
        open_together(page)  # this browser has not opened them before
    page.goto(f"/together?at={PAY}")
    say(page, {PAY: ("radio", "In place")})
    # Once it is saved, somebody is to say what shows it.
    expect(card(page, PAY).get_by_role("textbox", name="What shows it?")).to_be_visible(
        timeout=WAIT
    )
    assert results(page, quick) == deepened.quick_results
    counts = replies(page, quick)
    expect(counts).to_contain_text("4 of about 9 handed in", timeout=WAIT)
    expect(counts).to_contain_text(SO_FAR, timeout=WAIT)


@pytest.mark.parametrize("look", LOOKS)
def test_the_screens_of_deepening_are_sound(browser: Browser, app: RunningApp, look: Look) -> None:
    with (
        a_round(app, form="quick", title="Four minutes") as round_,
        watched(browser, app.address, look) as found,
    ):
        page = found.page
        page.goto(f"/i/{round_.record.working_group.code}")
        open_together(page)
        page.get_by_role("link", name="Go, or not yet?").click()
        heading(page, "Too early to say")
        wait_idle(page)
        sound(page)
        published(round_.store, round_.record)
        page.goto(f"/overview?assessment={round_.record.id}")
        link = page.get_by_role("link", name="Set up the full round")
        expect(link).to_be_visible(timeout=WAIT)
        sound(page)
        link.click()
        heading(page, "Is this right?")
        reads(page, "This full round goes on from “Four minutes”")
        wait_idle(page)
        sound(page)
        page.get_by_role("button", name="Open the round").click()
        reads(page, "This full round goes on from the quick look")
        expect(page.get_by_role("heading", name="Invite each group")).to_be_visible(timeout=WAIT)
        wait_idle(page)
        sound(page)
