"""What the browser tests of answering share: links, devices, and the way through."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urljoin

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from assessment.services.access.codes import hashed
from assessment.services.access.sessions import draft_key
from assessment.store import Store, open_store
from assessment.store.encryption import DraftKey
from assessment.store.records import AssessmentRecord
from assessment.web.cookies import COOKIES
from tests.support.assessments import opened
from tests.support.browser.looks import PHONE, WAIT
from tests.support.browser.waiting import wait_idle
from tests.support.clock import LONG_AGO
from tests.support.running_app import RunningApp


@dataclass(frozen=True)
class Round:
    """An assessment in the running app, as a test sees it from outside."""

    address: str
    store: Store
    record: AssessmentRecord
    browser: Browser | None = None
    #: The keys of drafts, as far as an open browser has had them.
    keys: dict[str, DraftKey] = field(default_factory=dict)

    def link(self, group: str = "service_user") -> str:
        return f"{self.address}/i/{self.record.group(group).code}"

    def saved(self) -> list[dict[str, str]]:
        """The answers of every draft of this round, as they are in the store. One to which no open
        browser has had the key shows under "unreadable" how many answers it holds."""
        with self.store.read() as work:
            for token in self._tokens():
                session = work.sessions.get(hashed(token))
                if session is not None and session.draft is not None:
                    self.keys[session.draft] = draft_key(session, token)
            return [
                work.drafts.answers(name, self.keys[name])
                if name in self.keys
                else {"unreadable": str(count)}
                for name, count in self._drafts()
            ]

    def end(self) -> None:
        """Let its last day be over, with the hours of grace."""
        with self.store.write() as work:
            over = date.today() - LONG_AGO
            work.assessments.change(self.record.id, opens_on=over, closes_on=over)
            work.commit()

    def _tokens(self) -> list[str]:
        contexts = self.browser.contexts if self.browser else []
        cookies = [cookie for context in contexts for cookie in context.cookies()]
        return [cookie["value"] for cookie in cookies if cookie["name"] == COOKIES["respondent"]]

    def _drafts(self) -> list[tuple[str, int]]:
        """The drafts of this round, and how many answers each holds."""
        with self.store.engine.connect() as connection:
            rows = connection.exec_driver_sql(
                "select d.id, count(a.mark) from draft d left join draft_answer a "
                "on a.draft = d.id where d.assessment = ? group by d.id",
                (self.record.id,),
            )
            return [(name, count) for name, count in rows]


@contextmanager
def a_round(app: RunningApp, browser: Browser | None = None, **changes: Any) -> Iterator[Round]:
    store = open_store(app.database_url)
    try:
        yield Round(app.address, store, opened(store, **changes), browser)
    finally:
        store.close()


def device(browser: Browser, **options: Any) -> BrowserContext:
    """A phone that nobody has used before."""
    return browser.new_context(**({"viewport": PHONE} | options))


def enter(context: BrowserContext, link: str, *, light: bool = False) -> None:
    """Give a browser the session to which a link leads, as on a device of one's own, without
    drawing a screen."""
    context.request.get(link, max_redirects=0)
    form = {"device": "own"} | ({"light": "yes"} if light else {})
    context.request.post(urljoin(link, "/begin"), form=form, max_redirects=0)


def begin(page: Page, link: str, *, part: int = 1, light: bool = False) -> None:
    """At a part of the questions, without the screens before it."""
    enter(page.context, link, light=light)
    page.goto(urljoin(link, f"/{'form' if light else 'answer'}?part={part}"))
    at_part(page, part)


def walk_in(page: Page, link: str, *, own: bool = True) -> None:
    """From the link to the first question, screen by screen."""
    page.goto(link)
    full_form(page)
    name = "my own device" if own else "others use this device"
    page.get_by_role("button", name=name).click(timeout=WAIT)
    if not own:
        page.get_by_role("button", name="go on").click(timeout=WAIT)
    at_part(page, 1)


def open_together(page: Page) -> None:
    """From the working group's first page to its questions, once they stand: until the address
    has turned nobody has a session, and a tap on what is still drawn may be lost."""
    page.get_by_role("button", name="Open the questions").click(timeout=WAIT)
    page.wait_for_url("**/together*", timeout=WAIT)
    wait_idle(page)


def full_form(page: Page) -> None:
    """The page has found that this browser shows the full form."""
    light = page.get_by_role("checkbox", name="Use the light form").first
    expect(light).not_to_be_checked(timeout=WAIT)


def at_part(page: Page, number: int) -> None:
    head = page.get_by_role("heading", level=1, name=re.compile(rf"^Part {number} of "))
    expect(head).to_be_visible(timeout=WAIT)
    expect(page.get_by_role("button", name="Finish later")).to_be_visible(timeout=WAIT)


def choose(page: Page, question: str, answer: str) -> None:
    group = page.get_by_role("radiogroup", name=question)
    group.get_by_text(answer, exact=True).click(timeout=WAIT)


def chosen(page: Page, question: str, answer: str) -> None:
    """Expect an answer to stand there."""
    radio = page.get_by_role("radiogroup", name=question).get_by_role(
        "radio", name=answer, exact=True
    )
    expect(radio).to_be_checked(timeout=WAIT)


def none_chosen(page: Page) -> None:
    expect(page.get_by_role("radio").first).to_be_attached(timeout=WAIT)
    expect(page.get_by_role("radio", checked=True)).to_have_count(0)


def is_saved(page: Page) -> None:
    mark = page.locator(".pw-saved")
    expect(mark).to_have_text(re.compile("Saved"), timeout=WAIT)
    expect(mark).to_be_visible(timeout=WAIT)


def question_of(page: Page, words: str) -> Locator:
    """The place of a question with its answers and its mark, in either form."""
    return page.locator('[class*="st-key-ask-"], .pw-field').filter(has_text=words)


def mark_says(page: Page, question: str, words: str) -> None:
    """Expect this at a question about its own answer; "" where nothing is said."""
    mark = question_of(page, question).locator(".pw-answer-mark")
    expect(mark).to_have_text(words, timeout=WAIT)
    if words:
        expect(mark).to_be_visible()


def hand_in(page: Page) -> None:
    """From any part to the thanks."""
    page.goto(urljoin(page.url, "?part=review"))
    page.get_by_role("button", name="Hand in my answers").click(timeout=WAIT)
    expect(page.get_by_role("heading", level=1, name="Thank you")).to_be_visible(timeout=WAIT)
