"""Processes that are killed while they write, again and again, and what is there afterwards.

A process of its own, since it forks: ``python -m tests.support.killed SECTION FIRST LAST``. It
prints what it found as JSON. The database is that of the environment.

Each child tells over a pipe what it is about to do, and what it was told is done. At a point that
its seed chooses it is killed with SIGKILL: before or after a statement or a commit, within a
statement (every so many steps of SQLite's machine), or after some time, wherever it is then.
"""

from __future__ import annotations

import json
import os
import random
import resource
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from pathlib import Path
from threading import Lock, Thread
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.pool import NullPool

from assessment.cli.files import PREFIX, whole_file
from assessment.exchange.backup_file import KeyDerivation
from assessment.services import backup
from assessment.services.access.codes import hashed
from assessment.services.content import loaded
from assessment.services.respondents.answering import Draft, hand_in, save
from assessment.services.results import publication
from assessment.services.rounds import changes
from assessment.settings import settings
from assessment.store import Store, UnreachableError, database, open_store
from assessment.store.encryption import DraftKey, decrypt
from assessment.store.records import AssessmentRecord
from assessment.store.tables import (
    assessment,
    audit_entry,
    draft,
    draft_answer,
    metadata,
    published_result,
    response,
    session,
)
from tests.support.assessments import opened
from tests.support.respondents import begun, draft_of

#: How many answers somebody gives before they hand in. The first choices of so many questions spell
#: a number in binary, by which the test knows whose response is whose.
ANSWERS = 14
#: How many people answer at once in a process, and how often each begins.
PEOPLE, TIMES = 3, 2
#: Of what a child does, how long it takes at most, seconds.
LONGEST = 20.0
PASSPHRASE = "four words of my own"
QUICK = KeyDerivation(memory=32, passes=1)


@dataclass
class Found:
    """What was found after all that was killed.

    Attributes:
        killed: how many were killed before they had done everything.
        at: how many of them at which kind of point.
        confirmed: how many things were told to be done.
        wrong: what is not as it was told, or half done.
    """

    killed: int = 0
    at: dict[str, int] = field(default_factory=dict)
    confirmed: int = 0
    wrong: list[str] = field(default_factory=list)


class Told(NamedTuple):
    """A line of a child: ``try`` or ``done``, of what, and its details."""

    state: str
    what: str
    details: list[Any]


class Teller:
    """Tells the parent what is tried and what is done."""

    def __init__(self, pipe: int) -> None:
        self._pipe = pipe

    def trying(self, what: str, *details: Any) -> None:
        self._tell("try", what, details)

    def done(self, what: str, *details: Any) -> None:
        self._tell("done", what, details)

    def _tell(self, state: str, what: str, details: tuple[Any, ...]) -> None:
        # Short enough to go into a pipe as one.
        os.write(self._pipe, json.dumps([state, what, list(details)]).encode() + b"\n")


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def kill_at(store: Store, kind: str, left: int) -> None:
    """Kill this process at a point of one kind, when so many have gone by."""
    lock = Lock()

    def count(*_: Any, **__: Any) -> None:
        nonlocal left
        with lock:
            left -= 1
            if left == 0:
                die()

    if kind == "statement":
        sa.event.listen(store.engine, "before_cursor_execute", count)
        sa.event.listen(store.engine, "after_cursor_execute", count)
    elif kind == "commit":
        commit = store.engine.dialect.do_commit

        def committing(connection: Any) -> None:
            count()
            commit(connection)
            count()

        store.engine.dialect.do_commit = committing  # type: ignore[method-assign]
    elif kind == "step":

        @sa.event.listens_for(store.engine, "connect")
        def _watch(connection: Any, _: Any) -> None:
            connection.set_progress_handler(count, 20)


