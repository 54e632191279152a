"""What every request passes: other sites are refused, our headers, name and looks laid over."""

from __future__ import annotations

from urllib.parse import urlsplit

from markupsafe import Markup
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assessment.brand.name import NAME, icon_address
from assessment.screens.shared.navigation import SCREENS
from assessment.screens.shared.page import shell
from assessment.web.error_pages import no_such_page
from assessment.web.routes import routes

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


class OwnOriginOnly:
    """Refuses websockets that another site opened, and lays our headers over every answer.

    A page elsewhere could otherwise talk to this app through the browser of somebody who has it
    open. Streamlit's own check comes later and asks the outside world for this machine's address.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket" and not from_here(Headers(scope=scope)):
            await receive()
            await send({"type": "websocket.close", "code": 1008, "reason": "another site"})
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)


class OwnShell:
    """Puts our name and icon on the page that loads the app, before the app itself is there.

    The reader sees them in the tab from the first moment, and nothing is fetched from elsewhere.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or "text/html" not in Headers(scope=scope).get("accept", ""):
            await self.app(scope, receive, send)
            return
        if not is_known(scope["path"]):
            await no_such_page()(scope, receive, send)
            return
        plain = [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]
        start: Message = {}
        parts: list[bytes] = []

        async def renamed(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = message
                return
            if not Headers(raw=start["headers"]).get("content-type", "").startswith("text/html"):
                if not parts:
                    await send(start)
                    parts.append(b"")
                await send(message)
                return
            parts.append(message.get("body", b""))
            if message.get("more_body"):
                return
            body = b"".join(parts)
            for theirs, ours in SHELL.items():
                body = body.replace(theirs, ours)
            MutableHeaders(raw=start["headers"])["content-length"] = str(len(body))
            await send(start)
            await send({"type": "http.response.body", "body": body})

        await self.app({**scope, "headers": plain}, receive, renamed)


def from_here(headers: Headers) -> bool:
    """Whether a websocket comes from a page of this very app, or from no page at all."""
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc == headers.get("host")


#: What the loading page says, and what we say instead.
SHELL = {
    b"<title>Streamlit</title>": Markup("<title>{}</title>").format(NAME).encode(),
    b'href="./favicon.png"': f'href="{icon_address()}"'.encode(),
    b'<div id="root"></div>': (shell() + Markup('<div id="root"></div>')).encode(),
    b"You need to enable JavaScript to run this app.": (
        b"This form needs JavaScript. Switch it on for this page, or ask for a workbook to fill in "
        b"instead."
    ),
}

#: Addresses of one part, and what those of several begin with: our screens, our routes, and what
#: the app loads by itself.
STANDALONE = frozenset(
    [address for _, address, _ in SCREENS]
    + [route.path.strip("/") for route in routes if "{" not in route.path]
)
BEGINNINGS = frozenset(
    [route.path.strip("/").partition("/")[0] for route in routes if "{" in route.path]
    + ["_stcore", "static", "media", "component", "app"]
)


def is_known(path: str) -> bool:
    """Whether something answers at an address; files of the app have a dot in their name."""
    first, several, _ = path.strip("/").partition("/")
    return first in BEGINNINGS if several else first in STANDALONE or "." in first


middleware = [Middleware(OwnOriginOnly), Middleware(OwnShell)]
