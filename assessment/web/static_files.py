"""The scripts and styles that the app is loaded from."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import Response
from streamlit import file_util

from assessment.web.compression import compressed, takes_gzip

#: Files with a hash of their content in their name.
HASHED = re.compile(r"/static/(js|css)/([\w-]+(?:\.[\w-]+)+\.(?:js|css))")
TYPES = {"js": "text/javascript", "css": "text/css"}


def answer(path: str, headers: Headers) -> Response | None:
    """A script or style as gzip; None for anything else, and for whoever cannot read that."""
    found = HASHED.fullmatch(path)
    content = _content(*found.groups()) if found and takes_gzip(headers) else None
    if found is None or content is None:
        return None
    return Response(
        content,
        media_type=TYPES[found[1]],
        headers={
            "Cache-Control": "public, max-age=31536000, immutable",
            "Content-Encoding": "gzip",
            "Vary": "Accept-Encoding",
        },
    )


@cache
def _content(folder: str, name: str) -> bytes | None:
    """A file as gzip; None where there is none."""
    try:
        return compressed(
            (Path(file_util.get_static_dir()) / "static" / folder / name).read_bytes()
        )
    except FileNotFoundError:
        return None
