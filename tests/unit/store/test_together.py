"""Changes that wait at the same time share a transaction, and nobody is told before it is kept."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event, get_ident

import pytest

from assessment.store import UnitOfWork, UnreachableError
from assessment.store.together import MOST, Together
from tests.support import loops
from tests.support.browser.waiting import eventually

#: Long enough for anything that comes at all, seconds.
LONG = 60.0


class Work:
    """A unit of work that notes what was done and committed in it."""

    def __init__(self, book: Book) -> None:
        self.done: list[object] = []
        self._book = book

    def commit(self) -> None:
        if self._book.commit_fails:
            raise UnreachableError("the store does not answer")
        self._book.kept.append(self.done)


class Book:
    """What was kept, by transaction.

    Attributes:
        door: closed while a transaction is held up before it begins.
        held: how many transactions have come to the door.
    """

    def __init__(self) -> None:
        self.kept: list[list[object]] = []
        self.begins_fail = self.commit_fails = False
        self.door, self.at_door = Event(), Event()
        self.door.set()

    @contextmanager
    def begin(self) -> Iterator[UnitOfWork]:
        self.at_door.set()
        assert self.door.wait(LONG)
        if self.begins_fail:
            raise UnreachableError("the store does not answer")
        yield Work(self)  # type: ignore[misc]


@pytest.fixture
def book() -> Book:
    return Book()


@pytest.fixture
def together(book: Book) -> Iterator[Together]:
    made = Together(book.begin)
    yield made
    book.door.set()
    made.close()


def note(what: object) -> Callable[[UnitOfWork], object]:
    def change(work: UnitOfWork) -> object:
        work.done.append(what)  # type: ignore[attr-defined]
        return what

    return change


def fails(_: UnitOfWork) -> object:
    raise ValueError("a mistake")


def all_at_once(together: Together, book: Book, *changes: Callable[[UnitOfWork], object]) -> list:
    """What became of changes that all wait while another transaction is under way."""

    async def run() -> list[object]:
        book.at_door.clear()
        book.door.clear()
        first = asyncio.ensure_future(together.saving(note("first")))
        await asyncio.get_running_loop().run_in_executor(None, book.at_door.wait, LONG)
        others = [asyncio.ensure_future(together.saving(change)) for change in changes]
        await asyncio.sleep(0)  # each of them comes to wait
        assert not first.done() and book.kept == []
        book.door.set()
        return await asyncio.gather(first, *others, return_exceptions=True)

    return loops.run(run())


def test_one_alone_has_a_transaction_of_its_own(together: Together, book: Book) -> None:
    assert [together.save(note(number)) for number in range(3)] == [0, 1, 2]
    assert book.kept == [[0], [1], [2]]


def test_what_waits_meanwhile_is_kept_in_one_transaction_in_its_order(
    together: Together, book: Book
) -> None:
    told = all_at_once(together, book, *map(note, range(5)))
    assert told == ["first", *range(5)]
    assert book.kept == [["first"], [0, 1, 2, 3, 4]]


def test_a_transaction_takes_no_more_than_a_few(together: Together, book: Book) -> None:
    all_at_once(together, book, *map(note, range(MOST + 1)))
    assert [len(done) for done in book.kept] == [1, MOST, 1]


def test_a_change_that_fails_is_told_so_and_takes_nobody_along(
    together: Together, book: Book
) -> None:
    told = all_at_once(together, book, note(1), fails, note(2))
    assert isinstance(told.pop(2), ValueError)
    assert told == ["first", 1, 2]
    assert book.kept == [["first"], [1], [2]]
    with pytest.raises(ValueError, match="a mistake"):
        together.save(fails)


@pytest.mark.parametrize("fault", ["begins_fail", "commit_fails"])
def test_nobody_is_told_that_a_change_is_kept_where_the_store_does_not_answer(
    together: Together, book: Book, fault: str
) -> None:
    setattr(book, fault, True)
    told = all_at_once(together, book, *map(note, range(MOST + 9)))
    assert book.kept == []
    assert {type(one) for one in told} == {UnreachableError}
    assert len(set(map(id, told))) == len(told), "each is told by a fault of its own"
    setattr(book, fault, False)
    assert together.save(note("later")) == "later"


def test_who_gives_up_waiting_keeps_nobody_else(together: Together, book: Book) -> None:
    async def run() -> object:
        book.door.clear()
        gone = asyncio.ensure_future(together.saving(note("gone")))
        stays = asyncio.ensure_future(together.saving(note("stays")))
        await asyncio.sleep(0)
        gone.cancel()
        book.door.set()
        return await stays

    assert loops.run(run()) == "stays"


def test_many_threads_are_each_told_of_their_own(together: Together, book: Book) -> None:
    with ThreadPoolExecutor(8) as people:
        numbers = range(400)
        assert list(people.map(lambda n: together.save(note(n)), numbers)) == list(numbers)
    assert sorted(n for done in book.kept for n in done) == list(numbers)  # type: ignore[type-var]


def test_who_is_alone_writes_without_another_thread(together: Together) -> None:
    assert together.save(lambda _: get_ident()) == get_ident()


def test_who_has_written_their_own_leaves_the_rest_to_another_thread(
    together: Together, book: Book
) -> None:
    """One who saves is told as soon as their own change is kept, however many have come since."""
    book.door.clear()
    with ThreadPoolExecutor(2) as people:
        first = people.submit(together.save, lambda _: get_ident())
        assert book.at_door.wait(LONG)
        second = people.submit(together.save, lambda _: get_ident())
        eventually(lambda: len(together._waiting), 1)
        book.door.set()
        assert first.result(LONG) != second.result(LONG)
    assert len(book.kept) == 2


def test_closing_waits_for_whoever_writes_and_takes_nothing_any_more(
    together: Together, book: Book
) -> None:
    book.door.clear()
    with ThreadPoolExecutor(3) as people:
        first = people.submit(together.save, note("first"))
        assert book.at_door.wait(LONG)
        second = people.submit(together.save, note("second"))
        eventually(lambda: len(together._waiting), 1)
        closing = people.submit(together.close)
        eventually(lambda: together._closed, True)
        assert not closing.done()
        with pytest.raises(UnreachableError):
            together.save(note("too late"))
        book.door.set()
        closing.result(LONG)
    assert (first.result(), second.result()) == ("first", "second")
    assert book.kept == [["first"], ["second"]]


def test_who_is_interrupted_leaves_nobody_waiting(together: Together, book: Book) -> None:
    def interrupted(_: UnitOfWork) -> object:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        together.save(interrupted)
    assert together.save(note("later")) == "later"