def in_a_child(
    work: Callable[[Store, Teller, random.Random], None],
    seed: int,
    found: Found,
    points: Mapping[str, int],
) -> list[Told]:
    """Let a child work and be killed.

    Args:
        points: the kinds of points at which it may be killed, each with how many a child passes
            that does everything; of ``time``, milliseconds.

    Returns:
        What it told.
    """
    drawn = random.Random(seed)
    kinds = [kind for kind in points if kind != "step" or "sqlite" in settings().database_url]
    kind = kinds[seed % len(kinds)]
    left = drawn.randint(1, points[kind])
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            store = open_store(settings().database_url)
            kill_at(store, kind, left)
            work(store, Teller(writing), drawn)
        finally:
            os._exit(0)
    os.close(writing)
    if kind == "time":
        time.sleep(left / 1000)
        os.kill(child, signal.SIGKILL)
    with os.fdopen(reading, "rb") as pipe:
        lines = pipe.read().splitlines()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        found.killed += 1
        found.at[kind] = found.at.get(kind, 0) + 1
    told = [Told(*json.loads(line)) for line in lines]
    found.confirmed += sum(line.state == "done" for line in told)
    return told


# -- people who answer --------------------------------------------------------------------------


def people_answer(record: AssessmentRecord, numbers: Iterator[int]) -> Callable[..., None]:
    """Several who begin, answer and hand in at once."""
    mine = [[next(numbers) for _ in range(TIMES)] for _ in range(PEOPLE)]

    def work(store: Store, teller: Teller, drawn: random.Random) -> None:
        def answer(some: list[int]) -> None:
            for number in some:
                one_answers(store, teller, record, number)

        everybody = [Thread(target=answer, args=(some,), daemon=True) for some in mine]
        for one in everybody:
            one.start()
        for one in everybody:
            one.join(LONGEST)
        store.close()

    return work


def one_answers(store: Store, teller: Teller, record: AssessmentRecord, number: int) -> None:
    here = draft_of(store, begun(store, record))
    teller.done("begin", number, here.token, here.id, here.key.hex())
    for item, value in spelled(here, number).items():
        teller.trying("answer", number, item, value)
        save(store, here, {item: value})
        teller.done("answer", number, item, value)
    teller.trying("hand in", number)
    assert hand_in(store, here.token)
    teller.done("hand in", number)


def spelled(here: Draft, number: int) -> dict[str, str]:
    """Answers that spell a number in binary."""
    asked = [q for q in here.questions.values() if len(q.choices) > 1][:ANSWERS]
    return {q.item.id: q.choices[number >> at & 1].code for at, q in enumerate(asked)}


class Person(NamedTuple):
    """What was told of somebody who answers."""

    token: str
    draft: str
    key: DraftKey
    confirmed: dict[str, str]
    tried: dict[str, str]
    handing_in: str


def people_in(told: list[Told]) -> dict[int, Person]:
    people: dict[int, Person] = {}
    for state, what, (number, *details) in told:
        if what == "begin":
            token, name, key = details
            people[number] = Person(token, name, DraftKey(bytes.fromhex(key)), {}, {}, "")
        elif what == "answer":
            item, value = details
            one = people[number]
            if state == "try":
                one.tried[item] = value
            else:
                one.confirmed[item] = one.tried.pop(item)
        else:
            people[number] = people[number]._replace(handing_in=state)
    return people


def check_people(connection: sa.Connection, people: dict[int, Person]) -> Iterator[str]:
    """What of some people is not as they were told."""
    handed_in = Counter(connection.execute(sa.select(response.c.answers)).scalars())
    for number, one in people.items():
        here = connection.execute(sa.select(draft.c.id).where(draft.c.id == one.draft)).first()
        rows = connection.execute(
            sa.select(draft_answer.c.encrypted).where(draft_answer.c.draft == one.draft)
        ).scalars()
        saved = dict(decrypt(one.key, one.draft, row) for row in rows)
        leads = connection.execute(
            sa.select(session.c.draft).where(session.c.token_hash == hashed(one.token))
        ).first()
        whole = json.dumps(dict(sorted(one.confirmed.items())), ensure_ascii=False)
        responses = handed_in[whole] if len(one.confirmed) == ANSWERS else 0
        if one.handing_in == "done" and (here or responses != 1):
            yield f"{number}: handed in, and there are {responses} responses; draft: {here}"
        if not one.handing_in and (not here or responses):
            yield f"{number}: not handed in, and there are {responses} responses; draft: {here}"
        if one.handing_in == "try" and bool(here) + responses != 1:
            yield f"{number}: half handed in: {responses} responses; draft: {here}"
        if bool(here) != bool(leads):
            yield f"{number}: a draft without its session, or the other way round"
        if here and {item: saved.get(item) for item in one.confirmed} != one.confirmed:
            yield f"{number}: confirmed {one.confirmed}, and there is {saved}"
        if set(saved.items()) - set(one.confirmed.items()) - set(one.tried.items()):
            yield f"{number}: something that nobody said: {saved}"


