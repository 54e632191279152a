"""Personal codes: for each person of a group a code that lets them answer once.

Codes are shown when they are made and never again: the store keeps a slow hash of each. Nobody
notes who gets which; cards are drawn, or messages sent, without a list.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor

from assessment.services.access import code_words
from assessment.services.access.codes import new_code, opened
from assessment.services.rounds.audit import note
from assessment.store import Store
from assessment.store.records import AssessmentRecord

#: The most codes that are made at a time; each takes some hundredths of a second.
MOST_AT_ONCE = 500


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
        note(work, record, "codes_made", codes=number, group=record.group(group).title)
        work.commit()
    return codes


def call_back(store: Store, record: AssessmentRecord, group: str) -> None:
    """Let the codes of a group with which nobody has begun or handed in open nothing any more, to
    make others in their place."""
    with store.write() as work:
        work.invitations.revoke(record.id, group)
        note(work, record, "codes_called_back", group=record.group(group).title)
        work.commit()


def back_to_one_link(store: Store, record: AssessmentRecord, group: str) -> None:
    """Let people of a group come in by its one link again. Codes that were given out still work."""
    with store.write() as work:
        work.invitations.set_entry(record.id, group, "link")
        note(work, record, "one_link_again", group=record.group(group).title)
        work.commit()


def made(store: Store, record: AssessmentRecord) -> dict[str, int]:
    """How many codes were made for each group, those that were called back among them."""
    with store.read() as work:
        return work.invitations.counts(record.id)
