"""Boxes to write in, the review of what was written, statements of groups, and the results."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from assessment.services.own_words import text_review
from questionnaires.own_questions import OwnQuestion
from tests.support.assessments import group_plan
from tests.support.browser.looks import LOOKS, WAIT, Look, heading, sound, watched
from tests.support.browser.respondent import Round, a_round, begin
from tests.support.own_words import TEXTS, over, texts_of, wrote
from tests.support.publishing import publish
from tests.support.running_app import RunningApp

QUESTION = OwnQuestion(
    text="What would make nights here easier?", kind="words", asked=("service_user", "staff")
)


@pytest.fixture
def page(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    look: Look = request.param
    with watched(browser, address, look) as found:
        yield found.page


@pytest.fixture
def written(app: RunningApp) -> Iterator[Round]:
    """A round in which some have written, with a group that is too small for numbers."""
    groups = (group_plan("staff", 12), group_plan("service_user", 12), group_plan("peer_worker", 3))
    with a_round(app, groups=groups, title="Written", own_questions=(QUESTION,)) as round_:
        wrote(round_.store, round_.record, [*TEXTS, "Sam shouts, and we want a rule"])
        yield round_


@pytest.mark.parametrize("page", LOOKS, indirect=True)
def test_what_people_write_comes_by_way_of_a_reader_into_the_results(
    page: Page, written: Round
) -> None:
    store, record = written.store, written.record
    # At each box stands that nobody watches it, in both forms; own questions say whose they are.
    begin(page, written.link("staff"))
    parts = int(page.get_by_role("heading", level=1).inner_text().split(" of ")[1].split()[0])
    for form in ("answer", "form"):
        page.goto(f"/{form}?part={parts}")
        expect(page.get_by_role("heading", name="Asked by service users").first).to_be_visible()
        note = page.locator(".pw-box-note").first
        expect(note).to_contain_text("Nobody watches this box. If you need help now: Ask for Sam")
        expect(note).to_contain_text("Please write no names.")
        sound(page)
    # A group that is too small is offered a statement.
    page.goto(f"/overview?assessment={record.id}")
    expect(page.get_by_text("Peer workers: fewer than 5 people, so no numbers")).to_be_visible()
    page.get_by_role("button", name="Write down what peer workers say").click()
    page.get_by_label("Peer workers: what they say").fill("Ask us first.\n\nAnd then tell us.")
    page.get_by_text("Somebody else wrote down what the group said").click()
    page.get_by_text("How to do it safely").click()
    sound(page)
    page.get_by_role("button", name="Keep the statement").click()
    expect(page.get_by_text("The statement of peer workers is kept.")).to_be_visible(timeout=WAIT)
    sound(page)
    # After the end somebody reads, and decides.
    closed = over(store, record)
    page.goto(f"/overview?assessment={record.id}")
    page.get_by_role("link", name="Read what people wrote").last.click()
    heading(page, "What people wrote")
    page.get_by_role("button", name="Begin to read").click()
    expect(page.get_by_text("Six texts wait, in an order by chance.")).to_be_visible(timeout=WAIT)
    sam = next(text for text in texts_of(store, closed) if text.text.startswith("Sam"))
    card = page.locator(f".st-key-card-text-{sam.id}")
    card.get_by_role("button", name="Take a part out of").click()
    box = page.get_by_label("Put [...] in the place of what nobody may read")
    box.fill("[...] we want a rule")
    sound(page)
    page.get_by_role("button", name="Take it out").click()
    expect(page.get_by_text("The part is taken out.")).to_be_visible(timeout=WAIT)
    hidden = page.locator('[class*="st-key-card-text-"]').first
    hidden.get_by_role("button", name="Hide text 1").click()
    expect(page.get_by_text("It names somebody.")).to_be_visible(timeout=WAIT)
    sound(page)
    for text in texts_of(store, closed):
        if text.review == "waiting":
            text_review.show(store, closed, text)
    publish(store, record)
    page.goto(f"/results?assessment={record.id}")
    card = page.locator("#own_words")
    expect(card.get_by_text("[…] we want a rule")).to_be_visible(timeout=WAIT)
    expect(card.get_by_text("Not shown: fewer than 5 people wrote something.")).to_be_visible()
    expect(page.locator("#statements").get_by_text("And then tell us.")).to_be_visible()
    sound(page)
