"""Sweeping: what leads nobody anywhere any more is deleted.

Drafts and sessions have no time, so that nothing tells when somebody answered. What is old is
known by the last day of its round, and for sessions with which nothing was answered, by having been
seen here, in memory, some time ago.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from assessment.services.access import accounts
from assessment.services.rounds.plan import MOST_GRACE
from assessment.services.rounds.states import moments
from assessment.store import Store

#: How long after its last day a round can still tell a browser that it is over.
AFTER_LAST_DAY = timedelta(days=14)
#: How long before today a round may have ended whose last hour of grace was yesterday, anywhere.
ENDED_WITHIN = timedelta(hours=MOST_GRACE, days=3)
#: How long a session with which nothing was answered is left, seconds: somebody may be reading.
LEFT_BARE = 48 * 60 * 60


@dataclass(frozen=True)
class Swept:
    """How many sessions and drafts were deleted."""

    sessions: int
    drafts: int


class Sweeper:
    """Deletes what nobody can reach, each time it is asked to."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        #: When a session with which nothing was answered was first seen.
        self._seen: dict[str, float] = {}
        #: The day on which the tables were written anew last.
        self._compacted: date | None = None

    def sweep(self, store: Store, today: date) -> Swept:
        """Delete the sessions and drafts of rounds that were over some time ago, sessions with
        which nothing was answered for long, and drafts to which nothing leads. On the day after
        the one on which the last hour of grace of a round ended, nothing stays of what was deleted
        in it. Where several processes serve one database, one of them does it.

        Raises:
            UnreachableError: the store does not answer; nothing is deleted.
        """
        if not store.once.is_ours():
            return Swept(0, 0)
        over = today - AFTER_LAST_DAY
        with store.read() as work:
            bare = work.sessions.bare()
        now = self._clock()
        self._seen = {token: self._seen.get(token, now) for token in bare}
        old = [token for token, since in self._seen.items() if now - since >= LEFT_BARE]
        with store.write() as work:
            sessions = work.sessions.remove_bare(old) + work.sessions.remove_of_closed(over)
            drafts = work.drafts.remove_of_closed(over) + work.drafts.remove_unreachable()
            accounts.forget_old(work)
            work.members.remove_of_closed(over)
            ended = work.assessments.schedules_ending(today - ENDED_WITHIN, today)
            work.commit()
        store.traces.erase()
        overs = {moments(schedule).over.date() for schedule in ended}
        if today - timedelta(days=1) in overs and self._compacted != today:
            store.compact()
            self._compacted = today
        return Swept(sessions, drafts)
