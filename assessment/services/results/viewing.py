"""Who may see the results of a round: the one gate, which every screen, page and file asks.

Results are seen by whoever came with a code of the round, and by those who run it; by nobody
before they are published. The code stays with nobody: the browser is given a pass, which names the
round and which nobody can make without the secret of the installation.
"""

from __future__ import annotations

import hmac
from collections.abc import Collection
from dataclasses import dataclass, field
from hashlib import sha256

from assessment.report.summary import Summary
from assessment.services.access.installation_secret import derived
from assessment.services.access.sessions import session_of
from assessment.services.results.publication import DATA, SUMMARIES, SUMMARY, WORKBOOK
from assessment.services.rounds.states import Act, allows
from assessment.store import Store
from assessment.store.records import AssessmentRecord, FollowUpRecord

PURPOSE = "passes to results"
#: The most rounds that a browser has a pass for; the oldest goes first.
MOST = 5


@dataclass(frozen=True)
class Browser:
    """What a browser shows of itself.

    Attributes:
        passes: as its cookie has them.
        tokens: of its sessions, as a respondent and in a working group.
        organisation: of whoever has signed in, as a coordinator or viewer; empty for others.
    """

    passes: str = field(default="", repr=False)
    tokens: Collection[str] = field(default=(), repr=False)
    organisation: str = ""


def with_pass(passes: str, assessment: str) -> str:
    """The passes of a browser, with one more for a round that it came to by a code."""
    others = (one for one in _valid(passes) if one != assessment)
    return "~".join(map(_pass, [assessment, *others][:MOST]))


def _pass(assessment: str) -> str:
    return f"{assessment}.{hmac.new(derived(PURPOSE), assessment.encode(), sha256).hexdigest()}"


def _valid(passes: str) -> list[str]:
    """The rounds for which somebody has a pass that we made, the newest first."""
    found = []
    for one in passes.split("~")[:MOST]:
        assessment = one.partition(".")[0]
        if assessment and hmac.compare_digest(one.encode(), _pass(assessment).encode()):
            found.append(assessment)
    return found


def newest_pass(passes: str) -> str:
    """The round to which a browser came last; empty where it has no pass."""
    return next(iter(_valid(passes)), "")


def was_invited(store: Store, record: AssessmentRecord, browser: Browser) -> bool:
    """Whether somebody came with a code of this round: in this browser, or by its session."""
    if record.id in _valid(browser.passes):
        return True
    sessions = (session_of(store, token) for token in browser.tokens)
    return any(found is not None and found[1].id == record.id for found in sessions)


def runs_the_round(record: AssessmentRecord, browser: Browser) -> bool:
    """Whether somebody is a coordinator or viewer of the round's organisation."""
    return browser.organisation == record.organisation.id


@dataclass(frozen=True)
class PublishedResults:
    """The results of a round as they were published, for whoever may see them. Each part is read
    when it is asked for."""

    record: AssessmentRecord
    _store: Store = field(repr=False)

    def published_part(self, name: str) -> bytes:
        """A part as it was kept.

        Raises:
            UnreachableError: the store does not answer.
        """
        with self._store.read() as work:
            found = work.publications.published_part(self.record.id, name)
        assert found is not None, "what is published is kept with all its parts"
        return found

    @property
    def summary(self) -> Summary:
        return SUMMARIES.validate_json(self.published_part(SUMMARY))

    def workbook(self) -> bytes:
        return self.published_part(WORKBOOK)

    def data(self) -> str:
        """The result as other programs read it: JSON."""
        return self.published_part(DATA).decode()

    @property
    def follow_ups(self) -> list[FollowUpRecord]:
        with self._store.read() as work:
            return work.publications.follow_ups(self.record.id)


def for_everybody_invited(store: Store, name: str, browser: Browser) -> PublishedResults | None:
    """The results of a round for whoever came with a code of it; None for anybody else, and for
    everybody before they are published."""
    record = _published(store, name)
    if record is None or not was_invited(store, record, browser):
        return None
    return PublishedResults(record, store)


def results(store: Store, name: str, browser: Browser) -> PublishedResults | None:
    """The same also for those who run the round."""
    record = _published(store, name)
    if record is None or not may_wait_for(store, record, browser):
        return None
    return PublishedResults(record, store)


def may_wait_for(store: Store, record: AssessmentRecord, browser: Browser) -> bool:
    """Whether somebody may know that there is this round, and that its results are still to come.
    To anybody else there is nothing at its address."""
    return runs_the_round(record, browser) or was_invited(store, record, browser)


def _published(store: Store, name: str) -> AssessmentRecord | None:
    with store.read() as work:
        record = work.assessments.get(name) if name else None
    return record if record is not None and allows(record, Act.SEE_RESULTS) else None
