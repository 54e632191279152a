"""The server around the screens: who may open a websocket, what every answer carries, and what
the routes that lead to screens give and take."""

from __future__ import annotations

import re
import socket
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from http.client import HTTPConnection, HTTPMessage
from http.cookies import SimpleCookie
from urllib.parse import unquote, urlencode, urlsplit

import pytest
from playwright.sync_api import BrowserContext, FilePayload, expect

from assessment.brand.name import NAME
from tests.support.browser.respondent import Round, a_round
from tests.support.running_app import RunningApp, coordinator_cookie


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


def test_a_file_that_is_not_taken_is_named_with_what_to_do(
    address: str, phone: BrowserContext
) -> None:
    phone.add_cookies([coordinator_cookie(address)])
    page = phone.new_page()
    page.goto(f"{address}/file")
    page.route("**/_stcore/upload_file/**", lambda asked: asked.fulfill(status=413, body="full"))
    file = FilePayload(name="staff.csv", mimeType="text/csv", buffer=b"respondent")
    page.locator("input[type=file]").first.set_input_files(file)
    below = page.locator(".pw-not-taken")
    expect(below).to_have_text(re.compile(r"^staff\.csv: not taken, .* Remove some files"))
    expect(page.get_by_role("alert").filter(has_text="AxiosError")).to_have_count(0)
    page.get_by_label("Remove staff.csv").click()
    expect(below).to_be_hidden()


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


