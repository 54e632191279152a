"""A plan: what a coordinator sets up before an assessment opens, its limits, and opening it.

While a plan is filled in it is a mapping of values by the fields of ``AssessmentPlan``; what is
missing in it or cannot be is found by checking it against that model.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, ValidationError, ValidationInfo, field_validator
from pydantic_core import ErrorDetails, InitErrorDetails, PydanticCustomError

from assessment.services import clock
from assessment.services.access import own_sign_in
from assessment.services.access.codes import new_code, new_id
from assessment.services.content import loaded
from assessment.services.content.snapshots import Snapshot, WithOwnQuestions
from assessment.services.rounds import audit
from assessment.services.rounds.workload import workloads
from assessment.store import Store, UnitOfWork
from assessment.store.names import name_key
from assessment.store.records import (
    DEFAULT_ZONE,
    USUAL_GRACE,
    AssessmentRecord,
    GroupRecord,
    OrganisationRecord,
    WorkingGroupRecord,
)
from assessment.store.scope import Scope
from questionnaires import numbers
from questionnaires.forms import Form
from questionnaires.library import Library
from questionnaires.model import WORKING_GROUP, Id, Model, Sentence, Side
from questionnaires.own_questions import MOST as MOST_OWN
from questionnaires.own_questions import (
    OWN_QUESTIONS,
    OwnQuestion,
    as_file,
    with_questions,
)
from questionnaires.phrases import month
from questionnaires.problems import Problem
from questionnaires.reference_data import GROUP_SIDES, GROUP_TITLES, RESERVED_GROUPS
from questionnaires.typed_answers import text_refusal
from scoring.answers.context import LARGEST_MINIMUM, LEAST_MINIMUM, HeadCount, MinimumGroupSize
from scoring.thresholds import thresholds

#: How long an assessment stays open unless somebody chooses otherwise. Our judgement: time for
#: each shift and each drop-in day to come round a few times.
USUAL_DAYS = 28
LONGEST_LINE, LONGEST_CONTACT, LONGEST_GROUP = 200, 400, 80
#: The most hours after the end in which whoever had begun may go on.
MOST_GRACE = 48
MAX_PEOPLE, MAX_MEMBERS, MAX_GROUPS = 100_000, 1000, 20


def _as_number(typed: object) -> object:
    """A whole number that somebody typed; nothing where the field is empty."""
    if not isinstance(typed, str):
        return typed
    if not typed.strip():
        return None
    found = numbers.read(typed, numbers.Limits(whole=True))
    if isinstance(found, Problem):
        raise PydanticCustomError(
            "value_error", "{sentence}", {"sentence": found.in_words("typed")}
        )
    return int(found)


#: Reads a number that was typed, before anything else is checked.
Typed = BeforeValidator(_as_number)
Line = Annotated[Sentence, Field(max_length=LONGEST_LINE)]
BuiltInGroup = Annotated[str, Field(pattern=f"^({'|'.join(GROUP_SIDES)})$")]
Members = Annotated[HeadCount, Field(le=MAX_MEMBERS), Typed]
Part = Annotated[int, Field(ge=0), Typed]

#: What results call groups: a group of their own under such a name would be taken for it.
RESERVED_TITLES = {title.casefold() for title in GROUP_TITLES.values()}
#: What to do where a field is empty or holds what it cannot.
WANTED = {
    "organisation": "Write the name of your organisation.",
    "setting": "Choose the kind of service, or write what fits.",
    "time_zone": "Choose the nearest big city that has the same time as you.",
    "help_contact": "Write whom people can turn to, such as a name with a telephone number.",
    "groups": "Choose at least one group. Readiness rests on hearing several.",
    "own_title": "Write what this group is called.",
    "asked_like": "Choose whose questions this group is asked.",
    "head_count": "Write how many {people} there are, at least 1. A good guess will do.",
    "form": "Choose one of the two.",
    "questionnaires": "Choose at least one questionnaire.",
    "text": "Write the question, or remove it.",
    "kind": "Choose how people answer it.",
    "asked": "Choose who is asked it.",
    "title": "Give this round a name, such as its month and year.",
    "opens_on": "Choose the first day.",
    "closes_on": "Choose the last day.",
    "minimum_group_size": f"Write a number from {LEAST_MINIMUM} to {LARGEST_MINIMUM}.",
    "grace_hours": f"Write a number of hours from 0 to {MOST_GRACE}.",
    "members": "Write how many people are in the working group, at least 1.",
    "members_lived_experience": "Write a number; 0 is possible.",
    "members_paid": "Choose one. The results say it as it is.",
    "key_holders": "Write how many people hold the keys, at least 1.",
    "key_holders_lived_experience": "Write a number; 0 is possible.",
}
#: It tells no more of the other one than that it is there.
NAME_TAKEN = "Another organisation here has this name. Add your town or street."
#: Numbers of the working group that are a part of another one, and what to say where they are more.
PARTS = {
    "members_lived_experience": ("members", "That is more than the working group has members."),
    "key_holders": ("members", "Key-holders are members, so there cannot be more of them."),
    "key_holders_lived_experience": ("key_holders", "That is more than there are key-holders."),
}


class NameRefusedError(Exception):
    """The organisation cannot be called so, and why; nothing is opened."""


class GroupPlan(Model):
    """A group that is to be asked: a built-in one, or one of the organisation's own.

    Attributes:
        own_title: what a group of the organisation's own is called; None for a built-in one.
        asked_like: the built-in group whose questions it is asked; a built-in one is that group.
        statement: it is asked for a written statement instead of numbers.
    """

    own_title: Annotated[Sentence, Field(max_length=LONGEST_GROUP)] | None = None
    asked_like: BuiltInGroup
    head_count: Annotated[HeadCount, Field(le=MAX_PEOPLE), Typed]
    statement: bool = False

    @property
    def title(self) -> str:
        return self.own_title or GROUP_TITLES[self.asked_like]

    @property
    def side(self) -> Side:
        return GROUP_SIDES[self.asked_like]

    @field_validator("own_title")
    @classmethod
    def _not_reserved(cls, title: str | None) -> str | None:
        if title and title.casefold() in RESERVED_TITLES:
            raise _title_taken(title)
        return title


class WorkingGroupPlan(Model):
    """Who runs the assessment: numbers of people, of whom some have lived experience."""

    members: Members
    members_lived_experience: Part
    members_paid: bool
    key_holders: Members
    key_holders_lived_experience: Part

    @field_validator(*PARTS)
    @classmethod
    def _at_most(cls, count: int, info: ValidationInfo) -> int:
        total, message = PARTS[info.field_name or ""]
        if count > info.data.get(total, count):
            raise ValueError(message)
        return count


class AssessmentPlan(Model):
    """Everything that is set up before an assessment opens.

    Attributes:
        follows: the quick look that a full round goes on from: the working group's answers come
            along.
    """

    organisation: Line
    setting: Line
    help_contact: Annotated[Sentence, Field(max_length=LONGEST_CONTACT)]
    time_zone: str = DEFAULT_ZONE
    groups: Annotated[tuple[GroupPlan, ...], Field(max_length=MAX_GROUPS)]
    form: Form = "full"
    follows: str | None = None
    questionnaires: Annotated[tuple[Id, ...], Field(min_length=1)]
    ladder: Id = "seven_step"
    own_questions: Annotated[tuple[OwnQuestion, ...], Field(max_length=MOST_OWN)] = ()
    title: Line
    opens_on: date
    closes_on: date
    minimum_group_size: Annotated[MinimumGroupSize, Typed] = Field(
        default_factory=lambda: thresholds().minimum_group_size
    )
    grace_hours: Annotated[int, Field(ge=0, le=MOST_GRACE), Typed] = USUAL_GRACE
    working_group: WorkingGroupPlan

    @field_validator("time_zone")
    @classmethod
    def _one_that_is_known(cls, name: str) -> str:
        if name not in clock.time_zones():
            raise ValueError(WANTED["time_zone"])
        return name

    @field_validator("groups")
    @classmethod
    def _some_with_titles_that_differ(cls, groups: tuple[GroupPlan, ...]) -> tuple[GroupPlan, ...]:
        if not groups:  # as a limit of the field it would also be named where a group is wrong
            raise ValueError(WANTED["groups"])
        titles = [group.title.casefold() for group in groups]
        repeated = [
            InitErrorDetails(
                type=_title_taken(group.title), loc=(number, "own_title"), input=group.title
            )
            for number, group in enumerate(groups)
            if titles[number] in titles[:number]
        ]
        if repeated:
            raise ValidationError.from_exception_data("groups", repeated)
        return groups

    @field_validator("own_questions")
    @classmethod
    def _of_groups_that_are_asked(
        cls, questions: tuple[OwnQuestion, ...], info: ValidationInfo
    ) -> tuple[OwnQuestion, ...]:
        groups = {group.asked_like for group in info.data.get("groups", ())}
        wrong = [
            InitErrorDetails(
                type=PydanticCustomError("value_error", "{sentence}", {"sentence": message}),
                loc=(number, field),
                input="",
            )
            for number, question in enumerate(questions)
            for field, message, holds in (
                ("asked", WANTED["asked"], groups and not groups & set(question.asked)),
                (
                    "text",
                    "This question stands above already.",
                    question.id in [other.id for other in questions[:number]],
                ),
            )
            if holds
        ]
        if wrong:
            raise ValidationError.from_exception_data(cls.__name__, wrong)
        return questions

    @field_validator("follows")
    @classmethod
    def _only_a_full_round(cls, follows: str | None, info: ValidationInfo) -> str | None:
        if follows is not None and info.data.get("form") != "full":
            raise ValueError("only a full round goes on from a quick look")
        return follows

    @field_validator("closes_on")
    @classmethod
    def _not_before_the_first_day(cls, last: date, info: ValidationInfo) -> date:
        if last < info.data.get("opens_on", last):
            raise ValueError("The last day is before the first. Choose a later one.")
        return last


#: The steps in which a plan is made, in their order, and the fields that each fills in.
STEPS = {
    "organisation": ("organisation", "setting", "time_zone", "help_contact"),
    "groups": ("groups",),
    "length": ("form", "follows"),
    "questions": ("questionnaires", "ladder", "own_questions"),
    "dates": ("title", "opens_on", "closes_on", "grace_hours", "minimum_group_size"),
    "working-group": ("working_group",),
}
#: What follows when every step is done.
REVIEW = "review"


def problems(values: Mapping[str, Any], library: Library, today: date) -> dict[str, str]:
    """What is missing in a plan or cannot be; it can be opened where this is empty.

    Args:
        values: the plan as far as it is filled in, by the fields of ``AssessmentPlan``.

    Returns:
        A sentence for each field, by its place, such as ``title`` or ``groups.0.head_count``.
    """
    found: dict[str, str] = {}
    try:
        AssessmentPlan.model_validate(values)
    except ValidationError as error:
        for problem in error.errors():
            found[".".join(map(str, problem["loc"]))] = _sentence(problem, values)
    if "closes_on" not in found and values["closes_on"] < today:
        found["closes_on"] = "The last day is over already. Choose a later one."
    if "questionnaires" not in found and values["groups"]:
        idle = [load.title for load in workloads(library, values)[:-1] if not load.questions]
        if idle:
            found["questionnaires"] = (
                f"With this choice nothing is asked of: {', '.join(idle)}. Choose another "
                "questionnaire that asks them, or go back and leave the group out."
            )
    return found


def name_problem(store: Store, values: Mapping[str, Any]) -> dict[str, str]:
    """The same where one's own organisation cannot have the name that a plan gives to it."""
    with store.read() as work:
        owner = _owner(work, store.scope, values["organisation"])
        refusal = _name_refusal(work, owner, values["organisation"])
    return {"organisation": refusal} if refusal else {}


