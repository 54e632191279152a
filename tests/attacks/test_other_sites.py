"""Another site tries to act in somebody's name, through their browser: at every address that takes
something, with every sign that browsers give of it. And looking alone changes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from http.client import HTTPConnection, HTTPMessage
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from assessment.screens.shared.navigation import SCREENS
from assessment.store.tables import metadata
from assessment.web.middleware import middleware
from assessment.web.routes import routes
from tests.support.asgi import ask, converse
from tests.support.browser.respondent import Round, a_round
from tests.support.running_app import RunningApp

APP = Starlette(routes=routes, middleware=middleware)
PLAIN = [route for route in routes if isinstance(route, Route)]
POSTS = sorted({route.path for route in PLAIN if "POST" in (route.methods or ())})
GETS = sorted({route.path for route in PLAIN if "GET" in (route.methods or ())})
#: What a browser says of what a page elsewhere sends.
FROM_ELSEWHERE = {
    "another site": {"Origin": "https://elsewhere.example"},
    "another port": {"Origin": "http://127.0.0.1:1"},
    "no origin, from another site": {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
    "nothing but the other site": {"Sec-Fetch-Site": "cross-site"},
    "a neighbour": {"Origin": "null", "Sec-Fetch-Site": "same-site"},
}
#: Where it says neither, it takes none of our cookies along, which are SameSite=Lax.
SAYS_NOTHING = {"no origin": {"Origin": "null"}, "not even that": {}}
#: All that our forms send, so that whatever an address looks for is there.
FORM = {
    "device": "own",
    "light": "yes",
    "go": "review",
    "kind": "websocket",
    "question": "dec.listened",
    "dec.listened": "often",
}


@pytest.fixture(scope="module")
def asked(app: RunningApp) -> Iterator[Round]:
    with a_round(app) as round_:
        yield round_


def request(
    asked: Round,
    method: str,
    place: str,
    form: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
) -> tuple[int, HTTPMessage]:
    """What the server answers, without following where it leads."""
    connection = HTTPConnection(urlsplit(asked.address).netloc, timeout=10)
    kind = {"Content-Type": "application/x-www-form-urlencoded"} if form else {}
    try:
        connection.request(method, place, urlencode(form or {}), kind | dict(headers or {}))
        answer = connection.getresponse()
        answer.read()
        return answer.status, answer.headers
    finally:
        connection.close()


@pytest.fixture(scope="module")
def cookies(asked: Round) -> dict[str, str]:
    """The cookies of somebody who answers, sits in the working group, and has opened a link."""
    held: dict[str, str] = {}

    def take(headers: HTTPMessage) -> None:
        for line in headers.get_all("Set-Cookie") or ():
            held.update({name: one.value for name, one in SimpleCookie(line).items() if one.value})

    for code in (asked.record.group("staff").code, asked.record.working_group.code):
        opened = {"Cookie": f"invitation={code}"}
        take(request(asked, "POST", "/begin", {"device": "own"}, opened)[1])
    take(request(asked, "GET", f"/i/{asked.record.group('manager').code}")[1])
    assert {"session", "team", "invitation"} <= set(held)
    return {"Cookie": "; ".join(f"{name}={value}" for name, value in held.items())}


def stored(asked: Round) -> list[list[str]]:
    """All that is in the store."""
    with asked.store.engine.connect() as connection:
        return [
            sorted(str(tuple(row)) for row in connection.execute(table.select()))
            for table in metadata.sorted_tables
        ]


@pytest.mark.parametrize("says", FROM_ELSEWHERE)
@pytest.mark.parametrize("place", POSTS)
def test_another_site_can_send_nothing_in_somebodys_name(
    asked: Round, cookies: dict[str, str], place: str, says: str
) -> None:
    before = stored(asked)
    form = FORM | {"code": asked.record.group("staff").code}
    for sure in ("", "?sure=yes", "?as=team", "?part=1"):
        headers = cookies | FROM_ELSEWHERE[says]
        status, answered = request(asked, "POST", place + sure, form, headers)
        assert status == 403 and "Set-Cookie" not in answered
    assert stored(asked) == before


@pytest.mark.parametrize("says", SAYS_NOTHING)
@pytest.mark.parametrize("place", POSTS)
def test_without_cookies_nothing_of_what_is_sent_is_taken(
    asked: Round, place: str, says: str
) -> None:
    before = stored(asked)
    form = FORM | {"code": asked.record.group("staff").code}
    _, answered = request(asked, "POST", place, form, SAYS_NOTHING[says])
    assert stored(asked) == before
    # A typed code is remembered, as a link's is; neither begins anything.
    names = {line.partition("=")[0] for line in answered.get_all("Set-Cookie") or ()}
    # The cookie of nobody who has signed in is taken away; it was not sent.
    assert names <= {"invitation", "light"} | ({"account"} if place == "/sign-out" else set())


@pytest.mark.parametrize("says", [{"Sec-Fetch-Site": "same-origin"}, {"Origin": "null"}, {}])
def test_our_own_forms_are_taken_from_every_browser(
    asked: Round, cookies: dict[str, str], says: dict[str, str]
) -> None:
    status, answered = request(asked, "POST", "/form/later", {"go": "later"}, cookies | says)
    assert (status, answered["Location"]) == (303, "/form?part=later")


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_looking_changes_nothing_wherever_somebody_looks(
    asked: Round, cookies: dict[str, str], method: str
) -> None:
    """A link, a picture or a program that opens links may come from anywhere, with cookies."""
    before = stored(asked)
    places = {*GETS, *POSTS, *(f"/{screen.address}" for screen in SCREENS)}
    sent = "&".join(f"{name}={value}" for name, value in FORM.items())
    for place in sorted(places):
        there = place.format(code=asked.record.group("staff").code, file="none.css", token="none")
        for more in ("", "?sure=yes", "?as=team", "?part=code", f"?{sent}"):
            status, _ = request(asked, method, there + more, headers=cookies)
            assert status < 500, there
            assert stored(asked) == before, there + more


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "http://localhost:1", "null"])
@pytest.mark.parametrize("place", ["/line", "/_stcore/stream"])
def test_another_site_opens_no_websocket(place: str, origin: str) -> None:
    (refused,) = converse(APP, place, [], origin=origin)
    assert (refused["type"], refused["code"]) == ("websocket.close", 1008)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_what_is_no_route_of_ours_is_closed_to_other_sites_as_well(method: str) -> None:
    for place in ("/_stcore/upload_file/visit/file", "/", "/media/a.csv"):
        answer = ask(APP, place, method, origin="https://elsewhere.example")
        assert answer.status == 403 and "Another website" in answer.text
