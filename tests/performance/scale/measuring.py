"""What is measured in a store with many organisations, and how many statements each takes."""

from __future__ import annotations

import io
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import current_thread
from typing import Any

from sqlalchemy import Engine, event

from assessment.exchange.backup_file import KeyDerivation
from assessment.services import backup, clock
from assessment.services.access import accounts, organisations
from assessment.services.access.sweeping import Sweeper
from assessment.services.respondents import answering
from assessment.services.rounds import overview, plans_in_the_making
from assessment.services.rounds.reply_counts import reply_counts
from assessment.store import Store
from assessment.store.records import AccountRecord, AssessmentRecord
from assessment.store.scope import Scope
from tests.support.respondents import answer_all, begun, draft_of

#: Backups are measured without the time that deriving a key takes on purpose.
QUICK = KeyDerivation(memory=64, passes=1)
#: The thread of ``Traces``.
ERASING = "traces"
#: What has to look at every organisation or round, by its purpose; all else should not grow.
OF_ALL = ("administrator's list", "sweeping", "tables anew", "backup of everything")


@dataclass(frozen=True)
class Measured:
    """What one thing took: the median, milliseconds, and its statements."""

    milliseconds: float
    statements: list[str]


@contextmanager
def listening(engine: Engine) -> Iterator[list[str]]:
    """The statements that a database is sent meanwhile; without those that erase what was deleted,
    which come in their own time."""
    heard: list[str] = []

    def hear(_: Any, __: Any, statement: str, *___: Any) -> None:
        if current_thread().name != ERASING:
            heard.append(statement)

    event.listen(engine, "before_cursor_execute", hear)
    try:
        yield heard
    finally:
        event.remove(engine, "before_cursor_execute", hear)


def measured(store: Store, record: AssessmentRecord, times: int = 5) -> dict[str, Measured]:
    """Measure what one organisation's people do, and what is done for all.

    Args:
        record: a round that is open, of an organisation like the others.
    """
    found = {}
    for name, do in things(store, record).items():
        with listening(store.engine) as heard:
            do()
        taken = []
        for _ in range(times):
            begin = time.perf_counter()
            do()
            taken.append(time.perf_counter() - begin)
        found[name] = Measured(1000 * statistics.median(taken), list(heard))
    return found


def things(store: Store, record: AssessmentRecord) -> dict[str, Callable[[], object]]:
    """What is measured."""
    owner = record.organisation.id
    own = store.of(Scope(owner, "somebody"))
    token = _signed_in(store, owner)

    def home() -> None:
        overview.assessments(own)
        plans_in_the_making.plans(own)

    def round_overview() -> None:
        found = overview.chosen(own, record.id)
        assert found is not None
        reply_counts(own, found)
        overview.agreed_answers(own, found)

    def one_respondent() -> None:
        begun_by = begun(store, record)
        answer_all(store, draft_of(store, begun_by))
        answering.hand_in(store, begun_by)

    return {
        "signed in?": lambda: accounts.access_of(store, token),
        "first screen": home,
        "overview": round_overview,
        "begin, answer, hand in": one_respondent,
        "backup of one": lambda: backup.make(
            store, "a passphrase", io.BytesIO(), owner, derivation=QUICK
        ),
        "administrator's list": lambda: organisations.organisations(store),
        "sweeping": lambda: Sweeper().sweep(store, clock.today()),
        "tables anew": store.compact,
        "backup of everything": lambda: backup.make(
            store, "a passphrase", io.BytesIO(), derivation=QUICK
        ),
    }


def _signed_in(store: Store, owner: str) -> str:
    with store.write() as work:
        account = AccountRecord(
            f"measured-{owner[:20]}", owner, "coordinator", f"{owner[:20]}@measured.example"
        )
        if work.accounts.get(account.id) is None:
            work.accounts.add(account)
        token = accounts.begin(work, account)
        work.commit()
    return token
