"""A plan in the making: what a newcomer has decided so far, and what is still missing, in words.

Steps are looked at one by one, so that each mistake is named beside the field that it is about.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta

from assessment.report.terms import MONTHS
from assessment.services.content.question_pages import Reader, counted, minutes, pages
from assessment.services.rounds.plan import (
    LEAST_MINIMUM,
    AssessmentPlan,
    GroupPlan,
    WorkingGroupPlan,
)
from questionnaires.applies import Applies
from questionnaires.forms import Form
from questionnaires.library import Library
from questionnaires.model import WORKING_GROUP, Questionnaire
from questionnaires.reference_data import GROUP_SIDES, GROUP_TITLES, RESERVED_GROUPS
from scoring.thresholds import thresholds

#: How long an assessment stays open unless somebody chooses otherwise. Our judgement: time for
#: each shift and each drop-in day to come round a few times.
USUAL_DAYS = 28
LONGEST_LINE, LONGEST_CONTACT, LONGEST_GROUP = 200, 400, 80
MAX_PEOPLE, MAX_MEMBERS, MAX_GROUPS = 100_000, 1000, 20


@dataclass
class GroupDraft:
    """A group that may be asked; ``built_in`` is its id, or None for one of their own."""

    built_in: str | None
    title: str
    asked_like: str | None
    head_count: int | None


@dataclass
class PlanDraft:
    """What is decided so far; an empty value is not decided yet."""

    organisation: str = ""
    setting: str = ""
    help_contact: str = ""
    groups: list[GroupDraft] = field(default_factory=list)
    form: Form | None = None
    #: The quick look that this goes on from.
    follows: str | None = None
    questionnaires: list[str] = field(default_factory=list)
    ladder: str = ""
    title: str = ""
    opens_on: date | None = None
    closes_on: date | None = None
    minimum_group_size: int | None = field(default_factory=lambda: thresholds().minimum_group_size)
    members: int | None = None
    members_lived_experience: int | None = None
    members_paid: bool | None = None
    key_holders: int | None = None
    key_holders_lived_experience: int | None = None


@dataclass(frozen=True)
class Load:
    """What one person of a group is asked: how many answers, and for about how many minutes."""

    group: str
    title: str
    answers: int
    minutes: int


#: What is wrong, by the name of the field; fields of a group are called ``group-0-title``.
Problems = dict[str, str]


def suggested_title(day: date) -> str:
    """A name for an assessment that opens on a day: what it is about, its month and year."""
    return f"Peer work, {MONTHS[day.month - 1]} {day.year}"


def suggested_end(opens_on: date) -> date:
    return opens_on + timedelta(days=USUAL_DAYS)


def group_id(title: str, used: Collection[str]) -> str:
    """An id for a group of an organisation's own that no other group has."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")
    stem = words if words[:1].isalpha() else f"group_{words}".strip("_")
    stem = stem[:50].strip("_")
    used = {*used, *GROUP_SIDES, *RESERVED_GROUPS, WORKING_GROUP}
    name, number = stem, 2
    while name in used:
        name, number = f"{stem}_{number}", number + 1
    return name


def loads(library: Library, draft: PlanDraft, form: Form | None = None) -> list[Load]:
    """What each group of a plan is asked, and the working group at the end.

    Nobody has said anything about the organisation yet: it is taken for one without peer work.

    Args:
        form: one of the lengths; the one that the plan has chosen if None.
    """
    forms_file = library.forms.about
    facts = forms_file.situations[0].as_facts if forms_file else {}
    applies = Applies(library, facts, form or draft.form or "full")
    readers = [
        (group.title, Reader(group.asked_like, GROUP_SIDES[group.asked_like], group.asked_like))
        for group in draft.groups
        if group.asked_like in GROUP_SIDES
    ]
    readers.append((GROUP_TITLES[WORKING_GROUP], Reader(WORKING_GROUP, None, WORKING_GROUP)))
    found = []
    for title, reader in readers:
        asked = pages(library, draft.questionnaires, reader, applies)
        found.append(Load(reader.group, title, counted(asked)[0], minutes(library, asked, reader)))
    return found


def organisation_problems(draft: PlanDraft) -> Problems:
    found: Problems = {}
    _line(found, "organisation", draft.organisation, "Write the name of your organisation.")
    _line(found, "setting", draft.setting, "Choose the kind of service, or write what fits.")
    contact = "Write whom people can turn to, such as a name with a telephone number."
    _line(found, "help_contact", draft.help_contact, contact, LONGEST_CONTACT)
    return found


def groups_problems(draft: PlanDraft) -> Problems:
    found: Problems = {}
    if not draft.groups:
        found["groups"] = "Choose at least one group. Readiness rests on hearing several."
    if len(draft.groups) > MAX_GROUPS:
        found["groups"] = f"There can be {MAX_GROUPS} groups at most. Combine some of them."
    titles: list[str] = []
    for number, group in enumerate(draft.groups):
        name = f"group-{number}"
        called = group.title.strip()
        _line(found, f"{name}-title", called, "Write what this group is called.", LONGEST_GROUP)
        if called.casefold() in titles or (
            group.built_in is None and called.casefold() in _reserved_titles()
        ):
            found[f"{name}-title"] = (
                f"There is a group called {called} already. Give this one another name."
            )
        titles.append(called.casefold())
        if group.asked_like not in GROUP_SIDES:
            found[f"{name}-asked_like"] = "Choose whose questions this group is asked."
        _count(
            found,
            f"{name}-head_count",
            group.head_count,
            f"Write how many {_as_people(group)} there are, at least 1. A good guess will do.",
            MAX_PEOPLE,
        )
    return found


