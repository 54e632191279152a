"""What every answer says a browser may do with it: as little as can be, whatever was asked."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from starlette.applications import Starlette

from assessment.screens.shared.navigation import SCREENS, Screen
from assessment.settings import settings
from assessment.web import preview, security_headers
from assessment.web.middleware import middleware
from assessment.web.routes import routes
from tests.support.asgi import ask

APP = Starlette(routes=routes, middleware=middleware)


def policy(place: str, **headers: str) -> dict[str, list[str]]:
    """The policy of an address, by its directives."""
    written = ask(APP, place, **headers).headers[security_headers.POLICY]
    return {name: of for name, *of in (part.split() for part in written.split(";"))}


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.file)
def test_on_a_screen_only_scripts_run_that_are_named_by_their_text(screen: Screen) -> None:
    named = policy(f"/{screen.address}")["script-src"]
    assert all(re.fullmatch(r"'self'|'sha256-[\w+/]{43}='", name) for name in named)


@pytest.mark.parametrize(
    "place", ["/", "/go", "/nowhere/x", "/alive", "/own/nothing.css", "/_stcore/metrics"]
)
def test_every_policy_names_what_it_allows_and_allows_no_frame(place: str) -> None:
    found = policy(place)
    assert found["default-src"] == found["frame-ancestors"] == ["'none'"]
    if "sandbox" not in found:
        assert found["base-uri"] == ["'none'"]
        assert found["form-action"] in (["'none'"], ["'self'"])
    every = [word for words in found.values() for word in words]
    assert "'unsafe-eval'" not in every and "*" not in every
    # What draws charts needs its measures in attributes, and old browsers know one word for all.
    unsafe = {name for name, words in found.items() if "'unsafe-inline'" in words}
    assert unsafe <= {"style-src", "style-src-attr"}
    assert place == "/" or not unsafe


def test_a_name_that_somebody_sends_is_no_part_of_a_policy() -> None:
    for host in ("localhost; script-src *", "localhost 'unsafe-inline'", "[::1]:8501"):
        connections = policy("/go", host=host).get("connect-src", ["'self'"])
        assert connections == ["'self'"]


# -- the headers around it -------------------------------------------------------------------------

EVERYTHING = ("/", "/go", "/nowhere/x", "/alive", "/static/js/none.js", "/_stcore/metrics")


@pytest.mark.parametrize("place", EVERYTHING)
def test_every_answer_says_what_browsers_may_do_with_it(place: str) -> None:
    headers = ask(APP, place).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize("place", ["/", "/go", "/nowhere/x"])
def test_every_page_says_that_it_stands_alone_and_uses_nothing_of_the_device(place: str) -> None:
    headers = ask(APP, place).headers
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert all(part.endswith("=()") for part in headers["Permissions-Policy"].split(", "))


def test_messengers_may_show_the_picture_of_a_link_and_nothing_else() -> None:
    picture = ask(APP, preview.path())
    assert (picture.status, picture.headers["Content-Type"]) == (200, "image/png")
    assert picture.headers["Cross-Origin-Resource-Policy"] == "cross-origin"


@pytest.fixture
def public(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("ASSESSMENT_PUBLIC_ADDRESS", "https://ready.example")
    settings.cache_clear()
    yield
    settings.cache_clear()


@pytest.mark.parametrize("place", EVERYTHING)
def test_only_what_came_encrypted_is_told_to_stay_so(place: str) -> None:
    assert "Strict-Transport-Security" in ask(APP, place, scheme="https").headers
    assert "Strict-Transport-Security" not in ask(APP, place).headers
    # Anybody may send this; the server in front of the app looks who does.
    said = ask(APP, place, x_forwarded_proto="https").headers
    assert "Strict-Transport-Security" not in said


@pytest.mark.usefixtures("public")
def test_a_public_address_that_is_encrypted_counts_as_such_and_no_other_name_does() -> None:
    assert "Strict-Transport-Security" in ask(APP, "/go", host="ready.example").headers
    assert "Strict-Transport-Security" not in ask(APP, "/go", host="127.0.0.1:8501").headers
