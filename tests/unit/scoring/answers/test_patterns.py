"""Patterns: who answered alike is counted once, whatever the cells hold."""

from __future__ import annotations

import numpy as np

from scoring.answers.matrix import DONT_KNOW_CELL, EMPTY_CELL, NOT_APPLICABLE_CELL
from scoring.answers.patterns import Patterns, patterns


def counted(found: Patterns) -> dict[tuple[int, ...], int]:
    """How many gave each pattern."""
    counts: dict[tuple[int, ...], int] = {}
    for pattern, count in zip(found.cells.T.tolist(), found.counts.tolist(), strict=True):
        counts[tuple(pattern)] = counts.get(tuple(pattern), 0) + count
    return counts


#: Three items of five people; the third item is not looked at.
MATRIX = np.array([[0, 4, 0, 2, 0], [1, 3, 1, 2, 0], [4, 4, 4, 4, 4]], dtype=np.uint8)


def test_alike_answers_are_one_pattern() -> None:
    # The first and third person answered 0 and 1.
    pattern = patterns(MATRIX, [0, 1], 0, 5, options=5)
    assert counted(pattern) == {(0, 1): 2, (4, 3): 1, (2, 2): 1, (0, 0): 1}
    assert len(pattern.counts) == 4


def test_items_stand_in_the_order_in_which_they_were_named() -> None:
    assert counted(patterns(MATRIX, [1, 0], 0, 2, options=5)) == {(1, 0): 1, (3, 4): 1}


def test_only_the_columns_between_start_and_stop_count() -> None:
    assert counted(patterns(MATRIX, [0], 3, 5, options=5)) == {(2,): 1, (0,): 1}


def test_what_is_no_option_comes_back_as_it_was() -> None:
    none = [DONT_KNOW_CELL, NOT_APPLICABLE_CELL, EMPTY_CELL]
    matrix = np.array([[*none, 0], [*none, 0]], dtype=np.uint8)
    # Of five options each cell takes three bits, of thirteen four.
    for options in (5, 13):
        found = counted(patterns(matrix, [0, 1], 0, 4, options=options))
        assert found == {(cell, cell): 1 for cell in (*none, 0)}


def test_of_more_items_than_can_be_joined_each_respondent_is_a_pattern() -> None:
    # Six items of five options take 18 bits; 16 can be joined.
    matrix = np.repeat(np.array([[1], [2], [3], [4], [0], [1]], dtype=np.uint8), 3, axis=1)
    pattern = patterns(matrix, range(6), 0, 3, options=5)
    assert pattern.counts.tolist() == [1, 1, 1]
    assert counted(pattern) == {(1, 2, 3, 4, 0, 1): 3}
