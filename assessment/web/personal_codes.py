"""Personal codes at the door: one that opens nothing any more, one that has to be typed, and one
with which somebody has begun.
"""

from __future__ import annotations

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from assessment.screens.respondent.finishing_texts import results_come, title
from assessment.screens.respondent.promises import help_contact
from assessment.screens.shared import markup
from assessment.screens.shared.markup import BUTTON, QUIET, buttons, link
from assessment.services.respondents.arriving import Arrival, named
from assessment.web.own_pages import Action, Around, around_page, own_page

#: By the state of a code that opens nothing any more: a heading, and what to do.
SPENT = {
    "used": (
        "This code has done its work",
        "Answers were handed in with it. Each code works once, so that nobody counts twice.",
        "If that was you, you are done. Thank you. If it was not, tell the person who gave you the "
        "code: they can give you another.",
    ),
    "revoked": (
        "This code no longer works",
        "It was called back before anybody had handed in with it.",
        "Ask the person who gave it to you for a new one.",
    ),
}
#: Why a code has to be typed.
TYPE_IT = {
    "needs_code": "Each person has a code of their own here. It is on the card or in the message "
    "that you got.",
    "type_it": "Answers were given with this link before. To go on with them, type its code: it is "
    "on your card, and at the end of the link. So nobody opens them by mistake.",
}
RESUME = Action("/resume", "Yes, go on with my answers")
NOT_MINE = link("No, that was not me", "/welcome?mine=no", QUIET)


def show(request: Request, found: Arrival) -> Response:
    """What a personal code leads to that does not simply open its questions."""
    assert found.record is not None
    name = Markup('<p class="pw-name">{}</p>').format(named(found.record, found.group))
    contact = help_contact(found.record)
    if found.state in SPENT:
        head, *sentences = SPENT[found.state]
        if found.state == "used":
            sentences.append(results_come(found.record))
        content = name + title(head) + markup.texts(sentences) + contact
        return own_page(request, "page", head, 410, content=content)
    if found.state in TYPE_IT:
        sentences = [TYPE_IT[found.state], "Small letters and blanks do not matter."]
        return own_page(
            request,
            "go",
            "Type your code",
            heading="Type your code",
            content=name + markup.texts(sentences),
            code="",
            problem="",
        )
    if request.query_params.get("mine") == "no":
        return own_page(request, "page", "Not yours", content=name + _not_mine() + contact)
    # Nothing that was answered is shown before somebody says that it is theirs.
    content = (
        name
        + title("Somebody has begun to answer with this code. Was it you?")
        + markup.texts(
            ["If you go on here, the answers can no longer be changed in any other place."]
        )
    )
    around = Around(content, links=[NOT_MINE], actions=[RESUME])
    return around_page(request, "Was it you?", around)


def _not_mine() -> Markup:
    return (
        title("Then please leave it as it is")
        + markup.texts(
            [
                "Those answers belong to somebody else. You have seen none of them, and nothing "
                "was changed.",
                "Look at your code letter by letter. If it is right, tell the person who gave it "
                "to you that somebody else has used it, and ask for another.",
            ]
        )
        + buttons(link("Type another code", "/go", BUTTON))
    )
