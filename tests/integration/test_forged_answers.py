"""Answers that no browser of ours sends: refused, or kept as the text that they are."""

from __future__ import annotations

import sqlite3
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from websockets.exceptions import ConnectionClosed

from assessment.services.content import loaded
from assessment.services.respondents import answering
from assessment.services.respondents.answering import RefusedError
from assessment.store import Store, UnreachableError, open_store
from assessment.store.records import AssessmentRecord
from tests.support.assessments import opened
from tests.support.organisations import with_own_words
from tests.support.own_device import say_that_it_is_theirs
from tests.support.respondents import begun, draft_of
from tests.support.running_app import COORDINATORS, OWN_WORDS, RunningApp, running_app
from tests.support.websocket import Visitor

LISTEN, TEXT, SEVERAL = "valued_input.listened_to", "words.anything", "helpful.what"


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the running app writes."""
    return tmp_path_factory.mktemp("forged") / "app.log"


@pytest.fixture(scope="module")
def app(log: Path) -> Iterator[RunningApp]:
    with running_app(log.parent, command=OWN_WORDS) as started:
        yield started


@pytest.fixture(autouse=True)
def own_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the running app asks, on this side of the wire too."""
    monkeypatch.setattr(loaded, "library", lambda ladder=None: with_own_words())


@pytest.fixture
def store(app: RunningApp) -> Iterator[Store]:
    store = open_store(app.database_url)
    yield store
    store.close()


@pytest.fixture
def record(store: Store) -> AssessmentRecord:
    return opened(store)


def widget(visitor: Visitor, item: str) -> str:
    return next(name for name in visitor.widgets if name.endswith(f"answer:{item}"))


@pytest.fixture
def token(app: RunningApp, store: Store, record: AssessmentRecord) -> str:
    """A session whose first question is answered, and whose owner has said that it is theirs."""
    token = begun(store, record, "service_user")
    answering.save(store, draft_of(store, token), {LISTEN: "often"})
    say_that_it_is_theirs(app.address, token)
    return token


def sent(app: RunningApp, token: str, part: int, item: str, value: str) -> str:
    """Send a value for an item over the websocket; returns all that the page then says."""
    with Visitor(app.address, cookies={"session": token}) as visitor:
        visitor.visit("answer", f"part={part}")
        name = widget(visitor, item)
        visitor.set(name, string_value=value)
        visitor.rerun(fragment=visitor.fragments[name])
        assert visitor.exceptions == []
        return " ".join(visitor.html)


def test_a_true_answer_arrives(app: RunningApp, store: Store, token: str) -> None:
    """The way that the forged ones go works."""
    assert "Saved" in sent(app, token, 1, LISTEN, "Never")
    assert draft_of(store, token).saved == {LISTEN: "never"}


@pytest.mark.parametrize(
    "value",
    [
        "Whenever I like",
        "does_not_apply",
        "in_place",
        "<script>alert(1)</script>",
        "=HYPERLINK(1)",
        "'; drop table draft_answer; --",
        "x" * 1_000_000,
        " ",
    ],
    ids=lambda value: value[:24],
)
def test_a_value_that_is_not_offered_changes_nothing(
    app: RunningApp, store: Store, token: str, value: str
) -> None:
    html = sent(app, token, 1, LISTEN, value)
    assert draft_of(store, token).saved == {LISTEN: "often"}
    assert "<script>alert" not in html and "Traceback" not in html


@pytest.mark.parametrize(
    "value",
    ["<b>bold</b><script>alert(1)</script>", "=1+1", "@SUM(A1)", "{{7*7}}", "é 🙂 \u202e txt"],
)
def test_words_are_saved_as_the_text_that_they_are(
    app: RunningApp, store: Store, token: str, value: str
) -> None:
    html = sent(app, token, 10, TEXT, value)
    assert draft_of(store, token).saved == {LISTEN: "often", TEXT: value}
    assert "<script>alert" not in html


def test_a_megabyte_of_text_is_not_saved_and_takes_no_other_answer_along(
    app: RunningApp, store: Store, token: str
) -> None:
    sent(app, token, 10, TEXT, "x" * 1_000_000)
    assert draft_of(store, token).saved == {LISTEN: "often"}


def test_a_question_of_another_group_or_part_is_not_there_to_answer(
    app: RunningApp, store: Store, record: AssessmentRecord, token: str
) -> None:
    """A widget's name from another group's page means nothing on this one."""
    other = begun(store, record, "staff")
    with Visitor(app.address, cookies={"session": other}) as visitor:
        visitor.visit("answer", "part=11")
        foreign = widget(visitor, "ladder.wanted.policies")
    with Visitor(app.address, cookies={"session": token}) as visitor:
        visitor.visit("answer", "part=1")
        visitor.set(foreign, string_value="Co-producing")
        own = widget(visitor, LISTEN)
        visitor.rerun(fragment=visitor.fragments[own])
        visitor.rerun()
        assert visitor.exceptions == []
    assert draft_of(store, token).saved == {LISTEN: "often"}
    assert draft_of(store, other).saved == {}


def test_a_session_that_nobody_was_given_answers_nothing(app: RunningApp, store: Store) -> None:
    for forged in ("", "x" * 43, "../../etc/passwd", "' or 1=1 --"):
        with Visitor(app.address, cookies={"session": forged}) as visitor:
            visitor.visit("answer", "part=1")
            assert visitor.exceptions == []
            assert not [name for name in visitor.widgets if "answer:" in name]


