"""The clock of the app at a moment that a test chooses."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from assessment.services import clock

#: So many days ago an end is over with its hours of grace, whatever the time zone.
LONG_AGO = timedelta(days=4)


def set_clock(monkeypatch: pytest.MonkeyPatch, when: datetime | date | str) -> datetime:
    """Let the app believe that it is a moment: one in UTC, the noon of a day, or one as ISO writes
    it."""
    if isinstance(when, str):
        when = datetime.fromisoformat(when)
    elif not isinstance(when, datetime):
        when = datetime(when.year, when.month, when.day, 12)
    moment = when if when.tzinfo else when.replace(tzinfo=UTC)
    monkeypatch.setattr(clock, "source", lambda: moment)
    return moment
