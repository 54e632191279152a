"""What stands around the screens: routes and headers of our own, and calm words for faults."""

from __future__ import annotations

import logging
from urllib.parse import urlsplit

import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = logging.getLogger(__name__)

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


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


def from_here(headers: Headers) -> bool:
    """Whether a websocket comes from a page of this very app, or from no page at all."""
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc == headers.get("host")


async def _alive(_: Request) -> PlainTextResponse:
    return PlainTextResponse("alive")


routes = [Route("/alive", _alive)]
middleware = [Middleware(OwnOriginOnly)]
