"""What stands around the screens: what is ready before the first visit, routes, cookies and
headers of our own, and calm words for faults."""

from __future__ import annotations

import gc
import importlib
import logging
import pkgutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import wraps
from html import escape
from urllib.parse import urlsplit

import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assessment import screens
from assessment.brand.name import NAME, icon_address
from assessment.screens.shared import page
from assessment.screens.shared.pages import SCREENS
from assessment.services.access import sessions
from assessment.services.access.sessions import EnteredSession, Role
from assessment.services.content import loaded
from assessment.services.installation import store

log = logging.getLogger(__name__)

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """Have everything ready before the first visitor comes: imports, content, database.

    What is there by then stays for good, so the garbage collector need not look at it again.
    """
    for module in pkgutil.walk_packages(screens.__path__, f"{screens.__name__}."):
        # A page is a script, which Streamlit runs.
        if not module.name.startswith(f"{screens.__name__}.pages"):
            importlib.import_module(module.name)
    loaded.guidance()
    opened = store()
    gc.collect()
    gc.freeze()
    yield
    opened.close()


def on_script_error(error: Exception) -> bool:
    """Show our own words instead of a traceback; the details go to the log only.

    Returns True: Streamlit's own display is left out.
    """
    log.error("a screen failed", exc_info=error)
    st.error(
        "Something went wrong on our side. Nothing you gave us was lost. "
        "Reload the page; if it happens again, tell the person who runs this tool.",
        icon=":material/error:",
    )
    return True


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
            nowhere = HTMLResponse(NOWHERE, status_code=404, headers={"Cache-Control": "no-store"})
            await nowhere(scope, receive, send)
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
    b"<title>Streamlit</title>": f"<title>{NAME}</title>".encode(),
    b'href="./favicon.png"': f'href="{icon_address()}"'.encode(),
    b'<div id="root"></div>': f'{page.page_styles()}<div id="root"></div>'.encode(),
    b"You need to enable JavaScript to run this app.": (
        b"This form needs JavaScript. Switch it on for this page, or ask for a workbook to fill in "
        b"instead."
    ),
}

#: The cookies that hold a browser's sessions. A person may answer and be in the working group.
COOKIES: dict[Role, str] = {"respondent": "session", "working_group": "team"}
#: The cookie of a session that waits until the person has said what becomes of unfinished answers.
WAITING = "next"
#: How long a device of one's own keeps its session, seconds: longer than a round takes.
STAYS = 180 * 24 * 60 * 60


async def _alive(_: Request) -> PlainTextResponse:
    return PlainTextResponse("alive")


def calmly(route: Callable[[Request], Response]) -> Callable[[Request], Response]:
    """A route whose faults are told in our own words; the details go to the log only."""

    @wraps(route)
    def calm(request: Request) -> Response:
        try:
            return route(request)
        except Exception:
            log.exception("a route failed")
            return HTMLResponse(FAULT, status_code=500, headers={"Cache-Control": "no-store"})

    return calm


