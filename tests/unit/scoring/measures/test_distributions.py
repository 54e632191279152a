"""Distributions: shares, classes and means, counted by hand."""

from __future__ import annotations

from typing import Any

import pytest

from scoring.disclosure.differencing import AnswerPattern, reveals_few
from scoring.disclosure.groups_and_rounding import Suppressed
from scoring.measures.distributions import (
    Distribution,
    class_name,
    classes,
)
from scoring.profile import Profile
from tests.support.organisations import evaluated, library

ITEM = "valued_input.strengths_seen"


def staff_say(values: list[str | None], item: str = ITEM, group: str = "staff") -> Profile:
    people = len(values)
    return evaluated({"groups": {group: {"people": people, "items": {item: values}}}})


def cell(profile: Profile, item: str = ITEM, group: str = "staff") -> Distribution:
    spread = profile.distributions[item][group]
    assert isinstance(spread, Distribution), spread
    return spread


def of_dimension(item: str, group: str) -> list[str]:
    """The scored items of the same dimension that a group is asked."""
    dimension = library().items[item].dimension
    return [i.id for i in library().items_for(group) if i.dimension == dimension and i.scored]


def everybody(values: list[str | None], group: str = "staff") -> Profile:
    """The same answers to every item of the dimension, so that nobody left one out alone."""
    items = dict.fromkeys(of_dimension(ITEM, group), values)
    return evaluated({"groups": {group: {"people": len(values), "items": items}}})


def test_under_fifty_answers_there_are_three_classes() -> None:
    """Of 8: 2 never or not often, 1 sometimes, 5 often or always: .25, .125, .625."""
    found = cell(
        everybody(
            ["never", "not_often", "sometimes", "often", "often", "always", "always", "always"]
        )
    )
    assert found.n == 8
    assert found.classes == ("Never or not often", "Sometimes", "Often or always")
    assert found.shares == (0.3, 0.1, 0.6)
    assert found.middle == 1
    # (1 + 2 + 3 + 4 + 4 + 5 + 5 + 5) / 8 = 29 / 8 = 3.625, to the nearest half step.
    assert found.mean == 3.5
    assert (found.dont_know, found.does_not_apply) == (0.0, 0.0)


@pytest.mark.parametrize(("people", "classes"), [(49, 3), (50, 5)])
def test_from_fifty_answers_on_every_option_stands(people: int, classes: int) -> None:
    """Of 50: 30 never, 20 often."""
    values: list[str | None] = ["never"] * 30 + ["often"] * (people - 30)
    found = cell(everybody(values))
    assert len(found.classes) == classes
    if people == 50:
        assert found.classes == ("Never", "Not often", "Sometimes", "Often", "Always")
        assert found.shares == (0.6, 0.0, 0.0, 0.4, 0.0)
        assert found.middle == 2


def test_dont_know_stands_apart_from_the_scale() -> None:
    """Of 10 who said anything 3 do not know; of the 7 others 2 say never, and 7 answer often."""
    values: list[str | None] = ["dont_know"] * 3 + ["never"] * 2 + ["often"] * 5
    found = cell(everybody([*values, None, None]))
    assert found.n == 7
    assert found.dont_know == 0.3
    # 2 of 7 is .286, 5 of 7 is .714.
    assert found.shares == (0.3, 0.0, 0.7)


def test_too_few_answers_on_the_scale_carry_no_number() -> None:
    """Four answered; that three more do not know makes no cell of it."""
    values: list[str | None] = ["often"] * 4 + ["dont_know"] * 3
    found = everybody(values).distributions[ITEM]["staff"]
    assert found == Suppressed("few_scored_answers", 5)


def test_one_item_stays_hidden_where_a_few_left_something_out() -> None:
    """One of eight skips the second item: it is hidden, and the others are shown."""
    items = of_dimension(ITEM, "staff")
    values: dict[str, Any] = dict.fromkeys(items, ["often"] * 8)
    values[items[1]] = ["often"] * 7 + [None]
    found = evaluated({"groups": {"staff": {"people": 8, "items": values}}}).distributions
    visible = {item: isinstance(found[item]["staff"], Distribution) for item in items}
    assert visible == {item: item != items[1] for item in items}


def test_all_items_are_shown_where_enough_left_something_out() -> None:
    items = of_dimension(ITEM, "staff")
    values: dict[str, Any] = dict.fromkeys(items, ["often"] * 12)
    values[items[1]] = ["often"] * 7 + [None] * 5
    found = evaluated({"groups": {"staff": {"people": 12, "items": values}}}).distributions
    assert all(isinstance(found[item]["staff"], Distribution) for item in items)


