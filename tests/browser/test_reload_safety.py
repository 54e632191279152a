"""Reloading, closing and coming back, the back button, a shared device: nothing is lost, and
nothing is shown to the next person."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.support.browser.chromium import ELSEWHERE
from tests.support.browser.looks import WAIT
from tests.support.browser.respondent import (
    Round,
    a_round,
    at_part,
    begin,
    choose,
    chosen,
    device,
    full_form,
    hand_in,
    is_saved,
    none_chosen,
    open_together,
    walk_in,
)
from tests.support.browser.waiting import wait_idle
from tests.support.running_app import free_port, running_app

LISTEN, SAY = (
    "Staff listen to what I have to say.",
    "I have a real say in how things are done here.",
)
CHOICES = "Staff make the big choices with us."


def one_answered(phone: BrowserContext, asked: Round, *, own: bool = True) -> Page:
    """A page on which somebody has begun, with one answer."""
    page = phone.new_page()
    if own:
        begin(page, asked.link())
    else:
        walk_in(page, asked.link(), own=False)
    choose(page, LISTEN, "Often")
    is_saved(page)
    return page


def two_parts_answered(phone: BrowserContext, asked: Round, *, own: bool = True) -> Page:
    page = one_answered(phone, asked, own=own)
    answer_part_two(page)
    return page


def answer_part_two(page: Page) -> None:
    page.get_by_role("button", name="Next").click()
    at_part(page, 2)
    choose(page, SAY, "Never")
    expect(page.get_by_role("button", name="Take my answer back")).to_be_visible(timeout=WAIT)


def shows_nothing(page: Page) -> None:
    """No question, no answer, no name of the round: only calm words."""
    expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=WAIT)
    wait_idle(page)
    expect(page.get_by_role("radio")).to_have_count(0)
    expect(page.get_by_text(LISTEN)).to_have_count(0)
    expect(page.get_by_text(SAY)).to_have_count(0)


def the_code(page: Page) -> str:
    code = page.locator(".pw-code > span").first
    expect(code).to_be_visible(timeout=WAIT)
    return code.inner_text()


def test_reloading_returns_to_the_same_part_with_its_answers(
    phone: BrowserContext, asked: Round
) -> None:
    page = two_parts_answered(phone, asked)
    page.reload()
    at_part(page, 2)
    chosen(page, SAY, "Never")


def test_closing_the_page_and_opening_the_link_again_goes_on(
    phone: BrowserContext, asked: Round
) -> None:
    page = one_answered(phone, asked)
    page.close()
    again = phone.new_page()
    again.goto(asked.link())
    # One question of the first part is answered, others are open: there it goes on.
    at_part(again, 1)
    chosen(again, LISTEN, "Often")


def test_an_own_device_remembers_after_the_browser_was_closed(
    browser: Browser, asked: Round
) -> None:
    """What lasts is what a restarted browser still has: cookies with a date on them."""
    with device(browser) as phone:
        page = one_answered(phone, asked)
        lasting = [cookie for cookie in phone.cookies() if cookie.get("expires", -1) > 0]
    with device(browser) as restarted:
        restarted.add_cookies(lasting)  # type: ignore[arg-type]
        page = restarted.new_page()
        page.goto(asked.link())
        at_part(page, 1)
        chosen(page, LISTEN, "Often")


def test_a_shared_device_forgets_when_the_browser_is_closed(
    phone: BrowserContext, asked: Round
) -> None:
    one_answered(phone, asked, own=False)
    assert [c for c in phone.cookies() if c.get("expires", -1) > 0] == []


def test_the_back_button_leads_from_part_to_part(phone: BrowserContext, asked: Round) -> None:
    page = two_parts_answered(phone, asked)
    page.get_by_role("button", name="Next").click()
    at_part(page, 3)
    page.go_back()
    at_part(page, 2)
    chosen(page, SAY, "Never")
    page.go_back()
    at_part(page, 1)
    chosen(page, LISTEN, "Often")
    page.go_forward()
    at_part(page, 2)
    chosen(page, SAY, "Never")


def test_an_answer_just_before_the_back_button_is_saved(
    phone: BrowserContext, asked: Round
) -> None:
    page = two_parts_answered(phone, asked)
    page.get_by_role("radiogroup", name=CHOICES).evaluate(
        """group => { group.querySelector('input').click();
            setTimeout(() => history.back(), 60); }"""
    )
    at_part(page, 1)
    page.go_forward()
    at_part(page, 2)
    chosen(page, CHOICES, "Never")


def test_after_handing_in_the_back_button_shows_no_answers(
    phone: BrowserContext, asked: Round
) -> None:
    page = one_answered(phone, asked)
    hand_in(page)
    page.go_back()
    shows_nothing(page)


@pytest.mark.parametrize("own", [True, False], ids=["own device", "shared device"])
def test_after_leaving_nothing_is_visible_to_the_next_person(
    phone: BrowserContext, asked: Round, own: bool
) -> None:
    page = two_parts_answered(phone, asked, own=own)
    page.goto(f"{asked.address}/leave")
    if own:  # no code was shown yet
        the_code(page)
    page.get_by_role("button", name="Leave this device clean").click()
    expect(page.get_by_role("heading", name="None of your answers")).to_be_visible(timeout=WAIT)
    assert {cookie.get("name") for cookie in phone.cookies()} & {"session", "team"} == set()
    page.go_back()
    shows_nothing(page)
    for typed in (
        "/answer?part=2",
        "/answer",
        "/welcome",
        "/answer?part=later",
        "/answer?part=review",
        "/form?part=review",
    ):
        page.goto(asked.address + typed)
        shows_nothing(page)
        expect(page.locator(".pw-code")).to_have_count(0)
    walk_in(page, asked.link(), own=False)
    none_chosen(page)


def test_leaving_deletes_every_cookie_over_plain_http_in_a_network_too(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There a browser takes no order to clear what it has, and must not lose the others for it."""
    port = free_port()
    address = f"http://{ELSEWHERE}:{port}"
    monkeypatch.setenv("ASSESSMENT_PUBLIC_ADDRESS", address)
    with (
        running_app(tmp_path, port=port) as app,
        a_round(app, browser) as asked,
        device(browser) as phone,
    ):
        page = phone.new_page()
        walk_in(page, f"{address}/i/{asked.record.group('staff').code}", own=False)
        assert "session" in {cookie.get("name") for cookie in phone.cookies()}
        page.goto(f"{address}/leave")
        page.get_by_role("button", name="Leave this device clean").click()
        expect(page.get_by_role("heading", name="None of your answers")).to_be_visible()
        assert {cookie.get("name") for cookie in phone.cookies()} <= {"place", "_streamlit_xsrf"}
        page.goto(f"{address}/welcome")
        shows_nothing(page)


