"""Explanations: a reader with a pocket calculator gets the number that is shown."""

from __future__ import annotations

import re
from functools import cache

import pytest
from hypothesis import given, settings

from assessment.services.demo import demonstration
from assessment.services.evaluate import evaluate
from assessment.story.explanations import (
    dimension_explanation,
    domain_explanation,
    overall_explanation,
)
from questionnaires.library import load
from scoring.disclosure import Suppressed
from scoring.profile import Profile, profile
from tests.strategies import Organisation, answers_of, guidance, organisations

ARITHMETIC = re.compile(r"^(?:[^:]*: )?([½\d(][^=]*) = ([\d.]+)(?:, rounded (\d+))?\.$")


@cache
def demo() -> Profile:
    made = demonstration(load())
    return evaluate(made.table, made.context, name="demonstration").profile


def worked_out(sentence: str) -> tuple[float, float, float | None] | None:
    """What the terms of a sentence give, what it says they give, and how it is rounded."""
    found = ARITHMETIC.match(sentence)
    if found is None:
        return None
    terms = re.sub(r"([\d.]+)%", r"(\1 / 100)", found[1].replace("½", "0.5").replace("×", "*"))
    assert set(terms) <= set("0123456789.+*/() "), terms
    return eval(terms), float(found[2]), float(found[3]) if found[3] else None


def test_shared_decisions_is_worked_out_as_by_hand() -> None:
    """Three groups of the organisation: (54 + 78 + 61) / 3 = 64.33; half of 42 and of that: 53."""
    said = dimension_explanation(demo(), "shared_decisions").sentences
    assert "Organisation: (54 + 78 + 61) / 3 = 64.33." in said
    assert any("½ × 42 + ½ × 64.33 = 53." in sentence for sentence in said)
    assert any(s.startswith("Not in it: peer workers") for s in said)


def test_an_agreed_dimension_adds_the_points_of_its_steps() -> None:
    """Partly 50, in place 100, not in place 0: 150 over three practices."""
    said = dimension_explanation(demo(), "peer_values").sentences
    assert "(50 + 100 + 0) / 3 = 50." in said


@given(organisations())
@settings(max_examples=settings.default.max_examples // 10)
def test_every_sum_gives_what_it_says_and_the_last_one_the_score(drawn: Organisation) -> None:
    found = profile(answers_of(drawn), guidance())
    library = found.evidence.library
    for name, result in found.dimensions.items():
        if result.score is None:
            continue
        about = dimension_explanation(found, name)
        assert about.title == f"{library.dimensions[name].title}: {result.score} of 100"
        said = set()
        for sentence in about.sentences:
            if (sums := worked_out(sentence)) is not None:
                exact, told, rounded = sums
                # Terms with two decimals or whole percentages in tenths: near, then rounded.
                assert abs(exact - told) <= 0.6
                said.add(rounded if rounded is not None else told)
        several = len([c for c in result.groups.values() if not isinstance(c, Suppressed)]) > 1
        if several and result.basis != "agreed":
            assert float(result.score) in said
    for name, domain in found.domains.items():
        if domain.score is None:
            continue
        for sentence in domain_explanation(found, name).sentences:
            if (sums := worked_out(sentence)) is not None:
                exact, told, rounded = sums
                assert abs(exact - told) < 0.01 or (rounded is None and exact == told)
                assert (rounded if rounded is not None else told) == domain.score


@given(organisations())
@settings(max_examples=settings.default.max_examples // 10)
def test_no_explanation_names_a_number_of_a_hidden_group(drawn: Organisation) -> None:
    found = profile(answers_of(drawn), guidance())
    hidden = set(found.shown.hidden)
    for name, result in found.dimensions.items():
        if result.score is None:
            continue
        about = dimension_explanation(found, name)
        titles = {c.lower() for c in about.items.columns}
        for group in hidden:
            assert group.replace("_", " ") + "s" not in titles


def test_overall_names_the_lowest_domain() -> None:
    said = " ".join(overall_explanation(demo()).sentences)
    scores = [d.score for d in demo().domains.values() if d.score is not None]
    assert demo().readiness.score is not None
    assert f"Overall is the lowest of them: support for peer workers, {min(scores)}." in said


@pytest.mark.parametrize("name", ["shared_decisions", "supervision"])
def test_the_questions_behind_a_number_are_named(name: str) -> None:
    about = dimension_explanation(demo(), name)
    asked = [i for i in load().items.values() if i.scored and i.dimension == name]
    assert len(about.items.rows) == len(asked)
    assert about.sources
