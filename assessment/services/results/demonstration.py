"""The demonstration: an invented organisation, made into answers from a description and a seed.

``data/demo/harbour-house.yaml`` says what each group tends to answer; this draws people around
it. The same seed gives the same answers on every machine.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from assessment.report.round_details import GroupStatement, Round, Team
from assessment.services.results.evaluation import INVENTED
from questionnaires.content_files.yaml_files import build, read
from questionnaires.library import Library
from questionnaires.model import DONT_KNOW, WORKING_GROUP, Id, Item, Model
from scoring.answers.matrix import COLUMNS, Context
from scoring.disclosure.written_texts import Texts, publish_texts

FILE = Path(__file__).resolve().parents[3] / "data" / "demo" / "harbour-house.yaml"

#: How far one person's answers to the items of one dimension lie apart, points.
WITHIN_PERSON = 12.0
#: How far people lie apart on the ladder, rungs.
RUNG_SPREAD = 0.9

Shares = list[float]


class DemoGroup(Model):
    """What a group tends to answer; see the comments in the file."""

    people: int
    means: dict[str, float]
    spread: float
    split: dict[str, tuple[float, float]] = {}
    practices: dict[str, float] = {}
    concerns: dict[str, Shares] = {}
    rungs_now: dict[str, float] = {}
    rungs_wanted: dict[str, float] = {}
    boundaries: dict[str, dict[str, Shares]] = {}
    confirm: dict[str, float] = {}
    would_help: dict[str, float] = {}
    dont_know: dict[str, float] = {}
    skipped: float = 0.0
    comments: list[str] = []


class DemoStatement(Model):
    """What a group says itself."""

    text: str
    facilitated: bool
    written_by: str
    written_on: str


class Demo(Model):
    """The description of the invented organisation."""

    organisation: str
    description: str
    narrative: str
    seed: int
    context: dict[str, Any]
    working_group: Team
    statements: dict[Id, DemoStatement]
    groups: dict[Id, DemoGroup]
    agreed: dict[str, str]
    notes: dict[str, str]
    facts: dict[str, Any]


@dataclass(frozen=True)
class Demonstration:
    """The answers of the invented organisation, with what is known beside them."""

    table: pd.DataFrame
    context: Context
    round: Round


def demonstration(library: Library) -> Demonstration:
    """Make the demonstration's answers."""
    document = read(FILE)
    demo = build(Demo, document.content, document)
    context = Context(organisation=demo.organisation, seed=demo.seed, **demo.context)
    random = np.random.default_rng(demo.seed)
    rows = [*_agreed(demo, library)]
    for group, group_plan in demo.groups.items():
        rows += _People(group, group_plan, library, random).rows()
    table = pd.DataFrame(rows, columns=list(COLUMNS), dtype="str")
    round_ = Round(
        closed=True,
        team=demo.working_group,
        written=_written(table, context, library),
        statements=tuple(
            GroupStatement(group, context.title(group), **said.model_dump())
            for group, said in demo.statements.items()
        ),
    )
    return Demonstration(table, context, round_)


def _written(table: pd.DataFrame, context: Context, library: Library) -> dict[str, Texts]:
    """What people wrote, all of it as if it had been read and may be shown."""
    items = [item.id for item in library.items.values() if item.kind == "text"]
    people = table[table["group"] != WORKING_GROUP]
    by_item = {item: list(people[people["item"] == item]["value"]) for item in items}
    least = context.minimum_group_size
    return {item: publish_texts(t, len(t), least) for item, t in by_item.items() if t}


Row = tuple[str, str, str, str, str]


def _agreed(demo: Demo, library: Library) -> Iterator[Row]:
    values = demo.agreed | {item: _joined(value) for item, value in demo.facts.items()}
    for item, value in values.items():
        yield f"{INVENTED}team", WORKING_GROUP, library.questionnaire_of[item].id, item, value
    for item, note in demo.notes.items():
        own = library.items[item].note_id
        yield f"{INVENTED}team", WORKING_GROUP, library.questionnaire_of[item].id, own, note


