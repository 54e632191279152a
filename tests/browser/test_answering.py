"""Answering in a real browser, on a small phone: each answer is saved, none is lost."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.browser.looks import LOOKS, WAIT, Look, sound
from tests.support.browser.respondent import (
    Round,
    a_round,
    at_part,
    begin,
    choose,
    chosen,
    device,
    enter,
    full_form,
    is_saved,
    mark_says,
    none_chosen,
)
from tests.support.browser.waiting import eventually, wait_idle
from tests.support.running_app import RunningApp

LISTEN, STRENGTHS = "Staff listen to what I have to say.", "Staff notice what I am good at."
LISTEN_ITEM = "valued_input.listened_to"
PRIVATE, A_LOT = "A peer worker might tell others what I say.", "Worries me a lot"
KNOWN = "A peer worker might know me from before."
#: The list of concerns as somebody answers it whom nothing worries.
NO_CONCERN = {
    f"concern.{line}": "not_a_concern"
    for line in (
        "kept_private",
        "might_know_me",
        "free_to_say_no",
        "pushed",
        "fairly_paid",
        "well_supported",
    )
}
#: The part with the list of concerns, and the last one, with the ladder.
CONCERNS, LADDER = 6, 8
#: What is asked beside that where people also choose several answers, and write.
CHOICES, WORDS, ANYTHING = 9, 10, "Is there anything else that you want to say?"
#: And give a number.
NUMBER, COST = 11, "How much does it cost you a year to get here?"


@pytest.fixture
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    look: Look | None = getattr(request, "param", None)
    context = device(browser, **(look.options if look else {}))
    yield context.new_page()
    context.close()


def go_next(page: Page, number: int) -> None:
    page.get_by_role("button", name="Next").click()
    at_part(page, number)


def expect_stored(page: Page, round_: Round, answers: Mapping[str, str]) -> None:
    """Wait until the only draft holds these answers, "" for none, and the page is drawn."""
    eventually(lambda: {item: round_.saved()[0].get(item, "") for item in answers}, answers)
    wait_idle(page)


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the keyboard is there."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"the keyboard does not reach {selector}")


@pytest.mark.parametrize("page", LOOKS, indirect=True)
def test_every_screen_of_answering_is_sound(page: Page, asked: Round) -> None:
    page.goto(asked.link())
    full_form(page)
    sound(page)
    page.get_by_role("button", name="others use this device").click()
    expect(page.get_by_role("heading", name="write down your code")).to_be_visible(timeout=WAIT)
    sound(page)
    page.get_by_role("button", name="go on").click()
    at_part(page, 1)
    choose(page, LISTEN, "Often")
    is_saved(page)
    expect(page.get_by_role("button", name="Take my answer back")).to_be_visible(timeout=WAIT)
    sound(page)
    for part in (CONCERNS, LADDER):
        page.goto(f"{asked.address}/answer?part={part}")
        at_part(page, part)
        if part == CONCERNS:
            page.get_by_role("checkbox", name=PRIVATE).locator("xpath=ancestor::label").click()
            expect(page.get_by_role("checkbox", name=A_LOT)).to_be_attached(timeout=WAIT)
        page.locator("summary").click()
        sound(page)
    page.get_by_role("button", name="Check my answers").click()
    expect(page.get_by_role("heading", name="Before you hand in")).to_be_visible(timeout=WAIT)
    sound(page)
    page.get_by_role("button", name="Finish later").click()
    expect(page.get_by_role("heading", name="Your answers are saved")).to_be_visible(timeout=WAIT)
    sound(page)
    page.get_by_role("button", name="Leave this device clean").click()
    expect(page.get_by_role("heading", name="None of your answers")).to_be_visible(timeout=WAIT)
    sound(page)
    page.goto(f"{asked.address}/i/22222-22222-222")
    expect(page.get_by_role("alert")).to_contain_text("opens nothing", timeout=WAIT)
    sound(page)


def test_targets_are_large_and_type_is_legible(page: Page, asked: Round) -> None:
    begin(page, asked.link())
    choose(page, LISTEN, "Often")
    large_and_legible(page)
    page.goto(f"{asked.address}/answer?part={CONCERNS}")
    at_part(page, CONCERNS)
    page.get_by_role("checkbox", name=PRIVATE).locator("xpath=ancestor::label").click()
    expect(page.get_by_role("checkbox", name=A_LOT)).to_be_visible(timeout=WAIT)
    large_and_legible(page)


def large_and_legible(page: Page) -> None:
    expect(page.get_by_role("button", name="Take my answer back")).to_be_visible(timeout=WAIT)
    small = page.evaluate(
        """() => [...document.querySelectorAll('[class*=st-key-narrow]')]
            .flatMap(e => [...e.querySelectorAll('label, button, summary, a')])
            .filter(e => e.checkVisibility() && e.dataset.testid !== 'stWidgetLabel')
            .filter(e => e.getBoundingClientRect().height < 44)
            .map(e => e.outerHTML.slice(0, 100))"""
    )
    assert small == []
    tiny = page.evaluate(
        """() => [...document.querySelectorAll('.st-key-narrow-answer :is(p, h1, h2, h3, span)')]
            .filter(e => e.checkVisibility() && e.textContent.trim())
            .filter(e => parseFloat(getComputedStyle(e).fontSize) < 16)
            .map(e => e.outerHTML.slice(0, 100))"""
    )
    assert tiny == []


def test_an_answer_is_in_the_store_when_the_screen_says_so(page: Page, asked: Round) -> None:
    begin(page, asked.link())
    expect(page.locator(".pw-saved")).to_have_text("")
    choose(page, LISTEN, "Often")
    is_saved(page)
    assert asked.saved() == [{LISTEN_ITEM: "often"}]


def test_the_saved_mark_is_always_in_the_same_place(page: Page, asked: Round) -> None:
    begin(page, asked.link())
    places = []
    for times, question in enumerate((LISTEN, STRENGTHS), 1):
        choose(page, question, "Often")
        expect(page.locator(f'.pw-saved[data-times="{times}"]')).to_contain_text(
            "Saved", timeout=WAIT
        )
        box = page.locator(".pw-saved").bounding_box()
        assert box is not None
        places.append((round(box["x"]), round(box["width"])))
        assert 0 <= box["y"] < 60
    assert places[0] == places[1]


def test_an_answer_can_be_changed_and_taken_back(page: Page, asked: Round) -> None:
    begin(page, asked.link())
    choose(page, LISTEN, "Often")
    expect_stored(page, asked, {LISTEN_ITEM: "often"})
    choose(page, LISTEN, "I would rather not say")
    expect_stored(page, asked, {LISTEN_ITEM: "prefer_not"})
    page.get_by_role("button", name="Take my answer back").click()
    none_chosen(page)
    expect_stored(page, asked, {LISTEN_ITEM: ""})
    choose(page, LISTEN, "Never")
    expect_stored(page, asked, {LISTEN_ITEM: "never"})
    chosen(page, LISTEN, "Never")


@pytest.mark.parametrize("pause", [0, 1, 30], ids=lambda pause: f"{pause} ms apart")
def test_a_burst_of_twenty_taps_loses_none(page: Page, asked: Round, pause: int) -> None:
    """Twenty taps over the six questions of a part, as fast as a browser taps: the last one on
    each question is what stays."""
    begin(page, asked.link())
    codes = ("never", "not_often", "sometimes", "often", "always")
    expect(page.get_by_role("radiogroup")).to_have_count(6, timeout=WAIT)
    taps = [(tap % 6, (tap * 7 + tap // 6) % 5) for tap in range(20)]
    page.evaluate(
        """async ([taps, pause]) => {
            const groups = [...document.querySelectorAll('[role=radiogroup]')];
            for (const [group, option] of taps) {
                groups[group].querySelectorAll('input')[option].click();
                if (pause) { await new Promise(done => setTimeout(done, pause)); }
            }
        }""",
        [taps, pause],
    )
    last = dict(taps)
    order = (
        "valued_input.listened_to",
        "valued_input.knowledge_counts",
        "valued_input.strengths_seen",
        "new_relationships.respect",
        "new_relationships.work_side_by_side",
        "new_relationships.shared_ownership",
    )
    expected = {order[group]: codes[option] for group, option in last.items()}
    eventually(asked.saved, [expected])


def test_a_tap_and_next_at_once_lose_nothing(page: Page, asked: Round) -> None:
    begin(page, asked.link())
    expect(page.get_by_role("radiogroup")).to_have_count(6, timeout=WAIT)
    page.evaluate(
        """() => { document.querySelectorAll('[role=radiogroup]')[2]
                .querySelectorAll('input')[4].click();
            document.querySelector('.st-key-next button').click(); }"""
    )
    at_part(page, 2)
    expect_stored(page, asked, {"valued_input.strengths_seen": "always"})


def at_the_concerns(page: Page, asked: Round) -> None:
    """At the list of concerns, with nothing ticked."""
    begin(page, asked.link(), part=CONCERNS)
    expect(page.get_by_role("checkbox")).to_have_count(9, timeout=WAIT)


def tick(page: Page, name: str) -> None:
    box = page.get_by_role("checkbox", name=name)
    box.locator("xpath=ancestor::label").click(timeout=WAIT)


def ticked(page: Page, *names: str) -> None:
    """Expect these boxes to be ticked, and no other one."""
    for name in names:
        expect(page.get_by_role("checkbox", name=name)).to_be_checked(timeout=WAIT)
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(len(names), timeout=WAIT)


def test_concerns_are_one_list_to_tick(page: Page, asked: Round) -> None:
    at_the_concerns(page, asked)
    tick(page, PRIVATE)
    expect_stored(page, asked, NO_CONCERN | {"concern.kept_private": "some"})
    tick(page, A_LOT)
    expect_stored(page, asked, NO_CONCERN | {"concern.kept_private": "serious"})
    page.reload()
    at_part(page, CONCERNS)
    ticked(page, PRIVATE, A_LOT)
    tick(page, "I don't know")
    expect_stored(page, asked, dict.fromkeys(NO_CONCERN, "dont_know"))
    page.reload()
    at_part(page, CONCERNS)
    ticked(page, "I don't know")
    tick(page, "None of these")
    expect_stored(page, asked, NO_CONCERN)
    ticked(page, "None of these")
    expect(page.get_by_role("checkbox", name=A_LOT)).to_have_count(0)
    page.get_by_role("button", name="Take my answer back").click()
    expect_stored(page, asked, dict.fromkeys(NO_CONCERN, ""))
    ticked(page)


@pytest.mark.parametrize("page", LOOKS, indirect=True)
def test_the_list_of_concerns_is_sound_with_ticks_and_without(page: Page, asked: Round) -> None:
    at_the_concerns(page, asked)
    sound(page)
    for times, names in enumerate(((PRIVATE,), (PRIVATE, A_LOT), ("None of these",)), 1):
        tick(page, names[-1])
        ticked(page, *names)
        saved = page.locator(f'.pw-saved[data-times="{times}"]')
        expect(saved).to_contain_text("Saved", timeout=WAIT)
        sound(page)


def test_the_list_of_concerns_by_keyboard_alone(page: Page, asked: Round) -> None:
    """Tab leads from line to line, and from a ticked one to how much it worries; Space ticks. The
    keyboard stays where it is, also where what it pressed goes away."""
    at_the_concerns(page, asked)

    def on(name: str) -> None:
        expect(page.get_by_role("checkbox", name=name)).to_be_focused(timeout=WAIT)

    tab_to(page, "[class*=st-key-ticks] input")
    page.keyboard.press("Space")
    expect(page.get_by_role("checkbox", name=A_LOT)).to_be_attached(timeout=WAIT)
    on(PRIVATE)
    page.keyboard.press("Tab")
    on(A_LOT)
    page.keyboard.press("Space")
    expect_stored(page, asked, NO_CONCERN | {"concern.kept_private": "serious"})
    ticked(page, PRIVATE, A_LOT)
    on(A_LOT)
    page.keyboard.press("Tab")
    on(KNOWN)
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    on(PRIVATE)
    page.keyboard.press("Space")
    expect(page.get_by_role("checkbox", name=A_LOT)).to_have_count(0, timeout=WAIT)
    on(PRIVATE)
    tab_to(page, "[aria-label='None of these']")
    page.keyboard.press("Space")
    expect_stored(page, asked, NO_CONCERN)
    back = page.get_by_role("button", name="Take my answer back")
    expect(back).to_be_visible(timeout=WAIT)
    for name in ("I don't know", "I would rather not say"):
        page.keyboard.press("Tab")
        on(name)
    page.keyboard.press("Tab")
    expect(back).to_be_focused(timeout=WAIT)
    page.keyboard.press("Enter")
    expect_stored(page, asked, dict.fromkeys(NO_CONCERN, ""))
    expect(back).to_have_count(0, timeout=WAIT)
    on(PRIVATE)


def test_each_box_for_what_is_serious_says_what_it_is_about(page: Page, asked: Round) -> None:
    at_the_concerns(page, asked)
    for name in (PRIVATE, KNOWN):
        tick(page, name)
        concern = page.get_by_role("group", name=name)
        expect(concern.get_by_role("checkbox", name=A_LOT)).to_be_attached(timeout=WAIT)


def test_a_burst_of_ticks_loses_none(page: Page, asked: Round) -> None:
    begin(page, asked.link(), part=CONCERNS)
    # Six lines, none of these, I don't know, and I would rather not say.
    expect(page.get_by_role("checkbox")).to_have_count(9, timeout=WAIT)
    page.evaluate(
        """() => [0, 1, 2, 3, 1, 4].forEach(
            at => document.querySelectorAll('[class*=st-key-ticks] input')[at].click())"""
    )
    worries = ("kept_private", "free_to_say_no", "pushed", "fairly_paid")
    expected = {f"concern.{line}": "some" for line in worries}
    expected |= {f"concern.{line}": "not_a_concern" for line in ("might_know_me", "well_supported")}
    expect_stored(page, asked, expected)


def test_several_choices_one_that_stands_alone_and_words(page: Page, own_words: Round) -> None:
    begin(page, own_words.link(), part=CHOICES)
    item = "helpful.what"
    page.get_by_text("Training", exact=True).click()
    expect_stored(page, own_words, {item: "training"})
    page.get_by_text("Talking about it", exact=True).click()
    expect_stored(page, own_words, {item: "talking;training"})
    page.get_by_text("Nothing of this", exact=True).click()
    expect_stored(page, own_words, {item: "nothing"})
    page.get_by_text("Talking about it", exact=True).click()
    expect_stored(page, own_words, {item: "talking"})
    page.get_by_role("checkbox", name="I don't know").locator("xpath=ancestor::label").click()
    expect_stored(page, own_words, {item: "dont_know"})
    expect(page.get_by_role("checkbox", name="Talking about it")).not_to_be_checked(timeout=WAIT)
    go_next(page, WORDS)
    text = "=1+1 <b>*bold*</b> $x$ :red[no]"
    page.get_by_role("textbox", name=ANYTHING).fill(text)
    page.get_by_role("heading", level=1).click()
    expect_stored(page, own_words, {"words.anything": text})
    is_saved(page)


def expect_not_saved(page: Page, sentence: str) -> None:
    """What stands in a field is not taken: said beside it and at the top, and never "Saved"."""
    expect(page.get_by_role("alert").filter(has_text=sentence)).to_be_visible(timeout=WAIT)
    expect(page.locator(".pw-saved")).to_have_text("Not saved yet", timeout=WAIT)
    expect(page.locator(".pw-saved")).to_be_visible(timeout=WAIT)
    expect(page.locator(".pw-unsaved")).to_be_hidden()


def test_a_number_is_read_as_it_was_typed_or_asked_for_again(page: Page, own_words: Round) -> None:
    begin(page, own_words.link(), part=NUMBER)
    box, item = page.get_by_role("textbox", name=COST), "travel.cost"
    expect(box).to_have_attribute("inputmode", "decimal", timeout=WAIT)
    box.press_sequentially("7,5")
    expect_stored(page, own_words, {item: "7.5"})
    expect(page.locator(".pw-read")).to_have_text("We read: 7.5 pounds a year", timeout=WAIT)
    is_saved(page)
    expect(box).to_have_value("7,5")
    box.fill("12.500")
    expect_not_saved(page, "Do you mean 12500 or 12.5? Please write it in one of these two ways.")
    mark_says(page, COST, "Not saved yet")
    # Nothing is said of a lost line, and the answer before stays until there is a new one.
    expect(page.locator(".pw-silence")).to_be_hidden()
    expect_stored(page, own_words, {item: "7.5"})
    # It waits in its box on the way through the questionnaire.
    page.get_by_role("button", name="Check my answers").click()
    page.get_by_role("button", name=COST).click(timeout=WAIT)
    at_part(page, NUMBER)
    expect(box).to_have_value("12.500", timeout=WAIT)
    expect_not_saved(page, "Do you mean 12500 or 12.5?")
    box.fill("12500")
    expect_stored(page, own_words, {item: "12500"})
    expect(page.locator(".pw-read")).to_have_text("We read: 12\N{NO-BREAK SPACE}500 pounds a year")
    is_saved(page)
    mark_says(page, COST, "Saved")
    page.get_by_role("checkbox", name="I don't know").locator("xpath=ancestor::label").click()
    expect_stored(page, own_words, {item: "dont_know"})
    expect(box).to_have_value("", timeout=WAIT)


def test_a_text_that_is_too_long_stays_in_its_box(page: Page, own_words: Round) -> None:
    begin(page, own_words.link(), part=WORDS)
    box, item = page.get_by_role("textbox", name=ANYTHING), "words.anything"
    box.focus()
    page.keyboard.insert_text("é" * 4412)  # as a paste comes
    expect_not_saved(page, "This is too long by 412: at most 4,000 letters and signs fit here.")
    expect(box).to_have_value("é" * 4412)
    expect_stored(page, own_words, {item: ""})
    box.fill("é" * 4000)
    expect_stored(page, own_words, {item: "é" * 4000})
    is_saved(page)


def test_a_text_is_saved_while_somebody_writes(page: Page, own_words: Round) -> None:
    """Nobody left the box; a reload must not take away what the page said was saved."""
    begin(page, own_words.link(), part=WORDS)
    box = page.get_by_role("textbox", name=ANYTHING)
    box.click()
    page.keyboard.type("What if <b>nobody</b> comes & --> 50% stay?")
    expect(page.locator(".pw-unsaved")).to_be_visible(timeout=WAIT)
    expect(page.locator(".pw-saved")).to_be_hidden()
    mark_says(page, ANYTHING, "Saving…")
    is_saved(page)
    mark_says(page, ANYTHING, "Saved")
    expect(page.locator(".pw-unsaved")).to_be_hidden()
    expect(box).to_be_focused()
    page.keyboard.type(" \nI am not sure. ")
    is_saved(page)
    page.reload()
    at_part(page, WORDS)
    expect(box).to_have_value(
        "What if <b>nobody</b> comes & --> 50% stay? \nI am not sure.", timeout=WAIT
    )


def test_a_text_is_saved_when_the_page_goes_out_of_sight(page: Page, own_words: Round) -> None:
    """As when somebody turns to another app. The wait after the last key is switched off here."""
    page.add_init_script(
        """const wait = window.setTimeout;
        window.setTimeout = (task, time, ...more) => time === 1000 ? 0 : wait(task, time, ...more);
        """
    )
    begin(page, own_words.link(), part=WORDS)
    page.get_by_role("textbox", name=ANYTHING).press_sequentially("Too fast")
    page.evaluate(
        """() => { Object.defineProperty(document, 'hidden', {value: true});
            document.dispatchEvent(new Event('visibilitychange')); }"""
    )
    expect_stored(page, own_words, {"words.anything": "Too fast"})


@pytest.mark.parametrize("page", LOOKS, indirect=True)
def test_several_choices_and_words_are_sound(page: Page, own_words: Round) -> None:
    begin(page, own_words.link(), part=CHOICES)
    sound(page)
    go_next(page, WORDS)
    sound(page)


def test_the_whole_way_to_handing_in_by_keyboard_alone(page: Page, asked: Round) -> None:
    """Tab and arrows and Enter: begin, answer, look over, hand in."""
    page.goto(asked.link())
    full_form(page)

    tab_to(page, "button.pw-first")
    page.keyboard.press("Enter")
    at_part(page, 1)
    tab_to(page, "[role=radiogroup] input")
    page.keyboard.press("ArrowDown")
    expect_stored(page, asked, {LISTEN_ITEM: "not_often"})
    page.keyboard.press("ArrowUp")
    expect_stored(page, asked, {LISTEN_ITEM: "never"})
    for part in range(2, 9):
        tab_to(page, ".st-key-next button")
        page.keyboard.press("Enter")
        at_part(page, part)
        expect(page.locator(".pw-where")).to_be_focused(timeout=WAIT)
    tab_to(page, ".st-key-next button")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Before you hand in")).to_be_focused(timeout=WAIT)
    expect(page.get_by_text("1 of 36 questions")).to_be_visible()  # the list is one
    tab_to(page, ".pw-post button")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible(timeout=WAIT)
    with asked.store.read() as work:
        assert work.responses.counts(asked.record.id) == {"service_user": 1}
        assert [row[2:] for row in work.responses.rows(asked.record.id)] == [(LISTEN_ITEM, "never")]
    assert asked.saved() == []


def test_the_review_leads_to_what_was_left_open(page: Page, asked: Round) -> None:
    enter(page.context, asked.link())
    page.goto(f"{asked.address}/answer?part=review")
    page.get_by_role("button", name=re.compile("^Part 2 .* left open")).click(timeout=WAIT)
    at_part(page, 2)
    expect(
        page.get_by_role("radiogroup", name="I have a real say in how things are done here.")
        .get_by_role("radio")
        .first
    ).to_be_focused(timeout=WAIT)


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("light", [True, False], ids=["light form", "full form"])
def test_answers_are_seen_and_changed_before_handing_in(
    browser: Browser, asked: Round, look: Look, light: bool
) -> None:
    with device(browser, **look.options) as context:
        page = context.new_page()
        begin(page, asked.link(), light=light)
        choose(page, LISTEN, "Often")
        is_saved(page)
        page.goto(f"{asked.address}/{'form' if light else 'answer'}?part=review")
        shown = page.get_by_text("Often", exact=True)
        expect(shown).to_be_attached(timeout=WAIT)
        expect(shown).to_be_hidden()  # from whoever stands beside
        page.get_by_text("See my answers").click()
        expect(shown).to_be_visible(timeout=WAIT)
        expect(page.locator("dl").get_by_text(LISTEN)).to_be_visible()
        sound(page)
        page.get_by_role("link", name="Change something in part 1").click()
        at_part(page, 1)
        chosen(page, LISTEN, "Often")


def test_words_of_ones_own_are_never_left_open(page: Page, own_words: Round) -> None:
    """The part with the text has no other question, the one before it has one."""
    enter(page.context, own_words.link())
    page.goto(f"{own_words.address}/answer?part=review")
    open_ones = page.get_by_role("button", name=re.compile(f"^Part {CHOICES} "))
    expect(open_ones).to_have_text(re.compile("left open"), timeout=WAIT)
    expect(page.get_by_role("button", name=re.compile(f"^Part {WORDS} "))).to_have_count(0)


def test_after_stopping_the_way_back_leads_to_the_same_part(page: Page, asked: Round) -> None:
    begin(page, asked.link())
    go_next(page, 2)
    go_next(page, 3)
    page.get_by_role("button", name="Finish later").click()
    expect(page.get_by_text(re.compile("^Only what you hand in by"))).to_be_visible(timeout=WAIT)
    page.get_by_role("button", name="Back to the questions").click()
    at_part(page, 3)


def test_later_parts_say_again_how_to_answer(page: Page, asked: Round) -> None:
    begin(page, asked.link())
    again = page.get_by_text("Think of the last few months")
    expect(again).to_have_count(1)
    go_next(page, 2)
    expect(again).to_be_visible(timeout=WAIT)


def test_the_promises_say_who_sees_what_today(page: Page, asked: Round) -> None:
    page.goto(asked.link())
    page.get_by_text("What exactly does that mean").click()
    for promise in (
        "The person who runs the computer that keeps your answers could read them",
        "Everybody who was asked, and those who run this.",
        "If everybody in a group says the same",
        "tap Finish later, then Leave this device clean",
    ):
        expect(page.get_by_text(promise).first).to_be_visible(timeout=WAIT)


def test_who_had_begun_is_told_when_the_round_has_ended(page: Page, asked: Round) -> None:
    begin(page, asked.link())
    choose(page, LISTEN, "Often")
    is_saved(page)
    with asked.store.engine.begin() as connection:
        connection.exec_driver_sql(
            "update assessment set opens_on = ?, closes_on = ? where id = ?",
            ("2020-01-01", "2020-02-01", asked.record.id),
        )
    page.goto(asked.link())
    expect(page.get_by_text("Those answers are not counted")).to_be_visible(timeout=WAIT)
    sound(page)


def test_nothing_can_be_handed_in_when_nothing_was_answered(page: Page, asked: Round) -> None:
    enter(page.context, asked.link())
    page.goto(f"{asked.address}/answer?part=review")
    expect(page.get_by_role("button", name="Hand in my answers")).to_be_disabled(timeout=WAIT)


def test_where_the_store_does_not_answer_nothing_is_lost(
    page: Page, app: RunningApp, asked: Round
) -> None:
    """The tables are gone for a moment, as with a disk that fails: the answer stays on the screen,
    the mark says so, and the next tap saves both."""
    begin(page, asked.link())
    path = app.database_url.removeprefix("sqlite:///")

    def rename(old: str, new: str) -> None:
        with sqlite3.connect(path, timeout=20) as connection:
            connection.execute(f"alter table {old} rename to {new}")

    rename("draft_answer", "away")
    try:
        choose(page, LISTEN, "Often")
        expect(page.locator(".pw-saved")).to_have_text("Not saved yet", timeout=WAIT)
        expect(page.get_by_role("alert")).to_contain_text("Your answer is still here")
        chosen(page, LISTEN, "Often")
        mark_says(page, LISTEN, "Not saved yet")
        mark_says(page, STRENGTHS, "")
        mark = page.locator(".pw-saved")
        earlier = mark.get_attribute("data-times")
        page.get_by_role("button", name="Next").click()
        expect(mark).not_to_have_attribute("data-times", earlier or "", timeout=WAIT)
        wait_idle(page)
        expect(mark).to_have_text("Not saved yet", timeout=WAIT)
        at_part(page, 1)
        chosen(page, LISTEN, "Often")
        # It is told where it happened, and nowhere else.
        expect(page.get_by_text("Your answer is still here")).to_have_count(1)
        assert "Traceback" not in page.content()
        sound(page)
    finally:
        rename("away", "draft_answer")
    choose(page, STRENGTHS, "Always")
    expect_stored(page, asked, {LISTEN_ITEM: "often", "valued_input.strengths_seen": "always"})
    is_saved(page)
    # What was told at the first answer goes, too, now that it is stored.
    for question in (LISTEN, STRENGTHS):
        mark_says(page, question, "Saved")
    expect(page.get_by_text("Your answer is still here")).to_be_hidden()


@pytest.mark.parametrize(
    ("days", "message"), [((1, 9), "It opens on"), ((-9, -3), "This round has ended")]
)
def test_outside_its_days_a_round_says_so_calmly(
    page: Page, app: RunningApp, days: tuple[int, int], message: str
) -> None:
    first, last = (date.today() + timedelta(days=shift) for shift in days)
    with a_round(app, opens_on=first, closes_on=last) as round_:
        page.goto(round_.link())
        expect(page.get_by_text(message)).to_be_visible(timeout=WAIT)
        expect(page.get_by_role("link", name="own device")).to_have_count(0)
        sound(page)


def test_staff_see_the_names_of_the_steps_with_what_they_mean(page: Page, asked: Round) -> None:
    begin(page, asked.link("staff"), part=10)
    expect(page.get_by_text("Consulting", exact=True).first).to_be_visible()
    expect(page.get_by_text("The service asks people what they think.").first).to_be_visible()
    sound(page)
