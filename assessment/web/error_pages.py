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
        "Something went wrong on our side. Nothing you gave us was lost. Try again in a minute; if "
        "it happens again, tell the person who gave you the link.",
        500,
    )


def no_such_page() -> HTMLResponse:
    """Nothing answers at the address."""
    return _message(
        "There is no such page",
        "Perhaps the address is not complete. Nothing was lost. If you have a link or a code, open "
        "the link again or type the code on the first page.",
        404,
    )
