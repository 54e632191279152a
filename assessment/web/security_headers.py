"""What a browser may do with what we send it, by the kind of page: as little as each needs.

Scripts and styles that stand in a page are named by the hash of their text, and so are those that a
screen adds while it runs: nothing else runs, whatever gets into a page.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable
from functools import lru_cache
from hashlib import sha256

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import Scope

from assessment.screens.shared.page import added_scripts, added_styles
from assessment.web import hosts, preview

POLICY = "Content-Security-Policy"
#: What is not in use is refused to our own pages, too, and so to whatever gets into one.
UNUSED = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "clipboard-read",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "gamepad",
    "geolocation",
    "gyroscope",
    "hid",
    "identity-credentials-get",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "otp-credentials",
    "payment",
    "picture-in-picture",
    "publickey-credentials-create",
    "publickey-credentials-get",
    "screen-wake-lock",
    "serial",
    "storage-access",
    "usb",
    "window-management",
    "xr-spatial-tracking",
)
#: Of all that is sent.
OF_ALL = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}
#: Of pages. They are long, and the app is loaded from some seventy files.
OF_PAGES = {
    # For browsers that do not know frame-ancestors.
    "X-Frame-Options": "DENY",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in UNUSED),
    "Cross-Origin-Opener-Policy": "same-origin",
}
#: A year, for this name alone: of others beside it this app knows nothing.
HTTPS_ONLY = "max-age=31536000"

#: A rule that the app's buttons write into the page, for fingers.
BUTTONS = """@layer {
  [data-react-aria-pressable] {
    touch-action: pan-x pan-y pinch-zoom;
  }
}"""

#: A script or a style that stands in a page.
INLINE = re.compile(r"<(script|style)(?![^>]*\ssrc=)[^>]*>(.*?)</\1>", re.DOTALL)
#: What a browser sends as the name of a host, and a policy can hold.
HOST = re.compile(r"[a-z0-9.-]+(?::\d+)?", re.IGNORECASE)

#: Of what is no page: should a browser show it as one, nothing in it works.
NOTHING = "default-src 'none'; frame-ancestors 'none'; sandbox"


def lay_over(scope: Scope, headers: MutableHeaders) -> None:
    """Give an answer its headers; one that says itself what its page may do is believed."""
    headers.update(OF_ALL)
    headers.setdefault(POLICY, NOTHING)
    if headers.get("content-type", "").startswith("text/html"):
        headers.update(OF_PAGES)
    if scope["path"] == preview.path():
        # Messengers in a browser show it beside a link.
        headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    if hosts.is_https(scope):
        headers["Strict-Transport-Security"] = HTTPS_ONLY


def message_policy(page: str) -> str:
    """Of a page with words alone."""
    return _policy(style_src=_hashes(_inline("style", page)), img_src=["data:"])


def own_policy(asked: HTTPConnection) -> str:
    """Of a page of our own: its style sheet, its script, its forms."""
    return _policy(
        script_src=["'self'"],
        style_src=["'self'"],
        img_src=["data:"],
        connect_src=_connections(asked.headers),
        form_action=["'self'"],
        require_trusted_types_for=["'script'"],
        trusted_types=["'none'"],
    )


def app_policy(page: str, asked: HTTPConnection) -> str:
    """Of a page that loads the app.

    Its styles are written while it runs, each rule by itself, into style elements that are empty;
    what charts draw has its measures in attributes.
    """
    scripts, styles = _named(page)
    return _policy(
        script_src=["'self'", *scripts],
        # For browsers that do not know the two that follow.
        style_src=["'self'", "'unsafe-inline'"],
        style_src_elem=["'self'", *styles],
        style_src_attr=["'unsafe-inline'"],
        img_src=["'self'", "data:"],
        font_src=["'self'", "data:"],
        connect_src=_connections(asked.headers),
        form_action=["'self'"],
    )


@lru_cache(maxsize=32)
def _named(page: str) -> tuple[list[str], list[str]]:
    """The scripts and the styles that a page which loads the app may have, each by its hash."""
    scripts = _hashes([*_inline("script", page), *added_scripts()])
    return scripts, _hashes([*_inline("style", page), *added_styles(), BUTTONS, ""])


def _policy(**allowed: Iterable[str]) -> str:
    """A policy that allows what is named."""
    named = {
        "default_src": ["'none'"],
        "base_uri": ["'none'"],
        "form_action": ["'none'"],
        "frame_ancestors": ["'none'"],
        **allowed,
    }
    return "; ".join(f"{name.replace('_', '-')} {' '.join(of)}" for name, of in named.items())


def _connections(headers: Headers) -> list[str]:
    """Our own host, by its name, too: older browsers take no websocket for the page's origin."""
    host = headers.get("host", "")
    return ["'self'", *((f"ws://{host}", f"wss://{host}") if HOST.fullmatch(host) else ())]


def _inline(kind: str, page: str) -> list[str]:
    return [text for found, text in INLINE.findall(page) if found == kind]


def _hashes(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(map(_hash, texts)))


def _hash(text: str) -> str:
    """How a policy names a script or a style: by its text."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
