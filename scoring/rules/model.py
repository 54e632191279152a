"""What is known, as models: gates, offers, risk, choice, ladders, concerns, actions.

Each entry of ``data/guidance`` carries a reason, references and the force that its source gives.
Loading checks that every id it names exists and that no rule could break what must always hold.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from questionnaires.conditions import Condition
from questionnaires.model import Force, Id, ItemId, Ladder, Model, Reference, Sentence

Model_ = Literal[
    "group_work",
    "one_to_one",
    "peer_research",
    "outreach",
    "mixed",
    "in_house",
    "advice_and_training",
]
RoleLevel = Literal["outreach", "facilitation", "mentoring", "advisory", "research"]
Arrangement = Literal["with_staff", "paired", "independent"]
#: From the least autonomy to the most.
ARRANGEMENTS: tuple[Arrangement, ...] = ("with_staff", "paired", "independent")
Band = Literal["groundwork", "emerging", "nearly_ready", "ready"]
RiskBand = Literal["low", "moderate", "high"]
#: The gates whose failure is a reason of its own.
CULTURE_GATE, HEARD_GATE = "culture_above_groundwork", "lived_experience_heard"
#: What limits the overall readiness, and a flag, where no service user could be shown.
NOT_HEARD = "service_users_not_heard"


class Advice(Model):
    """What every rule carries: why it stands, where it comes from, how strongly."""

    reason: Sentence
    source: tuple[Reference, ...] = Field(min_length=1)
    force: Force
    #: True where no source gives the number, the order or the threshold: our judgement.
    judgement: bool = False


class Gate(Advice):
    """Something that must be in place before an offer is responsible."""

    id: Id
    title: Sentence
    #: Asked of every offer; else offers list it under ``gates``.
    every_offer: bool = False
    #: Role levels of which a gate for every offer is not asked.
    except_role_levels: tuple[RoleLevel, ...] = ()
    #: Where it applies; elsewhere it is met.
    when: Condition | None = None
    needs: Condition
    #: In words, what to do where it is not met.
    to_meet: Sentence
    caps_band_at: Band | None = None


class Exposure(Model):
    """Something that the tasks of an offer expose people to."""

    id: Id
    letter: Annotated[str, Field(pattern="^[A-Z]$")]
    title: Sentence
    points: int = Field(ge=0, le=10)
    reason: Sentence
    source: tuple[Reference, ...] = Field(min_length=1)


class Safeguard(Model):
    """Something beyond an offer's gates that lowers its risk once it is in place."""

    id: Id
    title: Sentence
    missing: Condition
    points: int = Field(ge=1, le=10)
    reason: Sentence
    source: tuple[Reference, ...] = Field(min_length=1)


class AnsweredNeed(Model):
    """A need of the people served that an offer answers; ``need`` is a code of the needs."""

    need: str
    because: Sentence


class Fit(Model):
    """Further points towards how well an offer suits: wishes and where people are. Facts only."""

    when: Condition
    points: int = Field(ge=1, le=100)
    because: Sentence


class FirstStep(Model):
    """One of the first things to do once an offer is chosen."""

    what: Sentence
    who: Sentence
    when: Sentence


class Beginning(Model):
    """How an offer begins: its first steps in their order, the training, the day to look back."""

    steps: tuple[FirstStep, ...] = Field(min_length=1)
    training: Sentence
    #: Weeks after the first day on which everybody involved looks back.
    look_back_after_weeks: int = Field(ge=1, le=52)
    look_back: Sentence


class Offer(Advice):
    """A starting offer: a peer model at a role level in an arrangement."""

    id: Id
    title: Sentence
    #: Completes "Ready to start with ...".
    phrase: Sentence
    description: Sentence
    tasks: tuple[Sentence, ...] = ()
    model: Model_ | None = None
    role_level: RoleLevel | None = None
    arrangement: Arrangement | None = None
    #: Offers that a combined one includes: it exposes to all that they expose to, asks for their
    #: gates, is refused where one of them is, and its risk is never under that of the riskiest.
    parts: tuple[Id, ...] = ()
    #: Exposure letters, each with the way in which this offer exposes people.
    exposes: dict[str, Sentence] = {}
    gates: tuple[Id, ...] = ()
    safeguards: tuple[Id, ...] = ()
    needs: tuple[AnsweredNeed, ...] = ()
    fits: tuple[Fit, ...] = ()
    later: Sentence | None = None
    begin: Beginning | None = None


class UnguardedRule(Advice):
    """Points for kinds of work that go ahead with none of their own safeguards in place."""

    models: tuple[Model_, ...]
    arrangements: tuple[Arrangement, ...]
    points: int = Field(ge=1)
    because: Sentence

    def concerns(self, offer: Offer) -> bool:
        """Whether this rule is about an offer's kind of work."""
        return offer.model in self.models or offer.arrangement in self.arrangements


