"""Bands: words for a score, and caps on them."""

from __future__ import annotations

from collections.abc import Iterable

from scoring.rules.model import Band

BANDS: tuple[Band, ...] = ("groundwork", "emerging", "nearly_ready", "ready")
#: The score from which each band after the first begins. Our judgement.
FROM = (40, 60, 80)
TITLES: dict[Band, str] = {
    "groundwork": "Groundwork",
    "emerging": "Emerging",
    "nearly_ready": "Nearly ready",
    "ready": "Ready",
}


def band_of(score: float) -> Band:
    """The band of a score from 0 to 100."""
    return BANDS[sum(score >= start for start in FROM)]


def start_of(band: Band) -> int:
    """The lowest score of a band."""
    return (0, *FROM)[rank(band)]


def rank(band: Band) -> int:
    return BANDS.index(band)


def at_most_one_above(band: Band) -> Band:
    """The highest band that a limit allows: one above it."""
    return BANDS[min(rank(band) + 1, len(BANDS) - 1)]


def lowest(bands: Iterable[Band]) -> Band:
    return min(bands, key=rank)
