"""Get nginx and Caddy for the tests of the shipped configurations: Debian's packages, unpacked into
the virtual environment, so that no service begins on this machine.

Prints nothing where both are there already. Exits with 1 and the reasons where one cannot be had.
"""

from __future__ import annotations

import os
import sys

sys.path.insert(0, os.fspath(__import__("pathlib").Path(__file__).resolve().parents[2]))

from tests.support.installing import get, unpacked_by_apt
from tests.support.proxies import INSTALLED, UNPACKED, find_proxy


def got(name: str) -> int:
    ways = unpacked_by_apt(name, name, UNPACKED)
    return get(name, f"tests of {name} in front of the app", lambda: find_proxy(name), ways)


if __name__ == "__main__":
    sys.exit(max(map(got, INSTALLED)))
