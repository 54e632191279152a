"""The results of random organisations: as another program reads them, and what may start."""

from __future__ import annotations

from typing import Any

from assessment.render.result_json import result_json
from scoring.answers.matrix import Answers
from scoring.profile import Profile
from scoring.recommendation.offers import OfferResult
from scoring.result import Result
from scoring.stability import stability
from tests.support.organisations import guidance
from tests.support.strategies import scored

#: What can always begin.
FALLBACK = "build_involvement"
#: What every start needs of supervision.
SUPERVISION = ("supervision.named_supervisor", "supervision.agreed_intervals", "supervision.cover")


def published(answers: Answers) -> dict[str, Any]:
    """Everything that leaves the tool, as another program reads it."""
    profile = scored(answers)
    return result_json(Result(profile, stability(answers, profile, guidance()), guidance()))


def possible(profile: Profile) -> dict[str, OfferResult]:
    """The start and the open offers."""
    advice = profile.recommendation
    return {r.offer.id: r for r in (advice.start, *advice.open) if r.offer.id != FALLBACK}
