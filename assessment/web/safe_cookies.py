"""Over an encrypted line cookies go over encrypted lines only, and no other host can give one.

The browser holds ours under names that begin with ``__Host-``: only this very host can set them,
and over https alone. Everywhere behind this they have their plain names.
"""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assessment.web import hosts
from assessment.web.cookies import OURS

PREFIX = "__Host-"


class SafeCookies:
    """Gives our cookies their names for the browser and back, where a request came by https."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan" or not hosts.is_https(scope):
            await self.app(scope, receive, send)
            return
        scope = {**scope, "headers": list(scope["headers"])}
        sent = "; ".join(Headers(scope=scope).getlist("cookie"))
        if sent:
            MutableHeaders(scope=scope)["cookie"] = plain(sent)

        async def safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                lines = headers.getlist("set-cookie")
                del headers["set-cookie"]
                for line in lines:
                    headers.append("set-cookie", safe(line))
            await send(message)

        await self.app(scope, receive, safely)


def plain(sent: str) -> str:
    """The cookies that a browser sent. One of ours under its plain name is none that we gave it."""
    pairs = (pair.strip() for pair in sent.split(";"))
    given = (pair for pair in pairs if _name(pair) not in OURS)
    return "; ".join(map(_without_prefix, given))


def safe(line: str) -> str:
    """A cookie as a browser is given it."""
    if "secure" not in {part.strip().lower() for part in line.split(";")[1:]}:
        line += "; Secure"
    return f"{PREFIX}{line}" if _name(line) in OURS else line


def _without_prefix(pair: str) -> str:
    """A cookie under its plain name, if it is one of ours."""
    name = pair.removeprefix(PREFIX)
    return name if _name(name) in OURS else pair


def _name(pair: str) -> str:
    return pair.partition("=")[0].strip()
