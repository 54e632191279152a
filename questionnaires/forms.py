"""The two lengths of an assessment: which questions make a quick look, and which a full round.

Both come from one bank of questions; ``forms.yaml`` says which each group is asked, and why.
Questions of an organisation's own are asked in both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from pydantic import Field, model_validator

from questionnaires.conditions import Condition, Facts, facts_hold
from questionnaires.content_model import Id, ItemId, Model, Sentence
from questionnaires.model import WORKING_GROUP, Item, Questionnaire
from questionnaires.reference_data import GROUP_SIDES

Form = Literal["quick", "full"]
FORMS: tuple[Form, ...] = get_args(Form)


def groups_asked() -> tuple[str, ...]:
    """The groups of which every form says what they are asked."""
    return (*GROUP_SIDES, WORKING_GROUP)


class Entry(Model):
    """Some questions of a form with the reason for them, of exactly one kind."""

    reason: Sentence
    items: tuple[ItemId, ...] | None = Field(default=None, min_length=1)
    #: Every question of a questionnaire that the group is asked, but for its concerns.
    all: Id | None = None
    #: Every concern that the group is asked: one list to tick.
    concerns: Literal["all"] | None = None
    #: On facts: where it does not hold, these are not asked. An unanswered fact leaves nothing out.
    asked_if: Condition | None = None
    #: The same, for what is asked only once it is known to hold: an unanswered fact leaves it out.
    #: Where both stand, both must hold.
    known_if: Condition | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> Entry:
        kinds = [name for name in ("items", "all", "concerns") if getattr(self, name) is not None]
        if len(kinds) != 1:
            raise ValueError("name exactly one of: items, all (a questionnaire), concerns")
        return self

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """On which facts its questions are asked."""
        return tuple(c for c in (self.known_if, self.asked_if) if c is not None)

    def holds(self, facts: Facts) -> bool:
        """Whether its questions are asked, by the facts."""
        known = self.known_if is None or facts_hold(self.known_if, facts, unanswered=False)
        return known and (
            self.asked_if is None or facts_hold(self.asked_if, facts, unanswered=True)
        )


class GroupForm(Model):
    """What a group is asked: entries of its own, or the same as another group."""

    entries: tuple[Entry, ...] = ()
    same_as: Id | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_yaml(cls, value: object) -> object:
        """A list of entries, or ``as: group``."""
        if isinstance(value, list):
            return {"entries": value}
        if isinstance(value, dict) and set(value) == {"as"}:
            return {"same_as": value["as"]}
        return value


class Limit(Model):
    """The most that a group is asked: answers, and minutes."""

    answers: int | None = Field(default=None, ge=1)
    minutes: float = Field(gt=0)


class Length(Model):
    """One of the two lengths.

    Attributes:
        tells, does_not_tell: what its results can say, and what they cannot.
    """

    title: Sentence
    description: Sentence
    covers: tuple[Sentence, ...] = Field(min_length=1)
    does_not_cover: tuple[Sentence, ...] = ()
    limits: dict[Id, Limit] = {}
    groups: dict[Id, GroupForm]


class Situation(Model):
    """An organisation of a certain kind, for which the limits are kept; facts as codes."""

    title: Sentence
    facts: dict[ItemId, tuple[str, ...]] = {}

    @property
    def as_facts(self) -> Facts:
        return {name: frozenset(codes) for name, codes in self.facts.items()}


class Talk(Model):
    """How long a working group talks about one question, minutes."""

    minutes: float = Field(gt=0, le=30)
    reason: Sentence


class Talking(Model):
    """How long a working group talks: about a practice, about anything else."""

    practice: Talk
    other: Talk


class FormsFile(Model):
    """Everything that stands in ``forms.yaml``."""

    talking: Talking
    situations: tuple[Situation, ...] = Field(min_length=1)
    quick: Length
    full: Length

    def length(self, form: Form) -> Length:
        return self.quick if form == "quick" else self.full


#: By item: the entry that lists it.
Listed = Mapping[str, Entry]


@dataclass(frozen=True)
class Forms:
    """The two lengths, looked up by group.

    Attributes:
        file: what stands in the file; None where there is none, and everything is asked.
        listed: what each group is asked in each form.
        bank: the items that the file is about; those of an organisation's own are in no list.
    """

    file: FormsFile | None = None
    listed: Mapping[tuple[Form, str], Listed] = field(default_factory=dict)
    bank: frozenset[str] = frozenset()

    def has(self, form: Form, group: str, item: Item, asked: Questionnaire) -> bool:
        """Whether a form lists an item for a group.

        Args:
            asked: the questionnaire of the item.
        """
        if item.id in self.bank:
            return item.id in self.listed.get((form, group), ())
        return group in asked.groups_of(item) and group not in asked.optional_for

    def entry(self, form: Form, group: str, item: str) -> Entry | None:
        """What lists an item for a group; None for those of an organisation's own."""
        return self.listed.get((form, group), {}).get(item)

    def groups(self, form: Form, item: Item, asked: Questionnaire) -> tuple[str, ...]:
        """The groups that a form asks an item."""
        return tuple(g for g in asked.groups_of(item) if self.has(form, g, item, asked))


def asks_to_write(forms: Forms, form: Form, questionnaires: Iterable[Questionnaire]) -> bool:
    """Whether anybody who answers alone is asked for something in words of their own."""
    return any(
        item.kind == "text" and set(forms.groups(form, item, asked)) - {WORKING_GROUP}
        for asked in questionnaires
        for item in asked.items()
    )


def resolve(forms_file: FormsFile, questionnaires: Mapping[str, Questionnaire]) -> Forms:
    """Look up what every entry lists.

    Args:
        questionnaires: the built-in ones by id.
    """
    listed: dict[tuple[Form, str], Listed] = {}
    for form in FORMS:
        groups = forms_file.length(form).groups
        for group, own in groups.items():
            listed[form, group] = {
                item: entry
                for entry in groups.get(own.same_as or "", own).entries
                for item in items_of(entry, group, questionnaires)
            }
    bank = frozenset(item.id for q in questionnaires.values() for item in q.items())
    return Forms(forms_file, listed, bank)


def items_of(
    entry: Entry, group: str, questionnaires: Mapping[str, Questionnaire]
) -> Iterator[str]:
    """The items that an entry lists for a group."""
    if entry.items is not None:
        yield from entry.items
        return
    for questionnaire in questionnaires.values():
        if entry.all is not None and questionnaire.id != entry.all:
            continue
        for item in questionnaire.items():
            wanted = (item.kind == "concern") == (entry.concerns is not None)
            if wanted and group in questionnaire.groups_of(item):
                yield item.id
