"""Totals and differences of groups without a deviation, by hand."""

from __future__ import annotations

from math import sqrt

from scoring.statistics.estimates import Estimate, difference, group_interval, quantile, total


def test_infinite_degrees_of_freedom_are_the_normal_distribution() -> None:
    assert round(quantile(float("inf")), 4) == 1.96
    # Bonferroni over ten: 1 - .05/20 = .9975 of the normal distribution lie below 2.807.
    assert round(quantile(float("inf"), comparisons=10), 3) == 2.807
    assert group_interval(Estimate(60.0, None, 2)) is None


def test_a_total_of_one_group_with_a_deviation_and_one_without() -> None:
    """½ · 40 + ½ · 70 = 55. The parts: ¼ · 900/5 = 45 with infinite, ¼ · 400/16 = 6.25 with fifteen
    degrees of freedom; 51.25² / (6.25²/15) = 1008.6; 1.962 · √51.25 = 14.05."""
    found = total([Estimate(40.0, None, 5), Estimate(70.0, 20.0, 16)], [1, 1])
    assert found is not None and found[1] is not None
    assert found[0] == 55
    assert [round(end, 2) for end in found[1]] == [40.95, 69.05]


def test_a_difference_of_two_groups_without_a_deviation() -> None:
    """40 ± 1.96 · 30 · √(1/6 + 1/5) = 40 ± 35.6; over three pairs 2.394 in the place of 1.96."""
    high, low = Estimate(80.0, None, 6), Estimate(40.0, None, 5)
    own, widened = difference(high, low), difference(high, low, 3)
    assert own is not None and widened is not None
    assert [round(end, 1) for end in own] == [4.4, 75.6]
    assert round(widened[1] - 40, 1) == round(2.394 * 30 * sqrt(1 / 6 + 1 / 5), 1) == 43.5


def test_the_degrees_of_freedom_of_a_difference_are_those_of_the_deviation_that_is_known() -> None:
    """900/6 = 150 with infinite, 900/12 = 75 with eleven: 225² / (75²/11) = 99. t(99) is 1.984;
    times √225 = 15: 29.76."""
    found = difference(Estimate(80.0, None, 6), Estimate(40.0, 30.0, 12))
    assert found is not None
    assert [round(end, 2) for end in found] == [10.24, 69.76]
