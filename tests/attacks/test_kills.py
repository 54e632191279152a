"""What somebody was told is saved is there, whatever is killed, stopped or full meanwhile; and what
belongs together is there as a whole, or not at all.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from assessment.services.respondents.answering import save
from assessment.store import Store, UnreachableError, open_store
from assessment.store.records import AssessmentRecord
from tests.performance.load.measures import Log
from tests.performance.load.respondents import LightRespondent, NotConfirmedError
from tests.performance.load.run import Outcome, compare
from tests.support import loops
from tests.support.assessments import opened
from tests.support.databases import OwnPostgresql
from tests.support.places import ROOT
from tests.support.respondents import begun, draft_of
from tests.support.running_app import SERVE, RunningApp, free_port, running_app

#: In a deep search, so many times as many are killed.
TIMES = 10 if os.environ.get("HYPOTHESIS_PROFILE") == "deep" else 1
#: A file system in memory, where there is one: a process that is killed leaves the same behind, and
#: nobody waits for a disk.
MEMORY = Path("/dev/shm")
#: The app without the command before it, so that the process that is killed is the app.
APP = (sys.executable, "-m", "streamlit", "run", "app.py", "--server.port")


@pytest.fixture
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as name:
        yield Path(name)


def killed(section: str, times: int, folder: Path, url: str = "") -> dict[str, Any]:
    """What was found after so many processes were killed."""
    url = url or f"sqlite:///{(folder / 'store.sqlite').as_posix()}"
    here = {"ASSESSMENT_DATABASE_URL": url, "ASSESSMENT_SECRET_FILE": str(folder / "secret")}
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.killed", section, "0", str(times * TIMES)],
        cwd=ROOT,
        env=os.environ | here,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize(
    ("section", "times", "kinds"),
    [
        ("answering", 140, {"statement", "commit", "step", "time"}),
        ("running_rounds", 40, {"statement", "commit", "step", "time"}),
        ("backing_up", 30, {"statement", "step", "time"}),
    ],
)
def test_whoever_is_killed_at_any_point_leaves_what_was_confirmed_and_nothing_half_done(
    section: str, times: int, kinds: set[str], folder: Path
) -> None:
    found = killed(section, times, folder)
    assert found["wrong"] == []
    assert found["killed"] > times * TIMES / 2 and set(found["at"]) == kinds
    assert found["confirmed"] > times * TIMES / 2


def test_the_same_holds_on_postgresql(folder: Path, postgresql: str) -> None:
    found = killed("answering", 24, folder, postgresql)
    assert found["wrong"] == []
    assert found["killed"] > 12 and set(found["at"]) == {"statement", "commit", "time"}


def test_a_full_disk_confirms_nothing_that_is_not_stored_and_works_again_with_room(
    folder: Path,
) -> None:
    """No file of the process may grow any more, until it may again."""
    found = killed("full_disk", 3, folder)
    assert (found["wrong"], found["confirmed"]) == ([], 6 * TIMES)


# -- through the server -------------------------------------------------------------------------


async def answering(people: list[LightRespondent], enough: int, end: Event) -> int:
    """Everybody answers until the app is gone; once so many are confirmed, ``end`` is set. Returns
    how many were confirmed."""
    confirmed = 0

    async def one(person: LightRespondent) -> None:
        nonlocal confirmed
        try:
            # As a page does, first what was not confirmed: it may be there or not.
            for item, value in list(person.unsure.items()):
                await person._give(item, value)
                person.confirmed[item] = person.unsure.pop(item)
            while True:
                await person.answer()
                confirmed += 1
                if confirmed >= enough:
                    end.set()
        except (OSError, NotConfirmedError, asyncio.IncompleteReadError):
            end.set()

    await asyncio.gather(*(one(person) for person in people))
    return confirmed


def answer_until_it_is_gone(
    app: RunningApp, people: list[LightRespondent], enough: int, how: signal.Signals
) -> None:
    end = Event()

    def stop() -> None:
        end.wait()
        os.kill(app.process, how)

    stopping = Thread(target=stop)
    stopping.start()
    assert loops.run(answering(people, enough, end)) >= enough
    stopping.join()
    for person in people:
        person._line.close()
    os.waitid(os.P_PID, app.process, os.WEXITED | os.WNOWAIT)


async def arrived(people: list[LightRespondent]) -> None:
    for person in people:
        await person.arrive()
        person._line.close()


def lost(database: Path, record: AssessmentRecord, people: list[LightRespondent]) -> list[str]:
    store = open_store(f"sqlite:///{database}")
    outcome = Outcome()
    compare(store, record, people, outcome)
    store.close()
    assert outcome.checked >= len(people)
    return outcome.lost


def test_a_server_that_is_killed_five_times_and_stopped_once_loses_nothing(tmp_path: Path) -> None:
    """Those who answer go on where they were. After it was stopped, a copy of the database's file
    alone has everything."""
    database, port, log = tmp_path / "assessment.sqlite", free_port(), Log()
    store = open_store(f"sqlite:///{database}")
    record = opened(store)
    store.close()
    address, code = f"http://127.0.0.1:{port}", record.group("staff").code
    people = [LightRespondent(address, code, log, number=number) for number in range(8)]
    for seed in range(6):
        stopped = seed == 5
        command = SERVE if stopped else APP
        with running_app(tmp_path, command=command, port=port) as app:
            if seed == 0:
                loops.run(arrived(people))
            enough = random.Random(seed).randint(20, 200)
            how = signal.SIGTERM if stopped else signal.SIGKILL
            answer_until_it_is_gone(app, people, enough, how)
        if stopped:
            break
        assert lost(database, record, people) == []
    alone = tmp_path / "elsewhere" / "copy.sqlite"
    alone.parent.mkdir()
    shutil.copy(database, alone)
    assert lost(alone, record, people) == []


def test_what_was_confirmed_stands_soon_in_the_databases_file_alone(tmp_path: Path) -> None:
    """While nobody answers, a copy of it without SQLite's journal has everything."""
    database = tmp_path / "store.sqlite"
    store = open_store(f"sqlite:///{database}")
    record = opened(store)
    draft = draft_of(store, begun(store, record))
    for question in draft.pages[0].questions:
        save(store, draft, {question.item.id: question.choices[0].code})
    assert store.traces.wait(20)
    shutil.copy(database, tmp_path / "copy.sqlite")
    other = open_store(f"sqlite:///{tmp_path / 'copy.sqlite'}")
    assert draft_of(other, draft.token).saved == draft.saved
    other.close()
    store.close()


