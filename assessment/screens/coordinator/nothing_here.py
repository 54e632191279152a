"""What stands where an address names no round of the organisation."""

from __future__ import annotations

from assessment.screens.shared import markup
from assessment.screens.shared.markup import BUTTON, link

NOTHING_HERE = markup.message(
    "There is no such round here",
    "Perhaps the address is not complete, or nobody has opened one yet. Nothing was lost.",
    link("To the first screen", "/", BUTTON),
)
