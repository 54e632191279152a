"""What stands around the screens: routes of our own and calm words for faults."""

from __future__ import annotations

import logging

import streamlit as st
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

log = logging.getLogger(__name__)


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


async def _alive(_: Request) -> PlainTextResponse:
    return PlainTextResponse("alive")


routes = [Route("/alive", _alive)]
