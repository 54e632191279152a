"""Conditions: what holds, what could hold, and what an unanswered fact counts as."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scoring.rules.conditions import Evidence, Practice, could_hold, holds
from scoring.rules.model import Condition
from tests.support.organisations import library

COVER, NAMED = "supervision.cover", "supervision.named_supervisor"
CLIENTS = Condition(fact="fit.peers_are_clients", is_one_of=("yes",))
NOTHING = Evidence(library())


def agreed(**steps: str) -> Evidence:
    return NOTHING.with_practices({f"supervision.{name}": step for name, step in steps.items()})


@pytest.mark.parametrize(
    ("step", "at_least_partly"),
    # The steps are worth 0, 15, 50 and 100 points.
    [("not_in_place", False), ("planned", False), ("partly", True), ("in_place", True)],
)
def test_a_practice_holds_from_the_named_step_on(step: str, at_least_partly: bool) -> None:
    evidence = agreed(cover=step)
    assert holds(Condition(practice=COVER, at_least="partly"), evidence, cautious=True) == (
        at_least_partly
    )
    assert holds(Condition(practice=COVER, below="partly"), evidence, cautious=True) != (
        at_least_partly
    )


def test_what_groups_claim_counts_as_nothing() -> None:
    claimed = replace(NOTHING, practices={COVER: Practice(100.0, None, agreed=False)})
    assert not holds(Condition(practice=COVER, at_least="planned"), claimed, cautious=False)
    assert holds(Condition(practice=COVER, below="planned"), claimed, cautious=False)


def test_an_unanswered_fact_counts_as_the_caller_says() -> None:
    assert holds(CLIENTS, NOTHING, cautious=True)
    assert not holds(CLIENTS, NOTHING, cautious=False)
    known = NOTHING.with_fact("fit.peers_are_clients", frozenset({"no"}))
    assert not holds(CLIENTS, known, cautious=True)


def test_all_need_every_part_and_any_needs_one() -> None:
    parts = tuple(Condition(practice=item, at_least="in_place") for item in (COVER, NAMED))
    one, both = agreed(cover="in_place"), agreed(cover="in_place", named_supervisor="in_place")
    assert [holds(Condition(all=parts), e, cautious=True) for e in (one, both)] == [False, True]
    assert [holds(Condition(any=parts), e, cautious=True) for e in (NOTHING, one)] == [False, True]


def test_without_a_score_nothing_is_reached_and_everything_is_missed() -> None:
    reached, missed = Condition(score="culture", at_least=40), Condition(score="culture", below=40)
    assert not holds(reached, NOTHING, cautious=True)
    assert holds(missed, NOTHING, cautious=True)
    at = NOTHING.with_score("culture", 40.0)
    assert holds(reached, at, cautious=True)
    assert not holds(missed, at, cautious=True)


def test_only_what_is_unanswered_could_still_hold() -> None:
    need = Condition(practice=COVER, at_least="in_place")
    assert could_hold(need, NOTHING)
    assert not could_hold(need, agreed(cover="partly"))
    unknown = Practice(0.0, "dont_know", agreed=True)
    assert not could_hold(need, replace(NOTHING, practices={COVER: unknown}))
    # An earlier answer does not count while a fact says that the practice does not apply.
    left_out = Practice(0.0, "does_not_apply", agreed=True, skipped="nobody is paid")
    assert could_hold(need, replace(NOTHING, practices={COVER: left_out}))
