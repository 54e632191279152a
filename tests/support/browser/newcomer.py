"""A newcomer's whole way through the app in a real browser: set up, answer, agree, look."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

import pandas as pd
from playwright.sync_api import Browser, Locator, Page, expect

from assessment.services.content import loaded
from assessment.services.content.question_pages import Page as AskedPage
from assessment.services.content.question_pages import pages
from assessment.services.rounds.overview import chosen
from assessment.services.rounds.workbook_import import import_answers
from assessment.store import open_store
from questionnaires.forms import Form
from questionnaires.question_text import Reader
from questionnaires.reference_data import GROUP_SIDES
from questionnaires.skip_logic import Applies
from scoring.answers.matrix import COLUMNS
from tests.support import publishing
from tests.support.browser.looks import DESKTOP, PHONE, WAIT
from tests.support.browser.respondent import (
    at_part,
    begin,
    choose,
    device,
    open_together,
    walk_in,
)
from tests.support.browser.waiting import wait_idle
from tests.support.running_app import RunningApp, newcomer_cookie

GROUPS = {"service_user": ("Service users", 9), "staff": ("Staff", 12), "manager": ("Managers", 4)}
#: How many of each group answer: as many as a group needs at least to show numbers.
PEOPLE = 4
#: Who of them does so on a phone of their own: each sign below, and a list that is left open. The
#: others answer on paper.
ON_A_PHONE = {"service_user": (0, 1, 2), "staff": (2,), "manager": (3,)}
ASKED = ("coproduction-principles", "buy-in", "organisational-foundations")
LENGTHS: dict[Form, str] = {"quick": "A quick look", "full": "A full round"}
LEFT_OUT = ("Who has a say here?", "What is OK between us?", "What could fit here")

#: The seven principles with the last part of the ids of their three questions, in the order asked.
PRINCIPLES = {
    "valued_input": ("listened_to", "knowledge_counts", "strengths_seen"),
    "new_relationships": ("respect", "work_side_by_side", "shared_ownership"),
    "shared_decisions": ("real_say", "decide_together", "lead_roles"),
    "power_discussed": ("open_talk", "clear_who_decides", "safe_to_disagree"),
    "skills_supported": ("learn_skills", "use_skills", "leadership"),
    "involved_throughout": ("from_the_start", "beyond_own_support", "checking_how_it_went"),
    "equal_information": ("told_early", "plain_words", "told_why_private"),
}
FREQUENCY = ("never", "not_often", "sometimes", "often", "always")
AGREEMENT = ("strongly_disagree", "disagree", "neither", "agree", "strongly_agree")
CONCERN = ("not_a_concern", "some", "serious")
SPECIAL = {"k": "dont_know", "p": "prefer_not", "n": "does_not_apply"}

#: What each person taps, principle by principle: 0 never, 1 not often, 2 sometimes, 3 often,
#: 4 always, k "I don't know", p "I would rather not say", n "does not apply", - left open.
ANSWERS = {
    "service_user": (
        "212 332 010 1k1 n12 110 24n",
        "101 223 1k1 p10 221 101 3k2",
        "332 212 2-1 210 312 0k1 ---",
        "223 123 1k0 121 222 111 132",
    ),
    "staff": (
        "333 343 332 322 333 232 444",
        "444 434 433 343 43n 323 333",
        "322 233 23k 2k2 332 2-2 343",
        "333 333 333 233 343 233 344",
    ),
    "manager": (
        "444 444 444 434 444 434 444",
        "434 443 433 443 34n 343 k44",
        "344 334 344 34k 433 3k3 434",
        "444 343 344 344 434 333 444",
    ),
}
#: Then a few questions about peer work, from 0 strongly disagree to 4 strongly agree.
BELIEFS = {
    "service_user": (("lived_unique_value", "lived_helpful"), ("43", "3k", "44", "34")),
    "staff": (("unique_value", "experts", "would_work_with"), ("233", "434", "3k2", "323")),
    "manager": (("unique_value", "experts", "would_work_with"), ("444", "443", "434", "344")),
}
#: And what they tick in the list of concerns: 1 some concern, 2 a serious one. Who ticks nothing
#: there says that nothing of it is one; None leaves the list open.
CONCERNS: dict[str, tuple[dict[str, int] | None, ...]] = {
    "service_user": (
        {"kept_private": 2, "might_know_me": 1},
        {"kept_private": 1},
        {"might_know_me": 2},
        {"kept_private": 1},
    ),
    "staff": ({"fragile": 2, "confidentiality": 2}, {"fragile": 1}, {"fragile": 2}, {}),
    "manager": ({}, {"fragile": 1, "confidentiality": 1}, {"confidentiality": 1}, None),
}


def values(group: str, person: int, form: Form = "full") -> dict[str, str]:
    """What a person answers, by question, as a file of answers writes it; open ones left out."""
    by_principle = ANSWERS[group][person].split()
    found = {
        f"{name}.{end}": _code(sign, FREQUENCY)
        for (name, ends), signs in zip(PRINCIPLES.items(), by_principle, strict=True)
        for end, sign in zip(ends, signs, strict=True)
    }
    beliefs, people = BELIEFS[group]
    for end, sign in zip(beliefs, people[person], strict=True):
        found[f"belief_in_peers.{end}"] = _code(sign, AGREEMENT)
    ticked = CONCERNS[group][person]
    if ticked is not None:
        lines = [line for part in asked(group, form) for line in _concerns(part)]
        found |= {line: CONCERN[ticked.get(line.split(".")[1], 0)] for line in lines}
    here = {question.item.id for part in asked(group, form) for question in part.questions}
    assert form == "quick" or here >= found.keys(), "not asked"
    return {item: code for item, code in found.items() if code and item in here}


def _code(sign: str, scale: tuple[str, ...]) -> str:
    return "" if sign == "-" else SPECIAL.get(sign) or scale[int(sign)]


def _concerns(part: AskedPage) -> list[str]:
    return [asked.item.id for asked in part.questions if asked.item.kind == "concern"]


@dataclass(frozen=True)
class Opened:
    """An assessment as its newcomer has it: where it is, and the links that it gave."""

    name: str
    links: Mapping[str, str]
    form: Form = "full"


@contextmanager
def at_desktop(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(viewport=DESKTOP, base_url=address, accept_downloads=True)
    context.add_cookies([newcomer_cookie(address)])
    context.set_default_timeout(WAIT)
    yield context.new_page()
    context.close()


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words, timeout=WAIT)


def _tap(page: Page, words: str) -> None:
    page.locator("label").filter(has_text=re.compile(f"^{re.escape(words)}$")).click()


def _next(page: Page, words: str) -> None:
    page.get_by_role("button", name="Next").click()
    heading(page, words)


def set_up(page: Page, form: Form = "full") -> Opened:
    """From the first screen to the links, with three groups: a full round of three questionnaires,
    or a quick look with all that it asks."""
    page.goto("/")
    heading(page, "Ready for peer work?")
    page.get_by_role("link", name="Set up a round").click()
    heading(page, "Who are you?")
    page.get_by_label("What is your organisation called?").fill("Beacon Street")
    _tap(page, "Homeless service")
    page.get_by_label("Whom can people turn to").fill("Maria, 0123 456789")
    _next(page, "Whom do you want to hear?")
    for title, count in GROUPS.values():
        _tap(page, title)
        page.get_by_label(f"About how many {title.lower()} are there?").fill(str(count))
    _next(page, "A quick look, or a full round?")
    length = page.get_by_role("radio", name=LENGTHS[form])
    length.locator("xpath=ancestor::label").click()
    _next(page, "What do you want to ask?")
    for title in LEFT_OUT if form == "full" else ():
        box = page.get_by_role("checkbox", name=title)
        _tap(page, title)
        expect(box).not_to_be_checked(timeout=WAIT)
    _next(page, "When is it open?")
    page.get_by_label("What shall this round be called?").fill("Our first round")
    page.get_by_label("From how many replies on").fill(str(PEOPLE))
    _next(page, "Who runs it?")
    for label, count in (
        ("How many people are in the working group?", "6"),
        ("How many of them have lived experience?", "2"),
        ("How many of them hold the keys?", "2"),
        ("How many of the key-holders have lived experience?", "1"),
    ):
        page.get_by_label(label).fill(count)
    _tap(page, "Yes")
    _next(page, "Is this right?")
    return open_it(page, form)


def open_it(page: Page, form: Form) -> Opened:
    """From the look over everything to the links."""
    page.get_by_role("button", name="Open the round").click()
    expect(page.get_by_role("heading", name="Invite each group")).to_be_visible(timeout=WAIT)
    titles = {group: title for group, (title, _) in GROUPS.items()}
    links = {
        group: page.get_by_role("link", name=f"Open the link: {title}").inner_text()
        for group, title in (titles | {"working_group": "Working group"}).items()
    }
    return Opened(page.url.rsplit("=", 1)[1], links, form)


@cache
def asked(group: str, form: Form = "full") -> tuple[AskedPage, ...]:
    """What a group reads, part by part."""
    known, reader = loaded.library(), Reader(group, GROUP_SIDES[group], group)
    return pages(known, ASKED, reader, Applies(known, form=form))


def everybody_answers(
    app: RunningApp, browser: Browser, opened: Opened, on_a_phone: Mapping[str, Sequence[int]]
) -> None:
    """The people of these groups, some on a phone each, by their numbers, the others on paper."""
    for group, people in on_a_phone.items():
        for person in people:
            answer(browser, opened, group, person, whole_way=person == people[0])
    known = loaded.library().questionnaire_of
    rows = [
        (f"{group}-{person}", group, known[item].id, item, value)
        for group, people in on_a_phone.items()
        for person in range(PEOPLE)
        if person not in people
        for item, value in values(group, person, opened.form).items()
    ]
    store = open_store(app.database_url)
    try:
        record = chosen(store, opened.name)
        assert record is not None
        import_answers(store, record, pd.DataFrame(rows, columns=list(COLUMNS), dtype="str"))
    finally:
        store.close()


def answer(browser: Browser, opened: Opened, group: str, person: int, *, whole_way: bool) -> None:
    """One person of a group on a phone of their own, to the thanks.

    Args:
        whole_way: screen by screen from the link on, and until the device is left clean.
    """
    given, parts = values(group, person, opened.form), asked(group, opened.form)
    with device(browser, viewport=PHONE) as phone:
        page = phone.new_page()
        (walk_in if whole_way else begin)(page, opened.links[group])
        for number, part in enumerate(parts, 1):
            at_part(page, number)
            wait_idle(page)
            listed = _concerns(part)
            if listed:
                tick(page, part, {line: given.pop(line, "") for line in listed})
            for question in part.questions:
                code = given.pop(question.item.id, None)
                for choice in question.answers:
                    if choice.code == code:
                        tap_until_marked(page, question.text, choice.label)
            last = number == len(parts)
            # A button that is drawn anew under a tap does not feel it.
            wait_idle(page)
            page.get_by_role("button", name="Check my answers" if last else "Next").click()
        assert not given, "not asked"
        left = page.get_by_role("heading", name="Before you hand in")
        # Until then the page still moves to its top.
        expect(left).to_be_focused(timeout=WAIT)
        wait_idle(page)
        page.get_by_role("button", name="Hand in my answers").click()
        expect(page.get_by_role("heading", name="Thank you")).to_be_visible(timeout=WAIT)
        if whole_way:
            page.get_by_role("button", name="Leave this device clean").click()
            heading(page, "None of your answers is left on this device")


def tap_until_marked(page: Page, question: str, label: str) -> None:
    """Tap an answer, and once more where it is not marked, as a person would who looks at it."""
    radio = page.get_by_role("radiogroup", name=question).get_by_role(
        "radio", name=label, exact=True
    )
    choose(page, question, label)
    try:
        expect(radio).to_be_checked(timeout=5_000)
    except AssertionError:
        choose(page, question, label)
        expect(radio).to_be_checked(timeout=WAIT)


def tick(page: Page, part: AskedPage, given: Mapping[str, str]) -> None:
    """The list of concerns: what is one, how serious it is, or that nothing of it is one."""
    for asked_ in part.questions:
        code = given[asked_.item.id]
        if code in CONCERN[1:]:
            line = page.locator(f"[class*=st-key-tick-line-{asked_.item.id.replace('.', '-')}]")
            _check(line, asked_.text)
            if code == CONCERN[2]:
                _check(line, asked_.choices[-1].label)
    if set(given.values()) == {CONCERN[0]}:
        _check(page.locator("body"), "None of these")


def _check(where: Locator, words: str) -> None:
    box = where.get_by_role("checkbox", name=words, exact=True)
    box.locator("xpath=ancestor::label").click(timeout=WAIT)
    expect(box).to_be_checked(timeout=WAIT)


def card(page: Page, item: str) -> Locator:
    """The question of a practice or a fact on the working group's screen."""
    return page.locator(f".st-key-card-question-{item.replace('.', '-')}")


