"""What a screen must hold on a desktop and on a 360 px phone, in the light and the dark theme."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    TimeoutError,
    WebSocket,
    expect,
)

from tests.support.running_app import coordinator_cookie

DESKTOP, PHONE = {"width": 1240, "height": 900}, {"width": 360, "height": 780}
#: How long a page may take before a test gives up, in milliseconds.
WAIT = 30_000


@dataclass(frozen=True)
class Look:
    width: int
    height: int
    scheme: Literal["light", "dark"]

    @property
    def options(self) -> dict[str, Any]:
        """What a browser has to know of it."""
        viewport = {"width": self.width, "height": self.height}
        return {"viewport": viewport, "color_scheme": self.scheme}


AT_DESKTOP, AT_NIGHT = (Look(**DESKTOP, scheme=scheme) for scheme in ("light", "dark"))
#: Where screens are looked at, each in both themes: it comes in one, and then the other is chosen.
LOOKS = [
    pytest.param(Look(**DESKTOP, scheme="light"), id="desktop"),
    pytest.param(Look(**PHONE, scheme="dark"), id="phone"),
]

#: What shows that a page is Streamlit's. The main part and the elements in it are no furniture.
FURNITURE = """() => {
    const names = ['stHeader', 'stToolbar', 'stToolbarActions', 'stDecoration', 'stStatusWidget',
        'stMainMenu', 'stAppDeployButton', 'stElementToolbar', 'stSidebar',
        'stExpandSidebarButton', 'InputInstructions', 'stException'];
    const seen = [...document.querySelectorAll(
        names.map(name => `[data-testid="${name}"]`).join() + ', footer, [class*=viewerBadge]')];
    return seen.filter(e => e.checkVisibility({visibilityProperty: true, opacityProperty: true})
            && e.getBoundingClientRect().height > 0).map(e => e.dataset.testid || e.outerHTML);
}"""

#: What reaches beyond the screen, apart from what may be scrolled by itself, such as wide tables.
BEYOND = """() => [...document.querySelectorAll('[data-testid="stMain"] *')].filter(e => {
    const box = e.getBoundingClientRect();
    if (box.width <= 1 || box.right <= innerWidth + 1 || !e.checkVisibility()) return false;
    for (let at = e.parentElement; at && at.dataset.testid !== 'stMain'; at = at.parentElement)
        if (['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(at).overflowX)) {
            const around = at.getBoundingClientRect();
            if (around.right <= innerWidth + 1) return false;
        }
    return true;
}).map(e => e.outerHTML.slice(0, 120))"""


#: Whether a page stands: nothing runs, nothing fades, all is drawn in the theme of the system.
STANDS = """() => {
    const app = document.querySelector('[data-testid="stApp"]');
    if (app && app.dataset.testScriptState !== 'notRunning') return false;
    const dark = matchMedia('(prefers-color-scheme: dark)').matches;
    if (app && getComputedStyle(app).colorScheme !== (dark ? 'dark' : 'light')) return false;
    const ends = moved => isFinite(moved.effect.getComputedTiming().endTime);
    const moving = document.getAnimations().filter(m => m.playState === 'running' && ends(m));
    return !moving.length;
}"""


#: How much wider than its place the page is, or its main part.
TOO_WIDE = """() => Math.max(...[document.documentElement,
    document.querySelector('[data-testid="stMain"]')].filter(Boolean)
    .map(e => e.scrollWidth - e.clientWidth))"""


def no_sideways_scroll(page: Page) -> None:
    """Nothing reaches beyond the screen, neither the page nor any part of it, once it stands."""
    with suppress(TimeoutError):
        page.wait_for_function(f"() => ({TOO_WIDE})() <= 0", timeout=5_000)
    assert page.evaluate(TOO_WIDE) <= 0, (page.url, page.evaluate(BEYOND))
    assert page.evaluate(BEYOND) == []


def no_furniture(page: Page) -> None:
    """Nothing of Streamlit's own is to be seen."""
    assert page.evaluate(FURNITURE) == []
    seen = page.locator("body").inner_text()
    assert "Streamlit" not in seen and "Traceback" not in seen
    assert "Streamlit" not in page.title()


def no_barriers(page: Page) -> None:
    """Axe finds nothing."""
    results = Axe().run(page)
    assert results.violations_count == 0, f"{page.url}\n{results.generate_report()}"


def accessible(page: Page) -> None:
    """Axe finds nothing, and one heading leads the page."""
    no_barriers(page)
    expect(page.get_by_role("heading", level=1)).to_have_count(1)


def sound(page: Page) -> None:
    """Everything that a screen must hold in both themes, once it stands. The page is left in the
    theme that it did not have: so the next screen is drawn in that one first."""
    dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    sound_as_it_is(page)
    page.emulate_media(color_scheme="light" if dark else "dark")
    sound_as_it_is(page)


def sound_as_it_is(page: Page) -> None:
    page.wait_for_function(STANDS, timeout=WAIT)
    no_sideways_scroll(page)
    no_furniture(page)
    accessible(page)


@dataclass
class Watched:
    """A page, every address elsewhere that it asked for, and all that its policy refused."""

    page: Page
    elsewhere: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


#: Says what the policy of a page refuses. A library of Streamlit's tries whether WebAssembly may
#: be used, which it may not, and goes on without it.
REFUSALS = """addEventListener('securitypolicyviolation', event => {
    const {effectiveDirective: what, blockedURI: whom, sourceFile: where, sample} = event;
    if (whom === 'wasm-eval' && where.includes('/static/js/protobuf.')) return;
    console.debug('refused by the policy:', what, whom, where, sample, location.pathname);
}, true)"""


def tell_refusals(context: BrowserContext, refused: list[str]) -> None:
    """Note all that the policies of a browser's pages refuse from now on."""
    context.add_init_script(REFUSALS)

    def note(message: ConsoleMessage) -> None:
        if message.text.startswith("refused by the policy:"):
            refused.append(message.text)

    context.on("console", note)


@contextmanager
def watched(browser: Browser, address: str, look: Look = AT_DESKTOP) -> Iterator[Watched]:
    """A browser in which a coordinator has signed in, in a look; it waits patiently.

    In the end it must have asked nobody but the app itself for anything, and nothing of it may
    have been refused.
    """
    context = browser.new_context(**look.options, base_url=address, accept_downloads=True)
    context.add_cookies([coordinator_cookie(address)])
    context.set_default_timeout(WAIT)
    home = urlsplit(address).netloc
    found = Watched(context.new_page())

    def note(asked: Request | WebSocket) -> None:
        parts = urlsplit(asked.url)
        if parts.scheme not in ("data", "blob") and parts.netloc != home:
            found.elsewhere.append(asked.url)

    context.on("request", note)
    tell_refusals(context, found.refused)
    found.page.on("websocket", note)
    try:
        yield found
        assert found.elsewhere == [] and found.refused == []
    finally:
        context.close()


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text(words, timeout=WAIT)