def _joined(value: Any) -> str:
    return ";".join(value) if isinstance(value, list) else str(value)


class _People:
    """Draws the people of one group and their answers."""

    def __init__(
        self, group: str, group_plan: DemoGroup, library: Library, random: np.random.Generator
    ) -> None:
        self.group, self.plan, self.library, self.random = group, group_plan, library, random

    def rows(self) -> list[Row]:
        items = list(self.library.items_for(self.group))
        rows = []
        for number in range(self.plan.people):
            own = self._leanings(number)
            for item in items:
                value = self._answer(item, own, number)
                if value is not None:
                    name = f"{INVENTED}{self.group}-{number + 1:02d}"
                    questionnaire = self.library.questionnaire_of[item.id].id
                    rows.append((name, self.group, questionnaire, item.id, value))
        return rows

    def _leanings(self, number: int) -> dict[str, float]:
        """One person's own mean on each dimension: a general mood, and a view of each."""
        mood = self.random.normal(0, 0.6)
        leanings = {}
        for dimension, mean in self.plan.means.items():
            camps = self.plan.split.get(dimension)
            centre = camps[number % 2] if camps else mean
            spread = self.plan.spread * (0.4 if camps else 1)
            leanings[dimension] = centre + spread * (mood + 0.8 * self.random.normal())
        return leanings

    def _answer(self, item: Item, own: Mapping[str, float], number: int) -> str | None:
        random, group_plan = self.random, self.plan
        if item.kind == "text":
            return group_plan.comments[number] if number < len(group_plan.comments) else None
        if random.random() < group_plan.skipped:
            return None
        unsure = group_plan.dont_know.get(
            item.dimension or "", group_plan.dont_know.get("default", 0.0)
        )
        if item.scored and random.random() < unsure:
            return DONT_KNOW
        match item.kind:
            case "frequency" | "agreement" | "practice":
                if item.dimension not in own and item.id not in group_plan.practices:
                    return None
                return self._scored(item, own)
            case "rung_now" | "rung_wanted":
                return self._rung(item)
            case "concern":
                return self._drawn(item, group_plan.concerns.get(item.id))
            case "boundary":
                return self._boundary(item)
            case "choices":
                chosen = [
                    c for c, share in group_plan.would_help.items() if random.random() < share
                ]
                return ";".join(chosen) or "nothing"
        return None

    def _scored(self, item: Item, own: Mapping[str, float]) -> str:
        """The option nearest to the person's leaning, give or take."""
        centre = own.get(item.dimension or "", 50.0)
        if item.id in self.plan.practices:
            dimension_mean = self.plan.means.get(item.dimension or "", 50.0)
            centre += self.plan.practices[item.id] - dimension_mean
        points = centre + WITHIN_PERSON * self.random.normal()
        options = self.library.options(item)
        return min(options, key=lambda option: abs((option.score or 0) - points)).code

    def _rung(self, item: Item) -> str | None:
        means = self.plan.rungs_now if item.kind == "rung_now" else self.plan.rungs_wanted
        if item.area not in means:
            return None
        options = self.library.options(item)
        drawn = round(means[item.area] + RUNG_SPREAD * self.random.normal())
        return options[min(max(drawn, 1), len(options)) - 1].code

    def _drawn(self, item: Item, shares: Shares | None) -> str | None:
        if shares is None:
            return None
        options = self.library.options(item)
        known = np.array(shares) / sum(shares)
        return options[int(self.random.choice(len(options), p=known))].code

    def _boundary(self, item: Item) -> str | None:
        situation = item.situation or ""
        if situation in self.plan.confirm:
            share = self.plan.confirm[situation]
            return self._drawn(item, [1 - share, share])
        return self._drawn(item, self.plan.boundaries.get(situation, {}).get(item.aspect or ""))
