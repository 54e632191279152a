"""Fixes: the fewest changes after which an offer may begin."""

from __future__ import annotations

import pytest

from scoring.recommendation.fixes import Fix, fixes
from scoring.recommendation.offers import consider
from scoring.rules.conditions import Evidence
from tests.support.evidence import ready
from tests.support.organisations import guidance


def needed(offer: str, evidence: Evidence) -> tuple[Fix, ...] | None:
    result = consider(guidance().offers[offer], guidance(), evidence)
    assert not result.candidate
    return fixes(result, guidance(), evidence)


def fact(name: str, *codes: str, of: Evidence | None = None) -> Evidence:
    return (of or ready()).with_fact(f"fit.{name}", frozenset(codes))


def test_each_practice_that_a_gate_misses_is_raised() -> None:
    evidence = ready().with_practices(
        {"supervision.cover": "partly", "supervision.agreed_intervals": "planned"}
    )
    # Booking supervision ahead takes an hour or two (1), planning cover some days (2).
    assert needed("welcome_in_house", evidence) == (
        Fix("raise", "supervision.agreed_intervals", "in_place", 1),
        Fix("raise", "supervision.cover", "in_place", 2),
    )


def test_a_score_is_lifted_to_its_threshold() -> None:
    evidence = ready().with_score("culture", 30.0)
    assert needed("welcome_in_house", evidence) == (Fix("lift", "culture", "40", 5),)


def test_of_the_safeguards_the_fewest_are_raised_and_of_these_the_easiest() -> None:
    # V 1 + D 1 and three safeguards of one point each make 5; a low appetite allows 3, so two of
    # the three have to come. Watching for drift takes 1; of the others, 2 each, the first by id.
    safeguards = ("changed_relationships", "told_to_people", "drift_watched")
    items = {f"boundaries.{safeguards[0]}", f"confidentiality.{safeguards[1]}"}
    items.add(f"peer_values.{safeguards[2]}")
    evidence = fact("risk_appetite", "low").with_practices(dict.fromkeys(items, "not_in_place"))
    assert needed("welcome_in_house", evidence) == (
        Fix("raise", "boundaries.changed_relationships", "in_place", 2),
        Fix("raise", "peer_values.drift_watched", "in_place", 1),
    )


def test_a_fact_that_can_be_changed_is_set_beside_what_was_said() -> None:
    evidence = fact("needs", "isolation", of=fact("staff_roles", "accompany"))
    (fix,) = needed("co_host_activities", evidence) or ()
    assert fix == Fix("set", "fit.staff_roles", "co_facilitate", 3)
    after = fix.apply(evidence)
    assert after.facts["fit.staff_roles"] == {"accompany", "co_facilitate"}
    assert consider(guidance().offers["co_host_activities"], guidance(), after).candidate


@pytest.mark.parametrize(
    "evidence",
    [
        fact("needs", "isolation"),
        fact("already_running", "welcome_in_house"),
    ],
    ids=["another need", "runs already"],
)
def test_no_change_makes_a_start_of_what_is_not_needed_or_runs_already(evidence: Evidence) -> None:
    assert needed("welcome_in_house", evidence) is None
