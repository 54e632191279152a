"""Whole pages that need neither the app nor the database."""

from __future__ import annotations

from starlette.responses import HTMLResponse

from assessment.brand.name import icon_address
from assessment.screens.shared.templates import render


def _message(title: str, text: str, status: int) -> HTMLResponse:
    page = render("message.html", title=title, text=text, icon=icon_address())
    return HTMLResponse(page, status_code=status, headers={"Cache-Control": "no-store"})


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
