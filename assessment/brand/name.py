"""The tool's name and its icon, as every page carries them."""

from __future__ import annotations

from base64 import b64encode

NAME = "Ready for peer work?"
#: A disc that is half full: the sign that stands beside every band.
ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><circle cx="16" cy="16" r="13" '
    'fill="#fff" stroke="#0B5B5A" stroke-width="4"/><path d="M16 3a13 13 0 0 1 0 26z" '
    'fill="#0B5B5A"/></svg>'
)


def icon_address() -> str:
    """The icon as an address that holds it, so that no browser fetches it from anywhere."""
    return f"data:image/svg+xml;base64,{b64encode(ICON.encode()).decode()}"
