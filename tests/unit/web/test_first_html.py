"""The first HTML of every screen, as a tab, the preview of a link and a browser without scripts
get it."""

from __future__ import annotations

import re
import struct
from html.parser import HTMLParser

import pytest
from markupsafe import escape
from starlette.applications import Starlette
from starlette.requests import HTTPConnection

from assessment.brand.name import NAME
from assessment.screens.shared.navigation import SCREENS, Screen
from assessment.settings import settings
from assessment.web import preview
from assessment.web.first_html import PARTS, first_html
from assessment.web.middleware import middleware
from assessment.web.routes import routes
from assessment.web.static_files import STATIC, with_imports
from tests.support.asgi import ask

APP = Starlette(middleware=middleware)


class Found(HTMLParser):
    """Titles, what ``meta`` says by its name, and links by what they are for."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.titles: list[str] = []
        self.meta: dict[str, str] = {}
        self.links: list[tuple[str, str]] = []
        self._in_title = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._in_title = tag == "title"
        if tag == "meta":
            self.meta[given.get("name") or given.get("property", "")] = given.get("content", "")
        if tag == "link":
            self.links.append((given.get("rel", ""), given.get("href", "")))

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.titles.append(data)

    def handle_endtag(self, tag: str) -> None:
        self._in_title = False


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.file)
def test_every_screen_has_its_own_title_description_and_icon(screen: Screen) -> None:
    found = Found(first_html(screen.address))
    title = f"{screen.title} · {NAME}" if screen.address else NAME
    assert found.titles == [title] == [found.meta["og:title"]]
    assert found.meta["description"] == found.meta["og:description"] == screen.description
    icons = [address for rel, address in found.links if "icon" in rel]
    assert len(icons) == 1 and icons[0].startswith("data:image/svg+xml;base64,")


@pytest.mark.parametrize("address", ["/", "/answer", "/results"])
def test_a_preview_has_a_picture_by_its_whole_address(address: str) -> None:
    found = Found(ask(APP, address, host="192.0.2.7:8501").text)
    assert re.fullmatch(r"http://192\.0\.2\.7:8501/own/[\da-f]{12}\.png", found.meta["og:image"])
    assert found.meta["twitter:card"] == "summary_large_image"


def test_the_picture_is_found_at_the_public_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSESSMENT_PUBLIC_ADDRESS", "https://ready.example/")
    settings.cache_clear()
    try:
        found = Found(ask(APP, "/answer", host="10.0.0.7:8501").text)
        assert found.meta["og:image"] == f"https://ready.example{preview.path()}"
    finally:
        settings.cache_clear()


@pytest.mark.parametrize("host", ["", '"><script>', "a b", "[::1", "ready.example/else"])
def test_what_is_no_host_stands_in_no_address(host: str) -> None:
    scope = {"type": "http", "scheme": "http", "path": "/", "headers": [(b"host", host.encode())]}
    assert preview.address(HTTPConnection(scope)) == ""


def test_the_picture_is_small_and_kept_for_a_year() -> None:
    answer = ask(Starlette(routes=routes), preview.path(), accept_encoding="gzip")
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert len(answer.body) < 60_000 and answer.body.startswith(b"\x89PNG")
    assert struct.unpack(">II", answer.body[16:24]) == (1200, 630)


def test_no_program_is_pointed_at_an_interface() -> None:
    html = first_html("")
    assert not [rel for rel, _ in Found(html).links if rel == "service-desc"]
    assert "agent" not in html.lower()


def without_scripts(address: str) -> str:
    return "".join(re.findall("<noscript>(.*?)</noscript>", first_html(address), re.DOTALL))


def test_without_scripts_it_says_what_to_do_in_our_words_alone() -> None:
    without = without_scripts("set-up")
    assert "This page needs JavaScript" in without and "workbook" in without
    assert "Streamlit" not in without and "refresh" not in without
    assert '<a href="/go">Open my questions</a>' in without  # for whoever came to answer


def test_without_scripts_the_questions_lead_to_the_light_form() -> None:
    without = without_scripts("answer")
    assert '<meta http-equiv="refresh" content="0; url=/form">' in without
    assert '<a href="/form">Go on in the light form</a>' in without


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.file)
def test_our_words_come_before_all_that_has_to_be_fetched(screen: Screen) -> None:
    html = first_html(screen.address)
    words = html.index(screen.loading)
    assert str(escape(screen.title)) in html[:words]
    assert "--pw-paper" in html[:words]
    assert 'rel="stylesheet"' not in html[:words] and 'rel="preload"' not in html
    # Our styles outweigh the app's, since they come after them.
    assert html.index('rel="stylesheet"') < html.index(".pw-lost .pw-lost-connection{")


@pytest.mark.parametrize("part", sorted({part for parts in PARTS.values() for part in parts}))
def test_every_part_that_is_loaded_with_the_app_is_there(part: str) -> None:
    first, *_ = with_imports(part, set())
    assert re.fullmatch(rf"{part}\.[\w-]+\.js", first)
    assert len(list((STATIC / "js").glob(f"{part}.*.js"))) == 1


def test_nothing_is_fetched_from_elsewhere() -> None:
    addresses = re.findall(r'(?:src|href)="([^"]+)"', first_html(""))
    assert [address for address in addresses if address.startswith(("http", "//"))] == []
