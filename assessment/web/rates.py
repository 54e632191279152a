"""How often somebody may try codes and begin sessions.

Kept in memory alone, by the network that a request comes from: nothing of it reaches the database.
Many people share one network, in a workshop or a house, so a limit lets a whole room in at once
and fills up again by itself within a minute; whoever is refused is told to wait. The limit over
all networks holds only those who have tried much themselves, so that nobody shuts the others out.
"""

from __future__ import annotations

import math
from http.cookies import SimpleCookie
from ipaddress import ip_address, ip_network

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assessment.services.access.limits import Limit, Rate
from assessment.web.cookies import COOKIES, INVITATION
from assessment.web.error_pages import too_many_tries

#: Where a form brings a code or a receipt, or begins what a code opens.
FOLLOWED = frozenset({"/go", "/begin", "/alone", "/instead", "/receipt"})
#: Where a passphrase is tried; a link that makes an account begins so, too.
SIGNING_IN = ("/sign-in", "/account/")
#: Where a page looks at the code that a link left in a cookie.
LOOKED_AT = frozenset({"/welcome", "/alone"})
#: Where it leads when a code opens nothing.
NOTHING = "/welcome"


#: For one network, and for all together.
WRONG_CODES = (Rate(20, 1 / 3), Rate(200, 3))
SESSIONS = (Rate(300, 2), Rate(2000, 10))


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
                nothing = scope["path"] != NOTHING and headers.get("location") == NOTHING
                if message["status"] in (401, 404) or nothing:
                    self.wrong_codes.count(network)
            await send(message)

        await self.app(scope, receive, counted)


def _looks_up(scope: Scope) -> dict[str, str] | None:
    """The cookies of a request that looks a code up; None where it does not."""
    if scope["type"] != "http":
        return None
    cookies = HTTPConnection(scope).cookies
    brings = scope["path"] in FOLLOWED and scope["method"] == "POST"
    brings = brings or scope["path"].startswith(SIGNING_IN)
    return cookies if brings or (scope["path"] in LOOKED_AT and INVITATION in cookies) else None


def _begins(headers: Headers, had: dict[str, str]) -> bool:
    """Whether an answer gives a browser a session that it does not have."""
    names = COOKIES.values()
    before = {had.get(name) for name in names}
    for line in headers.getlist("set-cookie"):
        for name, morsel in SimpleCookie(line).items():
            if name in names and morsel.value not in ("", *before):
                return True
    return False
