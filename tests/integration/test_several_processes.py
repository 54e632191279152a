"""Several processes on one PostgreSQL: what one of them does for all is done by another one when it
is gone."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest

from assessment.services.access.sweeping import AFTER_LAST_DAY, Sweeper, Swept
from assessment.services.respondents.answering import save
from assessment.store import Store, open_store
from tests.support.assessments import opened
from tests.support.databases import OwnPostgresql, postgresql_database
from tests.support.respondents import begun, draft_of, first_answer


@pytest.fixture
def two(postgresql: str) -> Iterator[tuple[Store, Store]]:
    with postgresql_database(postgresql) as url:
        first, second = open_store(url), open_store(url)
        yield first, second
        first.close()
        second.close()


def test_several_that_open_an_empty_database_at_once_take_turns(postgresql: str) -> None:
    with postgresql_database(postgresql) as url:
        with ThreadPoolExecutor(4) as pool:
            opened_at_once = list(pool.map(open_store, [url] * 4))
        for store in opened_at_once:
            with store.read() as work:
                assert work.assessments.all() == []
            store.close()


def test_one_process_sweeps_and_another_one_when_it_is_gone(two: tuple[Store, Store]) -> None:
    first, second = two
    record = opened(first)
    draft = draft_of(first, begun(first, record))
    save(first, draft, first_answer(draft))
    assert first.once.is_ours() and first.once.is_ours()
    later = record.closes_on + AFTER_LAST_DAY + timedelta(days=1)
    assert Sweeper().sweep(second, later) == Swept(0, 0)
    first.once.close()
    assert Sweeper().sweep(second, later) == Swept(1, 1)
    assert not first.once.is_ours()


def test_whoever_swept_goes_on_after_the_database_was_restarted(
    own_postgresql: OwnPostgresql,
) -> None:
    store = open_store(own_postgresql.url)
    assert store.once.is_ours()
    own_postgresql.stop_at_once()
    own_postgresql.start()
    store.engine.dispose()
    assert store.once.is_ours()
    Sweeper().sweep(store, date.today())
    store.close()


def test_nobody_shares_a_file_so_its_process_sweeps(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    store = open_store(f"sqlite:///{tmp_path_factory.mktemp('one') / 'store.sqlite'}")
    assert store.once.is_ours()
    store.close()
