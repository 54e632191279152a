"""A member of the working group who answers alone first: what they are asked, and whether they may
still.

They are asked about what is in place, as each of them sees it; facts are looked up together.
"""

from __future__ import annotations

from collections.abc import Mapping

from assessment.services.access.codes import new_id
from assessment.store import UnitOfWork
from assessment.store.records import AssessmentRecord
from questionnaires.model import WORKING_GROUP, Kind
from questionnaires.question_text import Reader

#: No stakeholder group can be called so: it is no id.
MEMBER = "working_group:member"
TITLE = "Working group, each alone"
READER = Reader(MEMBER, None, WORKING_GROUP)
#: Reading alone takes as long as it takes others who are asked the same.
READS_LIKE = Reader("manager", "organisation", "manager")
ASKED: tuple[Kind, ...] = ("practice",)

ENDED = (
    "Your group has ended the part in which each answers alone, so this was not saved. Go on "
    "together: open the working group’s link."
)
ALL_IN = (
    "As many have handed in as the working group has members, so this was not handed in. If you "
    "have not handed in before, somebody has answered twice: talk about it in your group. Your "
    "answers are kept until the part in which each answers alone is over."
)


def is_member(group: str) -> bool:
    """Whether a draft's group, or its reader's, is a member of the working group."""
    return group in (WORKING_GROUP, MEMBER)


def title_of(record: AssessmentRecord, group: str) -> str:
    """The group's name, as the people in it read it."""
    return TITLE if is_member(group) else record.group(group).title


def refusal(work: UnitOfWork, record: AssessmentRecord) -> str:
    """Why a member cannot hand in now; empty where they can."""
    if work.members.spread(record.id) is not None:
        return ENDED
    return ALL_IN if work.members.count(record.id) >= record.working_group.members else ""


def add_response(work: UnitOfWork, record: AssessmentRecord, answers: Mapping[str, str]) -> None:
    """Keep what a member answered alone, with nothing that says who."""
    work.members.add(new_id(), record.id, answers)
    work.members.write_anew(record.id)
