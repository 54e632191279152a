"""What happens when the store does not answer; mistakes of ours are none of it."""

from __future__ import annotations

import logging
import sqlite3
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.pool import QueuePool

from assessment.services.respondents import answering
from assessment.services.working_group.agreed_answers import agreed, change
from assessment.store import Store, StoreError, UnreachableError, database, open_store
from assessment.store.answers import AgreedAnswers
from assessment.store.records import NO_ANSWER
from assessment.store.tables import written_text
from tests.support.assessments import opened
from tests.support.respondents import begun, draft_of, first_answer
from tests.support.working_group import round_of

PRACTICE, SECRET = "staff_buy_in.buy_in_plan", "Robin wrote the plan of March"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.sqlite"


@pytest.fixture
def store(path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setattr(database, "PATIENCE", 10)  # milliseconds
    opening = open_store(f"sqlite:///{path}")
    yield opening
    opening.close()


def write_note(store: Store) -> Callable[[], object]:
    round_ = round_of(store, opened(store))
    return lambda: change(store, round_, PRACTICE, seen=NO_ANSWER, note=SECRET)


def answer(store: Store) -> Callable[[], object]:
    draft = draft_of(store, begun(store, opened(store)))
    return lambda: answering.save(store, draft, first_answer(draft))


def count(store: Store, table: str) -> int:
    with store.engine.connect() as connection:
        return connection.exec_driver_sql(f"select count(*) from {table}").scalar_one()


@pytest.mark.parametrize(
    ("prepare", "table"), [(write_note, "agreed_answer"), (answer, "draft_answer")]
)
def test_a_locked_database_does_not_answer_and_takes_the_answer_later(
    store: Store, path: Path, prepare: Callable[[Store], Callable[[], object]], table: str
) -> None:
    act = prepare(store)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("begin immediate")
    with pytest.raises(UnreachableError):
        act()
    other.execute("rollback")
    other.close()
    assert count(store, table) == 0
    act()
    assert count(store, table) == 1


def test_a_database_that_is_locked_at_the_start_is_explained_in_words(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "PATIENCE", 10)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("pragma journal_mode = wal")
    other.execute("begin immediate")
    with pytest.raises(StoreError, match="cannot be used: database is locked"):
        open_store(f"sqlite:///{path}")
    other.close()


def test_two_programs_on_one_file_wait_for_each_other(path: Path) -> None:
    here, there = open_store(f"sqlite:///{path}"), open_store(f"sqlite:///{path}")
    drafts = [draft_of(store, begun(store, opened(store))) for store in (here, there) * 4]

    def write(number: int) -> None:
        store, draft = (here, there)[number % 2], drafts[number]
        for _ in range(10):
            answering.save(store, draft, first_answer(draft))

    with ThreadPoolExecutor(len(drafts)) as people:
        list(people.map(write, range(len(drafts))))
    assert count(here, "draft_answer") == len(drafts)
    here.close()
    there.close()


def test_who_waits_too_long_for_others_here_is_told_and_nothing_is_saved(store: Store) -> None:
    act = answer(store)
    with store.write(), pytest.raises(UnreachableError):
        act()
    assert count(store, "draft_answer") == 0
    act()
    assert count(store, "draft_answer") == 1


def test_a_full_disk_takes_nothing_and_later_all(store: Store) -> None:
    draft = draft_of(store, begun(store, opened(store)))
    everything = {q.item.id: q.choices[0].code for q in draft.questions.values() if q.choices}
    with store.engine.connect() as connection:
        disk = connection.connection.cursor()
        disk.execute("vacuum")
        disk.execute("pragma max_page_count = 1")  # as few as there are
    with pytest.raises(UnreachableError):
        answering.save(store, draft, everything)
    assert count(store, "draft_answer") == 0 and draft.saved == {}
    answering.save(store, draft, everything)  # the limit went with the connection
    assert count(store, "draft_answer") == len(everything)


def test_a_commit_that_fails_keeps_nothing_and_nobody_else_from_writing(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    act = answer(store)

    def fail(_: object) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    with monkeypatch.context() as patch:
        patch.setattr(store.engine.dialect, "do_commit", fail)
        with pytest.raises(UnreachableError):
            act()
    other = sqlite3.connect(path, timeout=0, isolation_level=None)
    other.execute("begin immediate")
    other.execute("rollback")
    other.close()
    assert count(store, "draft_answer") == 0
    act()
    assert count(store, "draft_answer") == 1


@pytest.mark.parametrize("gone", ["moved", "replaced"])
def test_a_file_that_is_no_longer_there_takes_no_answer(
    store: Store, path: Path, gone: str
) -> None:
    act = answer(store)
    away = path.with_suffix(".away")
    path.rename(away)
    if gone == "replaced":
        path.touch()
    with pytest.raises(UnreachableError):
        act()
    assert path.exists() == (gone == "replaced")
    away.replace(path)
    act()
    assert count(store, "draft_answer") == 1


def test_a_pool_without_a_free_connection_does_not_answer(store: Store) -> None:
    act = answer(store)
    pool = store.engine.pool
    assert isinstance(pool, QueuePool)
    pool._timeout = 0.01
    taken = [store.engine.raw_connection() for _ in range(15)]
    with pytest.raises(UnreachableError):
        act()
    for connection in taken:
        connection.close()
    act()
    assert count(store, "draft_answer") == 1


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_a_connection_that_is_lost_saves_nothing_and_the_next_attempt_all(url: str) -> None:
    store = open_store(url)
    draft = draft_of(store, begun(store, opened(store)))
    with pytest.raises(UnreachableError), store.write() as work:
        work.drafts.put(draft.id, draft.key, first_answer(draft))
        mine = work.drafts._run(sa.text("select pg_backend_pid()")).scalar_one()
        with store.engine.connect() as other:
            other.exec_driver_sql(f"select pg_terminate_backend({mine})")
        work.commit()
    assert count(store, "draft_answer") == 0
    answering.save(store, draft, first_answer(draft))
    assert count(store, "draft_answer") == 1
    store.close()


def test_a_fault_within_a_unit_of_work_changes_nothing_and_its_log_holds_no_answer(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    act = write_note(store)
    with store.engine.begin() as connection:
        connection.exec_driver_sql(
            "create trigger full before insert on agreed_answer "
            "begin select raise(abort, 'disk is full'); end"
        )
    with caplog.at_level(logging.ERROR), pytest.raises(UnreachableError) as refused:
        act()
    assert count(store, "agreed_answer") == 0
    assert "the store does not answer: disk is full" in caplog.text
    assert "Robin" not in caplog.text
    # Nor does it where somebody else logs the error.
    assert "Robin" not in "".join(traceback.format_exception(refused.value))


def test_no_fault_of_the_database_shows_an_answer(store: Store) -> None:
    with store.engine.connect() as connection, pytest.raises(sa.exc.IntegrityError) as fault:
        given = {"id": "t", "assessment": "none", "item": "i", "text": SECRET}
        connection.execute(sa.insert(written_text).values(**given))
    assert "Robin" not in "".join(traceback.format_exception(fault.value))


def test_a_store_that_is_gone_cannot_be_read(store: Store) -> None:
    with store.engine.begin() as connection:
        connection.exec_driver_sql("alter table agreed_answer rename to away")
    with pytest.raises(UnreachableError):
        agreed(store, "any")


def test_who_expects_a_store_that_cannot_be_used_expects_this_too() -> None:
    assert issubclass(UnreachableError, StoreError)


@pytest.mark.parametrize("mistake", [KeyError, TypeError, AssertionError, ValueError])
def test_a_mistake_of_ours_stays_what_it_is_and_nothing_is_saved(
    store: Store, monkeypatch: pytest.MonkeyPatch, mistake: type[Exception]
) -> None:
    act, put = write_note(store), AgreedAnswers.put

    def put_and_fail(*given: object, **more: object) -> None:
        put(*given, **more)  # type: ignore[arg-type]
        raise mistake("a programming error")

    monkeypatch.setattr(AgreedAnswers, "put", put_and_fail)
    with pytest.raises(mistake, match="a programming error"):
        act()
    assert count(store, "agreed_answer") == 0