def with_those_typed(
    library: Library, values: Mapping[str, Any]
) -> tuple[Library, Mapping[str, Any]]:
    """A library with service users' own questions, as far as a plan has them whole, and the plan
    with their questionnaire: for how much is asked."""
    whole = []
    for question in values["own_questions"]:
        with suppress(ValidationError):
            whole.append(OwnQuestion.model_validate(question))
    if not whole:
        return library, values
    unlike = {question.id: question for question in whole}
    with_own = with_questions(library, as_file(list(unlike.values()), library))
    return with_own, {**values, "questionnaires": [*values["questionnaires"], OWN_QUESTIONS]}


def step_problems(step: str, found: Mapping[str, str]) -> dict[str, str]:
    """Those problems of a plan that belong to the fields of a step."""
    return {place: text for place, text in found.items() if place.split(".")[0] in STEPS[step]}


def current_step(wanted: str, found: Mapping[str, str]) -> str:
    """The wanted step, or the first one before it with a problem; ``review`` after the last."""
    for step in STEPS:
        if step == wanted or step_problems(step, found):
            return step
    return REVIEW


def suggested_dates(today: date) -> dict[str, Any]:
    """What stands in the fields of the step ``dates`` until somebody chooses otherwise."""
    return {
        "title": f"Peer work, {month(today)}",
        "opens_on": today,
        "closes_on": today + timedelta(days=USUAL_DAYS),
        "grace_hours": USUAL_GRACE,
        "minimum_group_size": thresholds().minimum_group_size,
    }