def answering(first: int, last: int) -> Found:
    """People are killed while they begin, answer and hand in."""
    record, found, everybody = prepared(), Found(), dict[int, Person]()
    numbers = iter(range(2**ANSWERS))
    for seed in range(first, last):
        told = in_a_child(
            people_answer(record, numbers),
            seed,
            found,
            {"statement": 220, "commit": 40, "time": 120, "step": 800},
        )
        mine = people_in(told)
        everybody |= mine
        with looking() as connection:
            found.wrong += [f"seed {seed}: {what}" for what in check_people(connection, mine)]
    with looking() as connection:  # what was there after one is still there after the others
        found.wrong += check_people(connection, everybody)
        found.wrong += damage(connection)
    return found


# -- those who run a round ----------------------------------------------------------------------


#: As large as what is published of a round. How it is made is tried elsewhere.
PARTS = {name: bytes(80_000) for name in ("summary", "data", "workbook")}


def round_is_run(store: Store, teller: Teller, drawn: random.Random) -> None:
    """Rounds that are over are published, and deleted."""
    publication.made_parts = lambda *_: PARTS  # type: ignore[assignment]
    for _ in range(4):
        over = date.today() - timedelta(days=2)
        record = opened(store, opens_on=over - timedelta(days=9), closes_on=over)
        teller.done("open", record.id)
        teller.trying("publish", record.id)
        publication.publish(store, record.id, lambda *_: PARTS)
        teller.done("publish", record.id)
        if drawn.random() < 0.5:
            teller.trying("delete", record.id)
            changes.delete(store, record.id, record.title)
            teller.done("delete", record.id)
    store.close()


def check_round(connection: sa.Connection, name: str, last: Told) -> Iterator[str]:
    """What of a round is half done, or not as it was told."""
    rows = sa.select(assessment.c.published_on).where(assessment.c.id == name)
    here = connection.execute(rows).first()
    noted = set(
        connection.execute(
            sa.select(audit_entry.c.action).where(audit_entry.c.assessment == name)
        ).scalars()
    )
    published, deleted = here is None or here[0] is not None, here is None
    kept = connection.execute(
        sa.select(published_result.c.part).where(published_result.c.assessment == name)
    ).scalars()
    if set(kept) != (set(PARTS) if published and not deleted else set()):
        yield f"published {published}, and not all of it is kept"
    if published != ("published" in noted) or deleted != ("deleted" in noted):
        yield f"half done: {here}, {noted}"
    told = {"open": 0, "publish": 1, "delete": 2}[last.what]
    least = told if last.state == "done" else told - 1
    if not least <= published + deleted <= told:
        yield f"told {last}, and it is {here}, {noted}"
    if deleted:
        for table in metadata.sorted_tables:
            left = table.c.get("assessment")
            if left is None or table is audit_entry:
                continue
            if connection.execute(sa.select(left).where(left == name)).first():
                yield f"deleted, and something is left in {table.name}"


def running_rounds(first: int, last: int) -> Found:
    """Coordinators are killed while they publish and delete."""
    prepared()
    found = Found()
    for seed in range(first, last):
        points = {"statement": 220, "commit": 20, "time": 120, "step": 2000}
        told = in_a_child(round_is_run, seed, found, points)
        ends = {line.details[0]: line for line in told}
        with looking() as connection:
            for name, line in ends.items():
                wrong = check_round(connection, name, line)
                found.wrong += [f"seed {seed}: {what}" for what in wrong]
    return found


# -- backups ------------------------------------------------------------------------------------


