"""What comes over the line when somebody opens a page for the first time, with an empty cache."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import BrowserContext, Page, expect

from tests.support.browser.looks import WAIT, heading
from tests.support.browser.respondent import Round, at_part, enter, full_form

#: The most that may come, bytes. Streamlit's scripts alone are 2.3 MB without compression.
MOST = 850_000
ICONS = "MaterialSymbols"


@dataclass
class Line:
    """What came, by address: bytes as they were sent."""

    sizes: dict[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(self.sizes.values())


def watch(context: BrowserContext) -> tuple[Page, Line]:
    """A page, and what it receives."""
    page, line = context.new_page(), Line()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    addresses: dict[str, str] = {}

    def named(event: dict[str, Any]) -> None:
        addresses[event["requestId"]] = event["response"]["url"]

    def arrived(event: dict[str, Any]) -> None:
        line.sizes[addresses.get(event["requestId"], "")] = int(event["encodedDataLength"])

    session.on("Network.responseReceived", named)
    session.on("Network.loadingFinished", arrived)
    return page, line


def test_an_invitation_is_light_and_brings_no_icons(phone: BrowserContext, asked: Round) -> None:
    page, line = watch(phone)
    page.goto(asked.link())
    full_form(page)
    assert line.total < MOST, sorted(line.sizes.items(), key=lambda entry: -entry[1])[:8]
    assert not [address for address in line.sizes if ICONS in address]


def test_the_questions_are_light_and_bring_no_icons(phone: BrowserContext, asked: Round) -> None:
    page, line = watch(phone)
    enter(phone, asked.link())
    page.goto(f"{asked.address}/answer?part=1")
    at_part(page, 1)
    assert line.total < MOST, sorted(line.sizes.items(), key=lambda entry: -entry[1])[:8]
    assert not [address for address in line.sizes if ICONS in address]


def test_a_page_that_shows_an_icon_has_it(phone: BrowserContext, address: str) -> None:
    page = phone.new_page()
    page.goto(f"{address}/file")
    heading(page, "Score a file of answers")
    icon = page.get_by_test_id("stIconMaterial").first
    expect(icon).to_be_visible(timeout=WAIT)
    page.wait_for_function("document.fonts.check('1em \"Material Symbols Rounded\"')", timeout=WAIT)
    # Drawn as one sign, and not as the letters of its name.
    box = icon.bounding_box()
    assert box is not None and box["width"] <= 1.5 * box["height"]
