"""What is told of few people, by hand: deviations, intervals, half steps, differences."""

from __future__ import annotations

from dataclasses import replace
from math import sqrt

import numpy as np
import pytest

from assessment.render.result_json import result_json
from assessment.report.blocks.scores import NOT_CERTAIN
from scoring.disclosure.groups_and_rounding import (
    Grain,
    PublishedScore,
    nearest_half_steps,
    partition,
    publish_score,
)
from scoring.measures.dimension_results import dimension_result
from scoring.measures.gaps import Gap, gaps
from scoring.measures.group_scores import Scorer
from scoring.measures.totals import DimensionResult
from scoring.stability import _evenly_spread, stability
from scoring.statistics.estimates import Estimate, difference, group_interval, quantile, total
from scoring.thresholds import thresholds
from tests.organisations import evaluated, guidance, library, merged, read
from tests.reports import block, report_of, told
from tests.unit.test_scenarios import base

#: Questions as groups are asked them, by the number of their options.
THREE, TWO, TWO_PRACTICES = Grain((5, 5, 5)), Grain((5, 5)), Grain((4, 4))
ONE_PRACTICE = Grain((4,), (0.0, 15.0, 50.0, 100.0))
ONE = Grain((5,), (0.0, 25.0, 50.0, 75.0, 100.0))
MET_OR_NOT = Grain((2, 2))


def cell(
    mean: float, sd: float, n: int, grain: Grain = THREE, heads: int | None = None
) -> PublishedScore:
    found = publish_score(Estimate(mean, sd, n, heads), 0.0, 4, grain)
    assert isinstance(found, PublishedScore)
    return found


# -- which deviations are told ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("grain", "fewest"),
    [(THREE, 10), (TWO, 10), (TWO_PRACTICES, 12), (ONE, 50), (ONE_PRACTICE, 50), (MET_OR_NOT, 50)],
)
def test_a_deviation_is_told_from_so_many_people_on(grain: Grain, fewest: int) -> None:
    assert cell(60, 17.4, fewest, grain).sd == 17
    assert cell(60, 17.4, fewest - 1, grain).sd is None


def test_what_is_not_told_is_null_in_the_json() -> None:
    found = evaluated({"groups": {"staff": {"people": 9, "says": {"frequency": "often"}}}})
    told_of = result_json(report_of(found))["dimensions"]["shared_decisions"]["groups"]["staff"]
    assert told_of == {"score": 75, "interval": [55, 95], "n": 9, "sd": None, "dont_know": 0.0}


def test_two_groups_that_differ_in_their_deviation_only_look_the_same() -> None:
    """Nine people at 50, or four at 0, one at 50 and four at 100: 50 either way."""
    alike: list[str | None] = ["sometimes"] * 9
    apart: list[str | None] = ["never"] * 4 + ["sometimes"] + ["always"] * 4
    items = [i.id for i in library().items.values() if i.dimension == "shared_decisions"]
    seen = []
    for said in (alike, apart):
        group = {"people": 9, "items": dict.fromkeys(items, said)}
        found = evaluated({"groups": {"staff": group}})
        seen.append(found.dimensions["shared_decisions"])
    assert seen[0] == seen[1]


# -- intervals -------------------------------------------------------------------------------------


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


def test_infinite_degrees_of_freedom_are_the_normal_distribution() -> None:
    assert round(quantile(float("inf")), 4) == 1.96
    # Bonferroni over ten: 1 - .05/20 = .9975 of the normal distribution lie below 2.807.
    assert round(quantile(float("inf"), comparisons=10), 3) == 2.807
    assert group_interval(Estimate(60.0, None, 2)) is None


# -- the score of one question ---------------------------------------------------------------------


def test_half_steps_of_a_scale() -> None:
    """Of the steps 0, 15, 50, 100 the middles are 7.5, 32.5, 75; between these lie 3.75, 11.25,
    23.75, 41.25, 62.5 and 87.5, from which on the next counts."""
    points = np.array([0, 3.74, 3.75, 11.3, 23.7, 41.25, 62.4, 62.5, 87.4, 87.5, 100])
    found = nearest_half_steps(points, ONE_PRACTICE.steps)
    assert found.tolist() == [0, 0, 7.5, 15, 15, 50, 50, 75, 75, 100, 100]


def test_the_score_of_one_question_is_told_in_half_steps_until_fifty() -> None:
    """83 of 100: the nearest of 75 and 100 is 75; of 75 and 87.5 it is 87.5, in whole points 88."""
    assert cell(83.3, 30, 49, ONE_PRACTICE).score == 75
    assert cell(83.3, 30, 50, ONE_PRACTICE).score == 83
    assert cell(83.3, 30, 49, ONE).score == 88
    assert cell(83.3, 30, 5, TWO_PRACTICES).score == 83


def test_a_group_that_is_asked_one_practice_is_told_so() -> None:
    """Five say in place, five partly: 75. Six and four: 80, still nearest to 75."""
    asked = [i for i in library().items_for("staff") if i.scored and i.kind == "practice"]
    dimensions = [i.dimension for i in asked]
    (item, *_) = [i for i in asked if dimensions.count(i.dimension) == 1]
    for partly in (4, 5):
        said = ["partly"] * partly + ["in_place"] * (10 - partly)
        found = evaluated({"groups": {"staff": {"people": 10, "items": {item.id: said}}}})
        told_of = found.dimensions[item.dimension or ""].groups["staff"]
        assert isinstance(told_of, PublishedScore)
        assert (told_of.score, told_of.sd, told_of.half_steps) == (75, None, True)


