"""What browser tests share: one running app and one browser, and rounds and phones of their own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from assessment.services.content import loaded
from tests.support.browser.chromium import QUIET, find_chromium
from tests.support.browser.looks import tell_refusals
from tests.support.browser.respondent import Round, a_round, device
from tests.support.organisations import with_own_words
from tests.support.running_app import OWN_WORDS, RunningApp, running_app


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningApp]:
    """An app with an empty database that this test session started."""
    with running_app(tmp_path_factory.mktemp("app")) as started:
        yield started


@pytest.fixture(scope="session")
def address(app: RunningApp) -> str:
    return app.address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = find_chromium()
    if path is None:
        pytest.fail("no Chromium: run `make test`, which installs one, or set CHROMIUM")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield chromium
        chromium.close()


@pytest.fixture
def asked(app: RunningApp, browser: Browser) -> Iterator[Round]:
    """A round under way, which nobody has answered."""
    with a_round(app, browser) as round_:
        yield round_


@pytest.fixture(scope="session")
def own_words_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningApp]:
    """An app in which people also choose several answers, and write."""
    with running_app(tmp_path_factory.mktemp("own-words"), command=OWN_WORDS) as started:
        yield started


@pytest.fixture
def own_words(
    own_words_app: RunningApp, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Round]:
    monkeypatch.setattr(loaded, "library", lambda ladder=None: with_own_words())
    with a_round(own_words_app, browser) as round_:
        yield round_


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    """A phone that nobody has used before; of what it shows nothing may be refused."""
    refused: list[str] = []
    with device(browser) as context:
        tell_refusals(context, refused)
        yield context
    assert refused == []


@pytest.fixture(autouse=True)
def _nobody_stays(request: pytest.FixtureRequest) -> Iterator[None]:
    """Close what a test left open: a page that asks on costs every later test time."""
    if "browser" not in request.fixturenames:
        yield
        return
    browser: Browser = request.getfixturevalue("browser")
    before = browser.contexts
    yield
    for context in browser.contexts:
        if context not in before:
            context.close()
