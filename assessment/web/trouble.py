"""What browsers cannot do here: told to whoever runs the server, once for each kind."""

from __future__ import annotations

import logging

from starlette.requests import Request
from starlette.responses import Response

from assessment.web.requests import Fields, one

log = logging.getLogger(__name__)

#: By what a page has noticed, or the server itself: what to look at, and the lines to set.
ADVICE = {
    "websocket": (
        "A browser could not open a websocket, so it was offered the light form, or told that it "
        "cannot show the page. If this is not a single visitor's network, the proxy in front does "
        "not pass websockets on. Caddy does by itself. In nginx: proxy_http_version 1.1; "
        'proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade";'
    ),
    "host": (
        "A websocket or a form was refused, since its page has another host than it was sent "
        "to. If a proxy stands in front, it does not pass the host on. Caddy does by itself. In "
        "nginx: proxy_set_header Host $host; or set ASSESSMENT_PUBLIC_ADDRESS to the address that "
        "people open."
    ),
    "cookie": (
        "A browser came back without the cookie that it had just been given. If this is not a "
        "single visitor's setting, the proxy in front takes cookies away, or the page is shown "
        "inside a page of another site."
    ),
}
_told: set[str] = set()


def tell(kind: str) -> None:
    """Write a kind of trouble to the log, the first time that it is met."""
    if kind in ADVICE and kind not in _told:
        _told.add(kind)
        log.warning(ADVICE[kind])


def noticed(_: Request, fields: Fields) -> Response:
    """A page has noticed something."""
    tell(one(fields, "kind"))
    return Response(status_code=204)
