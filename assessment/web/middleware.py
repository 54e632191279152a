"""What every request passes: other sites and names are refused, our headers and looks laid over."""

from __future__ import annotations

import logging
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import HTTPConnection
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assessment.screens.shared.navigation import SCREENS
from assessment.services.rounds import overview
from assessment.web import first_html, hosts, security_headers, static_files, trouble
from assessment.web.closed import KnownMessagesOnly, is_closed
from assessment.web.error_pages import another_site, no_such_page, other_name
from assessment.web.rates import LimitedTries
from assessment.web.routes import routes
from assessment.web.safe_cookies import SafeCookies
from assessment.web.uploads import LimitedUploads

log = logging.getLogger(__name__)

#: What changes nothing, and so may come from anywhere.
ONLY_LOOK = ("GET", "HEAD", "OPTIONS")
#: Of how many other names the log tells: whoever invents more does not fill it.
MOST_TOLD = 50


class OwnOriginOnly:
    """Refuses what another site sends and websockets that it opens, and lays our headers over all.

    A page elsewhere could otherwise talk to this app through the browser of somebody who has it
    open. Streamlit's own check comes later and asks the outside world for this machine's address.
    A proxy that does not pass the host on looks like a page elsewhere. It is told to whoever runs
    the server, and passes where the public address is set.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket" and not from_here(Headers(scope=scope)):
            public = public_host(Headers(scope=scope).get("origin"))
            if public is None:
                trouble.tell("host")
                await receive()
                await send({"type": "websocket.close", "code": 1008, "reason": "another site"})
                return
            # Streamlit compares the two again.
            scope = {**scope, "headers": list(scope["headers"])}
            MutableHeaders(scope=scope)["host"] = public
        answer: ASGIApp = self.app
        sends = scope["type"] == "http" and scope["method"] not in ONLY_LOOK
        if sends and is_from_elsewhere(Headers(scope=scope)):
            answer = another_site()

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                security_headers.lay_over(scope, MutableHeaders(scope=message))
            await send(message)

        await answer(scope, receive, with_headers if scope["type"] == "http" else send)


class OwnNamesOnly:
    """Answers under the names of this installation alone."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._told: set[str] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan" or hosts.is_ours(
            headers := Headers(scope=scope), scope["path"]
        ):
            await self.app(scope, receive, send)
            return
        host = headers.get("host", "")
        if host not in self._told and len(self._told) < MOST_TOLD:
            self._told.add(host)
            log.warning("refused: somebody asked for the name %r", host[:100])
        if scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1008, "reason": "another name"})
            return
        await other_name(host)(scope, receive, send)


class OwnPages:
    """Answers every address with a page of ours, before the app itself is there.

    A screen's address gives the page that loads the app, with our title and words; an address at
    which nothing answers says so.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer: ASGIApp = self.app
        if scope["type"] == "http" and scope["method"] in ("GET", "HEAD"):
            address = scope["path"].strip("/")
            if scope["path"] == f"/{address}" and address in ADDRESSES:
                answer = first_html.answer(address, HTTPConnection(scope))
            elif not is_known(address):
                answer = no_such_page()
        if scope["type"] == "http" and is_closed(scope["path"]):
            answer = no_such_page()
        await answer(scope, receive, send)


class CompressedFiles:
    """Sends the app's scripts and styles compressed, which Streamlit leaves to a proxy.

    Each is compressed once; its name changes with its content, so browsers keep it for a year.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer: ASGIApp = self.app
        if scope["type"] == "http" and scope["method"] in ("GET", "HEAD"):
            answer = static_files.answer(scope["path"], Headers(scope=scope)) or self.app
        await answer(scope, receive, send)


class AnswersFirst:
    """Takes the light form's answers straight to where they are kept.

    They come at every tap; what Streamlit lays around its own pages (sessions of its own,
    compression, a search through all routes) takes longer than saving them.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer: ASGIApp = self.app
        if scope["type"] == "http" and scope["path"] == ANSWER.path and scope["method"] == "POST":
            answer = ANSWER.app
        await answer(scope, receive, send)


def from_here(headers: Headers) -> bool:
    """Whether a websocket comes from a page of this very app, or from no page at all."""
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc == headers.get("host")


def is_from_elsewhere(headers: Headers) -> bool:
    """Whether a page of another site sends something.

    Over an encrypted line, and on the machine itself, browsers say so in ``Sec-Fetch-Site``. Over
    others they may name the page's origin. Our own forms come without one, since our pages tell
    nobody where somebody was: then the cookies protect, which no other site's form takes along.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = headers.get("origin", "null")
    if origin == "null" or from_here(headers):
        return False
    if public_host(origin) is not None:
        return False
    trouble.tell("host")
    return True


ANSWER = next(route for route in routes if route.path == "/form/answer")


def public_host(origin: str | None) -> str | None:
    """The host of a page that was opened at the public address of this installation."""
    public = urlsplit(overview.base_address(None))
    here = public.netloc and origin == f"{public.scheme}://{public.netloc}"
    return public.netloc if here else None


ADDRESSES = frozenset(screen.address for screen in SCREENS)
#: Addresses of one part, and what those of several begin with: our screens, our routes, and what
#: the app loads by itself.
STANDALONE = ADDRESSES.union(route.path.strip("/") for route in routes if "{" not in route.path)
#: Addresses of several parts that are looked at, each by itself.
LOOKED_AT = frozenset(
    address
    for route in routes
    if isinstance(route, Route) and "GET" in (route.methods or ())
    for address in (route.path.strip("/"),)
    if "/" in address and "{" not in address
)
BEGINNINGS = frozenset(
    [route.path.strip("/").partition("/")[0] for route in routes if "{" in route.path]
    + ["_stcore", "static", "media", "component", "app"]
)


def is_known(address: str) -> bool:
    """Whether something answers at an address; files of the app have a dot in their name."""
    if address in LOOKED_AT:
        return True
    first, several, _ = address.partition("/")
    return first in BEGINNINGS if several else first in STANDALONE or "." in first


middleware = [
    Middleware(OwnOriginOnly),
    Middleware(OwnNamesOnly),
    Middleware(SafeCookies),
    Middleware(KnownMessagesOnly),
    Middleware(OwnPages),
    Middleware(LimitedTries),
    Middleware(LimitedUploads),
    Middleware(CompressedFiles),
    Middleware(AnswersFirst),
]