def full_round_after(
    record: AssessmentRecord, today: date, own: Sequence[OwnQuestion] = ()
) -> dict[str, Any]:
    """The values of a full round that goes on from a quick look; it asks everything.

    Args:
        own: the questions of service users' own that the quick look asked.
    """
    team = record.working_group
    return suggested_dates(today) | {
        "organisation": record.organisation.name,
        "setting": record.organisation.setting,
        "time_zone": record.organisation.time_zone,
        "help_contact": record.organisation.help_contact,
        "groups": [
            {
                "own_title": None if group.group in GROUP_SIDES else group.title,
                "asked_like": group.asked_like,
                "head_count": group.head_count,
                "statement": group.statement,
            }
            for group in record.groups
        ],
        "form": "full",
        "follows": record.id,
        "ladder": loaded.library(record.ladder).ladder,
        "own_questions": [question.model_dump() for question in own],
        "title": f"{record.title}, in full"[:LONGEST_LINE],
        "minimum_group_size": record.minimum_group_size,
        "grace_hours": record.grace_hours,
        "working_group": {name: getattr(team, name) for name in WorkingGroupPlan.model_fields},
    }


def open_assessment(
    store: Store, library: Library, plan: AssessmentPlan, name: str | None = None
) -> str:
    """Save a plan as an assessment, with a link for each of its groups. It keeps what is installed
    now: that is what it asks, and what it is scored by, whatever is changed later.

    Args:
        name: the id that it gets, and that the plan has that was kept while it was made; that one
            goes. A plan that comes again under it, as after a double click, is opened already, and
            nothing is saved.

    Returns:
        The assessment's id.

    Raises:
        NameRefusedError: another organisation has the name of this one, or the name that it had
            stands in the rules for signing in.
    """
    name, base = name or new_id(), loaded.installed()
    content: Snapshot | WithOwnQuestions = base
    if plan.own_questions:
        content = WithOwnQuestions(base.hash, as_file(plan.own_questions, library))
        with_questions(library, content.file)  # what could not be read is never opened
    kept = {one.hash: one.packed for one in (base, content)}  # before others have to wait for it
    with store.write() as work:
        # Of two windows that open it at once, one waits here.
        work.plans.lock(name)
        if work.assessments.get(name) is not None:
            return name
        work.names.one_at_a_time()
        owner = _owner(work, store.scope, plan.organisation)
        if refusal := _name_refusal(work, owner, plan.organisation):
            raise NameRefusedError(refusal)
        record = _record(name, plan, library, owner.id if owner else new_id())
        for snapshot, packed in kept.items():
            work.snapshots.add(snapshot, packed)
        today = clock.today(record.organisation.time_zone)
        work.assessments.add(replace(record, content=content.hash, content_of=today))
        work.plans.remove(name)
        audit.note(work, record, "launched", first=record.opens_on, last=record.closes_on)
        if owner is not None:
            _note_organisation(work, record, owner)
        if plan.follows is not None:
            work.agreed.copy(plan.follows, record.id)
        work.commit()
    return name


