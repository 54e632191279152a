"""The rulebook: everything that rules and advice say, as scoring uses it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from questionnaires.model import Ladder
from scoring.rules.model import (
    Action,
    ChoiceRules,
    ConcernResponse,
    Gate,
    Ladders,
    Offer,
    Resource,
    RiskRules,
    SourceConflict,
)


@dataclass(frozen=True)
class Guidance:
    """Everything that rules and advice say, by id, in the order of the files."""

    gates: Mapping[str, Gate]
    offers: Mapping[str, Offer]
    risk: RiskRules
    choice: ChoiceRules
    ladders: Ladders
    responses: tuple[ConcernResponse, ...]
    #: What each concern is about, in words that complete "People want to know ...".
    concern_matters: Mapping[str, str]
    conflicts: tuple[SourceConflict, ...]
    folder: Path
    read_actions: Callable[[], Mapping[str, Action]]
    read_resources: Callable[[], Mapping[str, Resource]]

    @cached_property
    def actions(self) -> Mapping[str, Action]:
        """The actions; read when they are first wanted: most rules do without them."""
        return self.read_actions()

    @cached_property
    def resources(self) -> Mapping[str, Resource]:
        """Things to read or use that actions name; read when they are first wanted."""
        return self.read_resources()

    @cached_property
    def brought_by(self) -> Mapping[str, Action]:
        """The action that takes a practice to in place, by practice."""
        return {practice: action for action in self.actions.values() for practice in action.brings}

    def read_entirely(self) -> Guidance:
        """The same with everything read that is otherwise read when it is first wanted: its files
        may be gone by then."""
        object.__setattr__(self, "actions", self.read_actions())
        object.__setattr__(self, "resources", self.read_resources())
        return self

    def action_that_brings(self, practice: str) -> Action | None:
        """The action that takes a practice to in place; None for one of an organisation's own."""
        return self.brought_by.get(practice)

    def effort_of(self, practice: str) -> int | None:
        """The effort of the action that brings a practice, 1 (an hour or two) to 5 (a year)."""
        action = self.action_that_brings(practice)
        return action.effort if action else None

    @cached_property
    def every_offer_gates(self) -> tuple[Gate, ...]:
        return tuple(gate for gate in self.gates.values() if gate.every_offer)

    @property
    def fallback(self) -> Offer:
        return self.offers[self.choice.fallback]

    @cached_property
    def starts(self) -> tuple[Offer, ...]:
        """Every offer but the fallback."""
        return tuple(o for o in self.offers.values() if o.id != self.choice.fallback)

    def gates_of(self, offer: Offer) -> tuple[Gate, ...]:
        """The gates that an offer must pass: those of every offer, then its own."""
        general = (
            gate
            for gate in self.every_offer_gates
            if offer.role_level not in gate.except_role_levels
        )
        return (*general, *(self.gates[gate] for gate in offer.gates))

    def parts_of(self, offer: Offer) -> tuple[Offer, ...]:
        """The offers that a combined one includes."""
        return tuple(self.offers[part] for part in offer.parts)

    def ladder(self, name: str) -> Ladder:
        return next(ladder for ladder in self.ladders.ladders if ladder.id == name)
