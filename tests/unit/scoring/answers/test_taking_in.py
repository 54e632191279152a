"""Taking in: what is sound counts, whatever stands beside it, and what is left out is counted."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from questionnaires.problems import ProblemsError
from scoring.answers.context import Context
from scoring.answers.matrix import COLUMNS
from scoring.answers.rewritten import looks_rewritten
from scoring.answers.taking_in import TakenIn, take_in
from scoring.answers.validation import check
from tests.support.organisations import library

PRINCIPLES, LISTENED = "coproduction-principles", "valued_input.listened_to"
GOOD = ("a", "staff", PRINCIPLES, LISTENED, "often")
CELLS = (
    st.sampled_from(["a", "b", "c", ""]),
    st.sampled_from(["staff", "manager", "staf", ""]),
    st.sampled_from([PRINCIPLES, "buy-in"]),
    st.sampled_from([LISTENED, "valued_input.strengths_seen", "concern.fragile", "x", ""]),
    st.sampled_from(["often", "never", "some", "oftn", "NA", ""]),
)


def taken(*rows: tuple[str, ...]) -> TakenIn:
    table = pd.DataFrame(list(rows), columns=list(COLUMNS), dtype="str")
    table.index = pd.RangeIndex(2, len(rows) + 2)
    return take_in(table, library(), Context())


@given(st.lists(st.tuples(*CELLS), max_size=12))
@example([GOOD, ("a", "staff", PRINCIPLES, LISTENED, "never")])
@example([GOOD, ("a", "manager", PRINCIPLES, LISTENED, "often")])
@example([("a", "staf", PRINCIPLES, LISTENED, "often"), GOOD])
def test_nothing_is_wrong_with_what_is_taken_and_every_answer_is_counted_once(
    rows: list[tuple[str, ...]],
) -> None:
    sure = ("z", "staff", PRINCIPLES, LISTENED, "often")
    found = taken(sure, *rows)
    assert check(found.table.reset_index(drop=True), library(), Context()) == []
    assert len(found.table) + found.left_out + found.alike == found.given
    assert not found.left_out or found.problems
    kept = [row for row in (sure, *rows) if row[4] not in ("", "NA")]
    assert found.given == len(kept)


def test_an_answer_keeps_its_place() -> None:
    bad = ("b", "staff", PRINCIPLES, LISTENED, "oftn")
    found = taken(bad, GOOD)
    assert found.table.index.tolist() == [3]
    assert [problem.place.row for problem in found.problems] == [0]


def test_nothing_sound_is_refused_with_every_reason() -> None:
    with pytest.raises(ProblemsError) as caught:
        taken(("b", "staff", PRINCIPLES, LISTENED, "oftn"), ("", *GOOD[1:]))
    assert [problem.code for problem in caught.value.problems] == ["unknown_option", "empty"]


def test_two_that_speak_for_the_working_group_are_refused() -> None:
    fact = ("programme-fit", "fit.pay", "paid")
    with pytest.raises(ProblemsError) as caught:
        taken(GOOD, ("one", "working_group", *fact), ("two", "working_group", *fact))
    assert [problem.code for problem in caught.value.problems] == ["second_working_group"]


@pytest.mark.parametrize(
    "word",
    ["1.00E+05", "1,23E+11", "2E+05", "05-Jan", "5-Jan-24", "Jan-24", "01/02/2024", "2024-01-02"],
)
def test_what_spreadsheets_make_of_names_is_seen(word: str) -> None:
    assert looks_rewritten(word)


@pytest.mark.parametrize("word", ["100000", "1e5", "12-3", "1/2", "E05", "may-24", "p-2024", ""])
def test_names_that_people_give_are_left_alone(word: str) -> None:
    assert not looks_rewritten(word)