@pytest.mark.parametrize("part", ["0", "-1", "99", "٣", "1e3", "<b>", "later'--", "x" * 5000])
def test_a_part_that_there_is_not_leads_to_one_that_there_is(
    app: RunningApp, token: str, part: str
) -> None:
    with Visitor(app.address, cookies={"session": token}) as visitor:
        visitor.visit("answer", f"part={part}")
        assert visitor.exceptions == []
        assert any("Part 1 of 11" in text for text in visitor.html)


# The service itself refuses, whatever the screen lets through.


@pytest.mark.parametrize(
    ("item", "value"),
    [
        (LISTEN, "Never"),
        (LISTEN, "does_not_apply"),
        (LISTEN, "never;often"),
        ("ladder.wanted.policies", "7"),
        ("fit.needs", "arriving"),
        ("no.such.item", "never"),
        ("", "never"),
        (SEVERAL, "nothing;training"),
        (SEVERAL, "training;training"),
        (TEXT, "x" * 4001),
        (TEXT, "x" * 1_000_000),
    ],
    ids=lambda part: str(part)[:28],
)
def test_the_service_refuses_and_keeps_nothing_of_the_batch(
    store: Store, token: str, item: str, value: str
) -> None:
    own = draft_of(store, token)
    good = {"valued_input.strengths_seen": "always"}
    with pytest.raises(RefusedError):
        answering.save(store, own, good | {item: value})
    assert own.saved == draft_of(store, token).saved == {LISTEN: "often"}


def test_a_draft_of_another_round_cannot_be_written_with_this_session(
    store: Store, record: AssessmentRecord, token: str
) -> None:
    elsewhere = opened(store, title="Another round")
    other = draft_of(store, begun(store, elsewhere, "service_user"))
    mine = draft_of(store, token)
    mine.id, mine.record = other.id, elsewhere
    with pytest.raises(RefusedError, match="left"):
        answering.save(store, mine, {LISTEN: "never"})
    assert other.saved == {}


def test_a_store_that_fails_is_reported_and_keeps_what_was_there(
    app: RunningApp, store: Store, token: str
) -> None:
    own = draft_of(store, token)
    path = Path(app.database_url.removeprefix("sqlite:///"))
    with sqlite3.connect(path) as connection:
        connection.execute("alter table draft_answer rename to away")
    try:
        with pytest.raises(UnreachableError):
            answering.save(store, own, {LISTEN: "never"})
        assert own.saved == {LISTEN: "often"}
    finally:
        with sqlite3.connect(path) as connection:
            connection.execute("alter table away rename to draft_answer")
    answering.save(store, own, {LISTEN: "never"})
    assert draft_of(store, token).saved == {LISTEN: "never"}


def put(app: RunningApp, visit: str, content: bytes, xsrf: str) -> tuple[int, str]:
    """Upload a file as a page does; the status and what is said."""
    line = HTTPConnection(urlsplit(app.address).netloc, timeout=30)
    body = b"--x\r\nContent-Disposition: form-data; name=f; filename=f.csv\r\n\r\n%s\r\n--x--\r\n"
    headers = {
        "Content-Type": "multipart/form-data; boundary=x",
        "Cookie": f"_streamlit_xsrf={xsrf}",
        "X-Xsrftoken": xsrf,
    }
    line.request("PUT", f"/_stcore/upload_file/{visit}/{uuid4()}", body % content, headers)
    answer = line.getresponse()
    return answer.status, answer.read().decode()


def test_files_are_taken_where_a_page_asks_for_them_and_no_more_than_there_is_room_for(
    app: RunningApp, token: str
) -> None:
    with urllib.request.urlopen(f"{app.address}/_stcore/health", timeout=10) as answer:
        xsrf = SimpleCookie(answer.headers["Set-Cookie"])["_streamlit_xsrf"].value
    large = b"x" * 4_900_000
    cookies = {"session": token, "account": COORDINATORS[app.address]}
    with Visitor(app.address, cookies=cookies) as visitor:
        visitor.visit("answer")
        assert put(app, visitor.session, large, xsrf)[0] == 403
        visitor.visit("file")
        answers = [put(app, visitor.session, large, xsrf) for _ in range(10)]
        assert [status for status, _ in answers] == [204] * 8 + [413] * 2
        assert "too many files for one visit" in answers[-1][1]
        visitor.visit("answer")
        assert put(app, visitor.session, b"x", xsrf)[0] == 403


def test_the_server_says_nothing_about_itself_and_its_log_holds_nobodys_words(
    app: RunningApp, token: str, log: Path
) -> None:
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(f"{app.address}/_stcore/metrics", timeout=10)
    forged = "Robin drinks\nERROR"
    with Visitor(app.address, cookies={"session": token}) as visitor:
        visitor.visit("answer", "part=1")
        visitor.set("$$ID-nothing", string_value=forged)
        visitor.set(widget(visitor, LISTEN), json_value=forged)
        visitor.rerun()
    with pytest.raises(ConnectionClosed), Visitor(app.address) as visitor:
        visitor._socket.send(b"\xff" + forged.encode())
        visitor._socket.recv(timeout=10)
    assert "Robin" not in log.read_text(encoding="utf-8")