def test_the_next_person_with_the_same_link_begins_afresh(
    phone: BrowserContext, asked: Round
) -> None:
    """Somebody walked off without leaving: the link still opens a new questionnaire."""
    page = two_parts_answered(phone, asked, own=False)
    walk_in(page, asked.link(), own=False)
    none_chosen(page)
    page.get_by_role("button", name="Next").click()
    at_part(page, 2)
    none_chosen(page)
    assert len(asked.saved()) == 2


def test_leaving_in_one_window_closes_the_other(phone: BrowserContext, asked: Round) -> None:
    page, other = one_answered(phone, asked), phone.new_page()
    other.goto(f"{asked.address}/answer?part=1")
    chosen(other, LISTEN, "Often")
    page.goto(f"{asked.address}/leave")
    page.get_by_role("button", name="Leave this device clean").click()
    expect(other.get_by_role("heading", name="None of your answers")).to_be_visible(timeout=WAIT)


def test_the_code_brings_answers_back_on_another_device(browser: Browser, asked: Round) -> None:
    with device(browser) as shared:
        page = shared.new_page()
        page.goto(asked.link())
        full_form(page)
        page.get_by_role("button", name="others use this device").click(timeout=WAIT)
        first = the_code(page)
        assert re.fullmatch(r"[2-9A-Z]{5}-[2-9A-Z]{5}-[2-9A-Z]{3}", first)
        page.get_by_role("button", name="go on").click()
        at_part(page, 1)
        choose(page, LISTEN, "Often")
        is_saved(page)
        answer_part_two(page)
        page.get_by_role("button", name="Finish later").click()
        code = the_code(page)
        assert code == first, "the code that was written down stays good"
        # A phone loads a page anew by itself.
        page.reload()
        expect(page.get_by_text("The code that you wrote down still works")).to_be_visible(
            timeout=WAIT
        )
        page.get_by_role("button", name="Leave this device clean").click()
        expect(page.get_by_role("heading", name="None of your answers")).to_be_visible(timeout=WAIT)
    with device(browser) as another:
        page = another.new_page()
        page.goto(f"{asked.address}/go")
        type_code(page, code.lower().replace("-", ""))
        at_part(page, 1)
        chosen(page, LISTEN, "Often")
        page.get_by_role("button", name="Next").click()
        at_part(page, 2)
        chosen(page, SAY, "Never")


def type_code(page: Page, code: str) -> None:
    full_form(page)
    page.get_by_role("textbox", name=re.compile("[Yy]our code")).fill(code)
    page.get_by_role("button", name=re.compile("Open my questions|Go on where I")).click()
    # Nothing of the answers is shown before this.
    expect(page.get_by_role("heading", name="Was it you?")).to_be_visible(timeout=WAIT)
    page.get_by_role("button", name="Yes, go on").click()


