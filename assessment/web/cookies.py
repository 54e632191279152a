"""The cookies that hold a browser's sessions."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from assessment.services.access.sessions import Role

#: The cookies that hold a browser's sessions. A person may answer and be in the working group.
COOKIES: dict[Role, str] = {"respondent": "session", "working_group": "team"}
#: The cookie with the code of the link that was opened last, which so stays in no address.
INVITATION = "invitation"
#: The cookie that says whether this browser answers in the light form.
LIGHT = "light"
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


def delete(response: Response, *names: str) -> None:
    for name in names:
        response.delete_cookie(name, httponly=True, samesite="lax")


def tokens(request: Request) -> dict[Role, str]:
    """The session tokens that a browser has."""
    return {role: token for role, name in COOKIES.items() if (token := request.cookies.get(name))}
