"""What one organisation asks for does not become slower with the others: no statement looks at all
that people gave, and none is run for each round of others. The measurement measures that."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import sqlalchemy as sa

from assessment.store import Store, open_store
from tests.performance.scale.filling import ENDED, Example, example, fill
from tests.performance.scale.measuring import OF_ALL, listening, measured, things

#: What grows with every round and everybody who answers.
LARGE = ("response", "draft", "draft_answer", "session", "invitation", "assessment")
#: How SQLite says that it goes through one of them from end to end.
EVERYTHING = re.compile(rf"^SCAN ({'|'.join(LARGE)})\b")


@pytest.fixture
def like(store: Store) -> Example:
    return example(store)


def test_no_statement_is_run_for_each_organisation(store: Store, like: Example) -> None:
    fill(store, like, 1)
    few = measured(store, like.record, times=1)
    fill(store, like, 3, first=1)
    more = measured(store, like.record, times=1)
    assert set(OF_ALL) < set(few)
    for name, found in few.items():
        assert len(found.statements) == len(more[name].statements), name
        assert found.milliseconds > 0
        # An SQLite file is written anew over a line of its own.
        assert found.statements or name == "tables anew"


def test_what_one_organisation_asks_for_reads_no_rows_of_others(tmp_path: Path) -> None:
    """SQLite says of each statement which tables it goes through from end to end."""
    store = open_store(f"sqlite:///{tmp_path / 'store.sqlite'}")
    like = example(store)
    fill(store, like, 2)
    through: dict[str, set[str]] = {}
    for name, do in things(store, like.record).items():
        if name in OF_ALL:
            continue
        with listening(store.engine) as heard:
            do()
        through[name] = {
            step for sent in heard for step in plan(store, sent) if EVERYTHING.match(step)
        }
    store.close()
    assert through and not any(through.values()), through


def plan(store: Store, statement: str) -> list[str]:
    """How SQLite finds what a statement asks for."""
    if not statement.lstrip().upper().startswith(("SELECT", "UPDATE", "DELETE", "WITH")):
        return []
    with store.engine.connect() as connection:
        driver = connection.connection.dbapi_connection
        assert driver is not None
        cursor = driver.cursor()
        cursor.execute(f"EXPLAIN QUERY PLAN {statement}", ("",) * statement.count("?"))
        return [row[3] for row in cursor.fetchall()]


def test_a_store_is_filled_with_rounds_in_every_state(store: Store, like: Example) -> None:
    fill(store, like, 2)
    with store.read() as work:
        listed = work.organisations.all()
    houses = [one for one in listed if one.record.name.startswith("House")]
    assert [len(one.rounds) for one in houses] == [len(ENDED)] * 2
    with store.engine.connect() as connection:
        replies = connection.execute(sa.text("select count(*) from response")).scalar_one()
    assert replies == 1 + 2 * 4 * 3 * 10  # but for the round that is ahead