def _page(title: str, words: str) -> str:
    """A page of our own that needs neither the app nor the database."""
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>{escape(title)}</title>
<meta name="color-scheme" content="light dark"><link rel="icon" href="{icon_address()}"></head>
<body style="font: 1.1rem/1.5 sans-serif; max-width: 34em; margin: 3rem auto; padding: 0 1rem">
<main><h1>{escape(title)}</h1><p>{escape(words)}</p><p><a href="/">To the first page</a></p></main>
</body></html>"""


FAULT = _page(
    "This did not work just now",
    "Something went wrong on our side. Nothing you gave us was lost. Try again in a minute; if it "
    "happens again, tell the person who gave you the link.",
)
NOWHERE = _page(
    "There is no such page",
    "Perhaps the address is not complete. Nothing was lost. If you have a link or a code, open the "
    "link again or type the code on the first page.",
)


def _to(place: str) -> Response:
    """A redirect that nothing remembers."""
    return RedirectResponse(place, status_code=303, headers={"Cache-Control": "no-store"})


def _session_cookie(
    response: Response, request: Request, name: str, token: str, *, stays: bool
) -> None:
    response.set_cookie(
        name,
        token,
        max_age=STAYS if stays else None,
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )


def _tokens(request: Request) -> dict[Role, str]:
    return {role: token for role, name in COOKIES.items() if (token := request.cookies.get(name))}


@calmly
def _enter(request: Request) -> Response:
    """Follow a link or a typed code: a session in a cookie, and no secret left in the address."""
    code = request.path_params.get("code") or request.query_params.get("code", "")
    entered = sessions.enter(store(), code, _tokens(request))
    if entered is None:
        return _to("/unknown-link")
    if entered.waits:
        sessions.leave(store(), request.cookies.get(WAITING, ""))
        response = _to("/welcome")
        _session_cookie(response, request, WAITING, entered.token, stays=False)
        return response
    if entered.role == "working_group":
        response = _to("/together")
        # It sits together, often at a shared computer: its session ends with the browser.
        _session_cookie(response, request, COOKIES[entered.role], entered.token, stays=False)
        return response
    return _with_session(request, entered)


def _with_session(request: Request, entered: EnteredSession) -> Response:
    """On to the questions with a respondent's session; none waits any more."""
    response = _to("/answer" if entered.begun else "/welcome")
    _session_cookie(response, request, COOKIES["respondent"], entered.token, stays=entered.stays)
    if request.cookies.get(WAITING):
        response.delete_cookie(WAITING, httponly=True, samesite="lax")
    return response


@calmly
def _instead(request: Request) -> Response:
    """Open what was asked for last, in place of the unfinished answers on this device."""
    token = request.cookies.get(COOKIES["respondent"], "")
    entered = sessions.take_over(store(), token, request.cookies.get(WAITING, ""))
    return _to("/welcome") if entered is None else _with_session(request, entered)


@calmly
def _go_on(request: Request) -> Response:
    """Go on with the unfinished answers on this device; what else was opened waits no more."""
    if waiting := request.cookies.get(WAITING):
        sessions.leave(store(), waiting)
    response = _to("/answer")
    response.delete_cookie(WAITING, httponly=True, samesite="lax")
    return response


@calmly
def _somebody_else(request: Request) -> Response:
    """Begin afresh on a device where the person before has handed in."""
    entered = sessions.somebody_else(store(), request.cookies.get(COOKIES["respondent"], ""))
    return _to("/welcome") if entered is None else _with_session(request, entered)


@calmly
def _begin(request: Request) -> Response:
    """Begin to answer, on a device of one's own or on one that others use too."""
    token = request.cookies.get(COOKIES["respondent"], "")
    own = request.path_params["device"] == "own"
    if not sessions.begin(store(), token, own_device=own):
        return _to("/welcome")
    response = _to("/answer")
    _session_cookie(response, request, COOKIES["respondent"], token, stays=own)
    return response


@calmly
def _leave(request: Request) -> Response:
    """Give up every session of this browser, so that the next person finds nothing.

    ``?as=team`` gives up the working group's session only. Unfinished answers on a device of one's
    own, which has shown no code, are given up only with ``?sure=yes``.
    """
    if request.query_params.get("as") == "team":
        return _leave_team(request)
    tokens = _tokens(request)
    own = tokens.get("respondent", "")
    if own and request.query_params.get("sure") != "yes" and sessions.unfinished(store(), own):
        return _to("/answer?part=leave")
    sessions.leave(store(), *tokens.values(), request.cookies.get(WAITING, ""))
    response = _to("/left")
    for name in (*COOKIES.values(), WAITING):
        response.delete_cookie(name, httponly=True, samesite="lax")
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


def _leave_team(request: Request) -> Response:
    name = COOKIES["working_group"]
    sessions.leave(store(), request.cookies.get(name, ""))
    response = _to("/left?as=team")
    response.delete_cookie(name, httponly=True, samesite="lax")
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


routes = [
    Route("/alive", _alive),
    Route("/i/{code}", _enter),
    Route("/code", _enter),
    Route("/begin/{device}", _begin),
    Route("/instead", _instead),
    Route("/go-on", _go_on),
    Route("/somebody-else", _somebody_else),
    Route("/leave", _leave),
]
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