def length_problems(draft: PlanDraft) -> Problems:
    return {} if draft.form else {"form": "Choose one of the two."}


def questionnaires_in_words(library: Library, form: Form) -> tuple[Questionnaire, ...]:
    """The questionnaires of which a length asks somebody something, in their order."""
    applies = Applies(library, {}, form)
    everybody = (*GROUP_SIDES, WORKING_GROUP)
    return tuple(
        questionnaire
        for questionnaire in sorted(library.questionnaires, key=lambda q: q.order)
        if any(applies.lists(item, group) for item in questionnaire.items() for group in everybody)
    )


def questions_problems(draft: PlanDraft, library: Library) -> Problems:
    if not draft.questionnaires:
        return {"questionnaires": "Choose at least one questionnaire."}
    idle = [load.title for load in loads(library, draft)[:-1] if not load.answers]
    if idle:
        return {
            "questionnaires": f"With this choice nothing is asked of: {', '.join(idle)}. Choose "
            "another questionnaire that asks them, or go back and leave the group out."
        }
    return {}


def dates_problems(draft: PlanDraft, today: date) -> Problems:
    found: Problems = {}
    _line(found, "title", draft.title, "Give this assessment a name, such as its month and year.")
    if draft.opens_on is None:
        found["opens_on"] = "Choose the first day."
    if draft.closes_on is None:
        found["closes_on"] = "Choose the last day."
    elif draft.opens_on is not None and draft.closes_on < draft.opens_on:
        found["closes_on"] = "The last day is before the first. Choose a later one."
    elif draft.closes_on < today:
        found["closes_on"] = "The last day is over already. Choose a later one."
    least = draft.minimum_group_size
    if least is None or not LEAST_MINIMUM <= least <= 100:
        found["minimum_group_size"] = f"Write a number from {LEAST_MINIMUM} to 100."
    return found


def working_group_problems(draft: PlanDraft) -> Problems:
    found: Problems = {}
    members, holders = draft.members, draft.key_holders
    _count(found, "members", members, "Write how many people are in the working group, at least 1.")
    _share(
        found,
        "members_lived_experience",
        draft.members_lived_experience,
        members,
        "That is more than the working group has members.",
    )
    if draft.members_paid is None:
        found["members_paid"] = "Choose one. The results say it as it is."
    _count(found, "key_holders", holders, "Write how many people hold the keys, at least 1.")
    if "key_holders" not in found and members is not None and int(holders or 0) > members:
        found["key_holders"] = "Key-holders are members, so there cannot be more of them."
    _share(
        found,
        "key_holders_lived_experience",
        draft.key_holders_lived_experience,
        holders,
        "That is more than there are key-holders.",
    )
    return found


def finished(draft: PlanDraft) -> AssessmentPlan:
    """The plan, once no step has a problem.

    Raises:
        ValueError: something is still missing.
    """
    ids: list[str] = []
    groups = []
    for group in draft.groups:
        name = group.built_in or group_id(group.title, ids)
        ids.append(name)
        groups.append(
            GroupPlan.model_validate(
                {
                    "group": name,
                    "title": group.title,
                    "side": GROUP_SIDES.get(group.asked_like or ""),
                    "asked_like": group.asked_like,
                    "head_count": group.head_count,
                }
            )
        )
    team = {name: getattr(draft, name) for name in WorkingGroupPlan.model_fields}
    rest = ("organisation", "setting", "help_contact", "title", "opens_on", "closes_on")
    return AssessmentPlan.model_validate(
        {
            **{name: getattr(draft, name) for name in rest},
            "groups": tuple(groups),
            "form": draft.form,
            "follows": draft.follows,
            "questionnaires": tuple(draft.questionnaires),
            "minimum_group_size": draft.minimum_group_size,
            "ladder": draft.ladder,
            "working_group": WorkingGroupPlan.model_validate(team),
        }
    )


def _reserved_titles() -> set[str]:
    """What results call groups: a group of their own under such a name would be taken for it."""
    return {title.casefold() for title in GROUP_TITLES.values()}


def _as_people(group: GroupDraft) -> str:
    """The people of a group within a sentence; a group of their own may be called anything."""
    if group.built_in:
        return group.title.lower()
    return f"people of {group.title.strip() or 'this group'}"


def _line(
    found: Problems, name: str, value: str, missing: str, longest: int = LONGEST_LINE
) -> None:
    if not value.strip():
        found[name] = missing
    elif len(value.strip()) > longest:
        found[name] = f"This is too long: at most {longest} characters, please."


def _count(
    found: Problems, name: str, value: int | None, missing: str, most: int = MAX_MEMBERS
) -> None:
    if value is None or value < 1:
        found[name] = missing
    elif value > most:
        found[name] = f"Write a number up to {most:,}.".replace(",", " ")


def _share(found: Problems, name: str, value: int | None, total: int | None, more: str) -> None:
    if value is None or value < 0:
        found[name] = "Write a number; 0 is possible."
    elif total is not None and value > total:
        found[name] = more
