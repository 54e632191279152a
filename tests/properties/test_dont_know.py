"""Who does not know changes no figure, and never opens an offer."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from assessment.render.result_json import result_json
from questionnaires.model import DONT_KNOW
from scoring.answers.matrix import DONT_KNOW_CELL, EMPTY_CELL, Answers, Group
from scoring.profile import Profile
from tests.support.reports import report_of
from tests.support.results import possible, published
from tests.support.sizes import FEWER_EXAMPLES
from tests.support.strategies import (
    SEEDS,
    Organisation,
    answers_of,
    asked_of,
    offering,
    organisations,
    practices,
    scored,
    with_agreed,
)

#: What may differ when there is more don't know: its own shares, flags, and counts of people.
OWN_FINDINGS = frozenset({"dont_know", "does_not_apply", "quality", "respondents", "left_out"})


def means(value: Any) -> Any:
    """A result without what says how many do not know; suppressed cells left out."""
    if isinstance(value, dict):
        return {
            key: means(part)
            for key, part in value.items()
            if key not in OWN_FINDINGS and not (isinstance(part, dict) and "suppressed" in part)
        }
    return [means(part) for part in value] if isinstance(value, list) else value


@given(organisations(), SEEDS)
@FEWER_EXAMPLES
def test_dont_know_instead_of_nothing_changes_no_figure(drawn: Organisation, seed: int) -> None:
    answers = answers_of(drawn)
    assert means(published(answers)) == means(published(knowing_less(answers, seed)))


def knowing_less(answers: Answers, seed: int) -> Answers:
    """The same, but some who skipped a question say that they do not know."""
    random = np.random.default_rng(seed)
    matrix = answers.matrix.copy()
    for group in answers.groups:
        may = (asked_of(group.id) & offering(DONT_KNOW))[:, None]
        block = matrix[:, group.start : group.stop]
        skipped = may & (block == EMPTY_CELL) & (random.random(block.shape) < random.random())
        block[skipped] = DONT_KNOW_CELL
    return replace(answers, matrix=matrix)


@given(organisations(), SEEDS)
@FEWER_EXAMPLES
def test_an_agreed_dont_know_instead_of_nothing_changes_no_score(
    drawn: Organisation, seed: int
) -> None:
    """It may close an offer: what groups claim no longer stands in for the agreed answer."""
    answers = answers_of(drawn)
    random = np.random.default_rng(seed)
    unknown = {
        item.id: DONT_KNOW
        for item in practices()
        if item.id not in answers.agreed
        and answers.team_required(item)
        and DONT_KNOW in item.offers
        and random.random() < 0.5
    }
    before, after = scored(answers), scored(with_agreed(answers, unknown))
    assert _scores(before) == _scores(after)
    assert set(possible(after)) <= set(possible(before))


def _scores(profile: Profile) -> Any:
    return (
        {name: (d.score, d.interval, d.basis) for name, d in profile.dimensions.items()},
        {name: (d.score, d.band) for name, d in profile.domains.items()},
        profile.readiness.score,
    )


@given(organisations(head_counts=False), st.integers(1, 30), SEEDS)
@FEWER_EXAMPLES
def test_people_who_know_nothing_change_no_figure(
    drawn: Organisation, more: int, seed: int
) -> None:
    """All but the stability of the start: that more people are drawn from moves it a little."""
    answers = answers_of(drawn)
    visible = [group for group in answers.groups if group.n >= drawn.minimum]
    assume(visible)
    joined = visible[seed % len(visible)]
    before, after = scored(answers), scored(_joined_by(answers, joined, more))
    assert means(result_json(report_of(before).result)) == means(
        result_json(report_of(after).result)
    )


def _joined_by(answers: Answers, joined: Group, more: int) -> Answers:
    """The same with more people in a group, who say don't know wherever they can."""
    knows = np.where(asked_of(joined.id) & offering(DONT_KNOW), DONT_KNOW_CELL, EMPTY_CELL)
    column = np.repeat(knows.astype(np.uint8)[:, None], more, axis=1)
    matrix = np.hstack([answers.matrix[:, : joined.stop], column, answers.matrix[:, joined.stop :]])
    groups = []
    for group in answers.groups:
        start = group.start + (more if group.start >= joined.stop else 0)
        stop = group.stop + (more if group.stop >= joined.stop else 0)
        groups.append(replace(group, start=start, stop=stop))
    return replace(answers, matrix=matrix, groups=tuple(groups))
