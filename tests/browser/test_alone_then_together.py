"""A working group of six with two phones and a laptop: first each alone, then together."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from assessment.services.respondents.asked import asked_of
from assessment.services.working_group.agreed_answers import agreed
from assessment.services.working_group.before_agreement import alone_part, end
from assessment.store.records import NO_ANSWER
from questionnaires.model import WORKING_GROUP
from tests.browser.test_working_group import choose as agree_on
from tests.support.browser.looks import DESKTOP, LOOKS, WAIT, Look, sound, watched
from tests.support.browser.newcomer import card
from tests.support.browser.respondent import (
    Round,
    a_round,
    at_part,
    device,
    full_form,
    mark_says,
    question_of,
)
from tests.support.browser.waiting import eventually, wait_idle
from tests.support.members import handed_in_alone
from tests.support.running_app import RunningApp

#: The first practice that members are asked alone.
PLAN = "staff_buy_in.buy_in_plan"


@pytest.fixture
def team(app: RunningApp) -> Iterator[Round]:
    with a_round(app) as made:
        yield made


def link(team: Round) -> str:
    return f"{team.address}/i/{team.record.working_group.code}"


def begin_alone(context: BrowserContext, team: Round, *, light: bool = False) -> Page:
    """From the group's link to the first question that a member answers alone."""
    page = context.new_page()
    page.goto(link(team))
    page.get_by_role("button", name="Answer alone first").click(timeout=WAIT)
    full_form(page)
    if light:
        page.get_by_role("checkbox", name="Use the light form").first.check()
    page.get_by_role("button", name="my own device").click(timeout=WAIT)
    at_part(page, 1)
    return page


def hand_in(page: Page) -> None:
    page.goto(f"{page.url.split('?')[0]}?part=review")
    page.get_by_role("button", name="Hand in my answers").click(timeout=WAIT)
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible(timeout=WAIT)


def sit_together(context: BrowserContext, team: Round) -> Page:
    """From the group's link to its joint screen."""
    page = context.new_page()
    page.goto(link(team))
    page.get_by_role("button", name="Answer together").click(timeout=WAIT)
    expect(page.get_by_role("heading", name="First, each alone")).to_be_visible(timeout=WAIT)
    wait_idle(page)
    return page


def at(page: Page, team: Round, place: str) -> None:
    page.goto(f"{team.address}/together?at={place}")
    expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=WAIT)
    wait_idle(page)


def test_two_answer_alone_on_their_phones_and_then_the_group_together_on_a_laptop(
    browser: Browser, team: Round
) -> None:
    handed_in_alone(team.store, team.record, *[{PLAN: "in_place"}] * 3)
    question = alone_asked(team)
    for light in (False, True):
        with device(browser) as phone:
            page = begin_alone(phone, team, light=light)
            answers = question_of(page, question)
            answers.get_by_role("radio", name=re.compile("^Partly")).locator(
                "xpath=ancestor::label"
            ).click(timeout=WAIT)
            mark_says(page, question, "Saved")
            # The link brings back what is not handed in; nobody else sees it.
            page.goto(link(team))
            page.get_by_role("button", name="Go on alone").click(timeout=WAIT)
            partly = question_of(page, question).get_by_role("radio", name=re.compile("^Partly"))
            expect(partly).to_be_checked(timeout=WAIT)
            hand_in(page)
            page.get_by_role("link", name="To the group’s questions").click(timeout=WAIT)
            done = page.get_by_text("Somebody has handed in alone on this device.")
            expect(done).to_be_visible(timeout=WAIT)
    assert alone_part(team.store, team.record).enough == "counts"
    with browser.new_context(viewport=DESKTOP) as laptop:
        page = sit_together(laptop, team)
        expect(page.get_by_text("5 or more have handed in")).to_be_visible()
        page.get_by_role("link", name="End this part").click()
        page.get_by_role("button", name="End it and show it").click(timeout=WAIT)
        expect(page.get_by_text("Five of you answered alone first.")).to_be_visible(timeout=WAIT)
        at(page, team, PLAN)
        shown = card(page, PLAN)
        expect(shown.get_by_text("Before you talked")).to_be_visible(timeout=WAIT)
        expect(shown.locator(".pw-spread li")).to_have_text(
            ["Not in place or planned: 0", "Partly: 2", "In place: 3"]
        )
        expect(shown.get_by_text("Members with lived experience speak first.")).to_be_visible()
        agree_on(page, PLAN, "Partly")
        shown.get_by_label("Why do you answer so?").fill("Only travel is paid")
        shown.get_by_label("Where is it found?").fill("Folder 3")
        shown.get_by_label("Of what date?").fill("May 2026")
        shown.get_by_label("What shows it?").fill("The budget")
        shown.get_by_role("button", name="Close the note").click()
        eventually(lambda: kept(team), ("partly", "Only travel is paid", NOTE))


NOTE = "The budget\nWhere: Folder 3\nDate: May 2026"


def kept(team: Round) -> tuple[str, str, str]:
    found = agreed(team.store, team.record.id).get(PLAN, NO_ANSWER)
    return found.value, found.reason, found.note


def alone_asked(team: Round) -> str:
    """The first question of the form for members, in their words."""
    asked = asked_of(team.store, team.record, WORKING_GROUP)
    assert asked.pages[0].questions[0].item.id == PLAN
    return asked.pages[0].questions[0].text


@pytest.mark.parametrize("look", LOOKS)
def test_whoever_comes_finds_every_page_in_order_in_every_look(
    browser: Browser, team: Round, look: Look
) -> None:
    with watched(browser, team.address, look) as found:
        page = found.page
        page.goto(link(team))
        sound(page)
        page.get_by_role("button", name="Answer alone first").click(timeout=WAIT)
        page.get_by_text("What exactly does that mean?").click(timeout=WAIT)
        sound(page)
        page.goto(link(team))
        page.get_by_role("button", name="Answer together").click(timeout=WAIT)
        expect(page.get_by_role("heading", name="First, each alone")).to_be_visible(timeout=WAIT)
        sound(page)
        at(page, team, "alone")
        sound(page)
        handed_in_alone(team.store, team.record, *[{PLAN: "in_place"}] * 5)
        end(team.store, team.record)
        at(page, team, PLAN)
        expect(page.get_by_text("Before you talked").first).to_be_visible(timeout=WAIT)
        card(page, PLAN).get_by_role("button", name="Add a note").click(timeout=WAIT)
        expect(page.get_by_label("Why do you answer so?")).to_be_visible(timeout=WAIT)
        sound(page)
        page.goto(f"{team.address}/alone")
        expect(page.get_by_role("heading", name="This part is over")).to_be_visible(timeout=WAIT)
        sound(page)
