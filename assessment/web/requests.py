"""What routes have in common: reading a form, leading elsewhere, faults in our own words."""

from __future__ import annotations

import logging
from asyncio import get_running_loop
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import wraps
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from assessment.store import StoreError
from assessment.web import error_pages

log = logging.getLogger(__name__)

Route = Callable[[Request], Awaitable[Response]]
#: Where pages are put together: by few at once, since they take the processor from each other, and
#: from the answers that come meanwhile.
PAGES = ThreadPoolExecutor(4, thread_name_prefix="pages")
#: The fields of a form that was sent.
Fields = Mapping[str, list[str]]
#: The most that a form may send, bytes: eight texts of full length, every sign written as twelve.
LONGEST_FORM = 400_000
MOST_FIELDS = 500


class TooLongError(Exception):
    """A form sends more than any of ours can hold."""


def calm(route: Callable[[Request], Response], pool: ThreadPoolExecutor = PAGES) -> Route:
    """A route whose faults are told in our own words; the details go to the log only.

    Args:
        pool: where it runs: one of its own, if it waits for others.
    """

    @wraps(route)
    async def calmly(request: Request) -> Response:
        try:
            return await get_running_loop().run_in_executor(pool, route, request)
        except Exception as fault:
            return _told(fault)

    return calmly


def posted(route: Callable[[Request, Fields], Response]) -> Route:
    """The same for a route that takes a form."""

    async def in_a_thread(request: Request, fields: Fields) -> Response:
        return await get_running_loop().run_in_executor(PAGES, route, request, fields)

    return sent(wraps(route)(in_a_thread))


def sent(route: Callable[[Request, Fields], Awaitable[Response]]) -> Route:
    """The same for a route that waits without a thread."""

    @wraps(route)
    async def calmly(request: Request) -> Response:
        try:
            return await route(request, await read_form(request))
        except TooLongError:
            return error_pages.too_long()
        except Exception as fault:
            return _told(fault)

    return calmly


def _told(fault: Exception) -> Response:
    """A fault in our own words."""
    if isinstance(fault, StoreError):
        return error_pages.store_does_not_answer()
    log.error("a route failed", exc_info=fault)
    return error_pages.fault()


async def read_form(request: Request) -> Fields:
    """The fields of a form; empty ones count.

    Raises:
        TooLongError: it is longer than any form of ours.
    """
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > LONGEST_FORM:
            raise TooLongError
    text = body.decode("utf-8", errors="replace")
    try:
        return parse_qs(text, keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:
        raise TooLongError from None


def one(fields: Fields, name: str) -> str:
    """The last value of a field; empty where there is none."""
    return fields.get(name, [""])[-1]


def to(place: str) -> Response:
    """A redirect that nothing remembers."""
    return RedirectResponse(place, status_code=303, headers={"Cache-Control": "no-store"})
