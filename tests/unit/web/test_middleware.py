"""What every request passes, by a small app behind it."""

from __future__ import annotations

from gzip import decompress
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from streamlit import file_util

from assessment.screens.shared.navigation import SCREENS, Screen
from assessment.web.middleware import middleware
from tests.support.asgi import ask

JS = Path(file_util.get_static_dir()) / "static" / "js"


def behind(_: object) -> PlainTextResponse:
    return PlainTextResponse("behind")


APP = Starlette(
    routes=[Route("/{path:path}", behind, methods=["GET", "POST"])], middleware=middleware
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
    assert len(small.body) < 20_000


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
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Cache-Control"] == "no-store"
    assert ask(APP, "/form/later", "POST").text == "behind"
