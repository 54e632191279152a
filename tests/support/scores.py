"""Scores of groups as they are published, by what they are made of."""

from __future__ import annotations

from scoring.disclosure.groups_and_rounding import Grain, PublishedScore, publish_score
from scoring.statistics.estimates import Estimate

#: Questions as groups are asked them, by the number of their options.
THREE, TWO, TWO_PRACTICES = Grain((5, 5, 5)), Grain((5, 5)), Grain((4, 4))
ONE_PRACTICE = Grain((4,), (0.0, 15.0, 50.0, 100.0))
ONE = Grain((5,), (0.0, 25.0, 50.0, 75.0, 100.0))
MET_OR_NOT = Grain((2, 2))


def cell(
    mean: float, sd: float, n: int, grain: Grain = THREE, heads: int | None = None
) -> PublishedScore:
    score = publish_score(Estimate(mean, sd, n, heads), 0.0, 4, grain)
    assert isinstance(score, PublishedScore)
    return score