def test_leaving_an_own_device_shows_the_code_first(phone: BrowserContext, asked: Round) -> None:
    page = one_answered(phone, asked)
    page.goto(f"{asked.address}/leave")
    code = the_code(page)
    page.get_by_role("button", name="Leave this device clean").click()
    expect(page.get_by_role("heading", name="None of your answers")).to_be_visible(timeout=WAIT)
    # The link leads to a place where the code can be typed, and so does this page.
    page.goto(asked.link())
    expect(page.get_by_text("Began before?")).to_be_visible(timeout=WAIT)
    page.goto(f"{asked.address}/left")
    type_code(page, code.lower())
    at_part(page, 1)
    chosen(page, LISTEN, "Often")


def test_another_link_asks_before_unfinished_answers_are_put_away(
    phone: BrowserContext, asked: Round
) -> None:
    page = one_answered(phone, asked)
    for _ in range(2):
        page.goto(asked.link("manager"))
        expect(page.get_by_role("heading", name="unfinished answers")).to_be_visible(timeout=WAIT)
        expect(page.get_by_text("Managers ·")).to_be_visible()
        page.get_by_role("link", name="Go on with my").click()
        at_part(page, 1)
        chosen(page, LISTEN, "Often")
    page.goto(asked.link("manager"))
    page.get_by_role("button", name="Get a code").click(timeout=WAIT)
    code = the_code(page)
    page.get_by_role("button", name="open the new one").click()
    expect(page.get_by_text("These questions are for")).to_contain_text("Managers", timeout=WAIT)
    page.get_by_text("Began before?").click()
    type_code(page, code)
    at_part(page, 1)
    chosen(page, LISTEN, "Often")


def test_leaving_the_working_group_keeps_ones_own_answers(
    phone: BrowserContext, asked: Round
) -> None:
    page = one_answered(phone, asked)
    team = phone.new_page()
    team.goto(f"{asked.address}/i/{asked.record.working_group.code}")
    open_together(team)
    assert "team" in {cookie.get("name") for cookie in phone.cookies()}
    team.get_by_role("button", name="Leave the working group").click(timeout=WAIT)
    expect(team.get_by_role("heading", name="You have left")).to_be_visible(timeout=WAIT)
    assert "team" not in {cookie.get("name") for cookie in phone.cookies()}
    team.get_by_role("link", name="Go on with my own answers").click()
    at_part(team, 1)
    chosen(team, LISTEN, "Often")
    at_part(page, 1)


def test_an_own_device_says_that_answers_were_handed_in(
    phone: BrowserContext, asked: Round
) -> None:
    page = one_answered(phone, asked)
    hand_in(page)
    for _ in range(2):
        page.goto(asked.link())
        expect(page.get_by_role("heading", name="were handed in")).to_be_visible(timeout=WAIT)
    page.get_by_role("link", name="somebody else").click()
    full_form(page)
    page.get_by_role("button", name="my own device").click(timeout=WAIT)
    at_part(page, 1)
    none_chosen(page)


def test_two_windows_of_one_person_do_not_undo_each_other(
    phone: BrowserContext, asked: Round
) -> None:
    one, two = phone.new_page(), phone.new_page()
    begin(one, asked.link())
    two.goto(f"{asked.address}/answer?part=1")
    at_part(two, 1)
    choose(one, LISTEN, "Often")
    is_saved(one)
    # The second window never saw that answer; turning its pages must not take it back.
    choose(two, "Staff notice what I am good at.", "Always")
    is_saved(two)
    two.get_by_role("button", name="Next").click()
    at_part(two, 2)
    two.get_by_role("button", name="Back").click()
    at_part(two, 1)
    chosen(two, LISTEN, "Often")
    chosen(two, "Staff notice what I am good at.", "Always")
    assert asked.saved() == [
        {"valued_input.listened_to": "often", "valued_input.strengths_seen": "always"}
    ]


def test_handing_in_in_one_window_ends_the_other_calmly(
    phone: BrowserContext, asked: Round
) -> None:
    one, two = one_answered(phone, asked), phone.new_page()
    two.goto(f"{asked.address}/answer?part=2")
    at_part(two, 2)
    hand_in(one)
    choose(two, SAY, "Never")
    expect(two.get_by_role("alert")).to_contain_text("handed in", timeout=WAIT)
    two.get_by_role("button", name="Next").click()
    expect(two.get_by_role("heading", name="Thank you")).to_be_visible(timeout=WAIT)
    with asked.store.read() as work:
        rows = [row[2:] for row in work.responses.rows(asked.record.id)]
    assert rows == [("valued_input.listened_to", "often")]
