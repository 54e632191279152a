"""Get a Chromium for the browser tests: the system's, Debian's, or Playwright's own.

Debian's headless shell shows the same pages for half the processor time, so it is got also where
there is another Chromium; without it the tests take longer. Prints nothing where one is there
already. Exits with 1 and the reasons where none can be had.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys

sys.path.insert(0, os.fspath(__import__("pathlib").Path(__file__).resolve().parents[3]))

from tests.support.browser.chromium import SHELL, find_chromium
from tests.support.installing import apt, by_apt, get


def lighter() -> None:
    """Beside Debian's Chromium get its headless shell, where that is easily done."""
    debian = shutil.which("apt-get") and shutil.which("chromium")
    if debian and not os.environ.get("CHROMIUM") and not shutil.which(SHELL):
        with contextlib.suppress(OSError, subprocess.TimeoutExpired):
            install = apt("install", "-y", "--no-install-recommends", SHELL)
            subprocess.run(install, capture_output=True, check=False, timeout=300)


if __name__ == "__main__":
    if find_chromium():
        lighter()
    playwright = [sys.executable, "-m", "playwright", "install", "chromium"]
    ways = [  # the lightest first
        *by_apt("Debian's headless Chromium", SHELL),
        *by_apt("Debian's Chromium", "chromium"),
        ("Playwright's Chromium", [playwright]),
    ]
    sys.exit(get("Chromium", "browser tests", find_chromium, ways))