def _owner(work: UnitOfWork, scope: Scope | None, name: str) -> OrganisationRecord | None:
    """The organisation of whoever opens it; where nobody has signed in, the one of that name."""
    if scope is not None:
        return work.organisations.get(scope.organisation)
    every = [listed.record for listed in work.organisations.all()]
    return next((record for record in every if record.name == name), None)


def _name_refusal(work: UnitOfWork, owner: OrganisationRecord | None, name: str) -> str:
    """Why an organisation cannot have a name that is new to it; empty where it can. One that it has
    stays."""
    if owner is not None:
        if owner.name == name:
            return ""
        if own_sign_in.names_organisation(owner.name):
            return own_sign_in.IN_RULES.format(owner.name)
        if name_key(owner.name) == name_key(name):
            return ""
    return NAME_TAKEN if work.names.is_taken(name, but_of=owner and owner.id) else ""


def _note_organisation(
    work: UnitOfWork, record: AssessmentRecord, before: OrganisationRecord
) -> None:
    """What the plan changes for other rounds of the organisation, too."""
    now = record.organisation
    if now.name != before.name:
        audit.note_of_organisation(
            work, now.id, work.who, "organisation_renamed", old=before.name, new=now.name
        )
    if now.help_contact != before.help_contact and before.help_contact:
        audit.note(
            work, record, "help_contact_changed", old=before.help_contact, new=now.help_contact
        )
    if now.time_zone != before.time_zone:
        audit.note(work, record, "time_zone_changed", old=before.time_zone, new=now.time_zone)


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


