"""The server around the screens: who may open a websocket, and what every answer carries."""

from __future__ import annotations

import socket
import urllib.request
from urllib.parse import urlsplit

import pytest


def websocket_status(address: str, origin: str | None) -> str:
    """The status line with which the server answers a websocket's first request."""
    host = urlsplit(address).netloc
    lines = [
        "GET /_stcore/stream HTTP/1.1",
        f"Host: {host}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Version: 13",
    ]
    if origin:
        lines.append(f"Origin: {origin}")
    name, _, port = host.partition(":")
    with socket.create_connection((name, int(port)), timeout=10) as wire:
        wire.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
        return wire.recv(200).decode(errors="replace").splitlines()[0]


def test_a_page_of_this_app_may_open_a_websocket(address: str) -> None:
    assert " 101 " in websocket_status(address, address)


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "http://127.0.0.1:1", "null"])
def test_a_page_elsewhere_may_not(address: str, origin: str) -> None:
    assert " 403 " in websocket_status(address, origin)


def test_every_answer_forbids_frames_and_guessing(address: str) -> None:
    with urllib.request.urlopen(address, timeout=10) as answer:
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
