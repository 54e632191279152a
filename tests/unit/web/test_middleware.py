"""What every request passes, by a small app behind it."""

from __future__ import annotations

from collections.abc import Iterator
from gzip import decompress
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket
from streamlit import file_util

from assessment.screens.shared.navigation import SCREENS, Screen
from assessment.settings import settings
from assessment.web import trouble
from assessment.web.middleware import middleware
from tests.support.asgi import ask, converse

JS = Path(file_util.get_static_dir()) / "static" / "js"


def behind(_: object) -> PlainTextResponse:
    return PlainTextResponse("behind")


async def behind_websocket(websocket: WebSocket) -> None:
    """Says which host it has been asked at."""
    await websocket.accept()
    await websocket.send_text(websocket.headers["host"])
    await websocket.close()


APP = Starlette(
    routes=[
        Route("/{path:path}", behind, methods=["GET", "POST"]),
        WebSocketRoute("/{path:path}", behind_websocket),
    ],
    middleware=middleware,
)


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("accept", ["text/html", "*/*"])
@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.file)
def test_a_screens_address_gives_our_page_whoever_asks(
    screen: Screen, accept: str, method: str
) -> None:
    answer = ask(APP, f"/{screen.address}", method, accept=accept)
    assert answer.status == 200
    assert "<title>Streamlit" not in answer.text and 'id="root"' in answer.text
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Cache-Control"] == "no-cache"


def test_the_page_comes_compressed_to_whoever_reads_that() -> None:
    plain, small = ask(APP, "/answer"), ask(APP, "/answer", accept_encoding="gzip")
    assert decompress(small.body) == plain.body
    assert len(small.body) < 23_000


@pytest.mark.parametrize("place", ["/reslts", "/nowhere/at/all", "/i"])
@pytest.mark.parametrize("accept", ["text/html", "*/*"])
def test_an_address_at_which_nothing_answers_says_so(place: str, accept: str) -> None:
    answer = ask(APP, place, accept=accept)
    assert answer.status == 404 and "There is no such page" in answer.text


@pytest.mark.parametrize(
    ("method", "place"),
    [("GET", "/_stcore/health"), ("GET", "/media/a.csv"), ("GET", "/i/22222"), ("POST", "/")],
)
def test_everything_else_is_left_to_the_app(method: str, place: str) -> None:
    assert ask(APP, place, method).text == "behind"


def test_scripts_come_compressed_and_stay_for_a_year() -> None:
    file = next(JS.glob("index.*.js"))
    answer = ask(APP, f"/static/js/{file.name}", accept_encoding="gzip, deflate, br")
    assert decompress(answer.body) == file.read_bytes()
    assert int(answer.headers["Content-Length"]) < file.stat().st_size / 2
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Vary"] == "Accept-Encoding"


def test_who_cannot_read_gzip_gets_it_from_the_app() -> None:
    file = next(JS.glob("index.*.js"))
    assert ask(APP, f"/static/js/{file.name}").text == "behind"


@pytest.mark.parametrize(
    "path",
    [
        "/static/js/../index.html",
        "/static/js/../../index.html.js",
        "/static/js/nothing.Ab1.js",
        "/static/media/a.woff2",
    ],
)
def test_nothing_but_scripts_and_styles_is_sent_that_way(path: str) -> None:
    answer = ask(APP, path, accept_encoding="gzip")
    assert answer.text == "behind"


def test_an_answer_of_the_light_form_passes_nothing_but_our_own_checks() -> None:
    answer = ask(APP, "/form/answer", "POST")
    assert (answer.status, answer.text) == (409, '{"leave":"/welcome"}')
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert ask(APP, "/form/later", "POST").text == "behind"


# -- a proxy that does not pass the host on -------------------------------------------------------

ADVICE = "proxy_set_header Host $host; or set ASSESSMENT_PUBLIC_ADDRESS"


@pytest.fixture
def told(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> Iterator[pytest.LogCaptureFixture]:
    """What whoever runs the server is told, as if nothing had been told before."""
    monkeypatch.setattr(trouble, "_told", set())
    settings.cache_clear()
    yield caplog
    settings.cache_clear()


def test_a_websocket_with_another_host_than_its_page_is_refused_and_told_once(
    told: pytest.LogCaptureFixture,
) -> None:
    for _ in range(2):
        (refused,) = converse(
            APP, "/_stcore/stream", [], host="localhost:8501", origin="https://ready.example"
        )
        assert refused["type"] == "websocket.close" and refused["code"] == 1008
    (message,) = told.messages
    assert ADVICE in message


def test_it_passes_where_the_page_was_opened_at_the_public_address(
    told: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSESSMENT_PUBLIC_ADDRESS", "https://Ready.example:443/")
    headers = {"host": "localhost:8501", "origin": "https://ready.example"}
    accepted, text, _ = converse(APP, "/_stcore/stream", [], **headers)
    assert accepted["type"] == "websocket.accept"
    # Streamlit, which compares the two again, finds them alike.
    assert text["text"] == "ready.example"
    assert told.messages == []


@pytest.mark.parametrize(
    "origin",
    ["http://ready.example", "https://ready.example:444", "https://ready.example.org", "null", ""],
)
def test_a_page_that_only_looks_like_the_public_address_does_not_pass(
    told: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, origin: str
) -> None:
    monkeypatch.setenv("ASSESSMENT_PUBLIC_ADDRESS", "https://ready.example")
    (refused,) = converse(APP, "/_stcore/stream", [], host="localhost:8501", origin=origin)
    assert refused["type"] == "websocket.close"


@pytest.mark.parametrize("kind", sorted(trouble.ADVICE))
def test_each_kind_of_trouble_is_told_once_and_nothing_that_a_page_makes_up(
    told: pytest.LogCaptureFixture, kind: str
) -> None:
    for sent in (kind, "made up", kind):
        answer = trouble.noticed(Request({"type": "http"}), {"kind": [sent]})
        assert answer.status_code == 204
    assert told.messages == [trouble.ADVICE[kind]]
