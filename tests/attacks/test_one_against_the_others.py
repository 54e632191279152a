"""One visitor against all the others, at the door: names, addresses, codes, files, messages, and
what gets into the log."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect
from streamlit.proto.BackMsg_pb2 import BackMsg

from assessment.exchange.answers.context_file import parse_context
from assessment.services.access.limits import Limit, Rate
from assessment.settings import settings
from assessment.store import Store, open_store
from assessment.web import arriving, hosts, leaving, light_form, log_lines, signing_in
from assessment.web.middleware import OwnNamesOnly, middleware
from assessment.web.rates import SESSIONS, WRONG_CODES, LimitedTries, network_of
from assessment.web.routes import routes
from assessment.web.uploads import LET_COME, LimitedUploads, Room
from questionnaires.problems import ProblemsError
from tests.support.asgi import Answer, ask, converse
from tests.support.assessments import opened
from tests.support.databases import new_file


def behind(_: object) -> PlainTextResponse:
    return PlainTextResponse("behind")


async def repeat(websocket: WebSocket) -> None:
    """Say which messages have come through."""
    await websocket.accept()
    try:
        while True:
            said = BackMsg.FromString(await websocket.receive_bytes()).WhichOneof("type")
            await websocket.send_text(said or "nothing")
    except WebSocketDisconnect:
        pass


APP = Starlette(
    routes=[
        Route("/{path:path}", behind, methods=["GET", "POST", "PUT"]),
        WebSocketRoute("/_stcore/stream", repeat),
    ],
    middleware=middleware,
)


#: The addresses that lead in, without the app behind them.
ENTRANCE = Starlette(routes=routes)


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Store]:
    """The empty store of this installation."""
    opening = open_store(new_file(tmp_path / "store.sqlite"))
    for module in (arriving, leaving, light_form, signing_in):
        monkeypatch.setattr(module, "store", lambda: opening)
    yield opening
    opening.close()


# Names: a page elsewhere whose name is made to point here.


@pytest.fixture
def public(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """An installation that says its address, and settings that are read anew."""
    settings.cache_clear()
    monkeypatch.setenv("ASSESSMENT_PUBLIC_ADDRESS", "https://Ready.Example:8443/")
    yield monkeypatch
    settings.cache_clear()


OURS = ["localhost", "localhost:8501", "127.0.0.1:8501", "[::1]:8501", "192.168.1.20:8501"]
OTHERS = ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "", "evil.example:80"]


@pytest.mark.parametrize("host", [*OURS, "app.localhost", *sorted(hosts.own_names())])
def test_this_machine_and_any_number_are_names_of_ours(host: str) -> None:
    assert ask(APP, "/media/a.csv", host=host).text == "behind"


@pytest.mark.parametrize("host", OTHERS)
def test_another_name_gets_a_page_that_says_what_to_do(host: str) -> None:
    answer = ask(APP, "/", host=host)
    assert answer.status == 421 and "This address is not the right one" in answer.text
    assert "ASSESSMENT_PUBLIC_ADDRESS" in answer.text
    (closed,) = converse(APP, "/_stcore/stream", [], host=host)
    assert (closed["type"], closed["code"]) == ("websocket.close", 1008)


@pytest.mark.usefixtures("public")
def test_the_public_name_is_ours_and_then_no_other() -> None:
    for host in ("ready.example", "ready.example:8443", "READY.EXAMPLE.", *OURS):
        assert ask(APP, "/media/a.csv", host=host).text == "behind"
    for host in (*OTHERS, "www.ready.example", *hosts.own_names() - {"localhost"}):
        assert ask(APP, "/media/a.csv", host=host).status == 421


def test_a_name_is_shown_as_text_and_does_not_write_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    answer = ask(APP, "/", host="<script>evil()</script>\x1b[31m")
    assert "<script>" not in answer.text
    assert "\x1b" not in caplog.text


def test_who_invents_names_does_not_fill_the_log(caplog: pytest.LogCaptureFixture) -> None:
    app = OwnNamesOnly(behind)
    for number in range(200):
        ask(app, "/", host=f"name-{number}.example" + "x" * 5_000)
    assert 0 < len(caplog.records) <= 50 and len(caplog.text) < 20_000


@pytest.mark.parametrize("path", ["/alive", "/_stcore/health"])
def test_who_asks_whether_it_lives_needs_no_name(path: str) -> None:
    assert ask(APP, path, host="10-0-0-7.cluster.example").text == "behind"


# Addresses that nobody needs.


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "OPTIONS", "DELETE"])
@pytest.mark.parametrize(
    "path",
    [
        "/_stcore/metrics",
        "//_stcore/metrics",
        "/_stcore//metrics",
        "/_stcore/script-health-check",
        "/_stcore/agent/interact",
        "/_stcore/agent/openapi.json",
        "/_stcore/agent/mcp",
    ],
)
def test_what_no_page_of_ours_asks_for_is_closed(path: str, method: str) -> None:
    assert ask(APP, path, method).status == 404


def sessions_and_drafts(store: Store) -> tuple[int, int]:
    with store.engine.connect() as connection:
        count = "select (select count(*) from session), (select count(*) from draft)"
        sessions, drafts = connection.exec_driver_sql(count).one()
        return sessions, drafts


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_who_only_looks_at_a_link_makes_no_session(store: Store, method: str) -> None:
    code = opened(store).group("staff").code
    for route in routes:
        path = route.path.replace("{code}", code).replace("{file}", "none")
        path = path.replace("{token}", "none")
        answer = ask(ENTRANCE, path, method, cookie=f"invitation={code}")
        assert answer.status < 500, path
        assert "session=" not in answer.headers.get("set-cookie", "").replace('session=""', "")
    assert sessions_and_drafts(store) == (0, 0)


# Codes and sessions.


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class Door:
    """The pages that lead in, as far as a limit sees them."""

    def __init__(self, wrong: Limit, sessions: Limit) -> None:
        self.looked_up = 0
        routes = [Route("/begin", self._begin, methods=["POST"])]
        self.app = LimitedTries(Starlette(routes=routes), wrong, sessions)

    def _begin(self, request: Request) -> Response:
        self.looked_up += 1
        code = request.cookies["invitation"]
        response = RedirectResponse("/welcome" if code == "wrong" else "/form", 303)
        if code != "wrong":
            token = request.cookies.get("session", f"token-{self.looked_up}")
            response.set_cookie("session", token)
        return response

    def tries(self, code: str, client: str = "192.0.2.1", cookie: str = "") -> Answer:
        return ask(self.app, "/begin", "POST", client=client, cookie=f"invitation={code}; {cookie}")


def door(clock: Clock, *, wrong: tuple[Rate, Rate] | None = None) -> Door:
    plenty = Limit(Rate(1e9, 1e9), Rate(1e9, 1e9), clock)
    return Door(Limit(*wrong, clock) if wrong else plenty, plenty)


def test_who_guesses_codes_is_told_to_wait_and_nothing_is_looked_up() -> None:
    clock = Clock()
    at = door(clock, wrong=(Rate(20, 1 / 3), Rate(200, 3)))
    answers = [at.tries("wrong") for _ in range(1000)]
    assert [answer.status for answer in answers] == [303] * 20 + [429] * 980
    assert at.looked_up == 20
    refused = answers[-1]
    assert "Too many tries, wait a minute" in refused.text
    assert 0 < int(refused.headers["Retry-After"]) <= 60
    # It lets go by itself; within a minute twenty more may be tried.
    clock.now = int(refused.headers["Retry-After"])
    assert at.tries("right").status == 303
    clock.now += 60
    assert [at.tries("wrong").status for _ in range(21)] == [303] * 20 + [429]


def test_who_guesses_shuts_nobody_elsewhere_out_though_the_limit_of_all_is_reached() -> None:
    clock = Clock()
    at = door(clock, wrong=(Rate(20, 1 / 3), Rate(200, 3)))
    for number in range(40):
        for _ in range(20):
            at.tries("wrong", f"198.51.100.{number}")
    # Ten of the attackers have used up the two hundred of all; of the others each has had eleven
    # tries before it was noticed.
    assert at.looked_up == 10 * 20 + 30 * 11
    assert at.tries("right", "203.0.113.1").status == 303
    mistyped = [at.tries("wrong", "203.0.113.1").status for _ in range(5)]
    assert mistyped == [303] * 5
    assert at.tries("right", "203.0.113.1").status == 303


def test_a_room_full_of_people_with_right_codes_is_let_in_at_once() -> None:
    clock = Clock()
    app = Door(Limit(*WRONG_CODES, clock), Limit(*SESSIONS, clock))
    assert {app.tries("right").status for _ in range(300)} == {303}
    assert app.tries("right").status == 429


def test_new_sessions_are_limited_and_going_on_with_an_old_one_is_none() -> None:
    clock = Clock()
    limit = Limit(Rate(5, 1), Rate(100, 10), clock)
    at = Door(Limit(Rate(1e9, 1e9), Rate(1e9, 1e9), clock), limit)
    assert {at.tries("right", cookie="session=mine").status for _ in range(50)} == {303}
    assert [at.tries("right").status for _ in range(7)] == [303] * 5 + [429] * 2
    clock.now = 2
    assert [at.tries("right").status for _ in range(3)] == [303] * 2 + [429]


@pytest.mark.parametrize(
    ("path", "method", "sent"),
    [
        ("/go", "POST", {"body": [b"code=22222-22222-222"]}),
        ("/begin", "POST", {"cookie": "invitation=22222-22222-222"}),
        ("/instead", "POST", {"cookie": "invitation=22222-22222-222"}),
        ("/welcome", "GET", {"cookie": "invitation=22222-22222-222"}),
        ("/welcome", "GET", {"cookie": "a[]=;invitation=22222-22222-222"}),
        ("/welcome", "HEAD", {"cookie": "invitation=22222-22222-222"}),
    ],
)
def test_by_whichever_way_a_code_is_tried_it_is_limited(
    store: Store, path: str, method: str, sent: dict[str, Any]
) -> None:
    clock = Clock()
    limits = (Limit(*WRONG_CODES, clock), Limit(*SESSIONS, clock))
    app = LimitedTries(Starlette(routes=routes), *limits)
    statuses = [ask(app, path, method, **sent).status for _ in range(25)]
    assert 429 not in statuses[:20] and statuses[20:] == [429] * 5
    # The page with the field is there all the same.
    assert ask(app, "/go").status == 200
    assert sessions_and_drafts(store) == (0, 0)


def test_new_sessions_are_seen_where_they_begin(store: Store) -> None:
    code = opened(store).group("staff").code
    app = LimitedTries(Starlette(routes=routes), sessions=Limit(Rate(3, 1e-9), Rate(100, 10)))
    begin = {"cookie": f"invitation={code}", "body": [b"device=own"]}
    statuses = [ask(app, "/begin", "POST", **begin).status for _ in range(5)]
    assert statuses == [303] * 3 + [429] * 2
    assert sessions_and_drafts(store) == (3, 3)


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("a socket", "a socket"),
    ],
)
def test_an_address_of_version_6_is_its_network(address: str, network: str) -> None:
    assert network_of(address) == network


# Files.

KILO = 1024


class Uploads:
    """A server that keeps what is uploaded, and visits of which some show a place for files."""

    def __init__(self, **room: int) -> None:
        self.files: dict[str, int] = {}
        self.read = 0
        server = Starlette(
            routes=[Route("/_stcore/upload_file/{visit}/{file}", self._put, methods=["PUT"])]
        )
        self.app = LimitedUploads(
            server,
            Room(**{"visit": 40 * KILO, "network": 80 * KILO, "all": 240 * KILO} | room),
            lambda: dict(self.files),
            lambda visit: not visit.startswith("none"),
        )

    async def _put(self, request: Request) -> Response:
        visit, size = request.path_params["visit"], 0
        async for piece in request.stream():
            size += len(piece)
            self.read += len(piece)
        self.files[visit] = self.files.get(visit, 0) + size
        return Response(status_code=204)

    def send(
        self, visit: str, kilobytes: int = 10, client: str = "192.0.2.1", **more: str
    ) -> Answer:
        pieces = [b"x" * KILO] * kilobytes
        path = f"/_stcore/upload_file/{visit}/some-file"
        return ask(self.app, path, "PUT", client=client, body=pieces, **more)


def test_a_page_without_a_place_for_files_takes_none_and_reads_nothing() -> None:
    server = Uploads()
    answer = server.send("none")
    assert answer.status == 403 and "This page takes no files" in answer.text
    assert server.read == 0


def test_one_visit_holds_no_more_than_its_share() -> None:
    server = Uploads()
    answers = [server.send("one") for _ in range(20)]
    assert [answer.status for answer in answers] == [204] * 4 + [413] * 16
    assert server.files["one"] <= 40 * KILO and "too many files" in answers[-1].text
    assert server.send("other").status == 204


def test_one_network_with_many_visits_leaves_room_for_the_others() -> None:
    server = Uploads()
    answers = [server.send(f"visit-{number}").status for number in range(100)]
    assert answers[:8] == [204] * 8 and set(answers[8:]) == {503}
    assert server.send("somebody", client="203.0.113.1").status == 204


def test_all_together_hold_no_more_than_there_is_room_for() -> None:
    server = Uploads()
    for number in range(100):
        last = server.send(f"visit-{number}", client=f"198.51.100.{number}")
    assert sum(server.files.values()) <= 240 * KILO
    assert last.status == 503 and last.headers["Retry-After"] == "60"
    assert "Wait a minute" in last.text
    server.files.clear()
    assert server.send("late").status == 204


def test_what_says_that_it_is_small_and_is_not_is_stopped_on_its_way() -> None:
    server = Uploads()
    answer = server.send("one", 10_000, content_length="1")
    assert answer.status == 413 and server.read <= 41 * KILO
    assert server.send("one").status == 204  # what was stopped takes no room


@pytest.mark.parametrize("visit", ["none", "one"])
def test_a_refusal_waits_for_what_is_being_sent_but_not_for_ever(visit: str) -> None:
    """A line that is shut while a browser sends is a broken line to it, and nothing is read."""
    server = Uploads()
    refused = server.send(visit, 100)
    assert refused.status in (403, 413) and refused.unread == 0
    most = LET_COME // KILO
    endless = server.send(visit, 2 * most)
    assert endless.status == refused.status and most <= 2 * most - endless.unread <= most + 50


# Messages.


def message(**said: bool) -> dict[str, object]:
    return {"type": "websocket.receive", "bytes": BackMsg(**said).SerializeToString()}


def test_what_no_page_of_ours_says_is_not_heard() -> None:
    said = [
        message(clear_cache=True),
        message(set_run_on_save=True),
        message(debug_shutdown_runtime=True),
        message(app_heartbeat=True),
    ]
    sent = converse(APP, "/_stcore/stream", said)
    assert [part.get("text") for part in sent if part["type"] == "websocket.send"] == [
        "app_heartbeat"
    ]


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"type": "websocket.receive", "text": "hello"}, 1003),
        ({"type": "websocket.receive", "bytes": b"\xff\xfeFORGED"}, 1002),
    ],
)
def test_what_is_no_message_ends_the_conversation_without_a_word_in_the_log(
    wrong: dict[str, object], code: int, caplog: pytest.LogCaptureFixture
) -> None:
    sent = converse(APP, "/_stcore/stream", [wrong, message(app_heartbeat=True)])
    assert [(part["type"], part.get("code")) for part in sent[1:]] == [("websocket.close", code)]
    assert caplog.text == ""


# The log.

FORGED = "late\nERROR all answers are gone \x1b[2J\u202e\u2028"


@pytest.fixture
def written(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    before = logging.getLogRecordFactory()
    log_lines.install()
    log_lines.install()  # twice is once
    yield caplog
    logging.setLogRecordFactory(before)


def test_nobody_writes_a_line_of_their_own_into_the_log(
    written: pytest.LogCaptureFixture,
) -> None:
    log = logging.getLogger("somebody.else")
    log.warning("The fragment with id %s does not exist", FORGED)
    log.warning(f"The page {FORGED} does not exist")
    log.warning("%(who)s came %(times)d times", {"who": FORGED, "times": 3})
    log.warning("100 %s", *())
    log.warning("%d was expected", FORGED)  # a mistake of whoever logs
    text = written.text
    assert len(text.splitlines()) == 5 and "came 3 times" in text
    assert not set(text) & set("\x1b\u202e\u2028")
    assert r"late\nERROR all answers" in text


def test_a_line_of_the_log_has_an_end(written: pytest.LogCaptureFixture) -> None:
    logging.getLogger("somebody.else").warning("%s and %s", "x" * 1_000_000, "short")
    assert len(written.text) < 3_000 and "short" in written.text
    logging.getLogger("somebody.else").warning("y" * 1_000_000)
    assert len(written.text) < 6_000


def test_an_error_tells_where_it_arose_and_not_what_somebody_wrote(
    written: pytest.LogCaptureFixture,
) -> None:
    secret = "Robin drinks"
    try:
        try:
            float(secret)
        except ValueError as error:
            raise KeyError(secret) from error
    except KeyError as error:
        logging.getLogger("assessment").error("a screen failed", exc_info=error)
    text = written.text
    assert "Robin" not in text
    assert "builtins.ValueError" in text and "builtins.KeyError" in text
    assert __file__ in text and "a screen failed" in text


# A context, the one file of YAML that anybody may send.


BOMB = "a0: &a0 {x: 1}\n" + "".join(
    f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 9)}]}}\n" for n in range(1, 20)
)
LAUGHS = "a0: &a0 [x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30)
)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (BOMB, "line 2: '*' and a name stand here for something above"),
        (LAUGHS, "line 2: '*' and a name stand here for something above"),
        ("".join(f"k{n}: 1\n" for n in range(170_000)), "has more than 20 kB"),
        ("a: " + "[" * 10_000, "more than 50 levels"),
        ("seed: " + "9" * 19_000, "a value cannot be read"),
    ],
    ids=["merges", "laughs", "keys", "levels", "digits"],
)
def test_a_context_that_would_keep_the_machine_busy_is_refused(content: str, says: str) -> None:
    with pytest.raises(ProblemsError) as refused:
        parse_context(content.encode(), "context.yaml")
    assert says in refused.value.lines()[0]
