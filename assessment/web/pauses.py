"""After a pause: nobody is shown answers before saying that they are theirs."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from assessment.screens.respondent.finishing_texts import YOURS, title
from assessment.screens.shared import markup
from assessment.services.access import pauses, sessions
from assessment.services.current_store import store
from assessment.services.respondents.answering import Draft
from assessment.web import cookies
from assessment.web.cookies import COOKIES
from assessment.web.own_pages import Action, Around, around_page
from assessment.web.requests import Fields, to

OWN = (
    "Is this somebody else’s phone or computer? Then just close this page, so that they can go on "
    "later. If you tap No, this device forgets the answers, and only a code brings them back."
)
SHARED = "If you tap No, this device forgets them. Whoever began can go on with their code."


def asks(draft: Draft) -> bool:
    """Whether somebody has to say first that the answers are theirs."""
    return bool(draft.saved) and pauses.is_over(draft.token)


def asks_browser(request: Request) -> bool:
    """The same of a browser whose answers have not been read."""
    token = request.cookies.get(COOKIES["respondent"], "")
    found = sessions.session_of(store(), token)
    if found is None or found[0].draft is None:
        return False
    with store().read() as work:
        answered = work.drafts.has_answers(found[0].draft)
    return answered and pauses.is_over(token)


def goes_on(token: str) -> None:
    """Somebody answers: a pause begins anew, unless it is over. What comes after that is stored,
    since nothing may be lost; it says nothing of whose the answers are."""
    pauses.is_over(token)


def ask(request: Request) -> Response:
    """Whose answers are these? Neither they nor to what they belong is shown."""
    if not asks_browser(request):
        return to(cookies.form_address(request))
    found = sessions.session_of(store(), request.cookies.get(COOKIES["respondent"]))
    own = found is not None and found[0].own_device
    content = title("Did you begin to answer here?") + markup.texts(
        [
            "Somebody began to answer questions on this device. The answers are not handed in yet. "
            "We show nothing of them before you say that it was you.",
            OWN if own else SHARED,
        ]
    )
    actions = [
        Action(YOURS, "Yes, it was me – go on"),
        Action("/leave?sure=yes", "No – leave this device clean", quiet=True),
    ]
    return around_page(request, "Was it you?", Around(content, actions=actions))


def confirm(request: Request, _: Fields) -> Response:
    """Somebody says that the answers are theirs."""
    token = request.cookies.get(COOKIES["respondent"], "")
    if found := sessions.session_of(store(), token):
        pauses.tap(token, own_device=found[0].own_device)
    return to(cookies.form_address(request))


def begun(request: Request, _: Fields) -> Response:
    """A page has seen no tap for long: whoever comes next is asked."""
    pauses.forget(request.cookies.get(COOKIES["respondent"], ""))
    return Response(status_code=204)
