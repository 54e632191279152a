"""The way to the organisation's own sign-in and back."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from starlette.requests import Request
from starlette.responses import Response

from assessment.services.access import openid_connect, own_sign_in, provider_accounts
from assessment.services.access.accounts import RefusedError
from assessment.services.access.openid_connect import LASTS, NotSignedInError, ProviderError
from assessment.services.current_store import store
from assessment.services.rounds.overview import base_address
from assessment.web import cookies, error_pages
from assessment.web.cookies import ACCOUNT, AT_PROVIDER
from assessment.web.own_pages import own_page
from assessment.web.requests import to
from assessment.web.signing_in import ELSEWHERE, let_in, onward

#: Both wait for the provider: nobody who answers waits with them.
WAITING = ThreadPoolExecutor(4, thread_name_prefix="provider")
BACK = "/sign-in/back"


def lead_there(request: Request) -> Response:
    """Lead somebody to the provider."""
    own = own_sign_in.configured()
    if own is None:
        return error_pages.no_such_page()
    wanted = onward(request.query_params.get("to", ""))
    if "ask" in request.query_params:
        return _page(request, f"Go on to {own.file.name}", "From then on you need no passphrase.")
    try:
        address, kept = openid_connect.begin(own, _back(request), wanted)
    except ProviderError:
        return _does_not_answer(request)
    response = to(address)
    response.set_cookie(
        AT_PROVIDER,
        kept,
        max_age=LASTS,
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )
    return response


def come_back(request: Request) -> Response:
    """Sign in whoever comes back from the provider."""
    own = own_sign_in.configured()
    if own is None:
        return error_pages.no_such_page()
    response = _came_back(request)
    cookies.delete(response, AT_PROVIDER)
    return response


def _came_back(request: Request) -> Response:
    own = own_sign_in.configured()
    assert own is not None
    kept = request.cookies.get(AT_PROVIDER, "")
    try:
        identity, wanted = openid_connect.finish(own, _back(request), kept, request.query_params)
        before = request.cookies.get(ACCOUNT, "")
        token = provider_accounts.sign_in(store(), own, identity, before)
    except ProviderError:
        return _does_not_answer(request)
    except NotSignedInError as refused:
        return _not_signed_in(request, refused)
    except RefusedError as refused:
        first = refused.place == provider_accounts.PASSPHRASE_FIRST
        return _page(request, "You are not signed in", str(refused), refused.status, first=first)
    return let_in(request, token, onward(wanted))


def _back(request: Request) -> str:
    """Where the provider leads people back to; it knows this address and no other."""
    return base_address(str(request.url)) + BACK


def _does_not_answer(request: Request) -> Response:
    text = (
        f"{own_sign_in.name()} does not answer as it should. Nothing was changed. Wait a minute, "
        "then try again. If it stays so, tell whoever runs this tool."
    )
    return _page(request, "We cannot sign you in just now", text, 503)


def _not_signed_in(request: Request, refused: NotSignedInError) -> Response:
    text = (
        f"You turned back at {own_sign_in.name()}. Nothing was changed."
        if refused.by_choice
        else "This took too long, was begun in another browser, or was used before. Nothing was "
        "changed. Try again from here."
    )
    return _page(request, "You are not signed in", text, 401)


def _page(
    request: Request, heading: str, text: str, status: int = 200, *, first: bool = False
) -> Response:
    """A page with one way on.

    Args:
        first: whether that is by the passphrase.
    """
    return own_page(
        request,
        "provider",
        heading,
        status,
        heading=heading,
        text=text,
        provider=own_sign_in.name(),
        elsewhere=ELSEWHERE,
        first=first,
    )
