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


def apt(*command: str) -> list[str]:
    admin = [] if os.geteuid() == 0 else ["sudo", "-n"]
    return [*admin, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", *command, "-qq"]


def install(package: str) -> list[str]:
    return apt("install", "-y", "--no-install-recommends", package)


def attempts() -> list[tuple[str, list[list[str]]]]:
    """The ways to get a browser that this machine offers, the lightest first."""
    ways: list[tuple[str, list[list[str]]]] = []
    if shutil.which("apt-get"):
        ways.append(("Debian's headless Chromium", [apt("update"), install(SHELL)]))
        ways.append(("Debian's Chromium", [install("chromium")]))
    ways.append(
        ("Playwright's Chromium", [[sys.executable, "-m", "playwright", "install", "chromium"]])
    )
    return ways


def lighter() -> None:
    """Beside Debian's Chromium get its headless shell, where that is easily done."""
    debian = shutil.which("apt-get") and shutil.which("chromium")
    if debian and not os.environ.get("CHROMIUM") and not shutil.which(SHELL):
        with contextlib.suppress(OSError, subprocess.TimeoutExpired):
            subprocess.run(install(SHELL), capture_output=True, check=False, timeout=300)


def main() -> int:
    if find_chromium():
        lighter()
        return 0
    reasons = []
    for name, commands in attempts():
        print(f"Getting {name} for the browser tests")
        for command in commands:
            try:
                done = subprocess.run(
                    command, capture_output=True, text=True, encoding="utf-8", check=False
                )
            except OSError as error:
                reasons.append(f"{name}: {error}")
                break
            if done.returncode:
                last = (done.stderr or done.stdout).strip().splitlines()[-1:]
                reasons.append(f"{name}: {' '.join(command)}: {' '.join(last)}")
                break
        if find_chromium():
            return 0
    print("The browser tests need Chromium and it could not be installed:", file=sys.stderr)
    for reason in reasons:
        print(f"  {reason}", file=sys.stderr)
    print("Install Chromium yourself, or set CHROMIUM to its path.", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
