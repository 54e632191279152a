"""Attacks on the answers' distributions: what they tell together with the scores beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from scoring.answers.matrix import DONT_KNOW_CELL, EMPTY_CELL, NOT_APPLICABLE_CELL, Answers, Group
from scoring.disclosure.groups_and_rounding import Suppressed
from scoring.measures.distributions import Distribution
from tests.support.attacks import (
    ALIKE,
    KINDS,
    PEERS,
    STAFF,
    Floats,
    Target,
    groups,
    skipper_is_solved,
)
from tests.support.results import published
from tests.support.sizes import FEWEST_EXAMPLES
from tests.support.strategies import (
    SIDES,
    Organisation,
    answers_from,
    answers_of,
    asked_of,
    coded_items,
    items_of,
    nothing,
    organisations,
    rows,
    scored,
)

# == Adding and taking away ======================================================================


@given(organisations(most=8))
@FEWEST_EXAMPLES
def test_no_sum_of_published_figures_is_left_with_fewer_people_than_the_minimum(
    drawn: Organisation,
) -> None:
    """Every score is a sum over people's answers, and so is every item's mean and share.

    Were they all published to the last digit: could they be added, weighted and taken from one
    another so that only the answers of fewer than the minimum are left? They could if leaving
    these few out of every sum made the sums less independent of one another.
    """
    answers = answers_of(replace(drawn, head_counts={}))
    result = published(answers)
    for group in answers.groups:
        if group.n < drawn.minimum:
            continue
        for name, dimension in result["dimensions"].items():
            asked = items_of(name, group.id)
            if asked and "score" in dimension["groups"].get(group.id, {}):
                sums = _sums(result, answers, group, asked)
                _assert_nobody_is_left(sums, group.n, drawn.minimum)


def _assert_nobody_is_left(sums: Floats, people: int, minimum: int) -> None:
    """``sums``: published sums × people × items, how much each answer weighs in each sum."""
    rank = np.linalg.matrix_rank(sums.reshape(len(sums), -1))
    for few in combinations(range(people), minimum - 1):
        others = np.delete(sums, few, axis=1).reshape(len(sums), -1)
        assert np.linalg.matrix_rank(others) == rank, few


def _sums(found: dict[str, Any], answers: Answers, group: Group, asked: Sequence[int]) -> Floats:
    """The weight of each person's answer to each item in the score and in every open item."""
    cells = answers.matrix[list(asked), group.start : group.stop]
    answered = cells < DONT_KNOW_CELL
    number = answered.sum(axis=0)
    # What the form does not ask applies to whoever answered it all the same.
    wanted = np.array([answers.required(coded_items()[row], group) for row in asked])[:, None]
    applies = np.where(wanted, cells != NOT_APPLICABLE_CELL, answered).sum(axis=0)
    has_score = (number > 0) & (2 * number >= applies)
    sums = [has_score * answered / np.maximum(number, 1)]
    for place, row in enumerate(asked):
        if "n" in found["items"][coded_items()[row].id].get(group.id, {}):
            sums.append(np.where(np.arange(len(asked))[:, None] == place, answered, 0))
    return np.array(sums, dtype=float).transpose(0, 2, 1)


def test_a_tag_that_is_one_groups_alone_has_no_score() -> None:
    """It crosses dimensions: with their items it would tell those that stay hidden."""
    cells = {"service_user": nothing(6), "staff": nothing(6)}
    for group, block in cells.items():
        block[asked_of(group)] = 1
    both = published(answers_from(cells))["tags"]
    one = published(answers_from({"staff": cells["staff"]}))["tags"]
    assert any(tag["score"] is not None for tag in both.values())
    assert all(tag["score"] is None for tag in one.values())


