"""Addresses that the server answers itself: codes, sessions and leaving."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from assessment.services.access import sessions
from assessment.services.access.sessions import EnteredSession
from assessment.services.current_store import store
from assessment.web import cookies, error_pages
from assessment.web.cookies import COOKIES, WAITING

log = logging.getLogger(__name__)


async def _alive(_: Request) -> PlainTextResponse:
    return PlainTextResponse("alive")


def _calmly(route: Callable[[Request], Response]) -> Callable[[Request], Response]:
    """A route whose faults are told in our own words; the details go to the log only."""

    @wraps(route)
    def calm(request: Request) -> Response:
        try:
            return route(request)
        except Exception:
            log.exception("a route failed")
            return error_pages.fault()

    return calm


def _to(place: str) -> Response:
    """A redirect that nothing remembers."""
    return RedirectResponse(place, status_code=303, headers={"Cache-Control": "no-store"})


def _enter(request: Request) -> Response:
    """Follow a link or a typed code: a session in a cookie, and no secret left in the address."""
    code = request.path_params.get("code") or request.query_params.get("code", "")
    entered = sessions.enter(store(), code, cookies.tokens(request))
    if entered is None:
        return _to("/unknown-link")
    if entered.waits:
        sessions.leave(store(), request.cookies.get(WAITING, ""))
        response = _to("/welcome")
        cookies.set_session(response, request, WAITING, entered.token, stays=False)
        return response
    if entered.role == "working_group":
        response = _to("/together")
        # It sits together, often at a shared computer: its session ends with the browser.
        cookies.set_session(response, request, COOKIES[entered.role], entered.token, stays=False)
        return response
    return _with_session(request, entered)


def _with_session(request: Request, entered: EnteredSession) -> Response:
    """On to the questions with a respondent's session; none waits any more."""
    response = _to("/answer" if entered.begun else "/welcome")
    cookies.set_session(
        response, request, COOKIES["respondent"], entered.token, stays=entered.stays
    )
    if request.cookies.get(WAITING):
        cookies.delete(response, WAITING)
    return response


def _instead(request: Request) -> Response:
    """Open what was asked for last, in place of the unfinished answers on this device."""
    token = request.cookies.get(COOKIES["respondent"], "")
    entered = sessions.take_over(store(), token, request.cookies.get(WAITING, ""))
    return _to("/welcome") if entered is None else _with_session(request, entered)


def _go_on(request: Request) -> Response:
    """Go on with the unfinished answers on this device; what else was opened waits no more."""
    if waiting := request.cookies.get(WAITING):
        sessions.leave(store(), waiting)
    response = _to("/answer")
    cookies.delete(response, WAITING)
    return response


def _somebody_else(request: Request) -> Response:
    """Begin afresh on a device where the person before has handed in."""
    entered = sessions.somebody_else(store(), request.cookies.get(COOKIES["respondent"], ""))
    return _to("/welcome") if entered is None else _with_session(request, entered)


def _begin(request: Request) -> Response:
    """Begin to answer, on a device of one's own or on one that others use too."""
    token = request.cookies.get(COOKIES["respondent"], "")
    own = request.path_params["device"] == "own"
    if not sessions.begin(store(), token, own_device=own):
        return _to("/welcome")
    response = _to("/answer")
    cookies.set_session(response, request, COOKIES["respondent"], token, stays=own)
    return response


def _leave(request: Request) -> Response:
    """Give up every session of this browser, so that the next person finds nothing.

    ``?as=team`` gives up the working group's session only. Unfinished answers on a device of one's
    own, which has shown no code, are given up only with ``?sure=yes``.
    """
    if request.query_params.get("as") == "team":
        return _leave_team(request)
    tokens = cookies.tokens(request)
    own = tokens.get("respondent", "")
    if own and request.query_params.get("sure") != "yes" and sessions.unfinished(store(), own):
        return _to("/answer?part=leave")
    sessions.leave(store(), *tokens.values(), request.cookies.get(WAITING, ""))
    response = _to("/left")
    cookies.delete(response, *COOKIES.values(), WAITING)
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


def _leave_team(request: Request) -> Response:
    name = COOKIES["working_group"]
    sessions.leave(store(), request.cookies.get(name, ""))
    response = _to("/left?as=team")
    cookies.delete(response, name)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


routes = [
    Route("/alive", _alive),
    Route("/i/{code}", _calmly(_enter)),
    Route("/code", _calmly(_enter)),
    Route("/begin/{device}", _calmly(_begin)),
    Route("/instead", _calmly(_instead)),
    Route("/go-on", _calmly(_go_on)),
    Route("/somebody-else", _calmly(_somebody_else)),
    Route("/leave", _calmly(_leave)),
]
