"""The headline names the offer that may begin, and no other one."""

from __future__ import annotations

from dataclasses import replace

from assessment.report.headline import headline
from scoring.recommendation.gates import all_gates
from scoring.recommendation.offers import recommend
from scoring.recommendation.wishes import wishes
from scoring.rules.conditions import Evidence
from tests.support.evidence import ready
from tests.support.organisations import evaluated, guidance

OFFERS = guidance().offers
FALLBACK = OFFERS[guidance().choice.fallback].phrase


def of(evidence: Evidence) -> str:
    """The headline of what may be known of an organisation, without anybody's answers."""
    advice = recommend(guidance(), evidence)
    known = {
        "evidence": evidence,
        "gates": all_gates(guidance(), evidence),
        "recommendation": advice,
        "wishes": wishes(advice, evidence, guidance()),
    }
    return headline(replace(evaluated({}), **known))


def test_it_names_the_start() -> None:
    sentence = of(ready())
    assert OFFERS["welcome_in_house"].phrase in sentence
    assert FALLBACK not in sentence


def test_where_nobody_was_heard_it_names_what_can_always_begin() -> None:
    sentence = of(replace(ready(), heard=frozenset()))
    assert FALLBACK in sentence
    assert OFFERS["welcome_in_house"].phrase not in sentence


def test_it_counts_the_basics_that_nobody_has_answered() -> None:
    # Two practices of two gates are not answered: 2 of the 16 that every offer asks for.
    missing = ("supervision.cover", "payment_and_costs.pay_agreed")
    practices = {name: p for name, p in ready().practices.items() if name not in missing}
    assert "2 of the 16 basics" in of(replace(ready(), practices=practices))
