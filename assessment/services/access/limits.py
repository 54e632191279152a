"""How often something may be tried. Kept in memory alone: nothing of it reaches the database."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

#: How many networks are remembered; those that were quiet longest are forgotten first.
MOST_NETWORKS = 50_000


@dataclass(frozen=True)
class Rate:
    """How much may happen at once, and how much each second after that."""

    at_once: float
    each_second: float


@dataclass
class _Bucket:
    left: float
    at: float


class Limit:
    """How much may happen from one network, and from all together."""

    def __init__(
        self, one: Rate, everybody: Rate, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._one, self._everybody, self._clock = one, everybody, clock
        self._lock = Lock()
        self._networks: OrderedDict[str, _Bucket] = OrderedDict()
        self._all = _Bucket(everybody.at_once, clock())

    def wait(self, network: str) -> float:
        """How long a network has to wait before it may try again, seconds; 0 where it may now."""
        with self._lock:
            bucket = self._networks.get(network)
            if bucket is None:
                return 0.0
            now = self._clock()
            left = _filled(bucket, self._one, now)
            wait = (1 - left) / self._one.each_second
            # Whoever has used half of their own waits for the others as well.
            if left < self._one.at_once / 2:
                short = 1 - _filled(self._all, self._everybody, now)
                wait = max(wait, short / self._everybody.each_second)
            return max(0.0, wait)

    def count(self, network: str) -> None:
        """Something has happened."""
        with self._lock:
            now = self._clock()
            bucket = self._networks.setdefault(network, _Bucket(self._one.at_once, now))
            self._networks.move_to_end(network)
            for each, rate in ((bucket, self._one), (self._all, self._everybody)):
                each.left, each.at = max(0.0, _filled(each, rate, now) - 1), now
            if len(self._networks) > MOST_NETWORKS:
                self._networks.popitem(last=False)


def _filled(bucket: _Bucket, rate: Rate, now: float) -> float:
    """What is left, with what has come back since."""
    return min(rate.at_once, bucket.left + (now - bucket.at) * rate.each_second)
