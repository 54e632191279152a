"""What tests of the browser wait for, where a page alone does not say it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from playwright.sync_api import Page, expect

from tests.support.browser.looks import WAIT

T = TypeVar("T")


def eventually(read: Callable[[], T], expected: T) -> None:
    """Read again until it is what is expected, such as what the store holds."""
    end = time.monotonic() + WAIT / 1000
    while (value := read()) != expected:
        assert time.monotonic() < end, f"{value!r} stays, and not {expected!r}"
        time.sleep(0.05)


def wait_idle(page: Page) -> None:
    """The page has turned as a whole. Until then its buttons are still those of the one before,
    so that a second tap on "Next" leaves nothing out. A page of our own stands at once."""
    if page.locator(".pw-own").count():
        return
    idle = page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]')
    expect(idle).to_be_attached(timeout=WAIT)
