"""From an empty database to links, posters and workbooks, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from secrets import token_hex
from unicodedata import normalize

import pytest
from openpyxl import Workbook, load_workbook
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from assessment.store import Store, open_store
from assessment.store.records import AssessmentRecord
from tests.support.assessments import opened
from tests.support.browser.looks import AT_DESKTOP, AT_NIGHT, LOOKS, STANDS, WAIT, Look, sound
from tests.support.browser.waiting import wait_idle
from tests.support.running_app import RunningApp, coordinator_cookie, newcomer_cookie


@pytest.fixture
def page(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    look: Look = getattr(request, "param", AT_DESKTOP)
    context = browser.new_context(**look.options, base_url=address, accept_downloads=True)
    context.add_cookies([newcomer_cookie(address)])
    context.set_default_timeout(WAIT)
    expect.set_options(timeout=WAIT)
    yield context.new_page()
    context.close()
    expect.set_options(timeout=5_000)


@pytest.fixture(scope="module")
def store(app: RunningApp) -> Iterator[Store]:
    """The database of the running app, seen from here."""
    own = open_store(app.database_url)
    yield own
    own.close()


@pytest.fixture(scope="module")
def record(store: Store) -> AssessmentRecord:
    # As much as may be written: a poster has to hold it.
    contact = ("Sam at the front desk, 0123 456 789, or the night line. " * 8)[:400].strip()
    return opened(store, organisation="Meadow Lane", title="For the overview", help_contact=contact)


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def on(page: Page) -> None:
    page.get_by_role("button", name="Next").click()


def tap(page: Page, words: str) -> None:
    """Tap the card of an answer."""
    page.locator("label").filter(has_text=re.compile(f"^{re.escape(words)}$")).click()


def a_name() -> str:
    """The name of an organisation, which no other one of the installation has."""
    return f"Beacon Street {token_hex(3)}"


def organisation(page: Page, name: str) -> None:
    page.get_by_label("What is your organisation called?").fill(name)
    tap(page, "Homeless service")
    page.get_by_label("Whom can people turn to").fill("Maria, 0123 456789")
    on(page)
    heading(page, "Whom do you want to hear?")


def long(page: Page, length: str = "A full round") -> None:
    """Choose how much is asked."""
    heading(page, "A quick look, or a full round?")
    page.get_by_role("radio", name=length).locator("xpath=ancestor::label").click()


def how_many(store: Store) -> int:
    with store.read() as work:
        return len(work.assessments.all())


@pytest.mark.parametrize("page", LOOKS, indirect=True)
def test_a_newcomer_comes_from_the_first_screen_to_the_links(page: Page, store: Store) -> None:
    page.goto("/")
    heading(page, "Ready for peer work?")
    sound(page)
    page.get_by_role("link", name="Set up a round").click()
    heading(page, "Who are you?")
    page.get_by_label("What is your organisation called?").fill("")
    on(page)
    expect(page.get_by_role("alert")).to_contain_text("3 answers are missing")
    sound(page)
    organisation(page, a_name())
    for name, count in (("Service users", "40"), ("Staff", "12")):
        tap(page, name)
        page.get_by_label(f"About how many {name.lower()} are there?").fill(count)
    page.get_by_role("button", name="Add a group of your own").click()
    page.get_by_label("What is this group called?").fill("Families")
    tap(page, "Service users (side of lived experience)")
    page.get_by_label("About how many people are they?").fill("4")
    sound(page)
    on(page)
    heading(page, "A quick look, or a full round?")
    both = re.compile(r"Families about 4 min \d+ questions about \d+ min \d+ questions")
    expect(page.get_by_role("row", name=both)).to_be_visible()
    sound(page)
    on(page)
    expect(page.get_by_role("alert")).to_contain_text("One answer is missing")
    sound(page)
    long(page)
    on(page)
    heading(page, "What do you want to ask?")
    page.get_by_role("button", name="Back").click()
    heading(page, "A quick look, or a full round?")
    expect(page.get_by_role("radio", name="A full round")).to_be_checked()
    sound(page)
    on(page)
    heading(page, "What do you want to ask?")
    expect(page.get_by_role("row", name=re.compile(r"Families \d+ about \d+ min"))).to_be_visible()
    sound(page)
    on(page)
    heading(page, "When is it open?")
    sound(page)
    on(page)
    heading(page, "Who runs it?")
    for label, count in (
        ("How many people are in the working group?", "6"),
        ("How many of them have lived experience?", "1"),
        ("How many of them hold the keys?", "2"),
        ("How many of the key-holders have lived experience?", "1"),
    ):
        page.get_by_label(label).fill(count)
    tap(page, "Yes")
    sound(page)
    on(page)
    heading(page, "Is this right?")
    expect(page.get_by_text("stays under the minimum of 5")).to_be_visible()
    sound(page)
    before = how_many(store)
    page.get_by_role("button", name="Open the round").dblclick()
    expect(page.get_by_role("heading", name="Invite each group")).to_be_visible()
    sound(page)
    assert how_many(store) == before + 1
    name = page.url.rsplit("=", 1)[1]
    with store.read() as work:
        record = work.assessments.get(name)
    assert record is not None
    assert [g.title for g in record.groups] == ["Service users", "Staff", "Families"]
    assert record.form == "full"
    # What can be changed while it runs, with what was done so far below it.
    page.get_by_role("button", name="Correct head counts").click()
    page.get_by_label("Families: about how many people?").fill("7")
    page.get_by_role("button", name="Change the head counts").click()
    expect(page.get_by_role("alert").filter(has_text="Families had fewer than 5")).to_be_visible()
    page.get_by_text("What was changed (1 entry)").click()
    sound(page)
    # The link of a group leads to its promises.
    page.goto(f"/i/{record.group('families').code}")
    expect(page).to_have_url(re.compile("/welcome"))


def test_a_reload_and_the_back_button_lose_nothing(page: Page) -> None:
    page.goto("/set-up")
    heading(page, "Who are you?")
    called = a_name()
    organisation(page, called)
    tap(page, "Staff")
    page.get_by_label("About how many staff are there?").fill("12")
    page.keyboard.press("Tab")
    on(page)
    long(page, "A quick look")
    on(page)
    heading(page, "What do you want to ask?")
    page.reload()
    heading(page, "What do you want to ask?")
    page.go_back()
    heading(page, "A quick look, or a full round?")
    expect(page.get_by_role("radio", name="A quick look")).to_be_checked()
    page.go_back()
    heading(page, "Whom do you want to hear?")
    expect(page.get_by_label("About how many staff are there?")).to_have_value("12")
    page.get_by_role("button", name="Back").click()
    heading(page, "Who are you?")
    expect(page.get_by_label("What is your organisation called?")).to_have_value(called)


def test_a_plan_is_gone_on_with_from_the_first_screen_and_deleted_there(
    page: Page, browser: Browser, address: str
) -> None:
    page.goto("/set-up")
    heading(page, "Who are you?")
    page.get_by_label("What is your organisation called?").fill("Reed Lane")
    contact = page.get_by_label("Whom can people turn to")
    contact.fill("Maria")
    page.keyboard.press("Tab")
    saved, not_yet = page.get_by_text("Saved. You can close"), page.get_by_text("Not saved yet")
    expect(saved).to_be_visible()
    sound(page)
    contact.press_sequentially("m")
    expect(not_yet).to_be_visible()
    expect(saved).to_be_hidden()
    page.keyboard.press("Backspace")
    page.keyboard.press("Tab")
    expect(saved).to_be_visible()
    context = browser.new_context(base_url=address)
    context.add_cookies(page.context.cookies())  # type: ignore[arg-type]
    other = context.new_page()
    other.goto("/")
    go_on = other.get_by_role("link", name="Go on: Reed Lane")
    expect(go_on).to_be_visible()
    sound(other)
    go_on.click()
    heading(other, "Who are you?")
    name = other.get_by_label("What is your organisation called?")
    expect(name).to_have_value("Reed Lane")
    name.fill("Reed House")
    other.get_by_label("Whom can people turn to").fill("")
    other.keyboard.press("Tab")
    wait_idle(other)
    # The first window takes over what was changed, and emptied, with its next change.
    tap(page, "Homeless service")
    expect(page.get_by_label("What is your organisation called?")).to_have_value("Reed House")
    expect(page.get_by_label("Whom can people turn to")).to_have_value("")
    other.goto("/")
    entry = other.locator("[class*=st-key-plan-entry-]").filter(has_text="Reed House")
    expect(entry).to_have_count(1)
    entry.get_by_role("button", name="Delete this plan").click()
    expect(entry.get_by_role("button", name="Yes, delete it")).to_be_visible()
    sound(other)
    entry.get_by_role("button", name="Yes, delete it").click()
    expect(entry).to_have_count(0)
    context.close()
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("heading", name="This plan was deleted")).to_be_visible()


def test_a_plan_is_seen_by_nobody_else(page: Page, browser: Browser, address: str) -> None:
    page.goto("/set-up")
    heading(page, "Who are you?")
    organisation(page, "Only mine")
    context = browser.new_context(base_url=address)
    context.add_cookies(page.context.cookies())  # type: ignore[arg-type]
    other = context.new_page()
    other.goto("/set-up")
    heading(other, "Who are you?")
    expect(other.get_by_label("What is your organisation called?")).not_to_have_value("Only mine")
    other.context.close()


def test_a_mistake_is_tied_to_its_field(page: Page) -> None:
    page.goto("/set-up")
    heading(page, "Who are you?")
    page.get_by_label("What is your organisation called?").fill("")
    on(page)
    field = page.get_by_label("What is your organisation called?")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description("Write the name of your organisation.")


def test_the_keyboard_alone_gets_through_a_step(page: Page) -> None:
    page.goto("/set-up")
    heading(page, "Who are you?")
    expect(page.locator("h1")).to_be_focused()
    expect(page.get_by_role("button", name="Next")).to_be_visible()
    # Each field is fetched by itself, so the button may stand before them.
    expect(page.get_by_label("What is your organisation called?")).to_be_visible()
    expect(page.get_by_role("radio").first).to_be_attached()
    wait_idle(page)
    expect(page.locator("h1")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_label("What is your organisation called?")).to_be_focused()
    page.keyboard.type(a_name())
    page.keyboard.press("Tab")
    expect(page.locator("input[type=radio]:focus")).to_have_count(1)
    wait_idle(page)
    page.keyboard.press("ArrowDown")
    expect(page.locator("input[type=radio]:checked:focus")).to_have_count(1)
    wait_idle(page)
    page.keyboard.press("Tab")
    expect(page.locator(":is(textarea, input[type=text]):focus")).to_have_count(1)
    page.keyboard.type("Maria")
    page.keyboard.press("Tab")
    expect(page.get_by_role("combobox", name="same time as you")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Next")).to_be_focused()
    page.keyboard.press("Enter")
    heading(page, "Whom do you want to hear?")
    expect(page.locator("h1")).to_be_focused()


def test_a_code_is_typed_as_people_type(page: Page, record: AssessmentRecord) -> None:
    page.goto("/")
    page.get_by_role("link", name="Type my code").click()
    typed = record.group("staff").code.lower().replace("-", " ")
    page.get_by_label("Your code").fill(typed)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/welcome"))


def test_a_code_that_opens_nothing_is_answered_calmly_and_stays(page: Page) -> None:
    page.goto("/go")
    for typed, told in (("--", "Type the code first."), ("nothing", "opens nothing")):
        page.get_by_label("Your code").fill(typed)
        page.get_by_role("button", name="Open my questions").click()
        expect(page.get_by_role("alert")).to_contain_text(told)
        expect(page.get_by_label("Your code")).to_have_value(typed)
    sound(page)


def overview(page: Page, record: AssessmentRecord, address: str) -> None:
    cookie = coordinator_cookie(address, record.organisation.id)
    page.context.add_cookies([cookie])
    page.goto(f"/overview?assessment={record.id}")
    heading(page, "For the overview")
    expect(page.get_by_role("heading", name="Invite each group")).to_be_visible()


def pasted(page: Page) -> str:
    """What was copied. No page of ours may read it, so it is pasted elsewhere."""
    elsewhere = page.context.new_page()
    elsewhere.set_content("<textarea></textarea>")
    field = elsewhere.get_by_role("textbox")
    field.press("ControlOrMeta+V")
    expect(field).not_to_be_empty()
    text = field.input_value()
    elsewhere.close()
    return text


def test_a_link_is_copied(page: Page, record: AssessmentRecord, address: str) -> None:
    page.context.grant_permissions(["clipboard-write"])
    overview(page, record, address)
    page.get_by_role("button", name="Copy the link: Staff").click()
    expect(page.get_by_text("Copied")).to_be_visible()
    code = record.group("staff").code
    assert pasted(page) == f"{address}/i/{code}"
    # A whole text to send keeps its lines.
    staff = page.locator(".st-key-card-group-staff")
    staff.get_by_text("Other ways to invite").click()
    page.wait_for_function(STANDS)  # it opens gently, and what is in it moves
    staff.get_by_text("Text to send").click()
    staff.get_by_role("button", name="Copy the reminder: Staff").click()
    expect(staff.get_by_text("Copied").last).to_be_visible()
    copied = pasted(page).splitlines()
    assert copied[0] == "Hello," and f"Open this link: {address}/i/{code}" in copied


@pytest.mark.parametrize("page", [AT_NIGHT], ids=["dark"], indirect=True)
@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_each_group_has_a_poster_on_a_page_of_its_own(
    page: Page, record: AssessmentRecord, address: str, tmp_path: Path, paper: str
) -> None:
    overview(page, record, address)
    for name in ("Service users", "Staff", "Managers"):
        page.get_by_text(f"Other ways to invite: {name}").click()
        expect(page.get_by_alt_text(f"QR code of the link: {name}")).to_be_visible()
    page.evaluate(
        "window.print = () => { window.printed = [...document.querySelectorAll("
        "'.pw-poster:not(.pw-not-printed)')].map(poster => poster.dataset.poster); }"
    )
    page.get_by_role("button", name="Print all posters").click()
    page.pdf(path=tmp_path / "posters.pdf", format=paper)
    sheets = PdfReader(tmp_path / "posters.pdf").pages
    # Neither ligatures nor where a line breaks matter.
    texts = [normalize("NFKD", sheet.extract_text()) for sheet in sheets]
    pages = ["".join(text.split()) for text in texts]
    assert len(pages) == len(record.groups)
    for text, group in zip(pages, record.groups, strict=True):
        assert group.code in text and group.title.replace(" ", "") in text
        assert "Nobodyhastotakepart" in text
        assert "Howmanyhavereplied" not in text
        assert "yourjobstayastheyare" in text
        assert "Donottellusanythingthatmuststaysecret" in text
        assert f"oropen{address.removeprefix('https://')}/goandtypethecode{group.code}" in text
        # Once to be read, and on eight slips to be torn off.
        assert text.count(group.code) == 1 + 8
    page.get_by_role("button", name="Print the poster: Staff").click()
    assert page.evaluate("window.printed") == ["staff"]


def workbook(page: Page, path: Path, answer: str) -> Path:
    """The workbook for staff, with one question answered."""
    button = page.get_by_role("button", name="Workbook to fill in offline: Staff")
    if not button.count():  # it is folded
        page.get_by_text("Other ways to invite: Staff").click()
        page.wait_for_function(STANDS)  # it opens gently, and its buttons move
    with page.expect_download() as taken:
        button.click()
    taken.value.save_as(path)
    book = load_workbook(path)
    sheet = book["How we work together here"]
    cell = next(c for row in sheet.iter_rows() for c in row if not c.protection.locked)
    cell.value = answer
    book.save(path)
    return path


def test_another_workbook_is_refused_in_words_of_this_screen(
    page: Page, record: AssessmentRecord, address: str, tmp_path: Path
) -> None:
    overview(page, record, address)
    book = Workbook()
    assert book.active is not None
    book.active.append(["Rota", "May"])
    book.save(tmp_path / "rota.xlsx")
    page.locator("input[type=file]").set_input_files(tmp_path / "rota.xlsx")
    expect(page.get_by_role("alert")).to_contain_text("These cannot be taken in")
    line = page.get_by_role("listitem").filter(has_text="rota.xlsx")
    expect(line).to_contain_text(
        "rota.xlsx: this is not a workbook to fill in. Download one above for each group, and "
        "choose those."
    )
    expect(line).not_to_contain_text("respondent,")


def test_workbooks_come_back_and_none_stops_another(
    page: Page, store: Store, record: AssessmentRecord, address: str, tmp_path: Path
) -> None:
    def counted() -> int:
        with store.read() as work:
            return work.responses.counts(record.id).get("staff", 0)

    overview(page, record, address)
    first = workbook(page, tmp_path / "staff-1.xlsx", "Often")
    second = workbook(page, tmp_path / "staff-2.xlsx", "Oftn")
    third = workbook(page, tmp_path / "staff-3.xlsx", "Never")
    place = page.locator("input[type=file]")
    place.set_input_files([first, second, third])
    # The list holds them, and the place for files is free again.
    expect(page.get_by_text("staff-1.xlsx (Staff)")).to_be_visible()
    expect(page.get_by_text("staff-3.xlsx (Staff)")).to_be_visible()
    # Nothing else is answered in the second, so nothing of it can be taken in.
    expect(page.get_by_role("listitem").filter(has_text="found 'Oftn'")).to_be_visible()
    sound(page)
    page.get_by_role("button", name="Take in these 2 workbooks").click()
    expect(page.get_by_text("Taken in. Staff: 2.")).to_be_visible()
    assert counted() == 2
    # The mended file takes the place of the one before.
    book = load_workbook(second)
    sheet = book["How we work together here"]
    next(c for row in sheet.iter_rows() for c in row if c.value == "Oftn").value = "Often"
    book.save(second)
    place.set_input_files(second)
    expect(page.get_by_text("staff-2.xlsx (Staff)")).to_be_visible()
    expect(page.get_by_text("found 'Oftn'")).to_have_count(0)
    page.get_by_role("button", name="Take in this workbook").click()
    expect(page.get_by_text("Taken in. Staff: 1.")).to_be_visible()
    assert counted() == 3
    # In another visit, nobody takes one in again without being asked.
    page.reload()
    place.set_input_files(first)
    expect(
        page.get_by_text("staff-1.xlsx is a copy of a file of which answers are")
    ).to_be_visible()
    expect(page.get_by_role("button", name="Take in")).to_have_count(0)
    page.get_by_text("Another person’s: take in staff-1.xlsx as well").click()
    sound(page)
    page.get_by_role("button", name="Take in this workbook").click()
    expect(page.get_by_text("Taken in. Staff: 1.")).to_be_visible()
    assert counted() == 4
