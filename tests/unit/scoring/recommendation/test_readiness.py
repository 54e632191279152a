"""Overall readiness: the lowest domain, capped by gates, and what makes it uncertain."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from scoring.measures.totals import DomainResult
from scoring.recommendation.gates import all_gates
from scoring.recommendation.readiness import Readiness, readiness
from scoring.rules.bands import band_of
from scoring.rules.conditions import Evidence
from scoring.rules.model import NOT_HEARD
from tests.support.evidence import ready
from tests.support.organisations import guidance, library

HEARD = frozenset({"principles", "culture"})


def domain(name: str, score: int, ends: tuple[int, int] | None = None) -> DomainResult:
    return DomainResult(name, score, band_of(score), ends or (score, score))


def overall(*others: DomainResult, evidence: Evidence | None = None, **more: Any) -> Readiness:
    """Every domain stands at 85 points, but for those that are named."""
    domains = {name: domain(name, 85) for name in library().domains}
    domains |= {other.id: other for other in others}
    gates = all_gates(guidance(), evidence or ready())
    return readiness(domains, gates, library(), **{"heard": HEARD} | more)


def test_it_is_the_lowest_domain() -> None:
    result = overall(domain("team", 62), domain("learning", 70))
    assert (result.score, result.band, result.limited_by) == (62, "nearly_ready", ("team",))
    assert overall() == Readiness("ready", False, 85, (85, 85), (), ())


def test_participation_does_not_count() -> None:
    assert overall(domain("participation", 10)).score == 85


def test_a_gate_of_every_offer_caps_it_once_it_is_answered() -> None:
    # Without cover the gate of the supervisor caps at groundwork.
    cover = ready().with_practices({"supervision.cover": "planned"})
    result = overall(evidence=cover)
    assert (result.band, result.limited_by) == ("groundwork", ("named_supervisor",))
    assert not result.uncertain
    practices = {name: p for name, p in ready().practices.items() if name != "supervision.cover"}
    unanswered = overall(evidence=replace(ready(), practices=practices))
    assert (unanswered.band, unanswered.uncertain) == ("ready", True)


def test_it_is_uncertain_where_its_interval_reaches_into_another_band() -> None:
    # From the lowest of the lower ends to the lowest of the upper ends: 79 to 85, 80 to 85.
    assert overall(domain("team", 82, (79, 86))).uncertain
    assert overall(domain("team", 82, (79, 86))).interval == (79, 85)
    assert not overall(domain("team", 82, (80, 86))).uncertain


def test_a_domain_without_a_score_is_missing() -> None:
    result = overall(DomainResult("team", None, None, None))
    assert (result.band, result.uncertain, result.missing) == ("ready", True, ("team",))
    not_asked = overall(DomainResult("team", None, None, None, asked=False))
    assert (not_asked.uncertain, not_asked.missing) == (False, ())


def test_without_lived_experience_or_in_a_quick_look_there_is_no_band() -> None:
    unheard = overall(heard=frozenset({"principles"}))
    assert (unheard.band, unheard.limited_by, unheard.score) == (None, (NOT_HEARD,), 85)
    quick = overall(form="quick")
    assert (quick.band, quick.score, quick.uncertain) == (None, None, False)
