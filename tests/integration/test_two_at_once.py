"""Two windows, devices or people at once, on both databases: nothing is doubled, and what was
confirmed is in what was handed in."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier
from typing import Any, TypeVar

import pytest
import sqlalchemy as sa

from assessment.services import clock
from assessment.services.access import accounts, sessions
from assessment.services.access.codes import hashed
from assessment.services.access.sweeping import LEFT_BARE, Sweeper
from assessment.services.respondents.answering import Draft, RefusedError, hand_in, save
from assessment.services.respondents.just_handed_in import HandedIn
from assessment.store import Store
from assessment.store.records import (
    AccountLinkRecord,
    AccountRecord,
    AssessmentRecord,
    OrganisationRecord,
)
from assessment.store.tables import draft
from tests.support.respondents import begun, draft_of, entered, first_answer

T = TypeVar("T")
#: How often each race is run.
TIMES = 25
GOOD = "apple river lamp stone"


def together(*tasks: Callable[[], T]) -> list[T]:
    """Do things at once, as near as threads can begin together."""
    start = Barrier(len(tasks))

    def run(task: Callable[[], T]) -> T:
        start.wait()
        return task()

    with ThreadPoolExecutor(len(tasks)) as people:
        return list(people.map(run, tasks))


def handed_in(store: Store, record: AssessmentRecord) -> list[tuple[str, str]]:
    """Every answer that was handed in, with the response that it is in."""
    with store.read() as work:
        return [(name, item) for name, _, item, _ in work.responses.rows(record.id)]


def saved(store: Store, draft: Draft, values: dict[str, str]) -> bool:
    """Whether the store confirmed answers."""
    try:
        save(store, draft, values)
    except RefusedError:
        return False
    return True


def on_another_device(store: Store, token: str) -> str:
    """The session of another device, on which somebody goes on with the same draft."""
    code = sessions.return_code(store, token)
    assert code is not None
    return entered(store, code).token


def test_two_windows_that_hand_in_make_one_response(store: Store, record: AssessmentRecord) -> None:
    for number in range(1, TIMES + 1):
        token = begun(store, record)
        draft = draft_of(store, token)
        save(store, draft, first_answer(draft))
        done = together(*[lambda: hand_in(store, token)] * 2)  # noqa: B023
        assert HandedIn(record.id, "staff", own_device=True) in done
        assert len(handed_in(store, record)) == number


def test_whoever_types_the_code_goes_on_and_the_other_device_no_longer_writes(
    store: Store, record: AssessmentRecord
) -> None:
    """Also where both do something in the same moment: what was confirmed is there."""
    for number in range(1, TIMES + 1):
        token = begun(store, record)
        here = draft_of(store, token)
        first, second = here.pages[0].questions[:2]
        save(store, here, {first.item.id: first.choices[0].code})
        late = {second.item.id: second.choices[0].code}
        confirmed, other = together(
            lambda: saved(store, here, late),  # noqa: B023
            lambda: on_another_device(store, token),  # noqa: B023
        )
        there = draft_of(store, other)
        assert set(there.saved) == {first.item.id, *(late if confirmed else ())}
        assert not saved(store, here, late)
        together(lambda: hand_in(store, token), lambda: hand_in(store, other))  # noqa: B023
        assert len({name for name, _ in handed_in(store, record)}) == number


def test_a_confirmed_answer_is_in_what_is_handed_in_at_the_same_moment(
    store: Store, record: AssessmentRecord
) -> None:
    seen: set[str] = set()
    for _ in range(TIMES):
        token = begun(store, record)
        here, there = draft_of(store, token), draft_of(store, token)
        first, second = here.pages[0].questions[:2]
        save(store, here, {first.item.id: first.choices[0].code})
        late = {second.item.id: second.choices[0].code}
        confirmed, _ = together(
            lambda: saved(store, there, late),  # noqa: B023
            lambda: hand_in(store, token),  # noqa: B023
        )
        rows = [row for row in handed_in(store, record) if row[0] not in seen]
        seen |= {name for name, _ in rows}
        items = [first.item.id, second.item.id] if confirmed else [first.item.id]
        assert sorted(item for _, item in rows) == sorted(items)
    with store.engine.connect() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(draft)) == 0


def test_who_begins_twice_at_once_has_one_draft(store: Store, record: AssessmentRecord) -> None:
    for number in range(1, TIMES + 1):
        code = record.group("staff").code
        token = entered(store, code, own_device=True).token
        begin = lambda: entered(store, code, token, own_device=True).token  # noqa: B023, E731
        assert together(begin, begin) == [token, token]
        with store.engine.connect() as connection:
            assert connection.scalar(sa.select(sa.func.count()).select_from(draft)) == number


def test_one_fresh_session_for_the_next_person_where_two_windows_ask(
    store: Store, record: AssessmentRecord
) -> None:
    for _ in range(TIMES):
        token = begun(store, record)
        draft = draft_of(store, token)
        save(store, draft, first_answer(draft))
        hand_in(store, token)
        code = record.group("staff").code
        together(*[lambda: entered(store, code, token)] * 2)  # noqa: B023
        assert sessions.session_of(store, token) is None


def test_an_answer_that_is_confirmed_while_sweeping_is_there_afterwards(
    store: Store, record: AssessmentRecord
) -> None:
    for _ in range(TIMES):
        token = begun(store, record)
        draft = draft_of(store, token)
        clock = iter((0.0, 2.0 * LEFT_BARE))
        sweeper = Sweeper(lambda: next(clock))  # noqa: B023
        sweeper.sweep(store, date.today())
        confirmed, _ = together(
            lambda: saved(store, draft, first_answer(draft)),  # noqa: B023
            lambda: sweeper.sweep(store, date.today()) is None,  # noqa: B023
        )
        with store.read() as work:
            assert bool(work.drafts.answers(draft.id, draft.key)) == confirmed


@pytest.fixture
def meeting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two who use links have both looked at theirs before either goes on."""
    both = Barrier(2)

    def slow_hash(_: str) -> str:
        both.wait()
        return "kept"

    monkeypatch.setattr(accounts, "slow_hash", slow_hash)


