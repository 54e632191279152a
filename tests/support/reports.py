"""Stories for tests: of organisations described in a few words, and of the demonstration."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

from assessment.report.build import build_report
from assessment.report.model import Block, Report
from assessment.report.round_details import NO_ROUND, Round
from assessment.services.results.demonstration import demonstration
from assessment.services.results.evaluation import evaluate
from scoring.profile import Profile
from scoring.result import Result
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


def group(people: int = 6, items: Mapping[str, Any] | None = None, **kinds: Any) -> dict[str, Any]:
    return {"people": people, "by_kind": EVERYTHING | kinds, "items": dict(items or {})}


def report_of(
    profile: Profile, stability: Mapping[str, float] | None = None, round_: Round = NO_ROUND
) -> Report:
    """The report of a profile by itself, without notes of a working group."""
    return build_report(Result(profile, stability or {}, guidance()), round_)


def reported(organisation: Mapping[str, Any]) -> tuple[Profile, Report]:
    profile = evaluated(organisation)
    return profile, report_of(profile, {profile.recommendation.start.offer.id: 1.0})


@cache
def harbour_house() -> tuple[Profile, Report]:
    demo = demonstration(library())
    found = evaluate(demo.table, demo.context, name="demonstration")
    return found.profile, build_report(found)


def block(of: Report, name: str) -> Block:
    return next(block for block in of.blocks if block.id == name)


def chart(of: Report, name: str, kind: type) -> Any:
    return next(chart for chart in block(of, name).charts if isinstance(chart, kind))


def walk(value: Any) -> Iterator[Any]:
    yield value
    if is_dataclass(value) and not isinstance(value, type):
        for part in fields(value):
            yield from walk(getattr(value, part.name))
    elif isinstance(value, tuple):
        for part in value:
            yield from walk(part)
