"""How many have replied, as it may be told.

While people answer it goes in steps, so that nobody who watches sees who has just answered. It is
exact only when no reply comes by itself any more.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assessment.services.rounds.states import Act, allows
from assessment.store import Store
from assessment.store.records import AssessmentRecord, GroupRecord

#: So many replies make a step.
STEP = 5


@dataclass(frozen=True)
class Count:
    """A number of replies as it may be told.

    Attributes:
        kind: ``fewer`` than the number, that many ``or more``, or ``exactly`` as many.
    """

    kind: Literal["fewer", "or_more", "exactly"]
    number: int

    @property
    def at_least(self) -> int:
        return 0 if self.kind == "fewer" else self.number

    def in_words(self) -> str:
        match self.kind:
            case "fewer":
                return f"fewer than {self.number}"
            case "or_more":
                return f"{self.number} or more"
        return str(self.number)


@dataclass(frozen=True)
class ReplyCount:
    """How far a group is.

    Attributes:
        handed_in: None in a group of fewer people than the minimum: there a count could say who.
    """

    group: GroupRecord
    handed_in: Count | None


def in_steps(replies: int, minimum: int) -> Count:
    """A number as it may be told while people answer: the minimum, and from there steps of five."""
    if replies < minimum:
        return Count("fewer", minimum)
    return Count("or_more", minimum + (replies - minimum) // STEP * STEP)


def reply_counts(store: Store, record: AssessmentRecord) -> list[ReplyCount]:
    """How many of each group have handed in, where that points at nobody.

    How many have begun is told to nobody: whoever begins a few times and gives up again could see
    when somebody else does.
    """
    least = record.minimum_group_size
    with store.read() as work:
        handed_in = work.responses.counts(record.id)
    exact = allows(record, Act.SEE_EXACT_COUNTS)
    found = []
    for group in record.groups:
        replies = handed_in.get(group.group, 0)
        if group.head_count < least:
            found.append(ReplyCount(group, None))
        elif exact:
            found.append(ReplyCount(group, Count("exactly", replies)))
        else:
            found.append(ReplyCount(group, in_steps(replies, least)))
    return found
