"""From a table in long form to the matrix: which cell holds what, and whose answers count."""

from __future__ import annotations

import pandas as pd

from scoring.answers.context import Context
from scoring.answers.matrix import (
    COLUMNS,
    DONT_KNOW_CELL,
    EMPTY_CELL,
    Answers,
    read_answers,
)
from tests.support.organisations import library

#: A frequency: never, not often, sometimes, often, always.
LISTENED, STRENGTHS = "valued_input.listened_to", "valued_input.strengths_seen"
COVER = "supervision.cover"


def reading(*rows: tuple[str, str, str, str], **context: object) -> Answers:
    """Rows of respondent, group, item and value."""
    full = [
        (who, group, library().questionnaire_of[item.removesuffix(".note")].id, item, value)
        for who, group, item, value in rows
    ]
    table = pd.DataFrame(full, columns=list(COLUMNS), dtype="str")
    return read_answers(table, library(), Context.model_validate(context))


def test_a_cell_holds_the_place_of_an_option_or_why_there_is_none() -> None:
    found = reading(
        ("a", "staff", LISTENED, "never"),
        ("a", "staff", STRENGTHS, "always"),
        ("b", "staff", LISTENED, "dont_know"),
    )
    assert found.matrix[found.rows[LISTENED]].tolist() == [0, DONT_KNOW_CELL]
    assert found.matrix[found.rows[STRENGTHS]].tolist() == [4, EMPTY_CELL]


def test_respondents_stand_by_group_and_then_by_name() -> None:
    found = reading(
        ("d", "staff", LISTENED, "often"),
        ("c", "staff", LISTENED, "never"),
        ("z", "service_user", LISTENED, "always"),
    )
    groups = [(group.id, group.start, group.stop) for group in found.groups]
    assert groups == [("service_user", 0, 1), ("staff", 1, 3)]
    # z, c, d
    assert found.matrix[found.rows[LISTENED]].tolist() == [4, 0, 3]


def test_what_the_working_group_agreed_stands_apart_with_its_notes() -> None:
    found = reading(
        ("team", "working_group", COVER, "partly"),
        ("team", "working_group", f"{COVER}.note", "The rota of May"),
    )
    assert (found.agreed, found.notes) == ({COVER: "partly"}, {COVER: "The rota of May"})
    assert found.matrix.shape == (len(found.rows), 0)


def test_a_practice_that_the_facts_leave_out_does_not_apply_whatever_was_answered() -> None:
    # Who gets expenses only needs no advice on benefits.
    item = "payment_and_costs.benefits_advice"
    answered = ("team", "working_group", item, "in_place")
    paid, unpaid = (
        reading(answered, ("team", "working_group", "fit.pay", pay))
        for pay in ("paid", "expenses_only")
    )
    assert (paid.agreed[item], unpaid.agreed[item]) == ("in_place", "does_not_apply")
    assert item in unpaid.skipped
    assert item not in paid.skipped


def test_a_group_with_fewer_heads_than_the_minimum_is_there_whether_anybody_replied_or_not() -> (
    None
):
    eligible = {"board": 2, "manager": 9}
    found = reading(("a", "staff", LISTENED, "often"), eligible=eligible)
    assert [(group.id, group.n) for group in found.groups] == [("staff", 1), ("board", 0)]


def test_what_a_group_was_to_answer_and_what_it_answered_anyway() -> None:
    # Staff are to answer practices only where peer work is known to run.
    route, reflection = "policies.safeguarding_route", "training_and_reflection.reflective_time"
    answered = ("a", "staff", route, "partly")
    running = ("team", "working_group", "fit.organisation_experience", "running")
    for rows, required in (((answered,), False), ((answered, running), True)):
        found = reading(*rows)
        (group,) = found.groups
        items = [found.library.items[name] for name in (route, reflection)]
        assert [found.required(item, group) for item in items] == [required, required]
        assert [found.asked(item, group) for item in items] == [True, required]
