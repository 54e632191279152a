"""Actions: each gap has the one that brings the practice, in plain words."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from scoring.rules.model import Condition
from tests.support.actions import EVERYTHING, EXPECTED, SAFEGUARDS
from tests.support.organisations import guidance


def practices_of(needs: Condition) -> list[str]:
    return [leaf.practice for leaf in needs.leaves() if leaf.practice]


def test_the_table_names_every_gate() -> None:
    assert list(EXPECTED) == list(guidance().gates)


@pytest.mark.parametrize("name", EXPECTED)
def test_each_practice_of_a_gate_leads_to_the_action_that_brings_it(name: str) -> None:
    found = {
        practice: brings.id if (brings := guidance().action_that_brings(practice)) else None
        for practice in practices_of(guidance().gates[name].needs)
    }
    assert found == EXPECTED[name]


def test_each_safeguard_leads_to_the_action_that_brings_it() -> None:
    in_gates = {practice for gate in EXPECTED.values() for practice in gate}
    for safeguard in guidance().risk.safeguards:
        for practice in practices_of(safeguard.missing):
            brings = guidance().action_that_brings(practice)
            assert brings is not None
            if practice not in in_gates:
                assert brings.id == SAFEGUARDS[practice]


def test_every_practice_that_we_ask_for_has_exactly_one_action_that_brings_it() -> None:
    count = Counter(practice for found in guidance().actions.values() for practice in found.brings)
    assert count == dict.fromkeys(EVERYTHING, 1)


def test_work_that_takes_long_says_so() -> None:
    # A rota and peer supervision take months; an insurer takes weeks to answer.
    of = guidance().effort_of
    assert (of("supervision.reachable"), of("supervision.peer_supervision")) == (4, 4)
    assert of("policies.insurance") == 3
    assert of("an_organisations.own") is None


def sentences() -> list[tuple[str, str]]:
    return [
        (
            found.id,
            " ".join((found.title, found.how, found.who, found.who_else or "", found.reason)),
        )
        for found in guidance().actions.values()
    ]


def test_peer_workers_have_one_name() -> None:
    for name, text in sentences():
        assert not re.search(r"\bpeers\b|\bpeer (?:staff member|employee)s?\b", text, re.I) or (
            # "All staff, peer staff included" is what the guide says of them.
            name == "sign_the_same_agreement"
        ), (name, text)


def test_advice_promises_nothing_and_spells_as_the_rest_does() -> None:
    wrong = re.compile(
        r"\b(guarantee\w*|ensures?|makes? sure that nobody|destroys?|always works?|organiz\w+|"
        r"programs|behavior\w*|counselor\w*|center|color)\b",
        re.I,
    )
    found = [(name, wrong.findall(text)) for name, text in sentences() if wrong.search(text)]
    assert not found


def test_who_else_is_somebody() -> None:
    for found in guidance().actions.values():
        if found.who_else:
            assert found.who_else.startswith("or"), found.id
            assert not found.who_else.endswith((".", ":")), found.id
