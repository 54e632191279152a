"""Flags on the quality of the answers, each just on either side of its threshold."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.organisations import evaluated, library

ITEMS = [i.id for i in library().items_for("staff") if i.kind == "frequency"]


def flagged(**organisation: Any) -> list[str]:
    """The flags of an organisation that are no matter of who was heard or agreed."""
    return [flag.flag for flag in evaluated(organisation).quality]


def staff(people: int, **more: Any) -> dict[str, Any]:
    # Two answers in turn, so that nobody gives one and the same to all questions.
    items = {item: ["often", "never"][number % 2] for number, item in enumerate(ITEMS)}
    return {"people": people, "items": items | more}


def test_groups_that_should_be_heard_and_are_not_are_named() -> None:
    flags = flagged(groups={"staff": staff(6)})
    # Service users and managers; where head counts are known, those who were invited.
    assert flags.count("group_missing") == 2
    invited = flagged(groups={"staff": staff(6)}, context={"eligible": {"staff": 6, "board": 9}})
    assert invited.count("group_missing") == 1
    assert flagged(groups={"staff": staff(6), "manager": staff(4)}).count("group_hidden") == 1


@pytest.mark.parametrize(("people", "few"), [(9, True), (10, False)])
def test_under_half_of_the_heads_are_a_low_response(people: int, few: bool) -> None:
    flags = flagged(groups={"staff": staff(people)}, context={"eligible": {"staff": 20}})
    assert ("low_response" in flags) == few


@pytest.mark.parametrize(("people", "more"), [(6, False), (7, True)])
def test_more_replies_than_heads_are_a_flag(people: int, more: bool) -> None:
    flags = flagged(groups={"staff": staff(people)}, context={"eligible": {"staff": 6}})
    assert ("more_than_eligible" in flags) == more


@pytest.mark.parametrize(("users", "flags"), [(14, 0), (15, 2)])
def test_a_group_far_from_its_share_of_the_heads_is_a_flag(users: int, flags: int) -> None:
    # Half of the heads each. 14 of 20 replies are 0.2 from that; 15 of 20 are 0.25, on both sides.
    groups = {"service_user": staff(users), "staff": staff(20 - users)}
    raised = flagged(groups=groups, context={"eligible": {"service_user": 20, "staff": 20}})
    assert raised.count("mix_far_from_head_counts") == flags


@pytest.mark.parametrize(("answers", "alike"), [(9, False), (10, True)])
def test_ten_alike_answers_of_one_questionnaire_are_a_flag(answers: int, alike: bool) -> None:
    same = {item: "often" if at < answers else None for at, item in enumerate(ITEMS)}
    flags = flagged(groups={"staff": {"people": 6, "items": same}})
    assert ("straight_lining" in flags) == alike


@pytest.mark.parametrize(("unknown", "many"), [(2, False), (3, True)])
def test_from_three_in_ten_on_dont_know_is_a_finding(unknown: int, many: bool) -> None:
    answers = ["dont_know"] * unknown + ["often"] * (10 - unknown)
    asked = [item for item in ITEMS if item.startswith("valued_input.")]
    flags = flagged(groups={"staff": staff(10, **dict.fromkeys(asked, answers))})
    assert ("dont_know" in flags) == many