def used(store: Store, token: str, name: str = "", **given: Any) -> bool:
    """Whether a link let somebody in."""
    try:
        accounts.use_link(store, token, name=name, passphrase=GOOD, again=GOOD, **given)
    except accounts.RefusedError:
        return False
    return True


def with_viewer(store: Store) -> None:
    with store.write() as work:
        work.organisations.add(OrganisationRecord("willow", "Willow Street", "", ""))
        work.accounts.add(AccountRecord("sam", "willow", "viewer", "Sam"))
        work.commit()


def test_of_two_links_for_one_passphrase_that_are_made_at_once_one_works(store: Store) -> None:
    with_viewer(store)
    for _ in range(TIMES):
        made = together(*[lambda: accounts.new_passphrase_link(store, "sam")] * 2)
        assert sum(accounts.look_at_link(store, token) is not None for token in made) == 1


@pytest.mark.usefixtures("meeting")
def test_of_two_links_for_one_passphrase_that_are_used_at_once_one_opens(store: Store) -> None:
    with_viewer(store)
    record = AccountLinkRecord("sam", "willow", "viewer", clock.now() + timedelta(days=1))
    for number in range(TIMES):
        one, two = f"one {number}", f"two {number}"
        with store.write() as work:
            for token in (one, two):
                work.accounts.add_link(hashed(token), record)
            work.commit()
        done = together(lambda: used(store, one), lambda: used(store, two))  # noqa: B023
        assert sorted(done) == [False, True]


@pytest.mark.usefixtures("meeting")
def test_of_two_links_of_the_first_start_that_are_used_at_once_one_opens(store: Store) -> None:
    one, two = (accounts.first_link(store) or "" for _ in range(2))
    done = together(lambda: used(store, one, "Sam"), lambda: used(store, two, "Kim"))
    assert sorted(done) == [False, True]
    with store.read() as work:
        assert len(work.accounts.all()) == 1