# -- PostgreSQL ---------------------------------------------------------------------------------


class Writer(Thread):
    """Answers again and again, as a page does: what could not be saved is tried again."""

    def __init__(self, store: Store, record: AssessmentRecord) -> None:
        super().__init__(daemon=True)
        self.draft = draft_of(store, begun(store, record))
        self.over, self.confirmed, self.refused = Event(), 0, 0
        self.other: BaseException | None = None
        self._store = store

    def run(self) -> None:
        asked = [q for q in self.draft.questions.values() if len(q.choices) > 1]
        try:
            while not self.over.is_set():
                question = asked[self.confirmed % len(asked)]
                choice = question.choices[self.confirmed // len(asked) % 2]
                try:
                    save(self._store, self.draft, {question.item.id: choice.code})
                    self.confirmed += 1
                except UnreachableError:
                    self.refused += 1
                    self.over.wait(0.05)
        except BaseException as fault:
            self.other = fault

    def goes_on(self) -> None:
        """Wait until it has confirmed more.

        Raises:
            TimeoutError: it does not within half a minute.
        """
        before, waiting = self.confirmed, Event()
        for _ in range(600):
            if self.confirmed > before + 3 or self.other is not None:
                return
            waiting.wait(0.05)
        raise TimeoutError(f"{self.refused} refused, and nothing confirmed any more")


def test_a_postgresql_that_is_restarted_under_load_loses_nothing_and_the_app_goes_on(
    own_postgresql: OwnPostgresql,
) -> None:
    """It is stopped as if the power had gone, three times."""
    store = open_store(own_postgresql.url)
    writers = [Writer(store, opened(store)) for _ in range(6)]
    for writer in writers:
        writer.start()
    try:
        for _ in range(3):
            for writer in writers:
                writer.goes_on()
            own_postgresql.stop_at_once()
            own_postgresql.start()
        for writer in writers:
            writer.goes_on()
    finally:
        for writer in writers:
            writer.over.set()
            writer.join(30)
    assert [writer.other for writer in writers] == [None] * len(writers)
    assert all(writer.refused for writer in writers)
    for writer in writers:
        assert draft_of(store, writer.draft.token).saved == writer.draft.saved
    store.close()
