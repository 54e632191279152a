"""From the thank-you page and the old link to what was found: on a phone, with and without scripts,
for those who were invited and for nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from assessment.services.results.demonstration import demonstration
from assessment.services.rounds import follow_ups
from assessment.services.rounds.workbook_import import import_answers
from questionnaires.library import load
from tests.support.assessments import group_plan
from tests.support.browser.looks import LOOKS, WAIT, Look, sound, tell_refusals, watched
from tests.support.browser.respondent import Round, a_round, device, enter, open_together
from tests.support.publishing import closed
from tests.support.running_app import RunningApp, coordinator_cookie

HEADS = {"service_user": 24, "peer_worker": 3, "staff": 18, "manager": 12, "board": 8}
HEADLINE = "Ready to start with peer workers welcoming people in-house, alongside staff."


@pytest.fixture(scope="module")
def answered(app: RunningApp) -> Iterator[Round]:
    """A round in which as many have answered as in the demonstration, in the same way."""
    groups = tuple(group_plan(group, count) for group, count in HEADS.items())
    with a_round(app, groups=groups, title="Our round") as round_:
        import_answers(round_.store, round_.record, demonstration(load()).table)
        yield round_


@pytest.fixture(scope="module")
def respondent(browser: Browser, answered: Round) -> Iterator[BrowserContext]:
    """Somebody who has handed in on a phone of their own, in the light form."""
    refused: list[str] = []
    with device(browser) as context:
        tell_refusals(context, refused)
        enter(context, answered.link(), light=True)
        page = context.new_page()
        page.goto(f"{answered.address}/form?part=1")
        page.get_by_role("radio").first.locator("xpath=ancestor::label").click()
        expect(page.locator(".pw-answer-mark").first).to_have_text("Saved", timeout=WAIT)
        page.goto(f"{answered.address}/form?part=review")
        page.get_by_role("button", name="Hand in my answers").click()
        expect(page.get_by_role("heading", name="Thank you")).to_be_visible(timeout=WAIT)
        page.close()
        yield context
    assert refused == []


@pytest.fixture(scope="module")
def published(browser: Browser, answered: Round, respondent: BrowserContext) -> Round:
    """The same once the coordinator has published, on the overview; before, nothing is to be
    seen."""
    page, name = respondent.new_page(), answered.record.id
    for place in ("/thanks", "/welcome"):
        page.goto(f"{answered.address}{place}")
        expect(page.get_by_text("The results come once, after the end")).to_be_visible()
        expect(page.get_by_role("link", name="See what came out")).to_have_count(0)
    page.goto(f"{answered.address}/what-we-found?assessment={name}")
    expect(page.get_by_role("heading", name="There is nothing to see here")).to_be_visible()
    page.close()
    closed(answered.store, answered.record)
    context = browser.new_context(base_url=answered.address)
    owner = answered.record.organisation.id
    context.add_cookies([coordinator_cookie(answered.address, owner)])
    context.set_default_timeout(WAIT)
    overview = context.new_page()
    overview.goto(f"/overview?assessment={name}")
    overview.get_by_role("button", name="Publish the results…").click()
    publish = overview.get_by_role("button", name="Yes, publish now")
    expect(publish).to_be_visible()
    sound(overview)
    publish.dblclick()
    expect(overview.get_by_role("link", name="See the results")).to_be_visible(timeout=WAIT)
    overview.get_by_label("What did people say?").fill("The talk room is cold.")
    overview.get_by_label("What did you do?").fill("It has a heater now.")
    overview.get_by_role("button", name="Add this").click()
    added = overview.get_by_text("Everybody who was invited can read it now.")
    expect(added).to_be_visible(timeout=WAIT)
    sound(overview)
    context.close()
    return answered


def found(page: Page) -> None:
    """What was found stands there, in short."""
    expect(page.get_by_role("heading", level=1)).to_have_text("What we found")
    expect(page.get_by_text(HEADLINE)).to_be_visible()
    for part in ("Where we are", "What may start", "What happens next", "You said, we did"):
        expect(page.get_by_role("heading", name=part)).to_be_visible()
    expect(page.get_by_text("It has a heater now.")).to_be_visible()


def test_whoever_answered_sees_it_from_the_thanks_and_from_the_old_link(
    published: Round, respondent: BrowserContext
) -> None:
    page = respondent.new_page()
    page.goto(f"{published.address}/thanks")
    page.get_by_role("link", name="See what came out").click()
    found(page)
    page.goto(published.link())
    found(page)
    assert published.record.group("service_user").code not in page.url
    page.get_by_role("link", name="See all the results").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(HEADLINE, timeout=WAIT)
    page.get_by_role("link", name="Back to what we found, in short").click()
    found(page)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_phone_that_never_answered_sees_it_by_the_link_and_not_by_the_id(
    browser: Browser, published: Round, scripts: bool
) -> None:
    with device(browser, java_script_enabled=scripts) as phone:
        page = phone.new_page()
        page.goto(f"{published.address}/what-we-found?assessment={published.record.id}")
        expect(page.get_by_role("heading", level=1)).to_have_text("There is nothing to see here")
        page.get_by_label("Your code").fill(published.record.group("staff").code.lower())
        page.get_by_role("button", name="Go on").click()
        found(page)
        page.get_by_role("button", name="Leave this device clean").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("None of your answers is left")
        page.goto(f"{published.address}/what-we-found")
        expect(page.get_by_role("heading", level=1)).to_have_text("There is nothing to see here")


def test_a_member_of_the_working_group_finds_it_and_what_they_agreed(
    browser: Browser, published: Round
) -> None:
    with device(browser) as phone:
        page = phone.new_page()
        page.goto(f"{published.address}/i/{published.record.working_group.code}")
        found(page)
        page.get_by_role("link", name="What the working group agreed").click()
        open_together(page)
        expect(page.get_by_text("so what you agreed stays as it is")).to_be_visible(timeout=WAIT)


@pytest.mark.parametrize("look", LOOKS)
def test_it_is_sound_in_every_look(browser: Browser, published: Round, look: Look) -> None:
    with watched(browser, published.address, look) as seen:
        page = seen.page
        page.goto("/what-we-found")
        sound(page)
        page.goto(published.link("board"))
        found(page)
        sound(page)


def test_what_was_done_stands_below_with_its_day(published: Round) -> None:
    (entry,) = follow_ups.of(published.store, published.record.id)
    assert (entry.said, entry.done_on) == ("The talk room is cold.", date.today())
