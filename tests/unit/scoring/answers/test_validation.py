"""Which rows of a table of answers are wrong."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from scoring.answers.context import Context
from scoring.answers.matrix import COLUMNS
from scoring.answers.validation import check
from tests.support.organisations import library

PRINCIPLES, LISTENED = "coproduction-principles", "valued_input.listened_to"
#: A row that nothing is wrong with.
GOOD = ("a", "staff", PRINCIPLES, LISTENED, "often")


def wrong(*rows: tuple[str, ...], **context: Any) -> list[int | None]:
    """The rows with a problem; None for one of the context."""
    table = pd.DataFrame(list(rows), columns=list(COLUMNS), dtype="str")
    return [p.place.row for p in check(table, library(), Context.model_validate(context))]


def test_nothing_is_wrong_with_what_is_asked_and_offered() -> None:
    assert wrong(GOOD, ("b", "service_user", *GOOD[2:4], "dont_know"), ("c", *GOOD[1:4], "")) == []


@pytest.mark.parametrize(
    "row",
    [
        ("b", "staf", PRINCIPLES, LISTENED, "often"),
        ("b", "staff", PRINCIPLES, "valued_input.listened", "often"),
        ("b", "staff", "boundaries", LISTENED, "often"),
        ("b", "staff", PRINCIPLES, LISTENED, "frequently"),
        # Nobody but the working group is asked a fact.
        ("b", "staff", "programme-fit", "fit.pay", "paid"),
        ("", "staff", PRINCIPLES, LISTENED, "often"),
    ],
    ids=["group", "item", "questionnaire", "value", "not asked", "respondent"],
)
def test_what_nobody_knows_is_named_by_its_row(row: tuple[str, ...]) -> None:
    assert wrong(GOOD, row) == [1]


def test_who_answers_twice_or_in_two_groups_is_named() -> None:
    assert wrong(GOOD, GOOD) == [1]
    assert wrong(GOOD, ("a", "manager", PRINCIPLES, "valued_input.strengths_seen", "often")) == [1]


@pytest.mark.parametrize(
    "context",
    [
        {"eligible": {"staf": 9}},
        {"weights": {"families": 1.0}},
        {"sides": {"staff": "lived_experience"}},
        {"sides": {"families": "lived_experience"}, "asked_like": {"families": "staff"}},
        {"questionnaires": ["coproduction"]},
    ],
    ids="+".join,
)
def test_a_mistake_in_the_context_is_of_no_row(context: dict[str, Any]) -> None:
    assert wrong(GOOD, **context) == [None]
