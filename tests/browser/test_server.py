"""The server around the screens: who may open a websocket, what every answer carries, and what
the routes that lead to screens give and take."""

from __future__ import annotations

import re
import socket
import urllib.request
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPMessage
from http.cookies import SimpleCookie
from urllib.parse import urlsplit

import pytest

from assessment.brand.name import NAME
from tests.support.browser.respondent import Round, a_round
from tests.support.running_app import RunningApp


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


@pytest.mark.parametrize("place", ["/", "/results", "/answer?part=2"])
def test_the_tab_has_our_name_and_icon_before_the_app_has_loaded(address: str, place: str) -> None:
    asked = urllib.request.Request(address + place, headers={"Accept": "text/html"})
    with urllib.request.urlopen(asked, timeout=10) as answer:
        html = answer.read().decode("utf-8")
    titles = re.findall("<title>(.*?)</title>", html)
    assert len(titles) == 1 and titles[0].endswith(NAME)
    icons = re.findall(r'<link[^>]*rel="[^"]*icon[^"]*"[^>]*>', html)
    assert icons
    assert all('href="data:image/svg+xml;' in icon for icon in icons)
    addresses = re.findall(r'(?:src|href)="([^"]+)"', html)
    assert [at for at in addresses if at.startswith(("http", "//"))] == []


# -- routes ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def asked(app: RunningApp) -> Iterator[Round]:
    with a_round(app) as round_:
        yield round_


def get(address: str, place: str, cookies: str = "") -> tuple[int, HTTPMessage]:
    """What the server answers, without following where it leads."""
    connection = HTTPConnection(urlsplit(address).netloc, timeout=10)
    try:
        connection.request("GET", place, headers={"Cookie": cookies} if cookies else {})
        answer = connection.getresponse()
        answer.read()
        return answer.status, answer.headers
    finally:
        connection.close()


def cookies_in(headers: HTTPMessage) -> SimpleCookie:
    found = SimpleCookie()
    for line in headers.get_all("Set-Cookie") or ():
        found.load(line)
    return found


def led(answer: tuple[int, HTTPMessage]) -> str:
    """Where an answer leads; nothing on the way may be remembered."""
    status, headers = answer
    assert status == 303
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    return headers["Location"]


def test_a_link_gives_a_session_that_scripts_and_other_sites_cannot_use(asked: Round) -> None:
    code = asked.record.group("staff").code
    answer = get(asked.address, f"/i/{code}")
    assert led(answer) == "/welcome"
    session = cookies_in(answer[1])["session"]
    assert session["httponly"] and session["samesite"].lower() == "lax"
    assert code not in session.value


def test_a_session_stays_on_a_device_of_ones_own_and_ends_with_the_browser_on_another(
    asked: Round,
) -> None:
    for device, stays in (("own", True), ("shared", False)):
        first = get(asked.address, f"/i/{asked.record.group('staff').code}")
        session = cookies_in(first[1])["session"].value
        answer = get(asked.address, f"/begin/{device}", f"session={session}")
        assert led(answer) == "/answer"
        cookie = cookies_in(answer[1])["session"]
        assert bool(cookie["max-age"]) == stays
        assert not cookie["expires"]


def test_leaving_takes_every_session_away(asked: Round) -> None:
    first = get(asked.address, f"/i/{asked.record.group('staff').code}")
    session = cookies_in(first[1])["session"].value
    assert led(get(asked.address, "/begin/own", f"session={session}")) == "/answer"
    answer = get(asked.address, "/leave", f"session={session}")
    assert led(answer) == "/left"
    gone = cookies_in(answer[1])
    assert {"session", "team"} <= set(gone)
    assert {cookie["max-age"] for cookie in gone.values()} == {"0"}
    assert '"cookies"' in answer[1]["Clear-Site-Data"]
    # The session opens nothing any more, wherever somebody kept it.
    assert led(get(asked.address, "/begin/own", f"session={session}")) == "/welcome"


@pytest.mark.parametrize(
    "place",
    ["/i/22222-22222-222", "/i/%20", "/i/'--", "/code", "/code?code=", "/code?code=no%20such"],
)
def test_a_code_that_opens_nothing_gives_no_session(address: str, place: str) -> None:
    answer = get(address, place)
    assert led(answer) == "/unknown-link"
    assert not cookies_in(answer[1])


def test_whoever_has_no_session_cannot_begin(address: str) -> None:
    for cookies in ("", "session=guessed", "session="):
        assert led(get(address, "/begin/own", cookies)) == "/welcome"


@pytest.mark.parametrize("path", ["/reslts", "/nowhere/at/all", "/i"])
def test_an_unknown_address_is_answered_in_our_own_words(address: str, path: str) -> None:
    asked = urllib.request.Request(address + path, headers={"Accept": "text/html"})
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(asked, timeout=10)
    html = refused.value.read().decode()
    assert refused.value.code == 404
    assert "There is no such page" in html and "Nothing was lost" in html
    assert "streamlit" not in html.lower()