def test_one_answer_to_a_hidden_item_cannot_be_taken_out_of_the_score() -> None:
    """Seven of eight staff answer the first two items, the eighth all three, all in the middle.

    With the first two shown in full, 3 × (8 × score) - Σ of both would leave the eighth's third
    answer nearly alone: from 49 to 51 is a step of the scale.
    """
    first, second, third = items_of("valued_input", "staff")
    cells = {"staff": nothing(8)}
    cells["staff"][[first, second]] = 2
    cells["staff"][third, 7] = 4
    result = published(answers_from(cells))
    assert result["dimensions"]["valued_input"]["groups"]["staff"]["n"] == 8
    figures = [result["items"][coded_items()[row].id]["staff"] for row in (first, second, third)]
    assert figures[2] == {"suppressed": "fewer than 5 scored answers"}
    assert sum("suppressed" in cell for cell in figures) == 2


def test_an_answer_of_somebody_without_a_score_cannot_be_taken_out_either() -> None:
    """Who answers one of three has no score, so one item's sum has one person more than it."""
    asked = items_of("valued_input", "staff")
    cells = {"staff": nothing(7)}
    cells["staff"][asked, :6] = 2
    cells["staff"][asked[0], 6] = 4
    result = published(answers_from(cells))
    assert result["dimensions"]["valued_input"]["groups"]["staff"]["n"] == 6
    figures = [result["items"][coded_items()[row].id]["staff"] for row in asked]
    # Six of the seven answered the other two; one of these stays hidden.
    assert sum("suppressed" in cell for cell in figures) == 1


# == Somebody who is known to have left a question out ==========================================


@pytest.mark.parametrize("target", [STAFF, PEERS], ids=["staff", "peers"])
@pytest.mark.parametrize(("n", "skipping"), [(5, 1), (6, 1), (7, 1), (6, 5)])
def test_distributions_tell_hardly_more_of_a_known_skipper_than_the_score(
    target: Target, n: int, skipping: int
) -> None:
    """Every world is tried, with the distributions and without them, on the same groups.

    With all three items shown clearly more groups of six and seven staff were solved, so one of
    the three stays hidden where fewer than the minimum left something out. What gates say of a
    practice that is claimed is known in both.
    """
    with_items = without = 0
    for cells in groups(target, n, 30, skipping=skipping, kinds=(*KINDS, *ALIKE)):
        result = target.published(cells)
        solved = skipper_is_solved(target, cells, result, None, skipping, with_items=False)
        without += solved
        with_items += solved or skipper_is_solved(target, cells, result, None, skipping)
    assert with_items - without <= 1


# == What a cell may hold ========================================================================


@given(organisations())
@FEWEST_EXAMPLES
def test_no_cell_is_finer_than_promised(drawn: Organisation) -> None:
    answers = answers_of(drawn)
    for item, cells in scored(answers).distributions.items():
        for group, cell in cells.items():
            if isinstance(cell, Suppressed):
                continue
            assert drawn.minimum <= cell.n < 50
            assert len(cell.classes) == len(cell.shares) <= 3
            shares = (*cell.shares, cell.dont_know, cell.does_not_apply)
            assert all(share in {n / 10 for n in range(11)} for share in shares)
            assert cell.mean is None or 2 * cell.mean == int(2 * cell.mean)
            assert group not in {g.id for g in answers.groups if g.n < drawn.minimum}, item


def test_nobody_is_told_from_a_joint_cell_by_a_question_of_their_own() -> None:
    """Staff and managers shown together: only what both were asked has a distribution."""
    cells = {"staff": nothing(4), "manager": nothing(4)}
    for block in cells.values():
        block[:] = 0
    for group, block in cells.items():
        block[~asked_of(group)] = EMPTY_CELL
    profile = scored(answers_from(cells))
    assert [group.id for group in profile.partition.groups] == ["other"]
    both = asked_of("staff") & asked_of("manager")
    for name, spread in profile.distributions.items():
        assert isinstance(spread.get("other"), Distribution) <= bool(both[rows()[name]])
        assert SIDES.keys() >= spread.keys() - {"other"}
