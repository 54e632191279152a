"""Totals over groups and domains over dimensions, added by hand."""

from __future__ import annotations

from typing import Any

import pytest

from questionnaires.model import Side
from scoring.answers.context import Context
from scoring.answers.matrix import Group
from scoring.disclosure.groups_and_rounding import PublishedGroup, PublishedScore, Suppressed
from scoring.measures.totals import (
    DimensionResult,
    DomainResult,
    domain_of,
    total_of,
    weights_of,
)
from tests.support.organisations import library


def group(name: str, side: Side = "organisation") -> PublishedGroup:
    return PublishedGroup(name, side, (Group(name, side, 0, 10, None),))


USERS, STAFF, MANAGERS = group("service_user", "lived_experience"), group("staff"), group("manager")
ALL = (USERS, STAFF, MANAGERS)


def cell(score: int, n: int = 10) -> PublishedScore:
    return PublishedScore(score, None, n, None, 0.0)


def dimension(name: str, score: int | None, **more: Any) -> DimensionResult:
    return DimensionResult(
        **{
            "id": name,
            "score": score,
            "score_by_respondents": score,
            "interval": None if score is None else (score, score),
            "n": 10,
            "dont_know": 0.0,
            "basis": "groups",
            "groups": {},
            "of": {},
        }
        | more
    )


def domain(name: str, *results: DimensionResult, **context: Any) -> DomainResult:
    known = {result.id: result for result in results}
    return domain_of(library().domains[name], known, library(), ALL, Context(**context))


# Weights


def test_each_side_weighs_half_and_its_groups_alike() -> None:
    assert weights_of(ALL, Context()) == {"service_user": 0.5, "staff": 0.25, "manager": 0.25}
    assert weights_of((STAFF, MANAGERS), Context()) == {"staff": 0.5, "manager": 0.5}


def test_a_weight_that_was_set_stands_beside_the_usual_ones() -> None:
    # 0.5 + 0.25 + 1.25 = 2, of which each has its share.
    found = weights_of(ALL, Context(weights={"staff": 1.25}))
    assert found == {"service_user": 0.25, "staff": 0.625, "manager": 0.125}


# Totals over groups


def test_a_total_is_the_weighted_mean_and_beside_it_that_of_all_respondents() -> None:
    cells = {"service_user": cell(60), "staff": cell(40, 20), "manager": cell(80)}
    total = total_of(cells, ALL, Context())
    assert total is not None
    # 60 / 2 + 40 / 4 + 80 / 4 = 60; (60 · 10 + 40 · 20 + 80 · 10) / 40 = 55.
    assert (total.score, total.by_respondents, total.n) == (60, 55, 40)


def test_what_is_suppressed_weighs_nothing() -> None:
    cells = {
        "service_user": Suppressed("too_few_replies", 5),
        "staff": cell(40, 20),
        "manager": cell(81),
    }
    total = total_of(cells, ALL, Context())
    # (40 + 81) / 2 = 60.5
    assert total is not None
    assert total.score == 61
    assert total_of({"staff": Suppressed("too_few_replies", 5)}, ALL, Context()) is None


# Domains


def test_a_domain_is_the_mean_of_its_dimensions_and_so_are_its_ends() -> None:
    result = domain(
        "team",
        dimension("team_preparation", 70, basis="agreed", interval=None),
        dimension("integration", 75, interval=(60, 81)),
        dimension("peer_values", None),
    )
    # (70 + 75) / 2 = 72.5; an agreed score is both its ends: (70 + 60) / 2, (70 + 81) / 2.
    assert (result.score, result.interval, result.band) == (73, (65, 76), "nearly_ready")


def test_a_band_is_at_most_one_above_the_weakest_critical_dimension() -> None:
    others = ("contract", "personal_support", "training", "performance", "progression")
    strong = [dimension(name, 90) for name in others]
    # (30 + 5 · 90) / 6 = 80 would be ready; 30 is groundwork, and one above it emerging.
    result = domain("support", dimension("supervision", 30), *strong)
    assert (result.score, result.band, result.capped_by) == (80, "emerging", "supervision")
    unknown = domain("support", dimension("supervision", None), *strong)
    assert (unknown.band, unknown.unknown) == ("ready", ("supervision",))


@pytest.mark.parametrize(
    ("lived", "band"), [(39, "emerging"), (40, "nearly_ready"), (60, "ready"), (95, "ready")]
)
def test_the_principles_are_at_most_one_band_above_what_lived_experience_says(
    lived: int, band: str
) -> None:
    cells = {"service_user": cell(lived), "staff": cell(100)}
    result = domain("principles", dimension("valued_input", 85, groups=cells))
    assert (result.score, result.band) == (85, band)
    assert result.limited_by_lived_experience == (band != "ready")


def test_a_quick_look_has_scores_and_no_bands() -> None:
    result = domain("team", dimension("integration", 85), form="quick")
    assert (result.score, result.band) == (85, None)


def test_what_nobody_was_asked_is_not_asked() -> None:
    assert not domain("team", dimension("integration", None, asked=False)).asked
    assert domain("team", dimension("integration", None)).asked
