"""Gates: met, not met, and not met only for want of an answer."""

from __future__ import annotations

from scoring.recommendation.gates import all_gates, gate_result, is_met, is_open
from scoring.rules.conditions import Evidence
from tests.support.organisations import guidance, library

#: A named supervisor, agreed intervals and cover, all three in place.
SUPERVISOR = guidance().gates["named_supervisor"]
#: A separate line manager, where peer workers are also clients.
MANAGER = guidance().gates["separate_line_manager"]
NOTHING = Evidence(library())
TWO_OF_THREE = NOTHING.with_practices(
    {"supervision.named_supervisor": "in_place", "supervision.agreed_intervals": "in_place"}
)


def test_a_gate_is_met_when_all_that_it_needs_is_in_place() -> None:
    assert not is_met(SUPERVISOR, TWO_OF_THREE)
    assert is_met(SUPERVISOR, TWO_OF_THREE.with_practices({"supervision.cover": "in_place"}))


def test_a_gate_stays_open_while_an_answer_could_meet_it() -> None:
    assert is_open(SUPERVISOR, TWO_OF_THREE)
    planned = TWO_OF_THREE.with_practices({"supervision.cover": "planned"})
    assert not is_open(SUPERVISOR, planned)
    found = [gate_result(SUPERVISOR, evidence) for evidence in (TWO_OF_THREE, planned)]
    assert [(result.met, result.answered) for result in found] == [(False, False), (False, True)]


def test_a_gate_that_does_not_apply_is_met() -> None:
    elsewhere = NOTHING.with_fact("fit.peers_are_clients", frozenset({"no"}))
    result = gate_result(MANAGER, elsewhere)
    assert (result.met, result.applies, result.answered) == (True, False, True)


def test_where_nobody_said_whether_it_applies_it_does_and_may_turn_out_not_to() -> None:
    # The manager is known not to be separate, so only the fact could still open the gate.
    evidence = NOTHING.with_practices({"role_design.separate_line_manager": "not_in_place"})
    result = gate_result(MANAGER, evidence)
    assert (result.met, result.applies, result.answered) == (False, True, False)
    clients = evidence.with_fact("fit.peers_are_clients", frozenset({"yes"}))
    assert gate_result(MANAGER, clients).answered


def test_every_gate_has_a_result_in_the_order_of_the_files() -> None:
    assert list(all_gates(guidance(), NOTHING)) == list(guidance().gates)
