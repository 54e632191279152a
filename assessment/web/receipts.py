"""After the end: whoever has a receipt asks whether their answers stand unchanged."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from assessment.screens.respondent.finishing_texts import title
from assessment.screens.shared import markup
from assessment.services.current_store import store
from assessment.services.respondents import receipts
from assessment.services.rounds import overview
from assessment.web.own_pages import own_page
from assessment.web.requests import Fields, one

ADDRESS = "/receipt"
NO_NUMBER = "Type the receipt first."
NOT_FOUND = (
    "While your round is still running, nothing is told: come back after its end. In a round that "
    "has ended we do not find this receipt. Look at it sign by sign."
)
STANDS = "Your answers are stored, and unchanged."


def receipts_page(request: Request) -> str:
    """Where a receipt is typed, as people type it."""
    return markup.as_typed(overview.base_address(str(request.url)), ADDRESS)


def field(request: Request) -> Response:
    """One field for a receipt, one button."""
    return _field(request, "", "")


def _field(request: Request, number: str, problem: str, status: int = 200) -> Response:
    return own_page(request, "receipt", "Check a receipt", status, number=number, problem=problem)


def check(request: Request, fields: Fields) -> Response:
    """Whether answers stand unchanged. That they do not is told as of a number that never was."""
    number = one(fields, "number").strip()
    if not any(sign.isalnum() for sign in number):
        return _field(request, number, NO_NUMBER, 422)
    if not receipts.stands(store(), number):
        return _field(request, number, NOT_FOUND, 404)
    content = title(STANDS) + markup.texts(
        ["They are just as you handed them in. You can close this page now."]
    )
    return own_page(request, "page", "Stored and unchanged", content=content)
