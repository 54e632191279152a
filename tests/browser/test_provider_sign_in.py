"""Signing in by the organisation's own provider: there, through its page, back, and out again."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.support.browser.looks import DESKTOP, PHONE, WAIT, tell_refusals
from tests.support.provider import MALLORY, SAM, running_provider, sign_in_file
from tests.support.running_app import running_app


def sound(page: Page) -> None:
    """Nothing on the page keeps anybody out."""
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words, timeout=WAIT)


def test_there_and_back_to_where_one_wanted_to_go_and_out_again(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused: list[str] = []
    with running_provider() as provider:
        file = sign_in_file(tmp_path, provider.address, only=True)
        monkeypatch.setenv("ASSESSMENT_SIGN_IN_FILE", str(file))
        with (
            running_app(tmp_path, with_coordinator=False) as app,
            browser.new_context(viewport=PHONE, color_scheme="dark", base_url=app.address) as one,
            browser.new_context(viewport=DESKTOP, base_url=app.address) as two,
        ):
            for context in (one, two):
                tell_refusals(context, refused)
            assert "/account/" not in app.log.read_text(encoding="utf-8")
            # Somebody whom nothing is set up for.
            page = two.new_page()
            page.goto("/sign-in")
            heading(page, "Sign in")
            page.get_by_text("With a passphrase", exact=True).click()
            sound(page)
            page.get_by_role("link", name="Sign in with Willow ID").click()
            page.get_by_role("button", name=MALLORY.sub, exact=True).click()
            heading(page, "You are not signed in")
            expect(page.get_by_text("nothing is set up for you here")).to_be_visible()
            sound(page)
            # Somebody whom something is.
            page = one.new_page()
            page.goto("/people")
            heading(page, "Sign in first")
            page.get_by_role("link", name="Sign in").click()
            heading(page, "Sign in")
            sound(page)
            page.get_by_role("link", name="Sign in with Willow ID").click()
            page.get_by_role("button", name=SAM.sub, exact=True).click()
            heading(page, "Who may come in")
            assert page.url == f"{app.address}/people"
            expect(page.get_by_text("Willow ID says who comes in")).to_be_visible(timeout=WAIT)
            expect(page.get_by_role("button", name="New passphrase")).to_have_count(0)
            sound(page)
            page.goto("/")
            expect(page.get_by_text("Signed in as sam@willow.example")).to_be_visible(timeout=WAIT)
            page.get_by_role("button", name="Sign out").click()
            expect(page.get_by_role("link", name="Sign in")).to_be_visible(timeout=WAIT)
            page.goto("/people")
            heading(page, "Sign in first")
            said = app.log.read_text(encoding="utf-8")
            assert not any(word in said for word in ("sam@", "state=", "code=", "Traceback"))
    assert refused == []
