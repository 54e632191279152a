"""The picture that a message shows beside a link. ``make pictures`` draws it; it names nobody."""

from __future__ import annotations

import hashlib
import re
from functools import cache

from starlette.requests import HTTPConnection

from assessment.screens.shared.page import STATIC
from assessment.services.rounds import overview

FILE = STATIC / "preview/preview.png"
#: Pixels, as messengers ask for.
WIDTH, HEIGHT = 1200, 630
#: A host as a browser sends it. Whatever else somebody sends stands on no page.
HOST = re.compile(r"(?:[\w.-]+|\[[\da-fA-F:.]+\])(?::\d+)?")


@cache
def content() -> bytes:
    return FILE.read_bytes()


@cache
def path() -> str:
    """Where it is on this server; the name changes with the content."""
    return f"/own/{hashlib.sha256(content()).hexdigest()[:12]}.png"


def address(asked: HTTPConnection) -> str:
    """Its whole address, since no messenger reads a shorter one; empty where nobody can tell."""
    base = overview.base_address(None)
    host = asked.headers.get("host", "")
    if not base and HOST.fullmatch(host):
        base = f"{asked.url.scheme}://{host}"
    return base and base + path()