def _title_taken(title: str) -> PydanticCustomError:
    message = "There is a group called {title} already. Give this one another name."
    return PydanticCustomError("value_error", message, {"title": title})


def _sentence(problem: ErrorDetails, values: Mapping[str, Any]) -> str:
    """What is wrong with a field, and what to do."""
    field, limits = problem["loc"][-1], problem.get("ctx", {})
    match problem["type"]:
        case "value_error":
            return problem["msg"].removeprefix("Value error, ")
        case "string_too_long":
            refusal = text_refusal(str(problem["input"]), limits["max_length"])
            return refusal.sentence if refusal else problem["msg"]
        case "too_long":
            return f"There can be {MAX_GROUPS} groups at most. Combine some of them."
        case "less_than_equal" if field not in ("minimum_group_size", "grace_hours"):
            return f"Write a number up to {numbers.shown(Decimal(limits['le']))}."
        case _ if field == "head_count":
            group = values["groups"][problem["loc"][1]]
            return WANTED["head_count"].format(people=_people(group))
        case _:
            return WANTED.get(str(field), problem["msg"])


def _people(group: Mapping[str, Any]) -> str:
    """The people of a group within a sentence; a group of their own may be called anything."""
    if group["own_title"] is None:
        return GROUP_TITLES[group["asked_like"]].lower()
    return f"people of {group['own_title'].strip() or 'this group'}"


def _record(
    name: str, plan: AssessmentPlan, library: Library, organisation: str
) -> AssessmentRecord:
    versions = {questionnaire.id: questionnaire.version for questionnaire in library.questionnaires}
    return AssessmentRecord(
        id=name,
        organisation=OrganisationRecord(
            organisation, plan.organisation, plan.setting, plan.help_contact, plan.time_zone
        ),
        seed=0,
        working_group=WorkingGroupRecord(code=new_code(), **plan.working_group.model_dump()),
        groups=tuple(_group_records(plan)),
        questionnaires={name: versions[name] for name in plan.questionnaires}
        | ({OWN_QUESTIONS: 1} if plan.own_questions else {}),
        **plan.model_dump(include={*STEPS["length"], *STEPS["dates"], "ladder"}),
    )


def _group_records(plan: AssessmentPlan) -> Iterator[GroupRecord]:
    used: set[str] = set()
    for group in plan.groups:
        name = group_id(group.own_title, used) if group.own_title else group.asked_like
        used.add(name)
        yield GroupRecord(
            name,
            group.title,
            group.side,
            group.asked_like,
            group.head_count,
            new_code(),
            statement=group.statement and group.head_count < plan.minimum_group_size,
        )
