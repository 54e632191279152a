"""What is told of few people, by hand: deviations, intervals, half steps."""

from __future__ import annotations

import numpy as np
import pytest

from assessment.render.result_json import result_json
from questionnaires.model import Side
from scoring.answers.matrix import Group
from scoring.disclosure.groups_and_rounding import (
    Grain,
    PublishedScore,
    Suppressed,
    nearest_half_steps,
    partition,
    publish_score,
    publishable_counts,
    round_half_step,
    round_half_step_down,
    round_share,
    round_to_whole,
)
from scoring.statistics.estimates import Estimate
from tests.support.organisations import evaluated, library
from tests.support.reports import report_of
from tests.support.scores import MET_OR_NOT, ONE, ONE_PRACTICE, THREE, TWO, TWO_PRACTICES, cell


@pytest.mark.parametrize(
    ("grain", "fewest"),
    [(THREE, 10), (TWO, 10), (TWO_PRACTICES, 12), (ONE, 50), (ONE_PRACTICE, 50), (MET_OR_NOT, 50)],
)
def test_a_deviation_is_published_from_so_many_people_on(grain: Grain, fewest: int) -> None:
    assert cell(60, 17.4, fewest, grain).sd == 17
    assert cell(60, 17.4, fewest - 1, grain).sd is None


def test_what_is_not_published_is_null_in_the_json() -> None:
    profile = evaluated({"groups": {"staff": {"people": 9, "by_kind": {"frequency": "often"}}}})
    told = result_json(report_of(profile).result)["dimensions"]["shared_decisions"]
    in_json = told["groups"]["staff"]
    assert in_json == {"score": 75, "interval": [55, 95], "n": 9, "sd": None, "dont_know": 0.0}


def test_two_groups_that_differ_in_their_deviation_only_look_the_same() -> None:
    """Nine people at 50, or four at 0, one at 50 and four at 100: 50 either way."""
    alike: list[str | None] = ["sometimes"] * 9
    divided: list[str | None] = ["never"] * 4 + ["sometimes"] + ["always"] * 4
    items = [i.id for i in library().items.values() if i.dimension == "shared_decisions"]
    seen = []
    for answers in (alike, divided):
        group = {"people": 9, "items": dict.fromkeys(items, answers)}
        profile = evaluated({"groups": {"staff": group}})
        seen.append(profile.dimensions["shared_decisions"])
    assert seen[0] == seen[1]


@pytest.mark.parametrize(
    ("n", "heads", "ends"),
    [
        (5, None, (34, 86)),  # 60 ± 1.96 · 30/√5 = 60 ± 26.3
        (9, None, (40, 80)),  # 60 ± 1.96 · 30/3 = 60 ± 19.6
        (9, 12, (50, 70)),  # times √(1 - 9/12) = ½: 60 ± 9.8
        (9, 9, (60, 60)),  # all of them
        (9, 8, (60, 60)),  # more than there should be
        (10, None, (46, 74)),  # 60 ± 2.262 · 20/√10 = 60 ± 14.3
        (10, 40, (48, 72)),  # times √(30/40) = .866: 60 ± 12.4
    ],
)
def test_an_interval_by_hand(n: int, heads: int | None, ends: tuple[int, int]) -> None:
    assert cell(60, 20, n, heads=heads).interval == ends


def test_a_published_deviation_counts_as_ten_at_least() -> None:
    """60 ± 2.262 · 10/√10 = 60 ± 7.15."""
    assert cell(60, 3, 10).interval == (53, 67)
    assert cell(60, 3, 10).sd == 3


def test_the_interval_of_few_does_not_hang_on_how_far_they_lie_apart() -> None:
    assert {cell(60, sd, 9).interval for sd in (0.0, 12.0, 45.0)} == {(40, 80)}


