"""A session that was made in the store, as the running app knows one that it made itself."""

from __future__ import annotations

from http.client import HTTPConnection
from urllib.parse import urlsplit


def say_that_it_is_theirs(address: str, token: str) -> None:
    """Let somebody say that the answers of a session are theirs, which they are asked after a
    restart."""
    line = HTTPConnection(urlsplit(address).netloc, timeout=30)
    line.request("POST", "/yours", "", {"Cookie": f"session={token}"})
    assert line.getresponse().status == 303
    line.close()
