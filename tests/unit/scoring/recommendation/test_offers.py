"""Offers: fit by hand from choice.yaml and the offers' files, what blocks, and which is first."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scoring.recommendation.offers import (
    consider,
    fit,
    highest_risk,
    recommend,
    refused_for_experience,
    stated_needs,
)
from scoring.rules.conditions import Evidence
from tests.support.evidence import ready
from tests.support.organisations import guidance, library

WELCOME, BUDDYING = (guidance().offers[name] for name in ("welcome_in_house", "buddying"))
CHOICE = guidance().choice
NOTHING = Evidence(library())


def knowing(evidence: Evidence, **facts: str) -> Evidence:
    """The same with some facts; several codes are joined by a blank."""
    for name, codes in facts.items():
        evidence = evidence.with_fact(f"fit.{name}", frozenset(codes.split()))
    return evidence


@pytest.mark.parametrize(
    ("facts", "main", "stated"),
    [
        ({}, None, set()),
        ({"needs": "arriving"}, "arriving", {"arriving"}),
        ({"needs": "arriving isolation"}, None, {"arriving", "isolation"}),
        ({"needs": "arriving", "main_need": "isolation"}, "isolation", {"arriving", "isolation"}),
    ],
)
def test_a_single_need_is_the_main_one(
    facts: dict[str, str], main: str | None, stated: set[str]
) -> None:
    assert stated_needs(CHOICE, knowing(NOTHING, **facts)) == (main, stated)


@pytest.mark.parametrize(
    ("facts", "points", "need"),
    [
        ({"needs": "arriving"}, 60, "main"),
        ({"needs": "arriving", "wants": "welcome"}, 60 + 25, "main"),
        ({"needs": "arriving", "wants": "welcome", "journey": "arriving"}, 60 + 25 + 15, "main"),
        ({"needs": "arriving isolation", "main_need": "isolation"}, 15, "other"),
        ({"needs": "isolation", "wants": "welcome"}, 25, None),
    ],
)
def test_fit_adds_the_need_and_what_is_wished_for(
    facts: dict[str, str], points: int, need: str | None
) -> None:
    found, reasons, answered = fit(WELCOME, CHOICE, knowing(NOTHING, **facts))
    assert (found, answered) == (points, need)
    assert bool(reasons)


def test_appetite_narrows_the_risk_of_a_start_and_never_widens_it() -> None:
    appetites = ["low", "moderate", "high"]
    found = [highest_risk(CHOICE, knowing(NOTHING, risk_appetite=answer)) for answer in appetites]
    assert found == ["low", "moderate", "moderate"]
    assert highest_risk(CHOICE, NOTHING) == "low"


def test_without_experience_one_to_one_work_is_refused_and_a_welcome_is_not() -> None:
    new = knowing(ready(), people_experience="none")
    assert refused_for_experience(BUDDYING, guidance(), new)
    assert not refused_for_experience(WELCOME, guidance(), new)
    assert not refused_for_experience(BUDDYING, guidance(), ready())


def test_what_blocks_an_offer_is_named_gates_first() -> None:
    assert consider(WELCOME, guidance(), ready()).candidate
    evidence = knowing(ready(), already_running="welcome_in_house", needs="isolation")
    evidence = evidence.with_practices({"role_design.scripts": "partly"})
    found = consider(WELCOME, guidance(), evidence)
    assert found.blocked_by == ("welcome_scripts", "running", "fit")
    assert (found.open_gates, found.unanswered) == (("welcome_scripts",), ())


def test_the_start_answers_the_main_need() -> None:
    advice = recommend(guidance(), ready())
    assert (advice.start.offer.id, advice.because, advice.start.fit) == (
        "welcome_in_house",
        "main_need",
        100,
    )
    assert not advice.waiting
    assert {r.blocked_by for r in advice.nearest} == {("fit",)}


@pytest.mark.parametrize(
    ("evidence", "because"),
    [
        (replace(ready(), heard=frozenset()), "not_heard"),
        (ready().with_score("culture", 39.0), "culture"),
        (ready().with_practices({"supervision.cover": "planned"}), "gates"),
        (NOTHING, "too_early"),
        # Responding to overdose is too risky to begin with, and nobody is there to teach it.
        (knowing(ready(), needs="overdose", staff_roles="co_facilitate"), "no_need_answered"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_where_nothing_may_start_it_says_why(evidence: Evidence, because: str) -> None:
    advice = recommend(guidance(), evidence)
    assert (advice.start.offer.id, advice.because) == (CHOICE.fallback, because)
