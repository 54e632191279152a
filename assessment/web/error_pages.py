"""Whole pages that need neither the app nor the database."""

from __future__ import annotations

from starlette.responses import HTMLResponse

from assessment.brand.name import icon_address
from assessment.screens.shared.templates import render
from assessment.web import security_headers


def _message(title: str, text: str, status: int) -> HTMLResponse:
    page = render("message.html", title=title, text=text, icon=icon_address())
    policy = security_headers.message_policy(page)
    headers = {"Cache-Control": "no-store", security_headers.POLICY: policy}
    return HTMLResponse(page, status_code=status, headers=headers)


def fault() -> HTMLResponse:
    """A route has failed."""
    return _message(
        "This did not work just now",
        "Something went wrong on our side. What you saved before is kept. Try again in a minute; "
        "if it happens again, tell the person who gave you the link.",
        500,
    )


def store_does_not_answer() -> HTMLResponse:
    """The database cannot be reached."""
    return _message(
        "We cannot open this just now",
        "What you gave us before is kept. Wait a minute, then load this page again.",
        503,
    )


def too_long() -> HTMLResponse:
    """Somebody sent more than any page of ours can."""
    return _message(
        "This is more than we can take",
        "What you sent is far longer than this page allows. Nothing of it was stored. Go back, and "
        "make it shorter.",
        413,
    )


def no_such_page() -> HTMLResponse:
    """Nothing answers at the address."""
    return _message(
        "There is no such page",
        "Perhaps the address is not complete. Nothing was lost. If you have a link or a code, open "
        "the link again or type the code on the first page.",
        404,
    )


def other_name(host: str) -> HTMLResponse:
    """Somebody asks for a name that is not this installation's."""
    return _message(
        "This address is not the right one",
        f"The app does not answer under the name “{host[:100]}”. Open the link that you were "
        "given. If you run this tool: set ASSESSMENT_PUBLIC_ADDRESS to the address that people "
        "open.",
        421,
    )


def another_site() -> HTMLResponse:
    """A page of another site has sent something."""
    return _message(
        "This did not come from our own page",
        "Another website sent this in your name. Nothing of it was taken. If it was you: open your "
        "link again, or type your code on the first page.",
        403,
    )


def too_many_tries(seconds: int) -> HTMLResponse:
    """Somebody, or somebody in the same network, has tried too often."""
    page = _message(
        "Too many tries, wait a minute",
        "From where you are, many codes or links were opened just now. Nothing was lost. Wait a "
        "minute, then open your link or type your code again.",
        429,
    )
    page.headers["Retry-After"] = str(seconds)
    return page
