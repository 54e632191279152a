"""What may stand in a cell of a table; numbers have the format of their kind."""

from __future__ import annotations

from typing import Literal

from scoring.disclosure.groups_and_rounding import Suppressed

Kind = Literal["text", "points", "share", "steps", "count", "tenths", "hundredths"]
Value = str | int | float | Suppressed | None

FORMATS: dict[Kind, str] = {
    "text": "General",
    "points": "0",
    "count": "0",
    "share": "0%",
    "steps": "0.0",
    "tenths": "0.0",
    "hundredths": "0.00",
}
