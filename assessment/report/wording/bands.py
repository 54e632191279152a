"""What the bands are called."""

from __future__ import annotations

from scoring.rules.model import Band

BAND_TITLES: dict[Band, str] = {
    "groundwork": "Groundwork",
    "emerging": "Emerging",
    "nearly_ready": "Nearly ready",
    "ready": "Ready",
}
