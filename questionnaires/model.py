"""The words of the domain as frozen models: what a questionnaire, an item and a scale are.

Nothing here reads files. ``library`` builds these models from YAML and checks what one model
alone cannot see (ids in other files, audiences, scales).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from questionnaires.conditions import Condition
from questionnaires.content_model import Id, ItemId, Model, Sentence

Side = Literal["lived_experience", "organisation"]
Kind = Literal[
    "frequency",
    "agreement",
    "practice",
    "rung_now",
    "rung_wanted",
    "concern",
    "choice",
    "choices",
    "number",
    "boundary",
    "text",
]
Force = Literal["must", "should", "may"]

WORKING_GROUP = "working_group"
DONT_KNOW, DOES_NOT_APPLY, PREFER_NOT = "dont_know", "does_not_apply", "prefer_not"
#: Answers that say something about the question, never a point on its scale.
SPECIAL_CODES = (DONT_KNOW, DOES_NOT_APPLY, PREFER_NOT)
#: The most options that a scored scale may have, so that four bits hold any answer.
MAX_OPTIONS = 13
#: Kinds whose options carry a score and whose items measure a dimension.
SCORED_KINDS = frozenset({"frequency", "agreement", "practice", "rung_now"})
#: Kinds whose answers are rungs of a participation ladder.
RUNG_KINDS = frozenset({"rung_now", "rung_wanted"})
#: Kinds that are facts: about the organisation, not an opinion.
FACT_KINDS = frozenset({"choice", "choices", "number"})
#: The code of a working group's answer when its members could not agree, followed by the
#: options that they chose: ``did_not_agree:partly;in_place``.
DID_NOT_AGREE = "did_not_agree"


def disagreement(codes: Iterable[str]) -> str:
    """The working group's answer where its members chose different options."""
    return f"{DID_NOT_AGREE}:{';'.join(codes)}"


def chosen_by_members(value: str) -> tuple[str, ...] | None:
    """The options that members chose where they did not agree; None of any other answer."""
    head, _, codes = value.partition(":")
    if head != DID_NOT_AGREE:
        return None
    return tuple(codes.split(";")) if codes else ()