# -- totals and differences ------------------------------------------------------------------------


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


# -- gaps ------------------------------------------------------------------------------------------


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
    apart = {"a": cell(90, 9, 6), "b": cell(40, 9, 6)}
    alike = {"a": cell(60, 9, 6), "b": cell(60, 9, 6)}
    assert [(g.evidence, g.finding) for g in gaps_of(apart)] == [("clear", True)]
    assert [(g.evidence, g.finding) for g in gaps_of(apart, *[alike] * 19)] == [("clear", False)]


def test_a_gap_that_rests_on_one_question_is_no_finding() -> None:
    single = cell(100, 9, 6, ONE_PRACTICE)
    assert single.coarse and not cell(100, 9, 6).coarse
    for grain in (ONE_PRACTICE, TWO_PRACTICES):
        (found,) = gaps_of({"a": cell(100, 9, 6, grain), "b": cell(20, 9, 6)})
        assert (found.evidence, found.finding) == ("clear", False)
    (found,) = gaps_of({"a": cell(100, 9, 60, ONE_PRACTICE), "b": cell(20, 9, 60)})
    assert found.finding


def test_the_report_names_no_gap_that_is_not_certain() -> None:
    """Six staff at (75 + 75 + 50) / 3 = 67 and six service users at 25 in one principle: 42 points
    are 2.42 standard errors of 17.32. Alone it takes 1.96, among seven principles 2.69."""
    items = [i.id for i in library().items.values() if i.dimension == "shared_decisions"]
    says = {"frequency": "sometimes"}
    users = {"people": 6, "says": says, "items": dict.fromkeys(items, "not_often")}
    staff = {"people": 6, "says": says, "items": dict.fromkeys(items[:2], "often")}
    profile, of = told({"groups": {"service_user": users, "staff": staff}})
    assert [(g.difference, g.evidence, g.finding) for g in profile.gaps] == [(42, "clear", False)]
    assert block(of, "gaps").finding == NOT_CERTAIN
    staff["items"] = dict.fromkeys(items, "always")
    _, of = told({"groups": {"service_user": users, "staff": staff}})
    assert "75 points" in block(of, "gaps").finding


# -- agreement -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("people", "told_"), [(9, False), (10, True)])
def test_agreement_needs_ten_people(people: int, told_: bool) -> None:
    says = {"frequency": "often"}
    found = evaluated({"groups": {"staff": {"people": people, "says": says}}})
    assert (found.dimensions["shared_decisions"].agreement is not None) is told_


def test_agreement_on_two_questions_needs_fifteen() -> None:
    items = [i for i in library().items_for("staff") if i.dimension == "valued_input"]
    for people, told_ in ((14, False), (15, True)):
        # The third question is asked and nobody answers it, so that only two can agree.
        said = dict.fromkeys([i.id for i in items[:2]], "often")
        found = evaluated({"groups": {"staff": {"people": people, "items": said}}})
        assert (found.dimensions["valued_input"].agreement is not None) is told_


def test_agreement_on_one_question_needs_fifty() -> None:
    asked = [i for i in library().items_for("staff") if i.scored and i.kind == "practice"]
    dimensions = [i.dimension for i in asked]
    (item, *_) = [i for i in asked if dimensions.count(i.dimension) == 1]
    for people, told_ in ((49, False), (50, True)):
        group = {"people": people, "items": {item.id: ["partly", "in_place"]}}
        answers = read({"groups": {"staff": group}})
        shown = partition(answers.groups, 5)
        found = dimension_result(item.dimension or "", Scorer(answers), shown)
        assert (found.agreement is not None) is told_


# -- resampling ------------------------------------------------------------------------------------


@pytest.mark.parametrize("n", [2, 5, 9])
def test_people_stand_as_far_apart_as_they_count_for(n: int) -> None:
    found = _evenly_spread(n, thresholds().sd_unless_published)
    assert abs(found.sum()) < 1e-9
    assert abs(found.std(ddof=1) - 30) < 1e-9


def test_five_who_happen_to_agree_are_not_sure_of_themselves() -> None:
    """All groups stand at 50, ten points above what the culture needs to have. Five of an unknown
    number may by chance be ten points too high; five of five are not."""
    culture = [d.id for d in library().dimensions.values() if d.domain == "culture"]
    change = {
        "agreed": {
            item.id: None
            for item in library().items.values()
            if item.kind == "practice" and item.dimension in culture
        },
        "groups": {
            name: {"people": 5, "says": {"frequency": "often", "agreement": "neither"}}
            for name in ("service_user", "staff")
        }
        | {"peer_worker": None, "manager": None, "board": None},
    }
    organisation = merged(base("ready_for_anything"), change)
    shares = []
    for heads in ({}, {"service_user": 5, "staff": 5}):
        context = {**(organisation["context"] or {}), "eligible": heads}
        answers = read({**organisation, "context": context})
        found = evaluated({**organisation, "context": context})
        assert found.domains["culture"].score == 50
        shares.append(stability(answers, found, guidance()))
    assert max(shares[0].values()) < 1
    assert max(shares[1].values()) == 1
