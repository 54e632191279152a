"""Where the browser is."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

#: Chromium without its own window: the same pages, for half the processor time.
SHELL = "chromium-headless-shell"
#: A name that leads to this machine, and is not taken for it: what comes from there by plain http
#: is treated as from any other computer of a network.
ELSEWHERE = "ready.test"
QUIET = [
    f"--host-resolver-rules=MAP {ELSEWHERE} 127.0.0.1",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def find_chromium() -> str | None:
    """The path of a Chromium: ``CHROMIUM``, one on the PATH, or Playwright's own."""
    if named := os.environ.get("CHROMIUM"):
        return named
    for name in (SHELL, "chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if path and Path(path).exists() else None