def test_practices_join_a_plan_to_what_is_not_there() -> None:
    """A plan helps nobody yet; four steps have no neutral middle."""
    item = "supervision.named_supervisor"
    items = of_dimension(item, "peer_worker")
    values = ["not_in_place", "planned", "partly", "partly", "in_place", "in_place"]
    people = {"people": 6, "items": dict.fromkeys(items, values)}
    found = cell(evaluated({"groups": {"peer_worker": people}}), items[0], "peer_worker")
    assert found.classes == ("Not in place or planned", "Partly", "In place")
    # Two of six each.
    assert found.shares == (0.3, 0.3, 0.3)
    assert found.middle is None
    # (1 + 2 + 3 + 3 + 4 + 4) / 6 = 2.83.
    assert found.mean == 3.0


def test_the_ladders_steps_fall_into_doing_to_for_and_with() -> None:
    """As the guide groups them: coercing, educating; informing to engaging; co-designing on."""
    (options,) = {library().options(i) for i in library().items.values() if i.kind == "rung_now"}
    names, parts = classes(
        tuple(option.label for option in options), tuple(option.score for option in options)
    )
    assert parts == ((0, 1), (2, 3, 4), (5, 6))
    assert names == (
        "Coercing or educating",
        "Informing, consulting or engaging",
        "Co-designing or co-producing",
    )


def test_a_concern_has_its_three_options_and_no_mean() -> None:
    item = next(i.id for i in library().items_for("staff") if i.kind == "concern")
    values: list[str | None] = ["some"] * 3 + ["serious"] * 2
    found = cell(staff_say(values, item), item)
    assert found.classes == ("Not a concern", "Some concern", "A serious concern")
    assert found.shares == (0.0, 0.6, 0.4)
    assert found.mean is None


def test_hidden_groups_say_why_and_nothing_else() -> None:
    organisation = {
        "groups": {
            "staff": {"people": 6, "by_kind": {"frequency": "often"}},
            "service_user": {"people": 4, "by_kind": {"frequency": "never"}},
        }
    }
    found = evaluated(organisation).distributions[ITEM]
    assert found["service_user"] == Suppressed("few_replies", 5)
    assert isinstance(found["staff"], Distribution)


def test_scales_of_other_lengths() -> None:
    two = classes(("We need to talk about it", "Yes"), (None, None))
    assert two == (("We need to talk about it", "Yes"), ((0,), (1,)))
    # Without scores four options lie at 0, 33, 67 and 100.
    assert classes(("A", "B", "C", "D"), (None,) * 4)[1] == ((0,), (1, 2), (3,))
    # Scores 0, 10, 90, 100: nothing lies in the middle.
    assert classes(("A", "B", "C", "D"), (0, 10, 90, 100))[1] == ((0, 1), (2, 3))
    assert class_name(["Never", "Not often", "Now and then", "Often"]) == "Never to often"
    assert class_name(["Alone", "GP only"]) == "Alone or GP only"


@pytest.mark.parametrize(
    ("left", "open_", "revealed"),
    [
        # Everybody answered both.
        ([("ab", True, 8)], "ab", False),
        # One left b out: twice the score less Σa and Σb is that person's a.
        ([("ab", True, 7), ("a", True, 1)], "ab", True),
        # The same with b hidden: its sum stays in the score.
        ([("ab", True, 7), ("a", True, 1)], "a", False),
        # Five left b out: the sum of five is left.
        ([("ab", True, 7), ("a", True, 5)], "ab", False),
        # Five left b out and one left a out: whichever are taken out, six or seven are left.
        ([("ab", True, 7), ("a", True, 5), ("b", True, 1)], "ab", False),
        # Two who answered both among those with one answer each: these two are left.
        ([("ab", True, 2), ("a", True, 6), ("b", True, 6)], "ab", True),
        # Somebody answered a only of three and has no score: Σa has one person more.
        ([("abc", True, 6), ("a", False, 1)], "abc", True),
        # Nobody's score is shown, so there is nothing to take from.
        ([("ab", True, 3), ("a", False, 9)], "ab", False),
    ],
)
def test_what_a_score_and_its_items_tell(
    left: list[tuple[str, bool, int]], open_: str, revealed: bool
) -> None:
    people = [AnswerPattern(frozenset(items), scored, n) for items, scored, n in left]
    assert reveals_few(people, set(open_), 5) is revealed
