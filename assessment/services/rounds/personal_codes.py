"""Personal codes: for each person of a group a code that lets them answer once.

Codes are shown when they are made and never again: the store keeps a slow hash of each. Nobody
notes who gets which; cards are drawn, or messages sent, without a list.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from assessment.services.access import code_words
from assessment.services.access.codes import new_code, opened
from assessment.services.rounds.audit import note
from assessment.store import Store
from assessment.store.records import AssessmentRecord

#: The most codes that are made at a time; each takes some hundredths of a second.
MOST_AT_ONCE = 500
#: What the audit log calls it.
MADE, CALLED_BACK = "codes_made", "codes_called_back"


@dataclass(frozen=True)
class Codes:
    """The codes of a group. Never how many were used: that would tell how many have begun.

    Attributes:
        made: in all.
        since: of them, how many were made since codes were last called back.
        words: whether the last were made of words.
    """

    made: int = 0
    since: int = 0
    words: bool = False

    @property
    def called_back(self) -> bool:
        """Whether some were called back."""
        return self.since < self.made


def make(
    store: Store, record: AssessmentRecord, group: str, number: int, *, words: bool = False
) -> tuple[str, ...]:
    """Make codes for people of a group, who from now on come in by codes alone.

    Args:
        number: how many, from 1 to ``MOST_AT_ONCE``.
        words: codes of six words instead of letters and numbers.

    Returns:
        The codes, which are stored nowhere, in an order that is that of no row.

    Raises:
        UnreachableError: the store does not answer. No code works then.
    """
    if not 1 <= number <= MOST_AT_ONCE:
        raise ValueError(f"from 1 to {MOST_AT_ONCE} codes are made at a time; asked for {number}")
    one = code_words.new_code if words else new_code
    codes = tuple(one() for _ in range(number))
    # Hashing lets go of the interpreter, so that others are served meanwhile.
    with ThreadPoolExecutor(max(1, (os.cpu_count() or 1) // 2)) as workers:
        hashes = [made.hash for made in workers.map(opened, codes)]
    with store.write() as work:
        work.invitations.add(record.id, group, hashes)
        work.invitations.set_entry(record.id, group, "codes")
        title = record.group(group).title
        note(work, record, MADE, codes=number, group=title, of=group, words=words)
        work.commit()
    return codes


def call_back(store: Store, record: AssessmentRecord, group: str) -> None:
    """Let the codes of a group with which nobody has begun or handed in open nothing any more, to
    make others in their place."""
    with store.write() as work:
        work.invitations.revoke(record.id, group)
        number = work.invitations.counts(record.id).get(group, 0)
        title = record.group(group).title
        note(work, record, CALLED_BACK, group=title, of=group, made=number)
        work.commit()


def back_to_one_link(store: Store, record: AssessmentRecord, group: str) -> None:
    """Let people of a group come in by its one link again. Codes that were given out still work."""
    with store.write() as work:
        work.invitations.set_entry(record.id, group, "link")
        note(work, record, "one_link_again", group=record.group(group).title)
        work.commit()


def made(store: Store, record: AssessmentRecord) -> dict[str, Codes]:
    """The codes that were made for each group, those that were called back among them."""
    with store.read() as work:
        counts = work.invitations.counts(record.id)
        entries = work.audit.of(record.id, record.organisation.id)
    gone: dict[str, int] = {}
    words: dict[str, bool] = {}
    for entry in entries:
        group = entry.details.get("of")
        if group is not None and entry.action == CALLED_BACK:
            gone[group] = max(entry.details["made"], gone.get(group, 0))
        elif group is not None and entry.action == MADE:
            words.setdefault(group, entry.details["words"])  # the newest come first
    return {
        group: Codes(number, number - gone.get(group, 0), words.get(group, False))
        for group, number in counts.items()
    }
