"""What the store hands out: plain frozen records, no rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from questionnaires.forms import Form
from questionnaires.model import Side


@dataclass(frozen=True)
class OrganisationRecord:
    """An organisation. ``help_contact`` is whom a respondent can turn to."""

    id: str
    name: str
    setting: str
    help_contact: str


@dataclass(frozen=True)
class GroupRecord:
    """A stakeholder group of one assessment; ``asked_like`` names the built-in group whose
    questions it is asked, ``code`` opens its questionnaire."""

    group: str
    title: str
    side: Side
    asked_like: str
    head_count: int
    code: str


@dataclass(frozen=True)
class WorkingGroupRecord:
    """Who runs an assessment: how many, how many with lived experience, and whether they are paid
    for their time; of the key-holders likewise."""

    members: int
    members_lived_experience: int
    members_paid: bool
    key_holders: int
    key_holders_lived_experience: int
    code: str


@dataclass(frozen=True)
class AssessmentRecord:
    """One assessment with its groups and the versions of its questionnaires.

    Attributes:
        form: how much is asked: a quick look or a full round.
        follows: the quick look whose agreed answers a full round began with.
    """

    id: str
    organisation: OrganisationRecord
    title: str
    opens_on: date
    closes_on: date
    minimum_group_size: int
    ladder: str
    seed: int
    working_group: WorkingGroupRecord
    groups: tuple[GroupRecord, ...]
    questionnaires: dict[str, int]
    form: Form = "full"
    follows: str | None = None

    def group(self, name: str) -> GroupRecord:
        return next(group for group in self.groups if group.group == name)


@dataclass(frozen=True)
class SeatRecord:
    """A browser's place in an assessment. ``draft`` is None for the working group, and for a
    respondent before the first page and after handing in."""

    assessment: str
    group: str
    draft: str | None = None
    own_device: bool = False
    handed_in: bool = False


@dataclass(frozen=True)
class AgreedRecord:
    """One agreed answer with its evidence note; ``revision`` rises with each change."""

    value: str
    note: str
    revision: int
