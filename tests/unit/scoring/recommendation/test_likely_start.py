"""Prospects: where the facts lead, before practices are answered."""

from __future__ import annotations

from scoring.recommendation.likely_start import (
    asked_for,
    assuming_best_answers,
    heading_for,
    own_basics,
)
from scoring.rules.conditions import Evidence
from tests.support.evidence import ready
from tests.support.organisations import guidance, library

NOTHING = Evidence(library())
#: What is known after the first page: the facts of an organisation that wants to welcome people.
FACTS = Evidence(library(), facts=ready().facts)


def test_the_facts_lead_to_a_start_and_to_what_is_wished_for() -> None:
    # They need a welcome, and hope for a mixed programme.
    found = [offer.id for offer in heading_for(guidance(), FACTS)]
    assert found == ["welcome_in_house", "integrated_programme"]
    in_house = FACTS.with_fact("fit.wished_model", frozenset({"in_house"}))
    assert [offer.id for offer in heading_for(guidance(), in_house)] == ["welcome_in_house"]


def test_without_facts_it_leads_nowhere() -> None:
    assert heading_for(guidance(), NOTHING) == ()


def test_best_answers_are_full_marks_everywhere_and_everybody_heard() -> None:
    best = assuming_best_answers(NOTHING)
    assert {*best.scores} == {*library().dimensions, *library().domains}
    assert {*best.scores.values()} == {100.0}
    assert best.heard == {*library().domains}


def test_an_offer_asks_for_its_gates_and_its_safeguards() -> None:
    asked = asked_for(guidance(), (guidance().offers["welcome_in_house"],))
    # A gate of every offer, its own gate, and a safeguard.
    assert asked >= {"supervision.cover", "role_design.scripts", "peer_values.drift_watched"}
    assert "training.mentoring" not in asked


def test_the_basics_of_a_working_group_hang_on_nothing_that_people_say() -> None:
    every = {gate.id for gate in guidance().every_offer_gates}
    own = {gate.id for gate in own_basics(guidance())}
    assert every - own == {"culture_above_groundwork", "lived_experience_heard"}
