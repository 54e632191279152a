"""What to think over before an assessment opens; nothing of it is forbidden."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assessment.report.round_details import least_with_lived_experience
from assessment.services.rounds.plan import AssessmentPlan, GroupPlan, WorkingGroupPlan
from questionnaires.phrases import counted, listing

KEY_HOLDERS = 2
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


@dataclass(frozen=True)
class Advice:
    """Something to think over before opening.

    Attributes:
        step: ``groups``, ``questions`` or ``working-group``: where it can be changed.
    """

    text: str
    step: str


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
    return parts + [Advice(text, "working-group") for text in _working_group(plan.working_group)]


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
        # Whoever is promised a written statement has a way to be heard.
        parts += [
            f"{_hidden(group, minimum)} {_remedy(group, groups, minimum)}"
            for group in small
            if not group.statement
        ]
    parts += [
        f"{group.title}: numbers show only if all {minimum} reply."
        for group in groups
        if group.head_count == minimum
    ]
    return parts


def _hidden(group: GroupPlan, minimum: int) -> str:
    return (
        f"{group.title}: with {counted(group.head_count, 'person', 'people')} this group stays "
        f"under the minimum of {minimum}, so it would show no numbers."
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
    drop = "remove" if group.own_title else "untick"
    return (
        f"You can combine it: {drop} {group.title}, add its "
        f"{counted(group.head_count, 'person', 'people')} to {largest.title}, and give them "
        f"that group’s link. They are then asked what {largest.title} are asked. Or {statement}."
    )


def _working_group(team: WorkingGroupPlan) -> list[str]:
    parts = []
    wanted = least_with_lived_experience(team.members)
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
