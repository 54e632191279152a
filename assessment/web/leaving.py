"""Going out: a browser gives its sessions up, so that the next person finds nothing."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from assessment.screens.respondent.finishing_texts import title
from assessment.screens.shared import markup
from assessment.screens.shared.markup import BUTTON, QUIET, buttons, link, post_button
from assessment.services.access import accounts, sessions
from assessment.services.current_store import store
from assessment.services.respondents import answering, just_handed_in
from assessment.web import cookies
from assessment.web.cookies import ACCOUNT, COOKIES, INVITATION, OURS
from assessment.web.own_pages import Action, Around, around_page, own_page
from assessment.web.requests import Fields, to


def before(request: Request) -> Response:
    """Where somebody asks to leave. Looking changes nothing: it takes a button."""
    if request.query_params.get("as") == "team":
        words = "This device then no longer opens its page. What the group agreed on is kept."
        leaving = Action("/leave?as=team", "Leave the working group on this device")
        content = title("Leave the working group’s page?") + markup.texts([words])
        return around_page(request, "Leave", Around(content, actions=[leaving]))
    if _has_unfinished(request):
        return to(f"{cookies.form_address(request)}?part=leave")
    words = (
        "The next person who uses it then cannot see what you answered. What you answered is kept."
    )
    content = title("Leave this device clean?") + markup.texts([words])
    leaving = Action("/leave", "Leave this device clean")
    return around_page(request, "Leave", Around(content, actions=[leaving]))


def _has_unfinished(request: Request) -> bool:
    own = cookies.tokens(request).get("respondent", "")
    return bool(own) and sessions.unfinished(store(), own)


def leave(request: Request, _: Fields) -> Response:
    """Give up every session of this browser.

    ``?as=team`` gives up the working group's session only. Unfinished answers on a device of one's
    own, which has shown no code, are given up only with ``?sure=yes``.
    """
    if request.query_params.get("as") == "team":
        return _leave_team(request)
    if not any(name in request.cookies for name in OURS):
        # Perhaps another site has sent this, whose form takes no cookies along.
        return to("/left")
    tokens = cookies.tokens(request)
    if request.query_params.get("sure") != "yes" and _has_unfinished(request):
        return to(f"{cookies.form_address(request)}?part=leave")
    sessions.leave(store(), *tokens.values())
    just_handed_in.forget(*tokens.values())
    accounts.sign_out(store(), request.cookies.get(ACCOUNT, ""))
    response = to("/left")
    cookies.delete(response, *OURS)
    # Not "cookies": over plain http a browser ignores the header, and where that word stands in it,
    # also that they are deleted one by one.
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def _leave_team(request: Request) -> Response:
    name = COOKIES["working_group"]
    sessions.leave(store(), request.cookies.get(name, ""))
    response = to("/left?as=team")
    if name in request.cookies:
        cookies.delete(response, name, INVITATION)
        response.headers["Clear-Site-Data"] = '"cache"'
    return response


def left(request: Request) -> Response:
    """After leaving: nothing of the person before is on this device."""
    if request.query_params.get("as") == "team":
        content = markup.texts(
            [
                "This device no longer opens it. What the group agreed on is kept. To come back, "
                "open the working group’s link or type its code."
            ]
        )
        own = answering.find_visit(store(), request.cookies.get(COOKIES["respondent"]))
        if own.draft is not None:
            content += markup.texts(
                [
                    "Your own questionnaire is still open on this device. What you answered there "
                    "is kept."
                ]
            ) + buttons(
                link("Go on with my own answers", cookies.form_address(request), BUTTON),
                post_button("Leave this device clean", "/leave", QUIET),
            )
        return own_page(
            request,
            "go",
            "Left",
            heading="You have left the working group’s page",
            content=content,
            label="The working group’s code",
            button="Open",
        )
    return own_page(
        request,
        "left",
        "Left",
        heading="None of your answers is left on this device",
        content=markup.texts(
            [
                "The next person who uses it cannot see what you answered. What you answered is "
                "kept.",
                "The list of visited pages still shows that a form was opened. Close its other "
                "windows, if there are any.",
                "If you wrote down a code and did not hand in yet, it brings your answers back, on "
                "any phone or computer.",
            ]
        ),
        label="Began before? Type your code",
        button="Go on where I stopped",
    )
