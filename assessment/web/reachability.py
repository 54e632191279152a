"""Routes by which it is tried whether people's phones can open this tool."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from assessment.screens.respondent.finishing_texts import title
from assessment.screens.shared import markup
from assessment.services.rounds import reachability
from assessment.web.own_pages import own_page

#: The longest question that is answered, signs.
LONGEST = 64


def here(request: Request) -> Response:
    """Something that only this installation can answer."""
    question = request.query_params.get("question", "")[:LONGEST]
    headers = {"Cache-Control": "no-store"}
    return PlainTextResponse(reachability.answer_to(question), headers=headers)


def phone(request: Request) -> Response:
    """What a phone shows that can open this tool; whoever waits for it is told."""
    waited_for = reachability.phone_came(request.query_params.get("try", ""))
    words = "The other screen says so now, too." if waited_for else ""
    content = title("Your phone can open this tool") + markup.texts(
        [words, "We keep nothing about your phone. You can close this page."]
    )
    return own_page(request, "page", "Your phone can open this tool", content=content)
