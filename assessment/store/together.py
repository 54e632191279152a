"""Saving together: what waits to be written is written in one transaction.

SQLite has one writer at a time, and the slowest part of a small change is to bring it to the disk.
So whatever has come while one transaction was under way goes into the next one, and everybody is
told when it is committed, never before. Under no load a change has a transaction of its own, which
whoever waits for it runs: to wake another thread, and be woken by it, would take as long again.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, suppress
from threading import Condition
from typing import Any, NamedTuple, TypeVar

from assessment.store.unit_of_work import UnitOfWork
from assessment.store.unreachable import UnreachableError

T = TypeVar("T")
#: A change: what it returns is told after the commit. It may be run again where a transaction that
#: it shared was undone.
Change = Callable[[UnitOfWork], T]
#: The most that one transaction takes, so that nobody else waits for long.
MOST = 64


class _Waiting(NamedTuple):
    change: Change[Any]
    told: Future[Any] | asyncio.Future[Any]


class _Done(NamedTuple):
    """What a change returned, or why nothing of it is kept."""

    value: object = None
    fault: Exception | None = None


class Together:
    """Runs changes, those that wait at the same time in one unit of work.

    Args:
        begin: begins a unit of work that may write.
    """

    def __init__(self, begin: Callable[[], AbstractContextManager[UnitOfWork]]) -> None:
        self._begin = begin
        #: Held to change what follows; told when nothing is left to write.
        self._idle = Condition()
        self._waiting: list[_Waiting] = []
        self._writing = self._closed = False
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="saving")

    def save(self, change: Change[T]) -> T:
        """Run a change and wait until it is committed.

        Raises:
            UnreachableError: the store does not answer; nothing of it is kept.
            Exception: whatever the change raised; nothing of it is kept.
        """
        told: Future[T] = Future()
        if self._add(_Waiting(change, told)):
            try:
                self._write_next()
            finally:
                if self._goes_on():
                    self._thread.submit(self._write_all)
        return told.result()

    async def saving(self, change: Change[T]) -> T:
        """The same, without a thread that waits."""
        told: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        if self._add(_Waiting(change, told)):
            self._thread.submit(self._write_all)
        return await told

    def close(self) -> None:
        """Wait until everything is written; nothing is taken any more."""
        with self._idle:
            self._closed = True
            self._idle.wait_for(lambda: not self._writing)
        self._thread.shutdown()

    def _add(self, waiting: _Waiting) -> bool:
        """Let a change wait; returns whether the caller is to write it, since nobody writes now."""
        with self._idle:
            if self._closed:
                raise UnreachableError("the store is closed")
            self._waiting.append(waiting)
            begins, self._writing = not self._writing, True
        return begins

    def _goes_on(self) -> bool:
        """Whether more has come meanwhile; if not, whoever comes next begins."""
        with self._idle:
            self._writing = bool(self._waiting)
            if not self._writing:
                self._idle.notify_all()
            return self._writing

    def _write_all(self) -> None:
        self._write_next()
        while self._goes_on():
            self._write_next()

    def _write_next(self) -> None:
        batch = self._next()
        try:
            done = self._write(batch)
        except Exception as fault:
            # Who came meanwhile need not find out one after the other, each for seconds.
            batch += self._next(None)
            done = [_Done(fault=fault)] * len(batch)
        _tell(zip(batch, done, strict=True))

    def _next(self, most: int | None = MOST) -> list[_Waiting]:
        with self._idle:
            batch = self._waiting[:most]
            del self._waiting[:most]
        return batch

    def _write(self, batch: Sequence[_Waiting]) -> list[_Done]:
        """Run changes in one unit of work; where one of them fails, each in one of its own.

        Raises:
            Exception: the unit of work did not begin, or was not committed.
        """
        found: list[_Done] = []
        begun = False
        try:
            with self._begin() as work:
                begun = True
                for waiting in batch:
                    found.append(_Done(waiting.change(work)))
                work.commit()
        except Exception as fault:
            if not begun or len(found) == len(batch):
                raise
            return [_Done(fault=fault)] if len(batch) == 1 else self._write_each(batch)
        return found

    def _write_each(self, batch: Sequence[_Waiting]) -> list[_Done]:
        done: list[_Done] = []
        for waiting in batch:
            try:
                done += self._write([waiting])
            except Exception as fault:
                return done + [_Done(fault=fault)] * (len(batch) - len(done))
        return done


def _tell(found: Iterable[tuple[_Waiting, _Done]]) -> None:
    """Tell everybody what became of their change; those of one event loop all at once."""
    elsewhere: dict[asyncio.AbstractEventLoop, list[tuple[Any, _Done]]] = defaultdict(list)
    for (_, told), done in found:
        if isinstance(told, asyncio.Future):
            elsewhere[told.get_loop()].append((told, done))
        else:
            _settle(told, done)
    for loop, waiting in elsewhere.items():
        with suppress(RuntimeError):  # a loop that has ended has nobody who waits
            loop.call_soon_threadsafe(_settle_all, waiting)


def _settle_all(waiting: Iterable[tuple[asyncio.Future[Any], _Done]]) -> None:
    for told, done in waiting:
        if not told.done():  # whoever waited may have given up
            _settle(told, done)


def _settle(told: Future[Any] | asyncio.Future[Any], done: _Done) -> None:
    if done.fault is None:
        told.set_result(done.value)
    elif isinstance(done.fault, UnreachableError):
        # One for each, since a fault collects where it has been.
        told.set_exception(UnreachableError(*done.fault.args))
    else:
        told.set_exception(done.fault)
