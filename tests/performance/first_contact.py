"""How long a slow phone waits at its first contact, and what comes over its line: ``make contact``.

A processor at a quarter of this machine's speed, a line of 1.6 Mbit/s with 150 ms of delay, and an
empty cache each time. Times depend on the machine and on what else runs there, so they are printed
and not tested; what comes over the line is, in ``tests/browser/test_first_contact.py``.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import NamedTuple

from playwright.sync_api import Browser, Page, sync_playwright

from tests.support.browser.chromium import QUIET, find_chromium
from tests.support.browser.looks import PHONE
from tests.support.browser.received import Received, receive
from tests.support.browser.respondent import Round, a_round, device, enter, full_form
from tests.support.running_app import running_app

TIMES = 3
#: Times slower than this machine.
SLOWER = 4
#: Bytes a second down and up, and the milliseconds that everything takes longer.
LINE = {"downloadThroughput": 1_600_000 / 8, "uploadThroughput": 750_000 / 8, "latency": 150}
#: How long somebody reads an invitation before beginning, and any page may take, milliseconds.
READING, MOST = 15_000, 120_000
WORDS = "words"
#: By what is waited for, what shows that it is there.
MARKS = {
    "questions": "input[type=radio]",
    "headline": "h1.pw-headline",
    "figures": ".pw-key-message",
}
NOTICE = """(() => {
    const marks = %s;
    window.pwSeen = {};
    const look = () => {
        for (const [name, selector] of Object.entries(marks))
            if (!(name in pwSeen) && document.querySelector(selector))
                pwSeen[name] = performance.now();
    };
    new MutationObserver(look).observe(document, {childList: true, subtree: true});
    addEventListener('DOMContentLoaded', look);
})()"""
PAINTED = "performance.getEntriesByName('first-contentful-paint').map(paint => paint.startTime)[0]"


class Contact(NamedTuple):
    """Seconds until something was there, counted from the tap, and what had come until then."""

    name: str
    seconds: float
    received: int
    requests: int
    ahead: int = 0


@contextmanager
def slow_phone(browser: Browser) -> Iterator[tuple[Page, Received]]:
    """A page on a slow phone that nobody has used before, and what it receives."""
    with device(browser, viewport=PHONE, is_mobile=True, has_touch=True) as context:
        page = context.new_page()
        wire = context.new_cdp_session(page)
        wire.send("Network.enable")
        wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        wire.send("Network.emulateNetworkConditions", {"offline": False, **LINE})
        page.add_init_script(NOTICE % json.dumps(MARKS))
        page.set_default_timeout(MOST)
        yield page, receive(page)


def seen(page: Page, what: str) -> float:
    """Seconds from the tap until something was there."""
    found = PAINTED if what == WORDS else f"window.pwSeen && pwSeen[{json.dumps(what)}]"
    page.wait_for_function(f"() => {found} > 0", timeout=MOST)
    return float(page.evaluate(found)) / 1000


def contact(name: str, page: Page, what: str, received: Received) -> Contact:
    seconds = seen(page, what)
    ahead = sum(received.ahead.values())
    return Contact(name, seconds, received.total, received.requests, ahead)


def link_and_light_form(browser: Browser, asked: Round) -> list[Contact]:
    """A link, and the questions of the light form after it."""
    with slow_phone(browser) as (page, received):
        page.goto(asked.link(), wait_until="commit")
        found = [contact("invitation, first words", page, WORDS, received)]
        # The light form stands chosen until a script unticks it, as where that takes long.
        full_form(page)
        page.get_by_role("checkbox", name="Use the light form").first.check()
        received.sizes.clear()
        page.get_by_role("button", name="my own device").click(no_wait_after=True)
        page.wait_for_url("**/form*", wait_until="commit")
        return [*found, contact("light form after it, questions", page, "questions", received)]


def full_form_after_reading(browser: Browser, asked: Round) -> list[Contact]:
    """The full form, from an invitation that somebody has read."""
    with slow_phone(browser) as (page, received):
        page.goto(asked.link())
        full_form(page)
        page.wait_for_timeout(READING)
        received.sizes.clear()
        page.get_by_role("button", name="my own device").click(no_wait_after=True)
        page.wait_for_url("**/answer*", wait_until="commit")
        return [contact("full form after reading, questions", page, "questions", received)]


def full_form_alone(browser: Browser, asked: Round) -> list[Contact]:
    """The full form on an empty cache."""
    with slow_phone(browser) as (page, received):
        enter(page.context, asked.link())
        page.goto(f"{asked.address}/answer?part=1", wait_until="commit")
        first = contact("full form alone, first words", page, WORDS, received)
        return [first, contact("full form alone, questions", page, "questions", received)]


def dashboard(browser: Browser, asked: Round) -> list[Contact]:
    with slow_phone(browser) as (page, received):
        page.goto(f"{asked.address}/demonstration", wait_until="commit")
        first = contact("dashboard, first words", page, WORDS, received)
        return [first, contact("dashboard, first figures", page, "figures", received)]


CONTACTS: tuple[Callable[[Browser, Round], list[Contact]], ...] = (
    link_and_light_form,
    full_form_after_reading,
    full_form_alone,
    dashboard,
)


def main() -> int:
    path = find_chromium()
    if path is None:
        print("no Chromium: run `make test`, which installs one", file=sys.stderr)
        return 1
    with (
        tempfile.TemporaryDirectory() as folder,
        running_app(Path(folder)) as app,
        sync_playwright() as playwright,
        a_round(app) as asked,
    ):
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        for measure in CONTACTS:
            runs = [measure(browser, asked) for _ in range(TIMES)]
            for same in zip(*runs, strict=True):
                last = same[-1]
                ahead = f", {last.ahead / 1000:.0f} kB for it before" if last.ahead else ""
                print(
                    f"{last.name}: {median(each.seconds for each in same):.1f} s "
                    f"({', '.join(f'{each.seconds:.1f}' for each in same)}), "
                    f"{last.received / 1000:.0f} kB in {last.requests} requests{ahead}",
                    flush=True,
                )
        browser.close()
    print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    return 0


if __name__ == "__main__":
    sys.exit(main())
