"""Bands: ranges of scores, and caps on them."""

from __future__ import annotations

from collections.abc import Iterable

from scoring.rules.model import Band
from scoring.thresholds import thresholds

BANDS: tuple[Band, ...] = ("groundwork", "emerging", "nearly_ready", "ready")


def starts() -> tuple[int, int, int]:
    """The score from which each band after the first begins."""
    limits = thresholds()
    return limits.emerging_from, limits.nearly_ready_from, limits.ready_from


def band_of(score: float) -> Band:
    """The band of a score from 0 to 100."""
    return BANDS[sum(score >= start for start in starts())]


def rank(band: Band) -> int:
    return BANDS.index(band)


def at_most_one_above(band: Band) -> Band:
    """The highest band that a limit allows: one above it."""
    return BANDS[min(rank(band) + 1, len(BANDS) - 1)]


def lowest(bands: Iterable[Band]) -> Band:
    return min(bands, key=rank)
