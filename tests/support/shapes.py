"""The shapes that the result promises to other programs: keys, types and ranges.

Adding keys is fine, so these models allow more than they name; what they name must be there.
"""

from __future__ import annotations

import math
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictFloat, StrictInt

Points = Annotated[StrictInt, Field(ge=0, le=100)]
Share = Annotated[StrictFloat, Field(ge=0, le=1)]
Count = Annotated[StrictInt, Field(ge=0)]
Sentence = Annotated[str, Field(min_length=1)]
Band = Literal["groundwork", "emerging", "nearly_ready", "ready"]
Interval = Annotated[list[StrictInt], Field(min_length=2, max_length=2)] | None
Rung = Annotated[StrictFloat, Field(ge=1, le=8)]


class Shape(BaseModel):
    model_config = ConfigDict(extra="allow")


class Source(Shape):
    document: Sentence
    section: Sentence


class Suppressed(BaseModel):
    """A suppressed cell says why, and which groups it stands for; it has no number."""

    model_config = ConfigDict(extra="forbid")
    suppressed: Sentence
    of: list[Sentence] | None = None


class Cell(Shape):
    score: Points
    interval: Interval
    n: Count
    #: None where, with so few answers of so few sorts, it could tell what people answered.
    sd: Points | None
    dont_know: Share


class Readiness(Shape):
    band: Band | None
    uncertain: StrictBool
    score: Points | None
    limited_by: list[Sentence]
    headline: Sentence


class Domain(Shape):
    score: Points | None
    band: Band | None
    interval: Interval
    capped_by: str | None


class Agreement(Shape):
    ad: Annotated[StrictFloat, Field(ge=0)]
    r_star_wg: Annotated[StrictFloat, Field(le=1)]
    view: Literal["shared", "mixed", "divided"]


class Alpha(Shape):
    value: Annotated[StrictFloat, Field(le=1)]
    interval: Annotated[list[StrictFloat], Field(min_length=2, max_length=2)]
    n: Annotated[StrictInt, Field(ge=20)]


class Dimension(Shape):
    score: Points | None
    score_by_respondents: Points | None
    interval: Interval
    n: Count
    dont_know: Share | None
    basis: Literal["agreed", "claimed", "groups"]
    claimed: dict[str, Points] | None
    agreement: Agreement | None
    alpha: Alpha | None
    groups: dict[str, Suppressed | Cell]


class Gap(Shape):
    dimension: str
    high: str
    low: str
    difference: Annotated[StrictInt, Field(ge=10, le=100)]
    interval: Interval
    evidence: Literal["clear", "possible"]


class Area(Shape):
    now: dict[str, Suppressed | Rung]
    wanted: dict[str, Suppressed | Rung]
    evidenced: StrictInt | None


class Concern(Shape):
    id: Sentence
    share_some: Share
    share_serious: Share
    responses: list[Sentence]


class Gate(Shape):
    id: Sentence
    met: StrictBool
    critical: StrictBool
    because: Annotated[list[Sentence], Field(min_length=1)]
    sources: Annotated[list[Source], Field(min_length=1)]


class RiskPoint(Shape):
    points: Annotated[StrictInt, Field(ge=1)]
    because: Sentence


class Fallback(Shape):
    id: Literal["build_involvement"]
    model: None
    role_level: None
    arrangement: None
    risk: Literal["low"]
    risk_points: Annotated[list[RiskPoint], Field(max_length=0)]
    fit: None
    sources: Annotated[list[Source], Field(min_length=1)]


class Offer(Shape):
    id: Sentence
    model: Literal[
        "group_work",
        "one_to_one",
        "peer_research",
        "outreach",
        "mixed",
        "in_house",
        "advice_and_training",
    ]
    role_level: Literal["outreach", "facilitation", "mentoring", "advisory", "research"]
    arrangement: Literal["with_staff", "paired", "independent"]
    risk: Literal["low", "moderate", "high"]
    risk_points: list[RiskPoint]
    fit: Points
    sources: Annotated[list[Source], Field(min_length=1)]


class RuledOut(Offer):
    blocked_by: Annotated[list[Sentence], Field(min_length=1)]


class Next(RuledOut):
    fixes: Annotated[list[dict[str, str | int]], Field(min_length=1)]


class Recommendation(Shape):
    start: Fallback | Offer
    open: list[Offer]
    ruled_out: list[RuledOut]
    next: list[Next]
    stability: dict[str, Share]


class Flag(Shape):
    flag: Sentence
    detail: Sentence


class Result(Shape):
    organisation: str
    respondents: dict[str, Annotated[StrictInt, Field(ge=1)]]
    readiness: Readiness
    domains: dict[str, Domain]
    dimensions: dict[str, Dimension]
    gaps: list[Gap]
    ladder: dict[str, Area]
    concerns: list[Concern]
    gates: list[Gate]
    recommendation: Recommendation
    quality: list[Flag]


def numbers(value: Any) -> list[float]:
    """Every number anywhere in a result."""
    if isinstance(value, dict):
        return [number for part in value.values() for number in numbers(part)]
    if isinstance(value, list):
        return [number for part in value for number in numbers(part)]
    return [value] if isinstance(value, float | int) and not isinstance(value, bool) else []


def check(result: dict[str, Any]) -> None:
    """The result has the promised shape, and no number that is none or finer than hundredths."""
    Result.model_validate(result)
    for number in numbers(result):
        assert math.isfinite(number)
        assert abs(number * 100 - round(number * 100)) < 1e-9