class RiskRules(Model):
    """Points, bands and safeguards by which the risk of an offer is worked out."""

    exposures: tuple[Exposure, ...]
    arrangements: dict[Arrangement, int]
    arrangement_reasons: dict[Arrangement, Sentence]
    #: The highest number of points that is still low, and still moderate.
    low_up_to: int
    moderate_up_to: int
    reason: Sentence
    source: tuple[Reference, ...] = Field(min_length=1)
    safeguards: tuple[Safeguard, ...]
    unguarded: UnguardedRule
    #: Said of a combined offer whose own points are fewer than those of its riskiest part.
    riskiest_part: Sentence


class ExperienceRule(Advice):
    """Where experience is missing, some kinds of start are refused whatever else is met."""

    when: Condition
    refuse_models: tuple[Model_, ...]
    refuse_role_levels: tuple[RoleLevel, ...]
    refuse_arrangements: tuple[Arrangement, ...]


class AppetiteRule(Advice):
    """Appetite for risk can only narrow what may start."""

    fact: ItemId
    highest: dict[str, RiskBand]
    unanswered: RiskBand


class NeedRule(Advice):
    """How stated needs count: the main one reaches the threshold, all else together does not."""

    needs_fact: ItemId
    main_fact: ItemId
    main_points: int = Field(ge=1, le=100)
    other_points: int = Field(ge=1, le=100)


class RunningRule(Advice):
    """What runs already is no start; it counts as experience, its open gates are repairs."""

    fact: ItemId


class ChoiceRules(Model):
    """How the starting offer is chosen."""

    fallback: Id
    need: NeedRule
    running: RunningRule
    highest_risk: RiskBand
    experience: ExperienceRule
    appetite: AppetiteRule
    wished_fact: ItemId
    #: Which peer model the codes of the wished fact stand for, in words for the headline.
    wished_phrases: dict[str, Sentence]


class LadderEvidence(Model):
    """The practices that would show that one rung is reached in one area."""

    area: Id
    #: Rung number by ladder id, counted from 1.
    rung: dict[Id, int]
    practices: tuple[ItemId, ...] = Field(min_length=1)
    reason: Sentence


class Area(Model):
    id: Id
    title: Sentence


class Ladders(Model):
    """Both ladders, the areas asked about, and what would show each rung."""

    default: Id
    ladders: tuple[Ladder, ...]
    areas: tuple[Area, ...]
    evidence: tuple[LadderEvidence, ...]


class ConcernResponse(Advice):
    """A ready response to a concern, with the evidence that would answer it."""

    id: Id
    concern: ItemId
    title: Sentence
    response: Sentence
    evidence: Sentence
    #: The practices that must be in place for the response to be true; none: it promises nothing.
    needs: tuple[ItemId, ...] = ()


class ConcernMatter(Model):
    """What a concern is about, for results that everybody reads: the matter, never the people."""

    concern: ItemId
    #: Completes "People want to know ...".
    result: Sentence


class Action(Advice):
    """A piece of work in the plan, tied to the dimension it moves."""

    id: Id
    dimension: Id
    title: Sentence
    how: Sentence
    who: Sentence
    #: Who does it where a service has no such person; begins with "or".
    who_else: Annotated[str, Field(pattern="^or,? ")] | None = None
    #: 1: an hour or two; 2: some days; 3: weeks; 4: months; 5: a year.
    effort: int = Field(ge=1, le=5)
    #: Practices that are in place once this is done. Only these answer a gap; each practice has
    #: one action that brings it.
    brings: tuple[ItemId, ...] = ()
    #: Practices that it moves a part of the way.
    helps: tuple[ItemId, ...] = ()
    #: Things to read, watch or use, by their ids in ``resources.yaml``.
    resources: tuple[Id, ...] = ()


class Resource(Model):
    """Something to read, watch or use that one of the sources names."""

    id: Id
    title: Sentence
    made_by: Sentence
    #: An address as the source gives it, or how to look for it.
    find: Sentence
    good_for: Sentence
    source: tuple[Reference, ...] = Field(min_length=1)


class ConflictPosition(Model):
    """What one side of a conflict says, and where."""

    statement: Sentence
    source: tuple[Reference, ...] = Field(min_length=1)


class SourceConflict(Model):
    """Where sources disagree: both positions, and the fact by which an organisation decides."""

    id: Id
    question: Sentence
    positions: tuple[ConflictPosition, ...] = Field(min_length=2)
    fact: ItemId | None = None
    reason: Sentence

    @property
    def source(self) -> tuple[Reference, ...]:
        """The references of every position."""
        return tuple(source for position in self.positions for source in position.source)
