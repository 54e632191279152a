"""Answers that no browser of ours sends: refused, or kept as the text that they are."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from assessment.services.content import loaded
from assessment.services.respondents import answering
from assessment.services.respondents.answering import RefusedError
from assessment.store import Store, UnreachableError, open_store
from assessment.store.records import AssessmentRecord
from tests.support.assessments import opened
from tests.support.organisations import with_own_words
from tests.support.respondents import begun, draft_of
from tests.support.running_app import OWN_WORDS, RunningApp, running_app
from tests.support.websocket import Visitor

LISTEN, TEXT, SEVERAL = "valued_input.listened_to", "words.anything", "helpful.what"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningApp]:
    with running_app(tmp_path_factory.mktemp("forged"), command=OWN_WORDS) as started:
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
def token(store: Store, record: AssessmentRecord) -> str:
    """A session whose first question is answered."""
    token = begun(store, record, "service_user")
    answering.save(store, draft_of(store, token), {LISTEN: "often"})
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
    html = sent(app, token, 9, TEXT, value)
    assert draft_of(store, token).saved == {LISTEN: "often", TEXT: value}
    assert "<script>alert" not in html


def test_a_megabyte_of_text_is_not_saved_and_takes_no_other_answer_along(
    app: RunningApp, store: Store, token: str
) -> None:
    sent(app, token, 9, TEXT, "x" * 1_000_000)
    assert draft_of(store, token).saved == {LISTEN: "often"}


def test_a_question_of_another_group_or_part_is_not_there_to_answer(
    app: RunningApp, store: Store, record: AssessmentRecord, token: str
) -> None:
    """A widget's name from another group's page means nothing on this one."""
    other = begun(store, record, "staff")
    with Visitor(app.address, cookies={"session": other}) as visitor:
        visitor.visit("answer", "part=10")
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
        assert any("Part 1 of 10" in text for text in visitor.html)


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
