"""Boundaries: the share of each answer in tenths, counted by hand."""

from __future__ import annotations

from typing import Any

from scoring.disclosure.groups_and_rounding import Suppressed
from scoring.measures.boundaries import BoundaryResult, OptionShares
from tests.support.organisations import evaluated

RULE = "boundary.night_calls.rule"
ALWAYS, SOMETIMES, NEVER = "always_ok", "sometimes_ok", "not_ok"


def people(count: int, *answers: str | None) -> dict[str, Any]:
    # Everybody answers something, so that who left the rule out is there too.
    return {"people": count, "items": {RULE: list(answers), "appetite.want_it": "agree"}}


def found(**groups: dict[str, Any]) -> dict[str, BoundaryResult]:
    return {result.item: result for result in evaluated({"groups": groups}).boundaries}


def test_each_option_has_its_share_of_those_who_chose_one() -> None:
    # Of ten who answered 2, 1 and 7; an eleventh does not know and counts for none.
    answers = [ALWAYS] * 2 + [SOMETIMES] + [NEVER] * 7
    (result,) = found(staff=people(11, *answers, "dont_know")).values()
    assert result.groups == {"staff": OptionShares({ALWAYS: 0.2, SOMETIMES: 0.1, NEVER: 0.7}, 10)}
    assert (result.situation, result.aspect) == ("night_calls", "rule")


def test_shares_are_rounded_to_tenths() -> None:
    # 1 of 6 is 0.17, 5 of 6 are 0.83.
    result = found(staff=people(6, ALWAYS, *[NEVER] * 5))[RULE]
    assert result.groups["staff"] == OptionShares({ALWAYS: 0.2, SOMETIMES: 0.0, NEVER: 0.8}, 6)


def test_fewer_answers_than_the_minimum_are_suppressed_and_told_of_no_item_alone() -> None:
    few, many = people(5, *[NEVER] * 4, None), people(5, NEVER)
    assert found(staff=few) == {}
    result = found(staff=few, manager=many)[RULE]
    assert isinstance(result.groups["staff"], Suppressed)
    assert isinstance(result.groups["manager"], OptionShares)