def backing_up(first: int, last: int) -> Found:
    """Backups are killed while they are written over an earlier one."""
    record = prepared()
    store = open_store(settings().database_url)
    with store.write() as work:
        for number in range(300):
            text = random.Random(number).randbytes(150).hex()
            work.responses.add(f"{number:032}", record.id, "staff", {"x": text}, {})
        work.commit()
    folder = Path(str(sa.make_url(settings().database_url).database)).parent
    target, found = folder / "all.backup", Found()
    with whole_file(target) as out:
        backup.make(store, PASSPHRASE, out, derivation=QUICK)
    store.close()

    def work_(store: Store, teller: Teller, _: random.Random) -> None:
        for number in range(4):
            before = target.stat().st_mtime_ns
            with whole_file(target) as out:
                backup.make(store, PASSPHRASE, out, derivation=QUICK)
            assert target.stat().st_mtime_ns != before
            teller.done("backup", number)
        store.close()

    for seed in range(first, last):
        in_a_child(work_, seed, found, {"statement": 80, "time": 120, "step": 400})
        with target.open("rb") as file:
            try:
                assert backup.Backup(file, PASSPHRASE).contents.rounds == 1
            except (backup.BackupError, AssertionError) as error:
                found.wrong.append(f"seed {seed}: {error}")
        # What was not finished has another name, and holds nothing that could be read.
        for left in folder.glob(f"{PREFIX}*"):
            left.unlink()
    return found


# -- a disk that is full ------------------------------------------------------------------------


def full_disk(first: int, last: int) -> Found:
    """A person answers until the disk is full, and goes on when there is room again."""
    record, found = prepared(), Found()
    file = Path(str(sa.make_url(settings().database_url).database))

    def work_(store: Store, teller: Teller, drawn: random.Random) -> None:
        here = draft_of(store, begun(store, record))
        teller.done("begin", 0, here.token, here.id, here.key.hex())
        # No file may grow beyond this: neither SQLite's own nor its journal.
        most = file.stat().st_size + drawn.randint(0, 30_000)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))
        refused = 0
        for number in range(4000):
            options = [q for q in here.questions.values() if len(q.choices) > 1]
            question = options[number % len(options)]
            answer = {question.item.id: question.choices[number // len(options) % 2].code}
            try:
                save(store, here, answer)
            except UnreachableError:
                refused += 1
                if refused == 3:
                    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
                assert here.saved == store_has(store, here)
                continue
            if refused >= 3:
                break
        assert refused >= 3
        assert here.saved == store_has(store, here)
        store.close()
        teller.done("begin", 1, here.token, here.id, here.key.hex())

    for seed in range(first, last):
        told = in_a_child(work_, seed, found, {"never": 1})
        if told[-1].details[0] != 1:
            found.wrong.append(f"seed {seed}: it did not go on: {told[-1]}")
    with looking() as connection:
        found.wrong += damage(connection)
    return found


def store_has(store: Store, here: Draft) -> dict[str, str]:
    with store.read() as work:
        return work.drafts.answers(here.id, here.key)


# -- what all share -----------------------------------------------------------------------------


def prepared() -> AssessmentRecord:
    """A round, and everything read that children need. No thread is left, which a fork would
    lose."""
    store = open_store(settings().database_url)
    record = opened(store)
    loaded.guidance()
    draft_of(store, begun(store, record))
    store.close()
    # The tables are up to date, which need not be looked up for each child.
    database.migrate = lambda _: None  # type: ignore[assignment]
    return record


def looking() -> Any:
    """A connection that looks at what is there, and leaves nothing open behind."""
    url = sa.make_url(settings().database_url)
    if url.get_backend_name() == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    return sa.create_engine(url, poolclass=NullPool).connect()


def damage(connection: sa.Connection) -> list[str]:
    """What SQLite itself finds wrong with its file."""
    if connection.dialect.name != "sqlite":
        return []
    found = connection.exec_driver_sql("pragma integrity_check").scalars()
    return [line for line in found if line != "ok"]


SECTIONS: dict[str, Callable[[int, int], Found]] = {
    "answering": answering,
    "running_rounds": running_rounds,
    "backing_up": backing_up,
    "full_disk": full_disk,
}

if __name__ == "__main__":
    print(json.dumps(asdict(SECTIONS[sys.argv[1]](int(sys.argv[2]), int(sys.argv[3])))))
