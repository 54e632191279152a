"""Stories for tests: of organisations described in a few words, and of the demonstration."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

from assessment.services.demo import demonstration
from assessment.services.evaluate import evaluate
from assessment.story import Block, Story, story
from scoring.profile import Profile
from tests.support.organisations import evaluated, guidance, library

EVERYTHING = {
    "frequency": "sometimes",
    "agreement": "agree",
    "practice": "partly",
    "concern": "not_a_concern",
    "rung_now": "3",
    "rung_wanted": "5",
    "boundary": "not_ok",
}


def group(people: int = 6, items: Mapping[str, Any] | None = None, **says: Any) -> dict[str, Any]:
    return {"people": people, "says": EVERYTHING | says, "items": dict(items or {})}


def told(organisation: Mapping[str, Any]) -> tuple[Profile, Story]:
    profile = evaluated(organisation)
    return profile, story(profile, {profile.recommendation.start.offer.id: 1.0}, guidance())


@cache
def harbour_house() -> tuple[Profile, Story]:
    made = demonstration(library())
    found = evaluate(made.table, made.context, name="demonstration")
    return found.profile, story(found.profile, found.stability, found.guidance)


def block(of: Story, name: str) -> Block:
    return next(block for block in of.blocks if block.id == name)


def chart(of: Story, name: str, kind: type) -> Any:
    return next(chart for chart in block(of, name).charts if isinstance(chart, kind))


def walk(value: Any) -> Iterator[Any]:
    yield value
    if is_dataclass(value) and not isinstance(value, type):
        for part in fields(value):
            yield from walk(getattr(value, part.name))
    elif isinstance(value, tuple):
        for part in value:
            yield from walk(part)
