"""Signing in and out of those who run rounds, and the links that make their accounts."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import Response

from assessment.screens.shared.navigation import SCREENS
from assessment.services.access import accounts, own_sign_in
from assessment.services.access.accounts import AccountLink, RefusedError
from assessment.services.access.passphrases import SHORTEST
from assessment.services.current_store import store
from assessment.web import cookies
from assessment.web.cookies import ACCOUNT
from assessment.web.own_pages import own_page
from assessment.web.requests import Fields, one, to

#: What each kind of link makes, in words.
JOINS = {
    "administrator": "You will look after this installation. You open and close organisations; you "
    "see no results.",
    "coordinator": "You will run rounds for {organisation}: set them up, invite people, and "
    "publish the results.",
    "viewer": "You will see the results of {organisation} once they are published.",
}
#: Where the way to the organisation's own sign-in begins, and where it does after a form: none of
#: ours leads to another site, and so neither may what it leads to.
ELSEWHERE = "/sign-in/elsewhere"
ASKED_FIRST = f"{ELSEWHERE}?ask=yes"
#: The two kinds of an installation, in the field of the first start.
ONE, SEVERAL = "one", "several"


def sign_in_page(request: Request) -> Response:
    """The form to sign in with; whoever has signed in goes on."""
    wanted = _after_form(request.query_params.get("to", ""))
    if accounts.access_of(store(), request.cookies.get(ACCOUNT)):
        return to(wanted)
    return _form(request, wanted)


def sign_in(request: Request, fields: Fields) -> Response:
    """Sign in with name and passphrase."""
    wanted, name = _after_form(one(fields, "to")), one(fields, "name")
    before = request.cookies.get(ACCOUNT, "")
    try:
        token = accounts.sign_in(store(), name, one(fields, "passphrase"), before)
    except RefusedError as refused:
        return _form(request, wanted, name=name, problem=str(refused), status=refused.status)
    return let_in(request, token, wanted)


def _form(
    request: Request, wanted: str, *, name: str = "", problem: str = "", status: int = 200
) -> Response:
    with store().read() as work:
        nobody = not work.accounts.any()
    return own_page(
        request,
        "sign_in",
        "Sign in",
        status,
        nobody=nobody,
        name=name,
        problem=problem,
        onward=wanted,
        provider=own_sign_in.name(),
        only=own_sign_in.only(),
        elsewhere=f"{ELSEWHERE}?{urlencode({'to': onward(wanted)})}",
    )


def sign_out(request: Request, _: Fields) -> Response:
    accounts.sign_out(store(), request.cookies.get(ACCOUNT, ""))
    response = to("/")
    cookies.delete(response, ACCOUNT)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def link_page(request: Request) -> Response:
    """What a link makes. Looking uses nothing up and signs nobody out."""
    found = accounts.look_at_link(store(), request.path_params["token"])
    return _used(request) if found is None else _link_form(request, found, {})


def use_link(request: Request, fields: Fields) -> Response:
    """Make the account of a link, or change its passphrase, and sign in. Nobody is signed out by it
    to whom the form has not said so."""
    token = request.path_params["token"]
    found = accounts.look_at_link(store(), token)
    if found is None:
        return _used(request)
    if _leaving(request, found) not in ("", one(fields, "leaving")):
        return _link_form(request, found, fields)
    serves_one = found.role == "first" and one(fields, "kind") != SEVERAL
    try:
        signed_in = accounts.use_link(
            store(),
            token,
            name=one(fields, "name"),
            passphrase=one(fields, "passphrase"),
            again=one(fields, "again"),
            organisation=one(fields, "organisation") if serves_one else None,
            before=request.cookies.get(ACCOUNT, ""),
        )
    except RefusedError as refused:
        if refused.status == 404:
            return _used(request)
        return _link_form(request, found, fields, refused)
    return let_in(request, signed_in, "/")


def _leaving(request: Request, found: AccountLink) -> str:
    """Who is signed out in this browser where a link is used; empty where nobody else is in."""
    here = accounts.access_of(store(), request.cookies.get(ACCOUNT))
    return here.name if here is not None and here.name != found.name else ""


def _link_form(
    request: Request, found: AccountLink, fields: Fields, refused: RefusedError | None = None
) -> Response:
    kind = one(fields, "kind") or (SEVERAL if found.several else ONE)
    return own_page(
        request,
        "account_link",
        "Make your account" if not found.name else "A new passphrase",
        refused.status if refused else 200,
        found=found,
        joins=JOINS.get(found.role, "").format(organisation=found.organisation),
        name=one(fields, "name"),
        organisation=one(fields, "organisation") or found.organisation,
        kind=kind,
        place=refused.place if refused else "",
        problem=str(refused) if refused else "",
        shortest=SHORTEST,
        leaving=_leaving(request, found),
    )


def _used(request: Request) -> Response:
    return own_page(request, "account_link_used", "This link is used up", 404)


def let_in(request: Request, token: str, wanted: str) -> Response:
    """Lead somebody who has signed in to where they wanted to go."""
    response = to(wanted)
    cookies.set_session(response, request, ACCOUNT, token, stays=False)
    return response


def onward(wanted: str) -> str:
    """Where somebody wanted to go, if that is a screen of ours; else the first one."""
    parts = urlsplit(wanted)
    ours = not parts.scheme and not parts.netloc and wanted.startswith("/")
    known = parts.path.strip("/") in {screen.address for screen in SCREENS}
    return wanted if ours and known and "\\" not in wanted else "/"


def _after_form(wanted: str) -> str:
    return wanted if wanted == ASKED_FIRST else onward(wanted)
