"""The working group in real browsers: several people answer at once, and nothing is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from assessment.services.working_group.agreed_answers import agree, agreed
from assessment.services.working_group.sittings import sittings
from tests.support.browser.looks import DESKTOP, LOOKS, PHONE, WAIT, Look, sound
from tests.support.browser.newcomer import card
from tests.support.browser.respondent import Round, a_round, enter, open_together
from tests.support.browser.waiting import eventually, wait_idle
from tests.support.publishing import published
from tests.support.running_app import RunningApp
from tests.support.working_group import round_of

#: The first practice of sitting 1, after two pages of facts.
COSTS = "payment_and_costs.costs_met"
#: A browser that never looks by itself for what others have answered.
LOOKS_AWAY = """(() => {
  const often = window.setInterval;
  window.setInterval = (run, wait, ...rest) => often(run, wait === 3000 ? 1e9 : wait, ...rest);
})()"""
#: Whether the app comes to rest: for a second and a half it does nothing, as between two looks.
COMES_TO_REST = """async () => {
  const end = performance.now() + 30000;
  let busy = performance.now();
  while (performance.now() < end) {
    const app = document.querySelector('[data-testid="stApp"]');
    if (app.getAttribute('data-test-script-state') !== 'notRunning') busy = performance.now();
    if (performance.now() - busy > 1500) return true;
    await new Promise(done => setTimeout(done, 20));
  }
  return false;
}"""


@pytest.fixture
def team(app: RunningApp) -> Iterator[Round]:
    with a_round(app) as made:
        yield made


def member(browser: Browser, team: Round, *, at: str = COSTS, away: bool = False, **more) -> Page:
    """A member of the working group at a question, or at the start."""
    context = browser.new_context(**({"viewport": DESKTOP} | more))
    page = context.new_page()
    if away:
        page.add_init_script(LOOKS_AWAY)
    link = f"{team.address}/i/{team.record.working_group.code}"
    if at:
        enter(context, link)
        page.goto(f"{team.address}/together?at={at}")
        expect(page.get_by_role("button", name="Back", exact=True)).to_be_visible(timeout=WAIT)
    else:
        page.goto(link)
        open_together(page)
        expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=WAIT)
    # What is typed while a page is still drawn may not be taken.
    wait_idle(page)
    return page


def option(page: Page, item: str, label: str) -> Locator:
    return card(page, item).get_by_role("radio", name=label, exact=True)


def choose(page: Page, item: str, label: str) -> None:
    option(page, item, label).locator("xpath=ancestor::label").click(timeout=WAIT)


def checkbox(page: Page, item: str, label: str) -> Locator:
    return card(page, item).get_by_role("checkbox", name=label, exact=True)


def tick(page: Page, item: str, label: str) -> None:
    checkbox(page, item, label).locator("xpath=ancestor::label").click(timeout=WAIT)


def is_saved(page: Page, item: str) -> None:
    """Expect the mark. It stays from an earlier answer until a later one has arrived."""
    expect(card(page, item).locator(".pw-status")).to_contain_text("✓ Saved", timeout=WAIT)


def only_ticked(page: Page, item: str, label: str) -> None:
    """Wait until a box is the only one that is ticked: the others go once it has arrived."""
    ticked = card(page, item).get_by_role("checkbox", checked=True)
    expect(ticked).to_have_count(1, timeout=WAIT)
    expect(ticked).to_have_accessible_name(label, timeout=WAIT)


def expect_stored(team: Round, item: str, value: str = "", note: str = "") -> None:
    """Wait until the store holds an answer and its note; "" is none."""

    def stored() -> tuple[str, str]:
        answer = agreed(team.store, team.record.id).get(item)
        return ("", "") if answer is None else (answer.value, answer.note)

    eventually(stored, (value, note))


def first_items(team: Round, count: int) -> list[str]:
    round_ = round_of(team.store, team.record)
    pages = (page for sitting in sittings(round_) for page in sitting.pages)
    here = next(page for page in pages if COSTS in [asked.item.id for asked in page.questions])
    return [question.item.id for question in here.questions][:count]


def to_the_practices(page: Page) -> None:
    """From the beginning of sitting 1 past its facts."""
    page.get_by_role("button", name="Begin with sitting 1").click(timeout=WAIT)
    for number in (2, 3):
        expect(page.get_by_text(f"page {number - 1} of")).to_be_visible(timeout=WAIT)
        page.get_by_role("button", name="Next", exact=True).click(timeout=WAIT)
    expect(page.get_by_text("page 3 of")).to_be_visible(timeout=WAIT)


def write_note(page: Page, item: str, text: str) -> None:
    box = card(page, item).get_by_role("textbox", name="What shows it?")
    if not box.is_visible():
        card(page, item).get_by_role("button", name="Add a note").click(timeout=WAIT)
    box.fill(text, timeout=WAIT)


def leave_the_box(page: Page, item: str) -> None:
    card(page, item).get_by_role("textbox", name="What shows it?").blur()


def test_each_sees_what_the_other_answers(browser: Browser, team: Round) -> None:
    here, there = member(browser, team), member(browser, team)
    choose(here, COSTS, "Partly")
    is_saved(here, COSTS)
    expect(option(there, COSTS, "Partly")).to_be_checked(timeout=WAIT)
    expect(card(there, COSTS)).to_contain_text("just answered by somebody else")
    write_note(here, COSTS, "The draft plan of March")
    leave_the_box(here, COSTS)
    expect(card(there, COSTS)).to_contain_text("The draft plan of March", timeout=WAIT)
    second = first_items(team, 2)[1]
    choose(there, second, "Planned")
    expect(option(here, second, "Planned")).to_be_checked(timeout=WAIT)
    expect(here.get_by_text("2 of 35 answered, 1 with a note")).to_be_visible(timeout=WAIT)
    expect_stored(team, COSTS, "partly", "The draft plan of March")


def test_who_is_second_is_told_and_chooses_again(browser: Browser, team: Round) -> None:
    here, there = member(browser, team), member(browser, team, away=True)
    choose(here, COSTS, "Partly")
    is_saved(here, COSTS)
    choose(there, COSTS, "In place")
    alert = card(there, COSTS).get_by_role("alert")
    expect(alert).to_contain_text("Somebody else chose “Partly”", timeout=WAIT)
    expect(alert).to_contain_text("You chose “In place”")
    expect(option(there, COSTS, "Partly")).to_be_checked()
    expect_stored(team, COSTS, "partly")
    choose(there, COSTS, "In place")
    expect(alert).to_be_hidden(timeout=WAIT)
    is_saved(there, COSTS)
    expect_stored(team, COSTS, "in_place")


def test_what_is_begun_waits_calmly_while_others_change_it(browser: Browser, team: Round) -> None:
    here, there = member(browser, team), member(browser, team)
    choose(here, COSTS, "We did not agree")
    expect(card(here, COSTS).get_by_role("checkbox").first).to_be_attached(timeout=WAIT)
    choose(there, COSTS, "Partly")
    is_saved(there, COSTS)
    expect(card(here, COSTS)).to_contain_text(
        "Somebody else chose “Partly” meanwhile", timeout=WAIT
    )
    expect(option(here, COSTS, "We did not agree")).to_be_checked()
    # The page is at rest: it is neither drawn again and again nor faded, and it still hears.
    assert here.evaluate(COMES_TO_REST), "the page is drawn again and again"
    here.get_by_role("button", name="Next", exact=True).click()
    expect(here.get_by_text("Question 14 is not saved yet")).to_be_visible(timeout=WAIT)
    tick(here, COSTS, "In place")
    is_saved(here, COSTS)
    here.get_by_role("button", name="Next", exact=True).click()
    expect(here.get_by_text("page 4 of")).to_be_visible(timeout=WAIT)
    expect_stored(team, COSTS, "did_not_agree:in_place")


def test_a_refused_number_waits_calmly_too(browser: Browser, team: Round) -> None:
    item = "fit.budget"
    here, there = (member(browser, team, at=item) for _ in range(2))
    box, theirs = (card(page, item).locator("input").first for page in (here, there))
    box.fill("1000000000000000", timeout=WAIT)
    box.press("Tab")
    expect(card(here, item).get_by_role("alert")).to_contain_text("Not saved yet", timeout=WAIT)
    theirs.fill("400", timeout=WAIT)
    theirs.press("Tab")
    is_saved(there, item)
    expect(card(here, item)).to_contain_text("Somebody else chose “400” meanwhile", timeout=WAIT)
    expect(box).to_have_value(re.compile("^1000000000000000|1e"))
    assert here.evaluate(COMES_TO_REST), "the page is drawn again and again"
    card(here, item).get_by_role("button", name="Keep “400” instead").click(timeout=WAIT)
    expect(box).to_have_value("400", timeout=WAIT)
    is_saved(here, item)
    expect_stored(team, item, "400")


def test_two_notes_at_once_lose_neither(browser: Browser, team: Round) -> None:
    here, there = member(browser, team), member(browser, team)
    write_note(there, COSTS, "Minutes of the team meeting")
    write_note(here, COSTS, "Plan of 3 March")
    leave_the_box(here, COSTS)
    expect(card(there, COSTS)).to_contain_text("Plan of 3 March", timeout=WAIT)
    box = card(there, COSTS).get_by_role("textbox", name="What shows it?")
    expect(box).to_have_value("Minutes of the team meeting")
    leave_the_box(there, COSTS)
    together = card(there, COSTS).get_by_role("button", name="Put both together")
    expect(together).to_be_visible(timeout=WAIT)
    expect_stored(team, COSTS, note="Plan of 3 March")
    together.click()
    expect(box).to_have_value("Plan of 3 March\nMinutes of the team meeting", timeout=WAIT)
    expect(card(there, COSTS)).to_contain_text("Note saved", timeout=WAIT)
    expect_stored(team, COSTS, note="Plan of 3 March\nMinutes of the team meeting")


def test_typing_goes_on_while_others_answer(browser: Browser, team: Round) -> None:
    here, there = member(browser, team), member(browser, team)
    first, second = first_items(team, 2)
    card(there, first).get_by_role("button", name="Add a note").click()
    box = card(there, first).get_by_role("textbox", name="What shows it?")
    box.press_sequentially("The plan names ")
    choose(here, first, "Partly")
    choose(here, second, "Partly")
    expect(option(there, second, "Partly")).to_be_checked(timeout=WAIT)
    expect(option(there, first, "Partly")).to_be_checked(timeout=WAIT)
    expect(box).to_be_focused()
    box.press_sequentially("Robin")
    there.get_by_role("button", name="Next", exact=True).click()
    expect(there.get_by_text("page 4 of")).to_be_visible(timeout=WAIT)
    expect_stored(team, first, "partly", "The plan names Robin")


def test_a_tap_straight_out_of_a_note_counts_too(browser: Browser, team: Round) -> None:
    page = member(browser, team)
    first, second, third = first_items(team, 3)
    write_note(page, first, "The plan of March")
    choose(page, second, "Planned")
    is_saved(page, second)
    expect_stored(team, first, note="The plan of March")
    expect_stored(team, second, "planned")
    write_note(page, first, "The plan of April")
    card(page, third).get_by_role("button", name="Add a note").click()
    expect(card(page, third).get_by_role("textbox", name="What shows it?")).to_be_visible(
        timeout=WAIT
    )
    expect_stored(team, first, note="The plan of April")
    write_note(page, first, "The plan of May")
    choose(page, second, "We did not agree")
    expect(card(page, second).get_by_role("checkbox").first).to_be_attached(timeout=WAIT)


def test_quick_answers_are_all_saved(browser: Browser, team: Round) -> None:
    page = member(browser, team)
    items = first_items(team, 7)
    for label in ("Planned", "In place", "Partly"):
        for item in items:
            choose(page, item, label)
    page.get_by_role("button", name="Next", exact=True).click()
    expect(page.get_by_text("page 4 of")).to_be_visible(timeout=WAIT)
    for item in items:
        expect_stored(team, item, "partly")
    page.get_by_role("button", name="Back", exact=True).click()
    for item in items:
        expect(option(page, item, "Partly")).to_be_checked(timeout=WAIT)


def test_the_group_did_not_agree(browser: Browser, team: Round) -> None:
    page = member(browser, team)
    choose(page, COSTS, "We did not agree")
    expect(card(page, COSTS).locator(".pw-status")).to_have_text("Not saved yet", timeout=WAIT)
    for label, value in (("Partly", "partly"), ("In place", "partly;in_place")):
        tick(page, COSTS, label)
        # The mark of the first tick stays while the second one is on its way.
        expect_stored(team, COSTS, f"did_not_agree:{value}")
        is_saved(page, COSTS)
    page.reload()
    expect(option(page, COSTS, "We did not agree")).to_be_checked(timeout=WAIT)
    for label in ("Partly", "In place"):
        expect(checkbox(page, COSTS, label)).to_be_checked(timeout=WAIT)
    card(page, COSTS).get_by_role("button", name="Take this answer back").click()
    expect(card(page, COSTS).locator(".pw-status")).to_have_text("Not answered yet", timeout=WAIT)
    expect_stored(team, COSTS)


def test_numbers_and_several_choices(browser: Browser, team: Round) -> None:
    page = member(browser, team, at="fit.needs")
    families = "Families are worn out and left out"
    choices = ((families, "families"), ("I don't know", "dont_know"), (families, "families"))
    for label, value in choices:
        tick(page, "fit.needs", label)
        only_ticked(page, "fit.needs", label)
        expect_stored(team, "fit.needs", value)
        is_saved(page, "fit.needs")
    item = "fit.hours_for_support"
    page.goto(f"{team.address}/together?at={item}")
    number = card(page, item).get_by_role("textbox").first
    number.fill("7,5", timeout=WAIT)
    number.press("Enter")
    is_saved(page, item)
    expect_stored(team, item, "7.5")
    expect(card(page, item).locator(".pw-read")).to_have_text("We read: 7.5 hours a month")
    number.fill("1.200")
    number.press("Enter")
    refused = "Do you mean 1200 or 1.2? Please write it in one of these two ways. Until then “7.5”"
    expect(card(page, item).get_by_role("alert")).to_contain_text(refused, timeout=WAIT)
    expect(card(page, item).locator(".pw-status")).to_have_text("Not saved yet")
    expect(number).to_have_value("1.200")
    expect_stored(team, item, "7.5")


def test_the_way_from_the_start_to_what_is_open_and_back(browser: Browser, team: Round) -> None:
    page = member(browser, team, at="")
    expect(page.get_by_role("heading", level=1)).to_have_text("The working group’s questions")
    expect(page.get_by_text("Service users speak first")).to_be_visible()
    to_the_practices(page)
    choose(page, COSTS, "In place")
    is_saved(page, COSTS)
    page.get_by_role("button", name="All sittings").click()
    expect(page.get_by_text("1 of 35 answered")).to_be_visible(timeout=WAIT)
    page.get_by_role("link", name="What is still open").click()
    heading = page.get_by_text("Said to be in place, shown by nothing yet (1)")
    expect(heading).to_be_visible(timeout=WAIT)
    page.get_by_role("link", name="What the work costs peer workers is paid.").click()
    expect(option(page, COSTS, "In place")).to_be_checked(timeout=WAIT)


def test_a_new_page_begins_at_its_top_and_a_question_in_sight(
    browser: Browser, team: Round
) -> None:
    page = member(browser, team)
    page.get_by_role("button", name="Next", exact=True).click()
    expect(page.get_by_text("page 4 of")).to_be_in_viewport(timeout=WAIT)
    expect(page.get_by_role("heading", level=1)).to_be_focused(timeout=WAIT)
    seventh = first_items(team, 7)[6]
    page.goto(f"{team.address}/together?at={seventh}")
    expect(card(page, seventh).get_by_role("heading")).to_be_in_viewport(timeout=WAIT)


def test_the_back_button_leads_back_within_the_questions(browser: Browser, team: Round) -> None:
    page = member(browser, team, at="")
    to_the_practices(page)
    choose(page, COSTS, "Partly")
    is_saved(page, COSTS)
    page.get_by_role("button", name="Next", exact=True).click()
    expect(page.get_by_text("page 4 of")).to_be_visible(timeout=WAIT)
    page.go_back()
    expect(page.get_by_text("page 3 of")).to_be_visible(timeout=WAIT)
    expect(option(page, COSTS, "Partly")).to_be_checked(timeout=WAIT)


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_and_nothing_is_too_wide(
    browser: Browser, team: Round, look: Look
) -> None:
    page = member(browser, team, at="", **look.options)
    sound(page)
    for place in (
        f"?at={COSTS}",
        "?at=fit.needs",
        "?at=fit.hours_for_support",
        "?at=review",
        "?at=verdict",
    ):
        page.goto(f"{team.address}/together{place}")
        expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=WAIT)
        if place == f"?at={COSTS}":
            choose(page, COSTS, "Partly")
            is_saved(page, COSTS)
            choose(page, first_items(team, 2)[1], "We did not agree")
            expect(page.get_by_role("checkbox").first).to_be_attached(timeout=WAIT)
        sound(page)


def test_targets_are_large_enough(browser: Browser, team: Round) -> None:
    page = member(browser, team, viewport=PHONE)
    small = page.evaluate(
        "[...document.querySelectorAll('.st-key-together [role=radiogroup] > div, "
        ".st-key-together button, .st-key-together a')]"
        ".filter(e => e.offsetHeight && e.offsetHeight < 44).map(e => e.textContent)"
    )
    assert small == []


def test_the_keyboard_alone_answers_notes_and_goes_on(browser: Browser, team: Round) -> None:
    page = member(browser, team)

    def to(target: Locator) -> None:
        for _ in range(30):
            if target.evaluate("e => e.contains(document.activeElement)"):
                return
            page.keyboard.press("Tab")
        pytest.fail("the keyboard does not get there")

    assert page.evaluate(COMES_TO_REST)
    to(card(page, COSTS).get_by_role("radiogroup"))
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(option(page, COSTS, "Partly")).to_be_checked(timeout=WAIT)
    # It opens once "Partly" is saved; "Saved" may stand there since the key before.
    note = card(page, COSTS).get_by_role("textbox", name="What shows it?")
    expect(note).to_be_visible(timeout=WAIT)
    is_saved(page, COSTS)
    to(note)
    page.keyboard.type("The plan of March")
    page.keyboard.press("Tab")
    expect(card(page, COSTS)).to_contain_text("Note saved", timeout=WAIT)
    expect_stored(team, COSTS, "partly", "The plan of March")


def test_without_a_session_it_says_how_to_come_in(browser: Browser, team: Round) -> None:
    page = browser.new_context().new_page()
    page.goto(f"{team.address}/together")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "This is the working group’s screen", timeout=WAIT
    )
    assert Axe().run(page).violations_count == 0


def test_a_published_round_shows_what_was_agreed(browser: Browser, team: Round) -> None:
    round_ = round_of(team.store, team.record)
    agree(team.store, round_, COSTS, "partly", "The plan of March", after=0)
    published(team.store, team.record)
    with member(browser, team).context as context:
        page = context.pages[0]
        expect(card(page, COSTS)).to_contain_text("Partly")
        expect(card(page, COSTS)).to_contain_text("The plan of March")
        assert page.get_by_role("radio").count() == 0


def test_the_keyboard_stays_at_a_question_whose_button_goes_away(
    browser: Browser, team: Round
) -> None:
    page = member(browser, team)
    choose(page, COSTS, "Planned")
    card(page, COSTS).get_by_role("button", name="Add a note").press("Enter")
    box = card(page, COSTS).get_by_role("textbox", name="What shows it?")
    expect(box).to_be_focused(timeout=WAIT)
    card(page, COSTS).get_by_role("button", name="Close the note").press("Enter")
    expect(option(page, COSTS, "Planned")).to_be_focused(timeout=WAIT)
    card(page, COSTS).get_by_role("button", name="Take this answer back").press("Enter")
    expect(card(page, COSTS).locator(".pw-status")).to_have_text("Not answered yet", timeout=WAIT)
    expect(card(page, COSTS).get_by_role("radio").first).to_be_focused(timeout=WAIT)
