"""The cookies that hold a browser's sessions."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from assessment.screens.shared.browser import PASSES
from assessment.services.access.sessions import Role
from assessment.services.respondents.just_handed_in import HandedIn
from assessment.services.results.viewing import Browser, with_pass

#: The cookies that hold a browser's sessions. A person may answer and be in the working group.
COOKIES: dict[Role, str] = {"respondent": "session", "working_group": "team"}
#: The cookie with the code of the link that was opened last, which so stays in no address.
INVITATION = "invitation"
#: The cookie that says whether this browser answers in the light form.
LIGHT = "light"
#: The cookie that says that somebody has handed in from this browser: whether it is a device of
#: their own, to which assessment, in which group. The store does not know it.
HANDED_IN = "handed_in"
#: The cookie of somebody who has signed in to run rounds.
ACCOUNT = "account"
#: The cookie with passes to the results of the rounds that this browser came to by a code.
RESULTS = PASSES
#: The cookie with what is remembered while somebody is at the organisation's own sign-in.
AT_PROVIDER = "at_provider"
#: All of them.
OURS = (*COOKIES.values(), INVITATION, LIGHT, HANDED_IN, ACCOUNT, RESULTS, AT_PROVIDER)
#: What stands before a code in its cookie that was typed.
TYPED = "="
#: How long a device of one's own keeps its session, seconds: longer than a round takes.
STAYS = 180 * 24 * 60 * 60


def set_session(
    response: Response, request: Request, name: str, token: str, *, stays: bool
) -> None:
    """Give a browser a session, or another thing to remember.

    Args:
        stays: beyond the end of the browser.
    """
    response.set_cookie(
        name,
        token,
        max_age=STAYS if stays else None,
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )


def set_invitation(response: Response, request: Request, code: str, *, typed: bool) -> None:
    """Remember a code until something is begun with it."""
    remembered = (TYPED if typed else "") + code[:80]
    set_session(response, request, INVITATION, remembered, stays=False)


def invitation(request: Request) -> tuple[str, bool]:
    """The code that was opened last, and whether it was typed; empty where there is none."""
    code = request.cookies.get(INVITATION, "")
    return code.removeprefix(TYPED), code.startswith(TYPED)


def set_handed_in(response: Response, request: Request, done: HandedIn) -> None:
    """Let a browser know that somebody has handed in."""
    set_session(response, request, HANDED_IN, str(done), stays=done.own_device)


def handed_in(request: Request) -> HandedIn | None:
    """What was handed in from this browser last."""
    return HandedIn.read(request.cookies.get(HANDED_IN))


def form_address(request: Request) -> str:
    """The form in which this browser answers."""
    return "/answer" if request.cookies.get(LIGHT) == "no" else "/form"


def set_pass(response: Response, request: Request, assessment: str, *, stays: bool) -> None:
    """Let a browser see the results of a round, once they are published. It came by a code."""
    passes = with_pass(request.cookies.get(RESULTS, ""), assessment)
    set_session(response, request, RESULTS, passes, stays=stays)


def browser(request: Request) -> Browser:
    """What a browser shows of itself where it asks for results."""
    return Browser(request.cookies.get(RESULTS, ""), tokens(request).values())


def delete(response: Response, *names: str) -> None:
    for name in names:
        response.delete_cookie(name, httponly=True, samesite="lax")


def tokens(request: Request) -> dict[Role, str]:
    """The session tokens that a browser has."""
    return {role: token for role, name in COOKIES.items() if (token := request.cookies.get(name))}