def close(app: RunningApp, opened: Opened) -> None:
    """The end comes, and the hours of grace are over."""
    store = open_store(app.database_url)
    try:
        with store.read() as work:
            record = work.assessments.get(opened.name)
        assert record is not None
        publishing.closed(store, record)
    finally:
        store.close()


def publish(page: Page, opened: Opened) -> None:
    """The coordinator publishes, on the overview."""
    page.goto(f"/overview?assessment={opened.name}")
    page.get_by_role("button", name="Publish the results…").click(timeout=WAIT)
    page.get_by_role("button", name="Yes, publish now").click(timeout=WAIT)
    expect(page.get_by_role("link", name="See the results")).to_be_visible(timeout=WAIT)


def agree(page: Page, opened: Opened) -> None:
    """The working group answers five practices: one in place with a note, one not agreed, one
    partly, one unknown, one planned."""
    page.goto(opened.links["working_group"])
    open_together(page)
    expect(page.get_by_role("button", name="Begin with sitting 1")).to_be_visible(timeout=WAIT)
    page.goto("/together?at=space.group_room")
    for end, label in (
        ("group_room", "In place"),
        ("suitable_place", "We did not agree"),
        ("private_room", "Partly"),
        ("peer_space", "I don't know"),
        ("technology", "Planned"),
    ):
        card = page.locator(f".st-key-card-question-space-{end}")
        option = card.get_by_role("radio", name=label, exact=True)
        option.locator("xpath=ancestor::label").click()
        saved = card.locator(".pw-status")
        if label == "We did not agree":
            expect(saved).to_have_text("Not saved yet", timeout=WAIT)
            for given in ("Planned", "Partly"):
                box = card.get_by_role("checkbox", name=given, exact=True)
                box.locator("xpath=ancestor::label").click()
                # It stays for the second one; the mark of the next question follows both.
                expect(saved).to_contain_text("✓ Saved", timeout=WAIT)
                expect(box).to_be_checked(timeout=WAIT)
        expect(saved).to_contain_text("✓ Saved", timeout=WAIT)
        if label == "In place":
            box = card.get_by_role("textbox", name="What shows it?")
            box.fill("The training plan of March")
            box.blur()
            expect(card).to_contain_text("Note saved", timeout=WAIT)