def ask(
    address: str, place: str, cookies: str = "", form: Mapping[str, str] | None = None
) -> tuple[int, HTTPMessage]:
    """What the server answers, without following where it leads.

    Args:
        form: what is posted; it is only looked at if None.
    """
    connection = HTTPConnection(urlsplit(address).netloc, timeout=10)
    headers = {"Cookie": cookies} if cookies else {}
    try:
        if form is None:
            connection.request("GET", place, headers=headers)
        else:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            connection.request("POST", place, urlencode(form), headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status, answer.headers
    finally:
        connection.close()


def begin(asked: Round, *, device: str = "own", light: bool = False) -> tuple[int, HTTPMessage]:
    """Follow the link of staff and begin."""
    first = ask(asked.address, f"/i/{asked.record.group('staff').code}")
    invitation = cookies_in(first[1])["invitation"].value
    form = {"device": device} | ({"light": "yes"} if light else {})
    return ask(asked.address, "/begin", f"invitation={invitation}", form)


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


def rows(asked: Round) -> int:
    """How many sessions and drafts there are."""
    with asked.store.engine.connect() as connection:
        return sum(
            int(connection.exec_driver_sql(f"select count(*) from {table}").scalar() or 0)
            for table in ("session", "draft")
        )


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_looking_at_a_link_makes_nothing(asked: Round, method: str) -> None:
    """Programs that send links, and those that look for harm in mail, open them first."""
    before = rows(asked)
    for code in (asked.record.group("staff").code, asked.record.working_group.code):
        for place in (f"/i/{code}", "/welcome"):
            request = urllib.request.Request(
                asked.address + place, method=method, headers={"Cookie": f"invitation={code}"}
            )
            with urllib.request.urlopen(request, timeout=10) as answer:
                assert answer.status == 200
    assert rows(asked) == before


def test_the_preview_of_a_link_has_a_picture_and_names_nobody(asked: Round) -> None:
    with urllib.request.urlopen(asked.link("staff"), timeout=10) as answer:
        html = answer.read().decode()
    (picture,) = re.findall(r'<meta property="og:image" content="([^"]*)">', html)
    assert picture.startswith(f"{asked.address}/own/")
    with urllib.request.urlopen(picture, timeout=10) as answer:
        assert answer.headers["Content-Type"] == "image/png"
    # Whoever makes a preview keeps no cookies, and nobody is told so by one.
    (title,) = re.findall('<meta property="og:title" content="(.*?)">', html)
    assert title == f"Before you begin · {NAME}"
    assert asked.record.organisation.name not in html[: html.index("</head>")]


def test_no_code_stays_in_the_address(asked: Round) -> None:
    code = asked.record.group("staff").code
    place = led(ask(asked.address, f"/i/{code}"))
    assert place.startswith("/welcome") and code not in place


def test_beginning_gives_a_session_that_scripts_and_other_sites_cannot_use(asked: Round) -> None:
    session = cookies_in(begin(asked)[1])["session"]
    assert session["httponly"] and session["samesite"].lower() == "lax"
    assert asked.record.group("staff").code not in session.value


@pytest.mark.parametrize(("light", "place"), [(True, "/form"), (False, "/answer")])
def test_a_session_stays_on_a_device_of_ones_own_and_ends_with_the_browser_on_another(
    asked: Round, light: bool, place: str
) -> None:
    for device, stays in (("own", True), ("shared", False)):
        answer = begin(asked, device=device, light=light)
        assert answer[1]["Location"].startswith(place)
        cookie = cookies_in(answer[1])["session"]
        assert bool(cookie["max-age"]) == stays
        assert not cookie["expires"]


@pytest.mark.parametrize("light", [True, False])
def test_inside_an_app_the_code_comes_first_on_any_device(asked: Round, light: bool) -> None:
    """Such a browser has often forgotten its cookies the next time."""
    code = asked.record.group("staff").code
    form = {"device": "own"} | ({"light": "yes"} if light else {})
    request = urllib.request.Request(
        f"{asked.address}/begin",
        urlencode(form).encode(),
        {"Cookie": f"invitation={code}", "User-Agent": "Mozilla/5.0 (Android; wv) FBAN/FB4A"},
    )
    opener = urllib.request.build_opener(NoRedirect)
    with pytest.raises(urllib.error.HTTPError) as led_on:
        opener.open(request, timeout=10)
    assert led_on.value.headers["Location"].endswith("part=code")


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


def test_leaving_takes_every_session_away(asked: Round) -> None:
    session = cookies_in(begin(asked)[1])["session"].value
    answer = ask(asked.address, "/leave", f"session={session}", {})
    assert led(answer) == "/left"
    gone = cookies_in(answer[1])
    assert {"session", "team", "invitation", "light"} <= set(gone)
    assert {cookie["max-age"] for cookie in gone.values()} == {"0"}
    assert answer[1]["Clear-Site-Data"] == '"cache", "storage"'
    # The session opens nothing any more, wherever somebody kept it.
    assert led(ask(asked.address, "/form", f"session={session}")) == "/welcome"


@pytest.mark.parametrize("code", ["22222-22222-222", "%20", "'--", "no%20such"])
def test_a_code_that_opens_nothing_gives_no_session(asked: Round, code: str) -> None:
    before = rows(asked)
    answer = ask(asked.address, "/begin", f"invitation={code}", {"device": "own"})
    assert led(answer) == "/welcome" and not cookies_in(answer[1])
    answer = ask(asked.address, "/go", form={"code": unquote(code)})
    assert answer[0] in (404, 422) and not cookies_in(answer[1])
    assert rows(asked) == before


def test_a_browser_that_keeps_no_cookies_is_told_so(asked: Round) -> None:
    place = led(ask(asked.address, f"/i/{asked.record.group('staff').code}"))
    with urllib.request.urlopen(asked.address + place, timeout=10) as answer:
        assert "This browser keeps no cookies" in answer.read().decode()


@pytest.mark.parametrize("path", ["/reslts", "/nowhere/at/all", "/i"])
def test_an_unknown_address_is_answered_in_our_own_words(address: str, path: str) -> None:
    asked = urllib.request.Request(address + path, headers={"Accept": "text/html"})
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(asked, timeout=10)
    html = refused.value.read().decode()
    assert refused.value.code == 404
    assert "There is no such page" in html and "Nothing was lost" in html
    assert "streamlit" not in html.lower()
