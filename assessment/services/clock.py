"""The clock: the one place that asks what time it is, so that tests can say so instead."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from zoneinfo import ZoneInfo, available_timezones

from assessment.store.records import DEFAULT_ZONE
from questionnaires.phrases import city

#: The parts of the world by which cities are ordered; other names are older ones of the same zones.
CONTINENTS = frozenset(
    {
        "Africa",
        "America",
        "Antarctica",
        "Asia",
        "Atlantic",
        "Australia",
        "Europe",
        "Indian",
        "Pacific",
    }
)


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


@cache
def time_zones() -> Mapping[str, str]:
    """The time zones that somebody can choose, by their IANA names: each by the city that it is
    named after and its part of the world, in the order of the cities."""
    found = [name for name in available_timezones() if name.split("/", 1)[0] in CONTINENTS]
    labels = {name: f"{city(name)} ({name.split('/', 1)[0]})" for name in found}
    return {name: labels[name] for name in sorted(found, key=lambda name: labels[name])}


@lru_cache(maxsize=256)
def zone(name: str) -> ZoneInfo:
    """A time zone by its IANA name. One that this machine does not know is taken for the usual one,
    so that a round stays usable where a database moves to an older system."""
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, LookupError):
        return ZoneInfo(DEFAULT_ZONE)
