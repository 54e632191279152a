"""QR codes of links."""

from __future__ import annotations

import segno


def qr_image(address: str) -> str:
    """A QR code as the address of an image (a data URI), dark on white with its quiet margin.

    White stays white in a dark theme and in print: many cameras read no other way round.
    """
    code = segno.make(address, error="m", micro=False)
    return code.svg_data_uri(scale=8, border=4, dark="#000000", light="#ffffff")
