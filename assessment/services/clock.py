"""The clock: the one place that asks what time it is, so that tests can say so instead."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from assessment.store.records import DEFAULT_ZONE


def _machine() -> datetime:
    return datetime.now(UTC)


#: What tells the moment; `tests` put another one in its place.
source: Callable[[], datetime] = _machine


def now() -> datetime:
    """The moment, in UTC."""
    return source().astimezone(UTC)


def today(time_zone: str = DEFAULT_ZONE) -> date:
    """The day that it is in a time zone."""
    return now().astimezone(zone(time_zone)).date()


@lru_cache(maxsize=256)
def zone(name: str) -> ZoneInfo:
    """A time zone by its IANA name. One that this machine does not know is taken for the usual one,
    so that a round stays usable where a database moves to an older system."""
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, LookupError):
        return ZoneInfo(DEFAULT_ZONE)
