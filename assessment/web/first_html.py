"""The first HTML of every screen: what a tab and the preview of a link show, what stands there
without scripts, and our looks, before the app has loaded."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import Response
from streamlit import file_util

from assessment.brand.name import NAME, icon_address
from assessment.screens.shared.navigation import SCREENS
from assessment.screens.shared.page import shell
from assessment.screens.shared.templates import render
from assessment.web.compression import compressed, takes_gzip

#: What Streamlit's page says of itself, and programs that it offers an interface to.
THEIRS = re.compile(
    r"<!--\s+Machine-readable.*?-->|<title>.*?</title>|<noscript>.*?</noscript>"
    r"|<link rel=\"(?:shortcut icon|service-desc)\".*?>",
    re.DOTALL,
)


def answer(address: str, headers: Headers) -> Response:
    """The page of an address."""
    gzip = takes_gzip(headers)
    sent = {"Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
    if gzip:
        sent["Content-Encoding"] = "gzip"
    return Response(_page(address, gzip=gzip), media_type="text/html", headers=sent)


@cache
def _page(address: str, *, gzip: bool) -> bytes:
    page = first_html(address).encode()
    return compressed(page) if gzip else page


def first_html(address: str) -> str:
    """Streamlit's page with our head, our words and our looks."""
    screen = next(screen for screen in SCREENS if screen.address == address)
    title = f"{screen.title} · {NAME}" if screen.address else NAME
    head = render("head.html", title=title, description=screen.description, icon=icon_address())
    theirs = (Path(file_util.get_static_dir()) / "index.html").read_text(encoding="utf-8")
    page = THEIRS.sub("", theirs)
    charset, root = '<meta charset="UTF-8" />', '<div id="root"></div>'
    if charset not in page or root not in page:
        raise RuntimeError("Streamlit's page is not of the form that this version works with")
    ours = render("without_scripts.html") + render("lost_connection.html") + shell()
    return page.replace(charset, f"{charset}{head}", 1).replace(root, f"{ours}{root}", 1)
