"""Taking turns: who writes next in this process, in the order in which they came.

SQLite has one writer at a time. Left to themselves, writers ask again and again whether it is free
and sleep in between, longer each time, so that whoever came first may wait for seconds while
others pass. Here the one who ends wakes the one who has waited longest.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock


class Turns:
    """One at a time, first come, first served."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._busy = False
        #: Whoever waits, each before a gate that is locked until the turn comes.
        self._waiting: deque[Lock] = deque()

    @property
    def waiting(self) -> int:
        """How many wait for their turn."""
        return len(self._waiting)

    @contextmanager
    def turn(self, patience: float) -> Iterator[None]:
        """Wait for a turn and have it.

        Args:
            patience: how long to wait, seconds.

        Raises:
            TimeoutError: it did not come in that time.
        """
        self._wait(patience)
        try:
            yield
        finally:
            self._pass_on()

    def _wait(self, patience: float) -> None:
        with self._lock:
            if not self._busy:
                self._busy = True
                return
            gate = Lock()
            gate.acquire()
            self._waiting.append(gate)
        if gate.acquire(timeout=patience):
            return
        with self._lock:
            if gate in self._waiting:
                self._waiting.remove(gate)
                raise TimeoutError("others are writing, and have been for too long")
        # It came in the very moment in which patience ended.

    def _pass_on(self) -> None:
        with self._lock:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._busy = False
