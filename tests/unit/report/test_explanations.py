"""Explanations: a reader with a pocket calculator gets the number that is shown."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import pytest
from hypothesis import given

from assessment.report.explanations.dimensions import dimension_explanation
from assessment.report.explanations.domains import domain_explanation, overall_explanation
from assessment.services.results.demonstration import demonstration
from assessment.services.results.evaluation import evaluate
from questionnaires.library import load
from scoring.disclosure.groups_and_rounding import Suppressed
from scoring.profile import Profile, profile
from tests.support.organisations import evaluated, merged
from tests.support.scenarios import base
from tests.support.sizes import at_most
from tests.support.strategies import Organisation, answers_of, guidance, organisations

ARITHMETIC = re.compile(r"^(?:[^:]*: )?([½\d(][^=]*) = ([\d.]+)(?:, rounded (\d+))?\.$")


@cache
def demo() -> Profile:
    made = demonstration(load())
    return evaluate(made.table, made.context, name="demonstration").profile


N = r"\d+(?:\.\d+)?"
TERM = re.compile(rf"\((?:({N}(?:/\d+)?) × )?({N})\)² / (\d+)(?: × (\d+)/(\d+))? = ({N})")
ROOT = re.compile(rf"The root, ({N}), times ({N}) \(.*?\) is ({N}) either way: (.*)\.$")
END = re.compile(rf"({N}) ([+-]) ({N})(?: = ({N})(?:, rounded (\d+))?|, cut at (\d+))")


def check_range(sentence: str, interval: tuple[int, int]) -> None:
    """Every step from how far people lie apart to the two ends that are shown."""
    variance = 0.0
    for weight, deviation, n, unseen, heads, stated in TERM.findall(sentence):
        part = (eval(weight or "1") * float(deviation)) ** 2 / int(n)
        part *= int(unseen) / int(heads) if heads else 1
        assert abs(part - float(stated)) <= 0.00051
        variance += part
    if (summed := re.search(rf"Their sum is ({N})\.", sentence)) is not None:
        assert abs(variance - float(summed[1])) <= 0.00051
    root, factor, reach, ends = ROOT.search(sentence).groups()  # type: ignore[union-attr]
    assert abs(variance**0.5 - float(root)) <= 0.00051
    assert float(factor) >= 1.96
    assert abs(float(root) * float(factor) - float(reach)) <= 0.00051 * (
        float(root) + float(factor)
    )
    for (value, sign, by, end, rounded, cut), bound in zip(
        END.findall(ends), interval, strict=True
    ):
        assert by == reach
        exact = float(value) + float(f"{sign}{by}")
        if cut:
            assert int(cut) == bound == (0 if exact < 0 else 100)
        else:
            assert abs(exact - float(end)) <= 0.0101
            assert bound == (int(rounded) if rounded else float(end))


def worked_out(sentence: str) -> tuple[float, float, float | None] | None:
    """What the terms of a sentence give, what it says they give, and how it is rounded."""
    found = ARITHMETIC.match(sentence)
    if found is None:
        return None
    terms = re.sub(r"([\d.]+)%", r"(\1 / 100)", found[1].replace("½", "0.5").replace("×", "*"))
    assert set(terms) <= set("0123456789.+*/() "), terms
    return eval(terms), float(found[2]), float(found[3]) if found[3] else None


def test_shared_decisions_is_worked_out_as_by_hand() -> None:
    """Three groups of the organisation: (63 + 83 + 76) / 3 = 74; half of 42 and half of that 58.

    The range: service users, staff and managers lie apart by 16, 25 and 12 points; of the board
    fewer than ten answered, so 30 stand for it. 17 of 24, 15 of 18, 10 of 12 and 6 of 8 answered:
    256 / 4 / 17 × 7/24 = 1.098, 625 / 36 / 15 / 6 = .193, 144 / 36 / 10 / 6 = .067,
    900 / 36 / 6 / 4 = 1.042. The root of 2.399 is 1.549. Degrees of freedom, of the first three
    only: 2.399² / (1.098² / 16 + .193² / 14 + .067² / 9) = 5.756 / .0785 = 73.3; t is 1.993 in the
    tables; 1.549 × 1.993 = 3.087; 58 - 3.087 = 54.91, 58 + 3.087 = 61.09.
    """
    sentences = dimension_explanation(demo(), "shared_decisions").sentences
    assert any("½ × 42 + ½ × (63 + 83 + 76) / 3 = 58." in s for s in sentences)
    assert any("(1/6 × 30)² / 6 × 2/8 = 1.042" in s for s in sentences)
    assert any("3.087 either way" in s and "= 54.91, rounded 55;" in s for s in sentences)
    assert any("73.3 degrees" in s and "= 61.09, rounded 61." in s for s in sentences)
    assert "Board members: 76, the mean of 6 people." in sentences
    assert any(
        s.startswith("Staff: 63, ") and s.endswith("about 25 points around it.") for s in sentences
    )
    assert "Not in it: peer workers (fewer than 5 replies)." in sentences


def test_an_agreed_dimension_adds_the_points_of_its_steps() -> None:
    """Partly 50, in place 100, not in place 0: 150 over three practices."""
    sentences = dimension_explanation(demo(), "peer_values").sentences
    assert "(50 + 100 + 0) / 3 = 50." in sentences


@given(organisations())
@at_most(20, deep=1000)
def test_every_sum_gives_what_it_says_and_the_last_one_the_score(drawn: Organisation) -> None:
    found = profile(answers_of(drawn), guidance())
    library = found.evidence.library
    for name, result in found.dimensions.items():
        if result.score is None:
            continue
        explanation = dimension_explanation(found, name)
        assert explanation.title == f"{library.dimensions[name].title}: {result.score} of 100"
        results = set()
        for sentence in explanation.sentences:
            if sentence.startswith("It comes from how far people lie apart"):
                assert result.interval is not None
                check_range(sentence, result.interval)
            if (sums := worked_out(sentence)) is not None:
                exact, stated, rounded = sums
                assert abs(exact - stated) <= 0.0051
                results.add(rounded if rounded is not None else stated)
        several = len([c for c in result.groups.values() if not isinstance(c, Suppressed)]) > 1
        if several and result.basis != "agreed":
            assert float(result.score) in results
    for name, domain in found.domains.items():
        if domain.score is None:
            continue
        for sentence in domain_explanation(found, name).sentences:
            if (sums := worked_out(sentence)) is not None:
                exact, stated, rounded = sums
                assert abs(exact - stated) < 0.01 or (rounded is None and exact == stated)
                assert (rounded if rounded is not None else stated) == domain.score


@given(organisations())
@at_most(20, deep=1000)
def test_no_explanation_names_a_number_of_a_hidden_group(drawn: Organisation) -> None:
    found = profile(answers_of(drawn), guidance())
    hidden = set(found.partition.hidden)
    for name, result in found.dimensions.items():
        if result.score is None:
            continue
        explanation = dimension_explanation(found, name)
        titles = {column.title.lower() for column in explanation.items.columns}
        for group in hidden:
            assert group.replace("_", " ") + "s" not in titles


def test_overall_names_the_lowest_domain() -> None:
    text = " ".join(overall_explanation(demo()).sentences)
    library = load()
    scores = [
        domain.score
        for name, domain in demo().domains.items()
        if domain.score is not None and library.domains[name].counts
    ]
    assert demo().readiness.score is not None
    assert f"Overall is the lowest of them: support for peer workers, {min(scores)}." in text


@pytest.mark.parametrize("name", ["shared_decisions", "supervision"])
def test_the_questions_behind_a_number_are_named(name: str) -> None:
    explanation = dimension_explanation(demo(), name)
    asked = [i for i in load().items.values() if i.scored and i.dimension == name]
    assert len(explanation.items.rows) == len(asked)
    assert explanation.sources


# == By hand, organisation by organisation =======================================================


def of_groups(context: dict[str, Any] | None = None, **answers: tuple[int, str]) -> Profile:
    """Groups in which everybody gives one answer to all questions on how often it is so."""
    groups = {
        name: {"people": people, "by_kind": {"frequency": answer, "agreement": "agree"}}
        for name, (people, answer) in answers.items()
    }
    return evaluated({"groups": groups, "context": context})


def test_groups_of_one_side_count_alike() -> None:
    """Staff always, managers sometimes: (100 + 50) / 2, whatever their numbers."""
    profile = of_groups(staff=(20, "always"), manager=(5, "sometimes"))
    explanation = dimension_explanation(profile, "shared_decisions")
    assert explanation.title == "Shared decisions: 75 of 100"
    assert "Groups of one side count alike: (100 + 50) / 2 = 75." in explanation.sentences
    # 2000 and 250 are 2250, over 25 people.
    assert (
        "Counting each person alike instead: (20 × 100 + 5 × 50) / 25 = 90."
        in explanation.sentences
    )


def test_one_group_alone_is_its_own_score() -> None:
    explanation = dimension_explanation(of_groups(staff=(6, "often")), "shared_decisions")
    assert explanation.title == "Shared decisions: 75 of 100"
    assert not any(
        "count alike" in sentence or "½" in sentence for sentence in explanation.sentences
    )
    # Six count as 30 points apart, however alike they answer: 30² / 6 is 150, its root 12.247;
    # 1.96 times that is 24.005: from 50.995 to 99.005.
    assert any(
        sentence.startswith("The range from 51 to 99 ") for sentence in explanation.sentences
    )
    assert any(
        "staff (30)² / 6 = 150. The root, 12.247, times 1.96 (the normal distribution) is 24.005 "
        "either way: 75 - 24.005 = 50.995, rounded 51;" in sentence
        for sentence in explanation.sentences
    )


def test_twelve_alike_answers_count_as_ten_points_apart() -> None:
    """10 / √12 is 2.887; t with 11 degrees of freedom is 2.201 in the tables; their product is
    6.354: from 68.65 to 81.35."""
    explanation = dimension_explanation(of_groups(staff=(12, "often")), "shared_decisions")
    assert any(
        "staff (10)² / 12 = 8.333. The root, 2.887, times 2.201 (Student's t, 11 degrees" in s
        for s in explanation.sentences
    )
    assert any(
        "75 - 6.354 = 68.65, rounded 69; 75 + 6.354 = 81.35, rounded 81." in s
        for s in explanation.sentences
    )


def test_the_score_of_one_question_is_rounded_to_half_steps() -> None:
    """Ten of fifteen staff say in place, five partly: (10 × 100 + 5 × 50) / 15 = 83.33; the steps
    are 0, 15, 50, 100, with their middles 7.5, 32.5 and 75: nearest is 75."""
    asked = [
        i.id
        for i in load().items_for("staff")
        if i.scored and i.dimension == "training_and_reflection"
    ]
    assert len(asked) == 1
    answers = {asked[0]: ["in_place", "in_place", "partly"]}
    profile = evaluated({"groups": {"staff": {"people": 15, "items": answers}}})
    sentences = dimension_explanation(profile, "training_and_reflection").sentences
    assert (
        "Staff: 75, the mean of 15 people, to the nearest half step of the only question."
        in sentences
    )


def test_everybody_answered_leaves_no_range() -> None:
    profile = of_groups({"eligible": {"staff": 6}}, staff=(6, "often"))
    sentences = dimension_explanation(profile, "shared_decisions").sentences
    assert (
        "It is the mean of those who answered, and that is all of these groups, so there is no "
        "range around it." in sentences
    )


def test_weights_that_were_set_are_typed_in_as_they_were_set() -> None:
    """3 × 25 and 1 × 100 are 175, over 4: 43.75. The board's missing weight is a quarter: a half
    for its side, of which there are two; 3 × 25 + 1 × 100 + 0.25 × 75 is 193.75, over 4.25."""
    weights = {"weights": {"service_user": 3.0, "staff": 1.0}}
    profile = of_groups(weights, service_user=(6, "not_often"), staff=(9, "always"))
    assert (
        "With the weights that were set: (3 × 25 + 1 × 100) / (3 + 1) = 43.75, rounded 44."
        in dimension_explanation(profile, "shared_decisions").sentences
    )
    profile = of_groups(
        weights, service_user=(6, "not_often"), staff=(9, "always"), board=(5, "often")
    )
    assert (
        "With the weights that were set: (3 × 25 + 1 × 100 + 0.25 × 75) / (3 + 1 + 0.25) = 45.59, "
        "rounded 46." in dimension_explanation(profile, "shared_decisions").sentences
    )


def test_hidden_groups_are_named_without_a_number() -> None:
    profile = of_groups(service_user=(6, "often"), staff=(4, "never"))
    sentences = dimension_explanation(profile, "shared_decisions").sentences
    assert "Not in it: staff (fewer than 5 replies)." in sentences


def test_claimed_practices_say_that_nothing_was_agreed() -> None:
    """Managers say partly throughout: 50."""
    profile = evaluated({"groups": {"manager": {"people": 6, "by_kind": {"practice": "partly"}}}})
    explanation = dimension_explanation(profile, "supervision")
    assert explanation.title == "Supervision: 50 of 100"
    assert explanation.sentences[0].startswith("Nothing was agreed here by the working group")
    assert [column.title for column in explanation.items.columns] == ["Question", "Managers"]


def test_agreed_practices_leave_out_what_does_not_apply() -> None:
    """One in place, one planned, one that does not apply: (100 + 15) / 2 = 57.5, halves up."""
    answers = {
        "performance.standards_known": "in_place",
        "performance.fair_and_restorative": "planned",
        "performance.grievance_route": "does_not_apply",
    }
    explanation = dimension_explanation(evaluated({"agreed": answers}), "performance")
    assert explanation.title == "Performance: 58 of 100"
    assert "(100 + 15) / 2 = 57.5, rounded 58." in explanation.sentences
    assert any(
        "One does not apply here and is left out." in sentence for sentence in explanation.sentences
    )


def test_a_range_is_explained_in_plain_words() -> None:
    """Eight staff of twelve, half at 100 and half at 0: the mean is 50 and the range is around it,
    by the same distance up and down."""
    halves = ["always"] * 4 + ["never"] * 4
    items = {i.id: halves for i in load().items.values() if i.dimension == "shared_decisions"}
    profile = evaluated(
        {"groups": {"staff": {"people": 8, "items": items}}, "context": {"eligible": {"staff": 12}}}
    )
    interval = profile.dimensions["shared_decisions"].interval
    assert interval is not None
    low, high = interval
    assert low + high == 100
    text = " ".join(dimension_explanation(profile, "shared_decisions").sentences)
    assert f"The range from {low} to {high} allows for chance in who answered" in text
    assert "asked everybody" not in text
    assert "times of 100" not in text


def _principles(decisions: str, others: str, group: str = "service_user") -> Profile:
    """A group that says one thing of shared decisions and another of the other principles."""
    of_decisions = [i.id for i in load().items.values() if i.dimension == "shared_decisions"]
    answers = {
        "people": 6,
        "by_kind": {"frequency": others},
        "items": dict.fromkeys(of_decisions, decisions),
    }
    return evaluated({"groups": {group: answers}})


def test_a_capped_domain_says_what_holds_it() -> None:
    """Six principles at 75 and decisions at 0: 450 / 7 = 64.29, nearly ready by its score; one
    band above groundwork is emerging."""
    sentences = domain_explanation(_principles("never", "often"), "principles").sentences
    assert "(75 + 75 + 0 + 75 + 75 + 75 + 75) / 7 = 64.29, rounded 64." in sentences
    assert any(sentence.startswith("By its score it is Nearly ready.") for sentence in sentences)
    assert any(
        "shared decisions is at 0, Groundwork, so the domain is Emerging." in sentence
        for sentence in sentences
    )


def test_a_domain_that_lived_experience_limits_says_what_they_said() -> None:
    """Service users at 25, staff at 100: 62.5, so 63 in each of seven: nearly ready by its score.
    Service users alone: 25, groundwork; one band above is emerging."""
    profile = of_groups(service_user=(6, "not_often"), staff=(6, "always"))
    sentences = domain_explanation(profile, "principles").sentences
    assert any("(25 + 25 + 25 + 25 + 25 + 25 + 25) / 7 = 25, Groundwork." in s for s in sentences)
    assert sentences[-1] == "A domain stands at most one band above that: it is Emerging."
    assert profile.domains["principles"].score == 63


def test_overall_names_the_gate_that_caps_it() -> None:
    """Ready for anything, but no peer worker has a named supervisor."""
    change = {"agreed": {"supervision.named_supervisor": "not_in_place"}}
    profile = evaluated(merged(base("ready_for_anything"), change))
    sentences = overall_explanation(profile).sentences
    gate = profile.gates["named_supervisor"].gate
    assert profile.readiness.limited_by[-1] == gate.id
    assert any(
        "What every offer needs caps it at" in s and gate.title[1:] in s for s in sentences
    ), sentences


def test_overall_without_lived_experience_has_no_band() -> None:
    sentences = overall_explanation(of_groups(staff=(6, "often"))).sentences
    assert sentences[-1].startswith("There is no band, since nobody with lived experience")
