"""The scripts and styles that the app is loaded from, and which of them belong together."""

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
#: What a script loads with itself.
IMPORTED = re.compile(r"""\b(?:from|import)\s*["']\./([\w.-]+\.js)["']""")
STATIC = Path(file_util.get_static_dir()) / "static"
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
        return compressed((STATIC / folder / name).read_bytes())
    except FileNotFoundError:
        return None


def with_imports(part: str, known: set[str]) -> list[str]:
    """The script of a part of the app and all that it imports, by their names.

    Args:
        part: such as ``Radio``; its file has a hash in its name, which is looked up.
        known: scripts that are left out; those that are found are added.
    """
    return [
        name
        for file in sorted((STATIC / "js").glob(f"{part}.*.js"))
        for name in _with_imports(file.name, known)
    ]


def _with_imports(name: str, known: set[str]) -> list[str]:
    if name in known:
        return []
    known.add(name)
    text = (STATIC / "js" / name).read_text(encoding="utf-8")
    imported = (_with_imports(found, known) for found in IMPORTED.findall(text))
    return [name, *(one for several in imported for one in several)]
