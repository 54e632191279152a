"""A code for each person, from the card to what it says when it has done its work."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from assessment.services.rounds import personal_codes
from tests.support.browser.looks import WAIT, sound
from tests.support.browser.respondent import (
    Round,
    at_part,
    begin,
    choose,
    chosen,
    device,
    hand_in,
    is_saved,
)

LISTEN = "Staff listen to what I have to say."


def type_code(page: Page, code: str) -> None:
    page.get_by_label("Your code").fill(code.lower().replace("-", " "))
    page.get_by_role("button", name="Open my questions").click()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_card_leads_to_the_questions_once_and_back_to_them_only_where_it_is_typed(
    browser: Browser, asked: Round, scheme: str
) -> None:
    code = personal_codes.make(asked.store, asked.record, "service_user", 1)[0]
    link = f"{asked.address}/i/{code}"
    with device(browser) as one, device(browser, color_scheme=scheme) as other:
        mine, borrowed = one.new_page(), other.new_page()
        begin(mine, link, light=True)
        choose(mine, LISTEN, "Often")
        is_saved(mine)

        borrowed.goto(asked.link())  # the group's own link opens nothing by itself
        expect(borrowed.get_by_text("Each person has a code of their own")).to_be_visible()
        sound(borrowed)
        borrowed.goto(link)
        expect(borrowed.get_by_text("Answers were given with this link")).to_be_visible()
        sound(borrowed)
        type_code(borrowed, code)
        expect(borrowed.get_by_role("heading", name="Was it you?")).to_be_visible(timeout=WAIT)
        assert "Often" not in borrowed.content()
        sound(borrowed)
        borrowed.get_by_role("link", name="No, that was not me").click()
        expect(borrowed.get_by_role("heading", name="leave it as it is")).to_be_visible()
        sound(borrowed)
        borrowed.go_back()
        borrowed.get_by_role("button", name="Yes, go on").click()
        at_part(borrowed, 1)
        chosen(borrowed, LISTEN, "Often")

        mine.reload()
        expect(mine.get_by_text("Answers were given with this link")).to_be_visible(timeout=WAIT)
        hand_in(borrowed)
        mine.goto(link)
        expect(mine.get_by_role("heading", name="has done its work")).to_be_visible(timeout=WAIT)
        sound(mine)