def number_as_text(value: object) -> object:
    """A single line without quotes is a number in YAML."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


class Reference(Model):
    """A place in a source document: its short id, its section, and its lines where they help."""

    document: Id
    section: Sentence
    lines: Annotated[str | None, BeforeValidator(number_as_text)] = None

    def __str__(self) -> str:
        return f"{self.document} {self.section}"


class SourceDocument(Model):
    """A source document as the project refers to it; ``lines`` is its length in lines."""

    id: Id
    title: Sentence
    publisher: Sentence
    year: int | None = None
    description: Sentence
    lines: int = Field(ge=1)


class Wording(Model):
    """One sentence for every audience, with other words where an audience needs its own.

    ``default`` serves everybody; ``lived_experience`` and ``organisation`` serve a side; a key in
    ``groups`` serves one group. The most particular wording wins.
    """

    default: Sentence | None = None
    lived_experience: Sentence | None = None
    organisation: Sentence | None = None
    groups: dict[Id, Sentence] = {}

    @model_validator(mode="before")
    @classmethod
    def _from_yaml(cls, value: object) -> object:
        """A plain string is the default; unknown keys are groups."""
        if isinstance(value, str):
            return {"default": value}
        if isinstance(value, dict) and "groups" not in value:
            own = {"default", "lived_experience", "organisation"}
            return {k: v for k, v in value.items() if k in own} | {
                "groups": {k: v for k, v in value.items() if k not in own}
            }
        return value

    @model_validator(mode="after")
    def _says_something(self) -> Wording:
        if not (self.default or self.lived_experience or self.organisation or self.groups):
            raise ValueError("a wording is needed: a sentence, or one for each audience")
        return self

    def for_group(self, group: str, side: Side | None) -> str | None:
        """The wording for a group, or None where it has none."""
        if group in self.groups:
            return self.groups[group]
        by_side = getattr(self, side) if side else self.organisation
        return by_side or self.default

    def variants(self) -> dict[str, str]:
        """Every wording by the audience it is written for."""
        sides = {
            name: text
            for name in ("default", "lived_experience", "organisation")
            if (text := getattr(self, name))
        }
        return sides | self.groups


class Option(Model):
    """One allowed answer: its code, its label, and its score from 0 to 100 if it has one."""

    code: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_]*$", max_length=40)]
    label: Sentence
    score: float | None = Field(default=None, ge=0, le=100)
    #: Among several choices: nothing else may be chosen beside it.
    exclusive: bool = False


class Scale(Model):
    """The allowed answers of an item in their order, the lowest first."""

    id: Id
    options: tuple[Option, ...] = Field(min_length=2, max_length=40)
    reason: Sentence | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Scale:
        codes = [option.code for option in self.options]
        if twice := sorted({code for code in codes if codes.count(code) > 1}):
            raise ValueError(f"code {twice[0]!r} stands twice in scale {self.id!r}")
        if special := sorted(set(codes) & set(SPECIAL_CODES)):
            raise ValueError(f"{special[0]!r} is never a point on a scale: list it under offers")
        scores = [option.score for option in self.options if option.score is not None]
        if scores and len(scores) != len(self.options):
            raise ValueError(f"scale {self.id!r}: give every option a score, or none")
        if len(scores) > MAX_OPTIONS:
            raise ValueError(f"scale {self.id!r}: at most {MAX_OPTIONS} options may have scores")
        if scores != sorted(set(scores)):
            raise ValueError(f"scale {self.id!r}: scores rise from the first option to the last")
        return self

    @property
    def scored(self) -> bool:
        return self.options[0].score is not None

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(option.code for option in self.options)


class Rung(Model):
    """One step of a participation ladder, the lowest first."""

    code: str
    title: Sentence
    band: Sentence
    description: Sentence


class Ladder(Model):
    """A participation ladder."""

    id: Id
    title: Sentence
    rungs: tuple[Rung, ...] = Field(min_length=2)
    source: tuple[Reference, ...] = Field(min_length=1)


class Dimension(Model):
    """What items measure. Only built-in dimensions that ``counts`` enter the overall band."""

    id: Id
    domain: Id
    title: Sentence
    description: Sentence
    critical: bool = False
    counts: bool = False
    source: tuple[Reference, ...] = ()


class Domain(Model):
    """A group of dimensions that is shown, and limits, as one."""

    id: Id
    title: Sentence
    description: Sentence
    counts: bool = False
    lived_experience_limits: bool = False


class Unit(Model):
    """What a number counts, to stand behind it: of one, ``hour a month``, and of several."""

    one: Annotated[Sentence, Field(max_length=40)]
    many: Annotated[Sentence, Field(max_length=40)]


class Item(Model):
    """One question. It measures one dimension, or is a fact, a concern, a boundary or a text."""

    id: ItemId
    kind: Kind
    dimension: Id | None = None
    scale: Id | None = None
    text: Wording
    help: Wording | None = None
    options: tuple[Option, ...] = ()
    #: What each step of a practice looks like for this very item, by option code.
    steps: dict[str, Sentence] = {}
    #: The same in the voice of one group, by group; written in YAML under ``steps``.
    steps_of: dict[Id, dict[str, Sentence]] = {}
    #: Special codes that this item offers.
    offers: tuple[Literal["dont_know", "does_not_apply", "prefer_not"], ...] = ()
    #: Special codes that only some groups are offered; others by hand are still read.
    offered_to: dict[Literal["dont_know", "does_not_apply", "prefer_not"], tuple[Id, ...]] = {}
    groups: tuple[Id, ...] = ()
    #: On facts: where it does not hold, the item does not apply. An unanswered fact skips nothing.
    asked_if: Condition | None = None
    tags: tuple[Id, ...] = ()
    #: For rungs: the area of the ladder. For boundaries: the situation and whose answer it is.
    area: Id | None = None
    situation: Id | None = None
    aspect: Literal["rule", "mine"] | None = None
    #: For facts: may an organisation change it by a decision, and with what effort?
    changeable: bool = False
    effort: int = Field(default=2, ge=1, le=5)
    minimum: float | None = None
    maximum: float | None = None
    #: For numbers: no part of one is possible, as with people; and what is counted.
    whole: bool = False
    unit: Unit | None = None
    source: tuple[Reference, ...] = Field(min_length=1)
    reason: Sentence | None = None

    @model_validator(mode="before")
    @classmethod
    def _steps_by_group(cls, value: object) -> object:
        """Steps that hold steps are those of a group."""
        if isinstance(value, dict) and isinstance(steps := value.get("steps"), dict):
            of = {group: its for group, its in steps.items() if isinstance(its, dict)}
            if of:
                own = {code: step for code, step in steps.items() if code not in of}
                return {**value, "steps": own, "steps_of": of}
        return value

    @model_validator(mode="after")
    def _consistent(self) -> Item:
        for group, steps in self.steps_of.items():
            if steps.keys() != self.steps.keys():
                raise ValueError(
                    f"the steps of {group!r} are {', '.join(self.steps)}: one sentence for each"
                )
        for code in self.offered_to:
            if code not in self.offers:
                raise ValueError(
                    f"'offered_to' names {code!r}, which does not stand under 'offers'"
                )
        return self

    def offers_for(self, group: str) -> tuple[str, ...]:
        """The special codes that a group is offered."""
        return tuple(c for c in self.offers if group in self.offered_to.get(c, (group,)))

    def steps_for(self, group: str) -> dict[str, Sentence]:
        """What each step looks like in the words of a group, by option code."""
        return self.steps_of.get(group, self.steps)

    @property
    def scored(self) -> bool:
        return self.kind in SCORED_KINDS

    @property
    def takes_note(self) -> bool:
        """Practices take an evidence note, boundaries a note for the discussion."""
        return self.kind in ("practice", "boundary")

    @property
    def note_id(self) -> str:
        return f"{self.id}.note"

    @property
    def earlier_id(self) -> str:
        """Names the agreed answer that stood before the one that stands now."""
        return f"{self.id}.earlier"

    @property
    def earlier_note_id(self) -> str:
        return f"{self.id}.earlier_note"

    @property
    def reason_id(self) -> str:
        """Names why the working group answers so."""
        return f"{self.id}.reason"

    @property
    def earlier_reason_id(self) -> str:
        return f"{self.id}.earlier_reason"

    @property
    def beside(self) -> tuple[str, ...]:
        """The names of the texts that may stand beside its agreed answer."""
        if not self.takes_note:
            return ()
        return (self.note_id, self.earlier_note_id, self.reason_id, self.earlier_reason_id)


class Section(Model):
    """A few items that belong together."""

    id: Id
    title: Wording
    intro: Wording | None = None
    items: tuple[Item, ...] = Field(min_length=1)


class Questionnaire(Model):
    """A versioned set of sections and items for some groups."""

    id: Id
    version: int = Field(ge=1)
    title: Wording
    description: Sentence
    how_cut: Sentence | None = None
    #: Its place among the questionnaires that somebody answers, the lowest first.
    order: int = Field(default=100, ge=0)
    groups: tuple[Id, ...] = Field(min_length=1)
    #: Groups that may answer but need not: not part of their set.
    optional_for: tuple[Id, ...] = ()
    #: On facts, by group: the group is asked only where it holds. Here an unanswered fact does not
    #: hold: nobody is asked about something that may not be there.
    asked_if: dict[Id, Condition] = {}
    #: Conditions that ``asked_if`` calls by name; reading puts them in the place of their names.
    conditions: dict[Id, Condition] = {}
    #: For groups of an organisation's own: the side each stands on.
    sides: dict[Id, Side] = {}
    scales: tuple[Scale, ...] = ()
    dimensions: tuple[Dimension, ...] = ()
    domains: tuple[Domain, ...] = ()
    sections: tuple[Section, ...] = Field(min_length=1)

    def items(self) -> tuple[Item, ...]:
        return tuple(item for section in self.sections for item in section.items)

    def groups_of(self, item: Item) -> tuple[str, ...]:
        """The groups that are asked an item: its own, else those of the questionnaire."""
        return item.groups or self.groups