def test_half_steps_of_a_scale() -> None:
    """Of the steps 0, 15, 50, 100 the middles are 7.5, 32.5, 75; between these lie 3.75, 11.25,
    23.75, 41.25, 62.5 and 87.5, from which on the next counts."""
    points = np.array([0, 3.74, 3.75, 11.3, 23.7, 41.25, 62.4, 62.5, 87.4, 87.5, 100])
    found = nearest_half_steps(points, ONE_PRACTICE.steps)
    assert found.tolist() == [0, 0, 7.5, 15, 15, 50, 50, 75, 75, 100, 100]


def test_the_score_of_one_question_is_rounded_to_half_steps_until_fifty() -> None:
    """83 of 100: the nearest of 75 and 100 is 75; of 75 and 87.5 it is 87.5, in whole points 88."""
    assert cell(83.3, 30, 49, ONE_PRACTICE).score == 75
    assert cell(83.3, 30, 50, ONE_PRACTICE).score == 83
    assert cell(83.3, 30, 49, ONE).score == 88
    assert cell(83.3, 30, 5, TWO_PRACTICES).score == 83


def test_a_group_that_is_asked_one_practice_has_its_score_in_half_steps() -> None:
    """Five say in place, five partly: 75. Six and four: 80, still nearest to 75."""
    asked = [i for i in library().items_for("staff") if i.scored and i.kind == "practice"]
    dimensions = [i.dimension for i in asked]
    (item, *_) = [i for i in asked if dimensions.count(i.dimension) == 1]
    for partly in (4, 5):
        answers = ["partly"] * partly + ["in_place"] * (10 - partly)
        profile = evaluated({"groups": {"staff": {"people": 10, "items": {item.id: answers}}}})
        published = profile.dimensions[item.dimension or ""].groups["staff"]
        assert isinstance(published, PublishedScore)
        assert (published.score, published.sd, published.half_steps) == (75, None, True)


# -- which groups are shown ------------------------------------------------------------------------


def people(name: str, n: int, heads: int | None = None, side: Side = "organisation") -> Group:
    return Group(name, side, 0, n, heads)


def test_a_group_under_the_minimum_is_hidden() -> None:
    groups = partition([people("staff", 5), people("manager", 4)], 5)
    assert [group.id for group in groups.groups] == ["staff"]
    assert list(groups.hidden) == ["manager"]


def test_small_groups_of_one_side_are_shown_together_and_never_across_sides() -> None:
    # 4 + 3 of the organisation are seven together; three service users stay hidden.
    users = people("service_user", 3, side="lived_experience")
    groups = partition([people("manager", 4), people("board", 3), users], 5)
    assert [(group.id, group.n) for group in groups.groups] == [("other", 7)]
    assert set(groups.hidden) == {"manager", "board", "service_user"}
    assert partition([people("manager", 4), users], 5).groups == ()


def test_the_count_of_a_hidden_group_is_published_only_where_many_could_have_replied() -> None:
    groups = [people("staff", 9, 12), people("manager", 3, 20), people("board", 1, 1)]
    published = partition(groups, 5)
    # Managers and board are four together: not enough to be shown, and of one board member it
    # would be known whether they replied.
    assert publishable_counts(groups, published) == {"staff": 9, "manager": 3}


def test_where_a_count_would_give_another_away_the_joint_one_stands() -> None:
    groups = [people("staff", 9, 12), people("manager", 4, 20), people("board", 1, 1)]
    assert publishable_counts(groups, partition(groups, 5)) == {"staff": 9, "other": 5}


def test_whole_points_shares_and_half_steps_round_halves_up() -> None:
    assert (round_to_whole(62.5), round_share(0.25), round_half_step(3.25)) == (63, 0.3, 3.5)
    # Downwards: 74 has passed 50 and the middle 32.5, and has not reached the middle 75.
    assert round_half_step_down(74.0, (0, 15, 50, 100)) == 50


def test_fewer_scored_answers_than_the_minimum_have_no_score() -> None:
    assert isinstance(publish_score(Estimate(60.0, 10.0, 4), 0.0, 5), Suppressed)
    assert isinstance(publish_score(None, 0.0, 5), Suppressed)
