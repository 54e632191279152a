"""Every cookie that the app sets, over a whole journey: no script reads one, and no other site's
form takes one along. Over an encrypted line none leaves such lines, or comes from another host."""

from __future__ import annotations

import re
from collections.abc import Iterator
from http.client import HTTPConnection
from urllib.parse import urlencode, urlsplit

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

from assessment.web import cookies
from assessment.web.cookies import OURS
from assessment.web.middleware import middleware
from assessment.web.safe_cookies import plain
from tests.support.asgi import ask, converse
from tests.support.browser.respondent import Round, a_round
from tests.support.running_app import RunningApp

#: Streamlit's own, which protects uploads: the app's script sends it back in a header, so it has to
#: read it. It is drawn by chance and belongs to nothing that anybody gave.
READ_BY_SCRIPTS = "_streamlit_xsrf"
#: As the page after handing in shows it.
RECEIPT = re.compile(r"[2-9A-Z]{4}(?:-[2-9A-Z]{4}){3}")
ENCRYPTED = {"X-Forwarded-Proto": "https"}


class Visitor:
    """A browser's jar of cookies, and every line with which one was set.

    Attributes:
        headers: what is sent with each request, such as what a proxy on this machine says.
    """

    def __init__(self, address: str, headers: dict[str, str]) -> None:
        self.address, self.headers = address, headers
        self.jar: dict[str, str] = {}
        self.page = ""
        self.lines: list[str] = []
        self.receipts: list[str] = []

    def ask(self, place: str, form: dict[str, str] | None = None) -> str:
        """Ask for a place; says where it leads."""
        connection = HTTPConnection(urlsplit(self.address).netloc, timeout=10)
        held = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.jar.items())}
        method, body = ("GET", "") if form is None else ("POST", urlencode(form))
        connection.request(method, place, body, self.headers | held)
        answer = connection.getresponse()
        self.page = answer.read().decode(errors="replace")
        for line in answer.headers.get_all("Set-Cookie") or ():
            self.lines.append(line)
            name, _, value = line.partition(";")[0].partition("=")
            self.jar[name] = value
        connection.close()
        return answer.headers.get("Location", "")

    def journey(self, round_: Round) -> None:
        """Everything that gives a cookie or takes one away."""
        staff, team = round_.record.group("staff").code, round_.record.working_group.code
        self.ask("/_stcore/health")
        self.ask("/go", {"code": staff.lower()})
        self.ask(f"/i/{staff}")
        assert self.ask("/begin", {"device": "own", "light": "yes"}).startswith("/form")
        answer = {"question": "dec.listened", "dec.listened": "often"}
        self.ask("/form/answer", answer)
        assert self.ask("/form/hand-in", {}) == "/thanks"
        self.ask("/thanks")
        self.receipts += RECEIPT.findall(self.page)
        self.ask("/receipt", {"number": self.receipts[-1]})
        self.ask("/thanks")  # it is shown once
        assert not RECEIPT.search(self.page)
        self.ask("/welcome?somebody=else")
        self.ask(f"/i/{team}")
        assert self.ask("/begin", {"device": "own"}).startswith("/together")
        assert self.ask("/leave?as=team", {}) == "/left?as=team"
        assert self.ask("/leave?sure=yes", {}) == "/left"


@pytest.fixture(scope="module")
def asked(app: RunningApp) -> Iterator[Round]:
    with a_round(app) as round_:
        yield round_


def parts(line: str) -> tuple[str, set[str]]:
    """The name of a cookie, and its attributes."""
    first, *more = (part.strip() for part in line.split(";"))
    return first.partition("=")[0], {part.lower() for part in more}


def test_no_script_reads_a_cookie_and_no_other_sites_form_takes_one_along(asked: Round) -> None:
    visitor = Visitor(asked.address, {})
    visitor.journey(asked)
    found = dict(map(parts, visitor.lines))
    assert visitor.receipts and not any(visitor.receipts[0] in line for line in visitor.lines)
    assert set(found) == {*OURS, READ_BY_SCRIPTS}
    for name, attributes in map(parts, visitor.lines):
        assert attributes & {"samesite=lax", "samesite=strict"} and "path=/" in attributes
        assert "httponly" in attributes or name == READ_BY_SCRIPTS
        assert not any(attribute.startswith("domain") for attribute in attributes)


def test_over_an_encrypted_line_a_cookie_stays_on_such_and_no_other_host_can_give_it(
    asked: Round,
) -> None:
    """A proxy on this machine says that the line is encrypted, whose word the server takes."""
    visitor = Visitor(asked.address, ENCRYPTED)
    visitor.journey(asked)
    found = dict(map(parts, visitor.lines))
    assert set(found) == {*(f"__Host-{name}" for name in OURS), READ_BY_SCRIPTS}
    for _, attributes in map(parts, visitor.lines):
        assert "secure" in attributes and "path=/" in attributes


# -- what comes back ------------------------------------------------------------------------------


def read(request: Request) -> Response:
    return PlainTextResponse(" ".join(f"{n}={v}" for n, v in sorted(request.cookies.items())))


async def read_by_socket(websocket: WebSocket) -> None:
    await websocket.accept()
    await websocket.send_text(str(sorted(websocket.cookies.items())))
    await websocket.close()


APP = Starlette(
    routes=[Route("/alive", read), WebSocketRoute("/line", read_by_socket)], middleware=middleware
)


def test_a_session_that_another_host_of_the_domain_has_given_counts_for_nothing() -> None:
    """A page under another name of the same domain can set a cookie for all, not one of ours."""
    planted = "session=planted; __Host-team=mine; other=1"
    assert ask(APP, "/alive", scheme="https", cookie=planted).text == "other=1 team=mine"
    assert ask(APP, "/alive", cookie="session=mine").text == "session=mine"


def test_a_websocket_has_the_same_cookies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assessment.web.hosts.is_https", lambda _: True)
    said = converse(APP, "/line", [], cookie="session=planted; __Host-session=mine")
    assert said[1]["text"] == "[('session', 'mine')]"


@pytest.mark.parametrize("sent", ["", ";", "session", "=;__Host-=1", "a=b=c; session==", "\xff"])
def test_whatever_a_browser_sends_is_read(sent: str) -> None:
    assert not any(part.strip().startswith("session") for part in plain(sent).split(";"))


def test_a_cookie_of_ours_has_a_name_that_is_known() -> None:
    """What is set anywhere is among those that are given a safe name."""
    others = {
        cookies.INVITATION,
        cookies.LIGHT,
        cookies.HANDED_IN,
        cookies.ACCOUNT,
        cookies.RESULTS,
        cookies.AT_PROVIDER,
    }
    assert {*cookies.COOKIES.values()} | others == set(OURS)
