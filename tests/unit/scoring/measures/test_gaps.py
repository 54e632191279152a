"""Gaps: which differences are told, and which are findings, by hand."""

from __future__ import annotations

from dataclasses import replace

from scoring.disclosure.groups_and_rounding import PublishedScore
from scoring.measures.gaps import Gap, gaps
from scoring.measures.totals import DimensionResult
from tests.support.scores import ONE_PRACTICE, TWO_PRACTICES, cell


def gaps_of(*dimensions: dict[str, PublishedScore]) -> tuple[Gap, ...]:
    return gaps(
        {
            f"d{number}": DimensionResult(
                f"d{number}", 0, 0, None, 0, 0.0, "groups", groups=cells, of={}
            )
            for number, cells in enumerate(dimensions)
        }
    )


def test_a_possible_gap_has_its_own_interval() -> None:
    """Six and six of three groups: 40 ± 1.96 · 17.32 = 40 ± 33.9; over three pairs ± 41.5."""
    (found,) = gaps_of({"a": cell(80, 9, 6), "b": cell(60, 9, 6), "c": cell(40, 9, 6)})
    assert (found.high, found.low, found.evidence) == ("a", "c", "possible")
    assert (found.difference, found.interval, found.finding) == (40, (6, 74), False)


def test_a_clear_gap_has_the_interval_of_all_pairs() -> None:
    """50 ± 2.394 · 17.32 = 50 ± 41.5."""
    found = gaps_of({"a": cell(90, 9, 6), "b": cell(65, 9, 6), "c": cell(40, 9, 6)})
    assert [(g.high, g.low, g.evidence, g.interval) for g in found] == [
        ("a", "c", "clear", (9, 91))
    ]


def test_fourteen_points_that_are_certain_by_themselves_are_no_possible_gap() -> None:
    """Forty and forty, 28 points apart: the standard error is 6.26, times 1.96 is 12.3 and leaves
    out zero, over three pairs 15.1 does not; a possible gap has at least 15 points."""
    a, b, c = (cell(mean, 28, 40) for mean in (64, 57, 50))
    assert gaps_of({"a": a, "b": b, "c": c}) == ()
    assert [g.evidence for g in gaps_of({"a": replace(a, score=65), "b": b, "c": c})] == [
        "possible"
    ]


def test_a_gap_in_one_of_many_dimensions_is_no_finding() -> None:
    """50 points of 17.32: alone 2.89 standard errors; of one pair in each of twenty dimensions it
    takes 3.02 (.05 / 40 on either side)."""
    wide = {"a": cell(90, 9, 6), "b": cell(40, 9, 6)}
    alike = {"a": cell(60, 9, 6), "b": cell(60, 9, 6)}
    assert [(g.evidence, g.finding) for g in gaps_of(wide)] == [("clear", True)]
    assert [(g.evidence, g.finding) for g in gaps_of(wide, *[alike] * 19)] == [("clear", False)]


def test_a_gap_that_rests_on_one_question_is_no_finding() -> None:
    single = cell(100, 9, 6, ONE_PRACTICE)
    assert single.coarse and not cell(100, 9, 6).coarse
    for grain in (ONE_PRACTICE, TWO_PRACTICES):
        (found,) = gaps_of({"a": cell(100, 9, 6, grain), "b": cell(20, 9, 6)})
        assert (found.evidence, found.finding) == ("clear", False)
    (found,) = gaps_of({"a": cell(100, 9, 60, ONE_PRACTICE), "b": cell(20, 9, 60)})
    assert found.finding
