"""Setting up: an organisation opens an assessment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import Field, StringConstraints, model_validator

from assessment.services.access.codes import new_code, new_id
from assessment.store import Store
from assessment.store.records import (
    AssessmentRecord,
    GroupRecord,
    OrganisationRecord,
    WorkingGroupRecord,
)
from questionnaires.forms import Form
from questionnaires.library import Library
from questionnaires.model import WORKING_GROUP, Id, Model, Side
from questionnaires.phrases import listing
from questionnaires.reference_data import GROUP_SIDES, RESERVED_GROUPS
from scoring.answers.context import LEAST_MINIMUM
from scoring.thresholds import thresholds

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
#: Of a working group at least this share, and at least so many people, have lived experience.
LIVED_EXPERIENCE_SHARE, LIVED_EXPERIENCE_MEMBERS, KEY_HOLDERS = 1 / 3, 2, 2


#: What the results cannot say where a questionnaire is left out.
LEFT_OUT = {
    "organisational-foundations": (
        "Without the organisational foundations nothing shows what is in place. No kind of peer "
        "work counts as ready then, beyond building up involvement."
    ),
    "programme-fit": (
        "Without the facts about your programme each of them counts as the cautious answer, and "
        "the recommendation cannot say what fits the people you serve."
    ),
    "coproduction-principles": (
        "Without the questions on working together the results say nothing about how "
        "co-production is lived day by day."
    ),
    "buy-in": (
        "Without the questions on what people think of peer work their support and their "
        "concerns stay unknown."
    ),
}


class GroupPlan(Model):
    """A stakeholder group that is to be asked.

    Attributes:
        group: the id of a built-in group, or one of its own.
        asked_like: the built-in group whose questions it is asked; itself for a built-in one.
    """

    group: Id
    title: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
    side: Side
    asked_like: Id
    head_count: Annotated[int, Field(ge=1, le=100_000)]

    @model_validator(mode="after")
    def _on_one_side(self) -> GroupPlan:
        if self.group in (WORKING_GROUP, *RESERVED_GROUPS):
            raise ValueError(f"{self.title!r} is taken: give the group another name")
        if self.asked_like not in GROUP_SIDES:
            raise ValueError(f"choose whose questions {self.title!r} are asked")
        if GROUP_SIDES[self.asked_like] != self.side:
            raise ValueError(
                f"{self.title!r} can only be asked what a group of their own side is asked"
            )
        if self.group in GROUP_SIDES and self.asked_like != self.group:
            raise ValueError(f"{self.title!r} are asked their own questions")
        return self


class WorkingGroupPlan(Model):
    """Who runs the assessment."""

    members: Annotated[int, Field(ge=1, le=1000)]
    members_lived_experience: Annotated[int, Field(ge=0, le=1000)]
    members_paid: bool
    key_holders: Annotated[int, Field(ge=1, le=1000)]
    key_holders_lived_experience: Annotated[int, Field(ge=0, le=1000)]

    @model_validator(mode="after")
    def _parts_of_a_whole(self) -> WorkingGroupPlan:
        if self.members_lived_experience > self.members:
            raise ValueError("more members with lived experience than members")
        if self.key_holders > self.members:
            raise ValueError("more key-holders than members of the working group")
        if self.key_holders_lived_experience > self.key_holders:
            raise ValueError("more key-holders with lived experience than key-holders")
        return self


class AssessmentPlan(Model):
    """Everything that is decided before an assessment opens."""

    organisation: Line
    setting: Line
    help_contact: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=1, max_length=400)
    ]
    title: Line
    opens_on: date
    closes_on: date
    groups: Annotated[tuple[GroupPlan, ...], Field(min_length=1, max_length=20)]
    questionnaires: Annotated[tuple[Id, ...], Field(min_length=1)]
    form: Form = "full"
    #: The quick look that a full round goes on from: the working group's answers come along.
    follows: str | None = None
    minimum_group_size: Annotated[int, Field(ge=LEAST_MINIMUM, le=100)] = Field(
        default_factory=lambda: thresholds().minimum_group_size
    )
    ladder: Id = "seven_step"
    working_group: WorkingGroupPlan

    @model_validator(mode="after")
    def _fits_together(self) -> AssessmentPlan:
        if self.follows is not None and self.form != "full":
            raise ValueError("only a full round goes on from a quick look")
        if self.closes_on < self.opens_on:
            raise ValueError("the last day is before the first")
        for names in ([g.group for g in self.groups], [g.title.lower() for g in self.groups]):
            if twice := sorted({name for name in names if names.count(name) > 1}):
                raise ValueError(f"the group {twice[0]!r} is named twice")
        return self


@dataclass(frozen=True)
class Advice:
    """Something to think over before opening.

    Attributes:
        about: ``groups``, ``questions`` or ``working-group``: where it can be changed.
    """

    text: str
    step: str


def people(count: int) -> str:
    return "1 person" if count == 1 else f"{count} people"


def advice(plan: AssessmentPlan) -> list[Advice]:
    """What a working group should think over before it opens, in words; nothing is forbidden."""
    parts = []
    for side, name in (("lived_experience", "lived experience"), ("organisation", "organisation")):
        groups = [group for group in plan.groups if group.side == side]
        parts += [Advice(text, "groups") for text in _small_groups(groups, plan.minimum_group_size)]
        if not groups:
            text = (
                f"No group on the side of {name} is asked. Readiness rests on both sides; "
                "without lived experience its culture and its principles stay uncertain."
            )
            parts.append(Advice(text, "groups"))
    parts += [
        Advice(text, "questions")
        for name, text in LEFT_OUT.items()
        if name not in plan.questionnaires
    ]
    return parts + [Advice(text, "working-group") for text in _lopsided(plan.working_group)]


def _small_groups(groups: Sequence[GroupPlan], minimum: int) -> list[str]:
    """What happens to the small groups of one side, and what can be done about it."""
    small = [group for group in groups if group.head_count < minimum]
    together = sum(group.head_count for group in small)
    parts = []
    if len(small) > 1 and together >= minimum:
        parts.append(
            f"{listing([group.title for group in small])}: each group is smaller than the minimum "
            f"of {minimum}. Their numbers are shown as one, once {minimum} of these {together} "
            "people have replied."
        )
    else:
        parts += [f"{_hidden(group, minimum)} {_remedy(group, groups, minimum)}" for group in small]
    parts += [
        f"{group.title}: numbers show only if all {minimum} reply."
        for group in groups
        if group.head_count == minimum
    ]
    return parts


def _hidden(group: GroupPlan, minimum: int) -> str:
    return (
        f"{group.title}: with {people(group.head_count)} this group stays under the minimum of "
        f"{minimum}, so it would show no numbers."
    )


def _remedy(group: GroupPlan, groups: Sequence[GroupPlan], minimum: int) -> str:
    """How a group that is too small can be heard after all."""
    statement = "ask it for a written statement that somebody outside helps it to make"
    others = [
        other
        for other in groups
        if other is not group and other.head_count + group.head_count >= minimum
    ]
    if not others:
        return f"You can invite more people to it, or {statement}."
    largest = max(others, key=lambda other: other.head_count)
    drop = "untick" if group.group in GROUP_SIDES else "remove"
    return (
        f"You can combine it: {drop} {group.title}, add its {people(group.head_count)} to "
        f"{largest.title}, and give them that group’s link. They are then asked what "
        f"{largest.title} are asked. Or {statement}."
    )


def _lopsided(team: WorkingGroupPlan) -> list[str]:
    parts = []
    wanted = max(LIVED_EXPERIENCE_MEMBERS, -(-team.members // 3))
    if team.members_lived_experience < wanted:
        parts.append(
            f"Working group: {team.members_lived_experience} of {team.members} have lived "
            f"experience. It should be at least {wanted}."
        )
    if not team.members_paid:
        parts.append("Working group: pay members with lived experience for their time.")
    if team.key_holders < KEY_HOLDERS or not team.key_holders_lived_experience:
        parts.append(
            "Key-holders: two are better than one, and one of them with lived experience, so "
            "that nobody holds the answers alone."
        )
    return parts


def open_assessment(store: Store, library: Library, plan: AssessmentPlan) -> str:
    """Keep a plan and make a link for each of its groups.

    Returns:
        The new assessment's id.
    """
    with store.write() as work:
        known = work.assessments.all()
        same = [r.organisation for r in known if r.organisation.name == plan.organisation]
        organisation = OrganisationRecord(
            same[0].id if same else new_id(), plan.organisation, plan.setting, plan.help_contact
        )
        record = _record(plan, organisation, _versions(library, plan.questionnaires))
        work.assessments.add(record)
        if plan.follows is not None:
            work.agreed.copy(plan.follows, record.id)
        work.commit()
    return record.id


def _versions(library: Library, wanted: Sequence[str]) -> dict[str, int]:
    versions = {q.id: q.version for q in library.questionnaires}
    return {name: versions[name] for name in wanted}


def _record(
    plan: AssessmentPlan, organisation: OrganisationRecord, questionnaires: dict[str, int]
) -> AssessmentRecord:
    return AssessmentRecord(
        id=new_id(),
        organisation=organisation,
        title=plan.title,
        opens_on=plan.opens_on,
        closes_on=plan.closes_on,
        minimum_group_size=plan.minimum_group_size,
        ladder=plan.ladder,
        seed=0,
        working_group=WorkingGroupRecord(code=new_code(), **plan.working_group.model_dump()),
        groups=tuple(GroupRecord(code=new_code(), **group.model_dump()) for group in plan.groups),
        questionnaires=questionnaires,
        form=plan.form,
        follows=plan.follows,
    )
