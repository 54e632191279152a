"""The order of people, items and files, and the names of people, change nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
from hypothesis import assume, given

from assessment.render.result_json import dumps
from scoring.answers.matrix import Answers, read_answers
from scoring.stability import stability
from tests.support.organisations import guidance, library
from tests.support.results import published
from tests.support.sizes import FEWER_EXAMPLES, FEWEST_EXAMPLES
from tests.support.strategies import (
    SEEDS,
    Organisation,
    answers_from,
    answers_of,
    items_of,
    nothing,
    organisations,
    scored,
    table_of,
)


@given(organisations(), SEEDS)
@FEWEST_EXAMPLES
def test_order_and_names_of_respondents_change_nothing(drawn: Organisation, seed: int) -> None:
    answers = answers_of(drawn)
    random = np.random.default_rng(seed)
    people = answers.matrix.shape[1]
    table = table_of(answers)
    assume(len(table))
    numbers = random.permutation(people * 10)[:people]
    renamed = table_of(answers, {column: f"r{number}" for column, number in enumerate(numbers)})
    shuffled = renamed.sample(frac=1, random_state=seed, ignore_index=True)
    first = read_answers(table, library(), answers.context)
    assert (first.matrix == answers.matrix).all()
    assert first.groups == answers.groups
    # What facts leave out does not count when it is read.
    counts = {item: v for item, v in answers.agreed.items() if item not in first.skipped}
    assert {item: v for item, v in first.agreed.items() if item not in first.skipped} == counts
    second = read_answers(shuffled, library(), answers.context)
    assert dumps(published(first)) == dumps(published(second))


@given(organisations(), SEEDS)
@FEWER_EXAMPLES
def test_order_of_people_in_the_matrix_changes_nothing(drawn: Organisation, seed: int) -> None:
    """The same without the reader, so that more orders can be tried."""
    answers = answers_of(drawn)
    random = np.random.default_rng(seed)
    order = np.concatenate(
        [[], *(random.permutation(np.arange(g.start, g.stop)) for g in answers.groups)]
    ).astype(int)
    shuffled = replace(answers, matrix=answers.matrix[:, order])
    assert published(answers) == published(shuffled)


def in_other_orders(answers: Answers) -> Iterator[Answers]:
    for seed in range(6):
        random = np.random.default_rng(seed)
        people = [random.permutation(np.arange(g.start, g.stop)) for g in answers.groups]
        yield replace(answers, matrix=answers.matrix[:, np.concatenate(people)])


def test_a_mean_that_ends_in_a_half_is_rounded_alike_in_any_order() -> None:
    """Sevenths cannot be stored exactly: 770 / 28 was 27 or 28, as the four people came."""
    cells = {"manager": nothing(4)}
    cells["manager"][items_of("boundaries", "manager")] = np.array(
        [[0, 1, 1, 2, 0, 0, 2], [3, 0, 0, 0, 1, 1, 1], [0, 2, 3, 3, 0, 0, 2], [1, 1, 1, 0, 0, 3, 2]]
    ).T
    answers = answers_from(cells, minimum=4)
    for other in (answers, *in_other_orders(answers)):
        assert scored(other).dimensions["boundaries"].score == 28


def test_the_draws_of_the_stability_do_not_hang_on_names() -> None:
    people = {"service_user": 6, "staff": 6}
    drawn = Organisation(
        seed=1, people=people, mood=dict.fromkeys(people, 0.42), spread=0.2,
        tidy=1.0, agreed=1.0, favour=1.0, silent=0.0,
    )  # fmt: skip
    answers = answers_of(drawn)
    shares = stability(answers, scored(answers), guidance())
    assert len(shares) > 1, "an example near a threshold is needed here"
    for other in in_other_orders(answers):
        assert stability(other, scored(other), guidance()) == shares


@given(organisations())
@FEWEST_EXAMPLES
def test_order_of_items_and_files_changes_nothing(drawn: Organisation) -> None:
    answers = answers_of(drawn)
    backwards = replace(
        library(),
        questionnaires=tuple(
            q.model_copy(
                update={
                    "sections": tuple(
                        s.model_copy(update={"items": s.items[::-1]}) for s in q.sections[::-1]
                    )
                }
            )
            for q in library().questionnaires[::-1]
        ),
    )
    table = table_of(answers)
    assume(len(table))
    result = published(read_answers(table, backwards, answers.context))
    # Lists follow the order of the questionnaires, so only what stands in them must be the same.
    usual = published(read_answers(table, library(), answers.context))
    assert _unordered(result) == _unordered(usual)


def _unordered(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _unordered(part) for key, part in sorted(value.items())}
    if isinstance(value, list):
        return sorted((_unordered(part) for part in value), key=json.dumps)
    if isinstance(value, str) and ": " in value:
        head, _, rest = value.partition(": ")
        return head, sorted(re.split(r" / |, |(?<=\?) ", rest))
    return value
