"""The first start, from the printed link on; signing in and out; letting others in."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.support.browser.looks import DESKTOP, PHONE, WAIT
from tests.support.running_app import running_app

PASSPHRASE = "apple river lamp stone"


def sound(page: Page) -> None:
    """Nothing on the page keeps anybody out."""
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words, timeout=WAIT)


@pytest.mark.parametrize(
    ("size", "scheme"), [(DESKTOP, "light"), (PHONE, "dark")], ids=["desktop", "phone"]
)
def test_from_the_printed_link_to_a_second_key_holder(
    browser: Browser, tmp_path: Path, size: dict[str, int], scheme: str
) -> None:
    with (
        running_app(tmp_path, with_coordinator=False) as app,
        browser.new_context(viewport=size, color_scheme=scheme, base_url=app.address) as context,  # type: ignore[arg-type]
        browser.new_context(viewport=size, color_scheme=scheme, base_url=app.address) as another,  # type: ignore[arg-type]
    ):
        printed = re.search(r"http://\S+/account/\S+", app.log.read_text(encoding="utf-8"))
        assert printed is not None
        page = context.new_page()
        # Somebody without the link is told where it is.
        page.goto("/sign-in")
        expect(page.get_by_text("Nobody has an account here yet")).to_be_visible(timeout=WAIT)
        sound(page)
        page.goto(printed.group())
        heading(page, "Make your account")
        sound(page)
        page.get_by_label("What is your organisation called?").fill("Beacon Street")
        page.get_by_label("Name to sign in with").fill("sam@beacon.example")
        page.get_by_label("Passphrase").fill("too short")
        page.get_by_label("The same again").fill("too short")
        page.get_by_role("button", name="Make it and sign in").click()
        expect(page.get_by_role("alert")).to_contain_text("at least 15 letters")
        sound(page)
        # What was typed is still there, but for the passphrase.
        expect(page.get_by_label("Name to sign in with")).to_have_value("sam@beacon.example")
        page.get_by_label("Passphrase").fill(PASSPHRASE)
        page.get_by_label("The same again").fill(PASSPHRASE)
        page.get_by_role("button", name="Make it and sign in").click()
        expect(page.get_by_text("Signed in as sam@beacon.example")).to_be_visible(timeout=WAIT)
        sound(page)
        # It works once.
        page.goto(printed.group())
        heading(page, "This link does nothing any more")
        sound(page)
        # A second key-holder.
        page.goto("/people")
        heading(page, "Who may come in")
        expect(page.get_by_text("There is one key-holder.")).to_be_visible(timeout=WAIT)
        page.get_by_role("button", name="Let another coordinator in").click()
        link = page.locator(".pw-address")
        expect(link).to_contain_text("/account/", timeout=WAIT)
        sound(page)
        other = another.new_page()
        other.goto(link.inner_text())
        expect(other.get_by_text("You will run rounds for Beacon Street")).to_be_visible()
        other.get_by_label("Name to sign in with").fill("kim")
        other.get_by_label("Passphrase").fill(PASSPHRASE)
        other.get_by_label("The same again").fill(PASSPHRASE)
        other.get_by_role("button", name="Make it and sign in").click()
        expect(other.get_by_text("Signed in as kim")).to_be_visible(timeout=WAIT)
        # Out, and in again, to where one wanted to go.
        other.get_by_role("button", name="Sign out").click()
        expect(other.get_by_role("link", name="Sign in")).to_be_visible(timeout=WAIT)
        other.goto("/set-up?step=groups")
        heading(other, "Sign in first")
        sound(other)
        other.get_by_role("link", name="Sign in").click()
        heading(other, "Sign in")
        other.get_by_label("Name or e-mail address").fill("Kim")
        other.get_by_label("Passphrase").fill("not this one at all")
        other.get_by_role("button", name="Sign in").click()
        expect(other.get_by_role("alert")).to_contain_text("do not belong together")
        sound(other)
        other.get_by_label("Passphrase").fill(PASSPHRASE)
        other.get_by_role("button", name="Sign in").click()
        heading(other, "Who are you?")
        expect(other.get_by_label("What is your organisation called?")).to_have_value(
            "Beacon Street"
        )
        # Who is removed is out at the next page.
        page.reload()
        page.get_by_role("button", name="Remove kim").click()
        page.get_by_role("button", name="Yes, remove").click()
        expect(page.get_by_role("button", name="Remove kim")).to_have_count(0, timeout=WAIT)
        other.goto("/people")
        heading(other, "Sign in first")


def test_an_administrator_opens_and_closes_organisations(browser: Browser, tmp_path: Path) -> None:
    with (
        running_app(tmp_path, with_coordinator=False) as app,
        browser.new_context(viewport=PHONE, base_url=app.address) as context,  # type: ignore[arg-type]
        browser.new_context(viewport=PHONE, base_url=app.address) as another,  # type: ignore[arg-type]
    ):
        printed = re.search(r"http://\S+/account/\S+", app.log.read_text(encoding="utf-8"))
        assert printed is not None
        page = context.new_page()
        page.goto(printed.group())
        page.get_by_text("For several organisations").click()
        page.get_by_label("Name to sign in with").fill("root")
        page.get_by_label("Passphrase").fill(PASSPHRASE)
        page.get_by_label("The same again").fill(PASSPHRASE)
        page.get_by_role("button", name="Make it and sign in").click()
        page.get_by_role("link", name="Organisations").click(timeout=WAIT)
        heading(page, "Organisations")
        page.get_by_label("Name of a new organisation").fill("Reed Lane")
        page.get_by_role("button", name="Open it").click()
        link = page.locator(".pw-address")
        expect(link).to_contain_text("/account/", timeout=WAIT)
        expect(page.get_by_role("heading", name="Reed Lane", exact=True)).to_be_visible()
        sound(page)
        other = another.new_page()
        other.goto(link.inner_text())
        other.get_by_label("Name to sign in with").fill("kim")
        other.get_by_label("Passphrase").fill(PASSPHRASE)
        other.get_by_label("The same again").fill(PASSPHRASE)
        other.get_by_role("button", name="Make it and sign in").click()
        expect(other.get_by_text("Signed in as kim")).to_be_visible(timeout=WAIT)
        page.get_by_role("button", name="Close Reed Lane").click()
        page.get_by_role("button", name="Yes, close Reed Lane").click()
        expect(page.get_by_text("closed since")).to_be_visible(timeout=WAIT)
        sound(page)
        other.reload()
        expect(other.get_by_role("link", name="Sign in")).to_be_visible(timeout=WAIT)
        other.goto("/sign-in")
        other.get_by_label("Name or e-mail address").fill("kim")
        other.get_by_label("Passphrase").fill(PASSPHRASE)
        other.get_by_role("button", name="Sign in").click()
        expect(other.get_by_role("alert")).to_contain_text("Reed Lane is closed here.")
        # To an administrator nothing else is there.
        page.goto("/overview")
        heading(page, "There is no such page")
