"""How often somebody may try codes and begin sessions.

Kept in memory alone, by the network that a request comes from: nothing of it reaches the database.
Many people share one network, in a workshop or a house, so a limit lets a whole room in at once
and fills up again by itself within a minute; whoever is refused is told to wait. The limit over
all networks holds only those who have tried much themselves, so that nobody shuts the others out.
"""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from http.cookies import SimpleCookie
from ipaddress import ip_address, ip_network
from threading import Lock

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assessment.web.cookies import COOKIES, INVITATION
from assessment.web.error_pages import too_many_tries

#: How many networks are remembered; those that were quiet longest are forgotten first.
MOST_NETWORKS = 50_000
#: Where a form brings a code, or begins what one opens.
FOLLOWED = frozenset({"/go", "/begin", "/instead"})
#: Where a page looks at the code that a link left in a cookie.
LOOKED_AT = "/welcome"


@dataclass(frozen=True)
class Rate:
    """How much may happen at once, and how much each second after that."""

    at_once: float
    each_second: float


#: For one network, and for all together.
WRONG_CODES = (Rate(20, 1 / 3), Rate(200, 3))
SESSIONS = (Rate(300, 2), Rate(2000, 10))


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


def network_of(address: str) -> str:
    """What one visitor may have of addresses: one of version 4, half of one of version 6."""
    try:
        number = ip_address(address)
    except ValueError:
        return address
    if number.version == 4:
        return address
    mapped = number.ipv4_mapped
    return str(mapped) if mapped else str(ip_network((int(number) >> 64 << 64, 64)))


class LimitedTries:
    """Refuses codes and new sessions for a moment where too many have come.

    It sees by the answer what became of a request: a code that opens nothing is not found, or
    begins nothing, and a new session is in a new cookie.
    """

    def __init__(
        self, app: ASGIApp, wrong_codes: Limit | None = None, sessions: Limit | None = None
    ) -> None:
        self.app = app
        self.wrong_codes = wrong_codes or Limit(*WRONG_CODES)
        self.sessions = sessions or Limit(*SESSIONS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        had = _looks_up(scope)
        if had is None:
            await self.app(scope, receive, send)
            return
        network = network_of((scope.get("client") or ("",))[0])
        wait = max(self.wrong_codes.wait(network), self.sessions.wait(network))
        if wait > 0:
            await too_many_tries(math.ceil(wait))(scope, receive, send)
            return

        async def counted(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = Headers(raw=message["headers"])
                if _begins(headers, had):
                    self.sessions.count(network)
                nothing = scope["path"] != LOOKED_AT and headers.get("location") == LOOKED_AT
                if message["status"] == 404 or nothing:
                    self.wrong_codes.count(network)
            await send(message)

        await self.app(scope, receive, counted)


def _looks_up(scope: Scope) -> dict[str, str] | None:
    """The cookies of a request that looks a code up; None where it does not."""
    if scope["type"] != "http":
        return None
    cookies = HTTPConnection(scope).cookies
    brings = scope["path"] in FOLLOWED and scope["method"] == "POST"
    return cookies if brings or (scope["path"] == LOOKED_AT and INVITATION in cookies) else None


def _begins(headers: Headers, had: dict[str, str]) -> bool:
    """Whether an answer gives a browser a session that it does not have."""
    names = COOKIES.values()
    before = {had.get(name) for name in names}
    for line in headers.getlist("set-cookie"):
        for name, morsel in SimpleCookie(line).items():
            if name in names and morsel.value not in ("", *before):
                return True
    return False
