"""The first HTML of every screen: what a tab and the preview of a link show, what stands there
without scripts, and our words and looks, before the app has loaded."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

from markupsafe import Markup
from starlette.requests import HTTPConnection
from starlette.responses import Response
from streamlit import file_util

from assessment.brand.name import NAME, icon_address
from assessment.screens.shared.navigation import SCREENS, Screen
from assessment.screens.shared.page import ground, script, shell
from assessment.screens.shared.templates import render
from assessment.web import preview, security_headers
from assessment.web.compression import compressed, takes_gzip
from assessment.web.static_files import with_imports

#: What Streamlit's page says of itself, and programs that it offers an interface to. Its type, a
#: fifth of all that is loaded, would come before the scripts; so it comes when it is needed.
THEIRS = re.compile(
    r"<!--\s+Machine-readable.*?-->|<title>.*?</title>|<noscript>.*?</noscript>"
    r"|<link rel=\"(?:shortcut icon|service-desc)\".*?>"
    r"|<link\s+rel=\"preload\"\s+href=\"([^\"]*)\".*?>",
    re.DOTALL,
)
STYLES = re.compile(r"<link rel=\"stylesheet\"[^>]*>")
SCRIPTS = re.compile(r"(?:src|href)=\"\./static/js/([^\"]+)\"")
CHARSET, END_OF_HEAD, ROOT = '<meta charset="UTF-8" />', "</head>", '<div id="root"></div>'
#: Parts of the app that a screen draws with at once, by the names of their files. It would fetch
#: them one after the other, each when it is needed.
PARTS = {"answer": ("Html", "Radio", "Checkbox", "Button")}
IN_ALL = ("Html", "Button")
#: Where the same can be done without the app.
LIGHT_FORMS = {"answer": "/form"}


def answer(address: str, asked: HTTPConnection) -> Response:
    """The page of an address."""
    gzip = takes_gzip(asked.headers)
    sent = {
        "Cache-Control": "no-cache",
        "Vary": "Accept-Encoding",
        security_headers.POLICY: security_headers.app_policy(_plain_page(address), asked),
    }
    if gzip:
        sent["Content-Encoding"] = "gzip"
    page = _page(address, preview.address(asked), gzip=gzip)
    return Response(page, media_type="text/html", headers=sent)


@lru_cache(maxsize=64)  # whoever asks may name any host, and the address of the picture has it
def _page(address: str, picture: str, *, gzip: bool) -> bytes:
    page = first_html(address, picture).encode()
    return compressed(page) if gzip else page


@cache
def _plain_page(address: str) -> str:
    return first_html(address)


def first_html(address: str, picture: str = "") -> str:
    """Streamlit's page with our head, our words and our looks.

    Our words come before its styles, so that they are there as soon as the page is.

    Args:
        picture: the whole address of the picture for previews.
    """
    screen = next(screen for screen in SCREENS if screen.address == address)
    page = _theirs()
    styles = STYLES.search(page)
    if styles is None or not all(part in page for part in (CHARSET, END_OF_HEAD, ROOT)):
        raise RuntimeError("Streamlit's page is not of the form that this version works with")
    page = STYLES.sub("", THEIRS.sub("", page))
    sheet = Markup(styles[0])  # noqa: S704  a part of Streamlit's own page
    first = _loading(screen) + sheet + render("lost_connection.html") + shell()
    page = page.replace(CHARSET, f"{CHARSET}{_head(screen, picture)}", 1)
    page = page.replace(END_OF_HEAD, f"{_early(address, page)}{END_OF_HEAD}", 1)
    return page.replace(ROOT, f"{first}{ROOT}", 1)


def _theirs() -> str:
    return (Path(file_util.get_static_dir()) / "index.html").read_text(encoding="utf-8")


def _head(screen: Screen, picture: str) -> str:
    title = f"{screen.title} · {NAME}" if screen.address else NAME
    light_form = LIGHT_FORMS.get(screen.address, "")
    head = render(
        "head.html",
        title=title,
        description=screen.description,
        icon=icon_address(),
        picture=picture,
    )
    return head + ground() + render("light_form_at_once.html", light_form=light_form)


def _loading(screen: Screen) -> Markup:
    """What stands there until the app has drawn, and without scripts."""
    light_form = LIGHT_FORMS.get(screen.address, "")
    return (
        render("without_scripts.html", light_form=light_form)
        + render("loading.html", title=screen.title, words=screen.loading, light_form=light_form)
        + script("loading/loading")
    )


def _early(address: str, page: str) -> Markup:
    """Links to the parts with which a screen is drawn, so that they come with the app."""
    known = set(SCRIPTS.findall(page))
    names = (name for part in PARTS.get(address, IN_ALL) for name in with_imports(part, known))
    preload = Markup('<link rel="modulepreload" crossorigin href="./static/js/{}">')
    return Markup().join(map(preload.format, names))


@cache
def answering_files() -> list[str]:
    """The addresses of what the full form is made of, the most needed first, the type last."""
    page = first_html("answer")
    styles = re.findall(r"href=\"\./(static/css/[^\"]+)\"", page)
    type_face = [found for found in THEIRS.findall(_theirs()) if found]
    scripts = [f"static/js/{name}" for name in SCRIPTS.findall(page)]
    return [f"/{name.removeprefix('./')}" for name in (*scripts, *styles, *type_face)]
