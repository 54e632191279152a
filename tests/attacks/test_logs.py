"""Whoever reads the log learns neither who was here nor what opens anything."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from websockets.exceptions import WebSocketException
from websockets.sync.client import connect

from assessment.web import log_lines
from tests.attacks.test_cookies import Visitor
from tests.support.browser.respondent import a_round
from tests.support.running_app import RunningApp, running_app

#: From where a proxy on this machine says that somebody comes.
DEVICE, DEVICE_6 = "203.0.113.77", "2001:db8::77"
NO_CODE = "K7QMX-4PD9R-TCX"
#: How somebody else's server would start the app, which tells of each request.
TELLING = (*(sys.executable, "-m", "uvicorn", "app:app", "--access-log"), "--port")


def leaves_nothing(app: RunningApp) -> None:
    """Everything that can be asked for is; then nothing of it stands in the log."""
    held: set[str] = set()
    with a_round(app) as round_:
        for device in (DEVICE, DEVICE_6):
            visitor = Visitor(app.address, {"X-Forwarded-For": device})
            visitor.journey(round_)
            visitor.ask("/go", {"code": NO_CODE})
            visitor.ask(f"/i/{NO_CODE}?from=me")
            visitor.ask("/form/answer", {"question": "dec.listened", "dec.listened": "my words"})
            held |= {
                sign for number in visitor.receipts for sign in (number, number.replace("-", ""))
            }
            held |= {line.partition(";")[0].partition("=")[2] for line in visitor.lines}
        wire, proxy = app.address.replace("http", "ws"), {"X-Forwarded-For": DEVICE}
        for place in ("/line", f"/i/{NO_CODE}", f"/_stcore/stream?code={NO_CODE}"):
            # Each is closed: it does not exist, or it is sent what no page of ours says.
            with (
                suppress(WebSocketException),
                connect(wire + place, additional_headers=proxy) as line,
            ):
                line.send("text")
                line.recv(timeout=10)
        codes = {group.code for group in round_.record.groups} | {round_.record.working_group.code}
    secrets = {*(value for value in held if len(value) > 12), *codes, NO_CODE}
    assert len(secrets) > 5
    log = app.log.read_text(encoding="utf-8").lower()
    for secret in {*secrets, DEVICE, DEVICE_6, "dec.listened", "my words"}:
        assert secret.lower() not in log


def test_a_whole_journey_leaves_nothing_of_anybody_in_the_log(app: RunningApp) -> None:
    leaves_nothing(app)


def test_nor_does_it_under_a_server_that_tells_of_each_request(tmp_path: Path) -> None:
    with running_app(tmp_path, command=TELLING) as app:
        leaves_nothing(app)
        assert "Application startup complete" in app.log.read_text(encoding="utf-8")


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> Iterator[list[str]]:
    """The lines of the log, as they are written where the app runs."""
    before = logging.getLogRecordFactory()
    log_lines.install()
    caplog.set_level(logging.INFO)
    yield caplog.messages
    logging.setLogRecordFactory(before)
    logging.getLogger(log_lines.REQUESTS).disabled = False


@pytest.mark.parametrize(
    "secret",
    [
        "K7QMX-4PD9R-TCH",
        "22222-22222-222",
        "7tbt2-ccma9-sub",
        "NF8C8ENHQMM66",
        "z5kQ_w0bTn9vSxY2hJrLd8fGmA-eUoPc1iR6tV3qNyE",
        "352404cac69a3928bf26839984caa530",
        DEVICE,
        f"{DEVICE}:50123",
        DEVICE_6,
        f"[{DEVICE_6}]:50123",
    ],
)
@pytest.mark.parametrize("around", ["{}", "asked for /i/{} from here", "'{}'", "a={}; b", "({})"])
def test_no_line_of_anybodys_holds_what_opens_something_or_from_where_somebody_came(
    caplog: pytest.LogCaptureFixture, lines: list[str], secret: str, around: str
) -> None:
    logging.getLogger("somebody").warning("said %s", around.format(secret))
    (line,) = caplog.messages
    assert secret.strip("[]") not in line and secret not in line


@pytest.mark.parametrize(
    "told",
    [
        "swept: 2 sessions, 0 drafts",
        "refused: somebody asked for the name 'elsewhere.example:8501'",
        "Uvicorn running on http://127.0.0.1:8501",
        "at 08:21:33 version 1.67.0 of 2026-11-29",
        "the store does not answer: could not connect to localhost:5432",
    ],
)
def test_what_says_nothing_of_anybody_stays_readable(
    caplog: pytest.LogCaptureFixture, lines: list[str], told: str
) -> None:
    logging.getLogger("somebody").warning(told)
    assert caplog.messages == [told]


def test_who_asked_for_which_page_is_told_nobody(
    caplog: pytest.LogCaptureFixture, lines: list[str]
) -> None:
    access = logging.getLogger(log_lines.REQUESTS)
    access.info('%s - "%s %s HTTP/%s" %d', DEVICE, "GET", "/answer", "1.1", 200)
    socket = logging.getLogger(log_lines.WEBSOCKETS)
    socket.info('%s - "WebSocket %s" [accepted]', (DEVICE, 1), "/_stcore/stream")
    assert caplog.messages == []
    socket.warning("Invalid HTTP request received.")
    assert caplog.messages == ["Invalid HTTP request received."]
