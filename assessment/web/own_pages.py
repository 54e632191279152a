"""Pages of our own, which need neither the app nor scripts: coming in, and the light form."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from assessment.brand.name import NAME, icon_address
from assessment.screens.respondent.finishing_texts import OpenPart
from assessment.screens.shared.navigation import ANSWERING
from assessment.screens.shared.page import STATIC, colours, shortened
from assessment.screens.shared.templates import render
from assessment.web import preview, security_headers
from assessment.web.compression import compressed, takes_gzip

#: What the pages have in common with the app, and what is theirs alone.
SHEETS = ("base.css", "questions.css", "own/pages.css")
SCRIPTS = (
    "on_visit/pause.js",
    "answer_mark.js",
    "own/light_form.js",
    "own/which_form.js",
    "own/onward.js",
)


class _File(NamedTuple):
    address: str
    content: bytes
    media_type: str


class Action(NamedTuple):
    """A button that sends a form of its own."""

    address: str
    label: str
    quiet: bool = False
    disabled: bool = False


class Around(NamedTuple):
    """What a page around the questions has, from its top to its end.

    Attributes:
        left: parts in which something is left open; ``many``: they are named by part only.
        pause: after how many seconds without a tap the page asks whose answers these are; 0: never.
    """

    content: Markup
    left: Sequence[OpenPart] = ()
    many: bool = False
    after: Markup = Markup()
    trouble: str = ""
    actions: Sequence[Action] = ()
    links: Sequence[Markup] = ()
    end: Markup = Markup()
    pause: int = 0


def around_page(request: Request, title: str, around: Around) -> Response:
    """A page around the questions."""
    return own_page(request, "around", title, **around._asdict())


def own_page(
    request: Request,
    template: str,
    title: str,
    status: int = 200,
    **values: object,
) -> Response:
    """A page from a template in ``web/templates/own``; nothing keeps it."""
    page = render(
        f"own/{template}.html",
        head=render(
            "head.html",
            title=f"{title} · {NAME}",
            description=ANSWERING,
            icon=icon_address(),
            picture=preview.address(request),
        ),
        styles=_styles().address,
        script=_script().address,
        longest=LONGEST_CODE,
        **(CODE_FIELD | UNWATCHED | values),
    ).encode()
    headers = {
        "Cache-Control": "no-store",
        "Vary": "Accept-Encoding",
        security_headers.POLICY: security_headers.own_policy(request),
    }
    if takes_gzip(request.headers):
        page = compressed(page, quickly=True)
        headers["Content-Encoding"] = "gzip"
    return HTMLResponse(page, status_code=status, headers=headers)


#: Longer than any code with blanks and dashes.
LONGEST_CODE = 80
#: The field for a code, where a page says nothing else of it.
CODE_FIELD: dict[str, object] = {
    "label": "Your code",
    "code": "",
    "problem": "",
    "button": "Open my questions",
}
#: A page that shows no answers watches nothing.
UNWATCHED: dict[str, object] = {"pause": 0}


def own_file(request: Request) -> Response:
    """What these pages need, and the picture for previews; names change with the content."""
    name = request.url.path
    file = next((file for file in (_styles(), _script(), _picture()) if file.address == name), None)
    if file is None:
        return Response(status_code=404)
    headers = {"Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Encoding"}
    content = file.content
    if takes_gzip(request.headers) and file.media_type.startswith("text/"):
        content, headers["Content-Encoding"] = compressed(content), "gzip"
    return Response(content, media_type=file.media_type, headers=headers)


@cache
def _styles() -> _File:
    sheets = (STATIC.joinpath(sheet).read_text(encoding="utf-8") for sheet in SHEETS)
    return _file("css", shortened(" ".join((colours(), *sheets))), "text/css")


@cache
def _script() -> _File:
    scripts = (STATIC.joinpath(script).read_text(encoding="utf-8") for script in SCRIPTS)
    return _file("js", "".join(scripts), "text/javascript")


def _picture() -> _File:
    return _File(preview.path(), preview.content(), "image/png")


def _file(ending: str, text: str, media_type: str) -> _File:
    content = text.encode()
    digest = hashlib.sha256(content).hexdigest()[:12]
    return _File(f"/own/{digest}.{ending}", content, media_type)
