"""Choices, numbers and words of an organisation's own questions, as the report gives them back."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pandas as pd
import pytest
from openpyxl import load_workbook

from assessment.render.result_json import result_json
from assessment.render.text import report_text
from assessment.render.xlsx import write_workbook
from assessment.report.build import build_report
from assessment.report.model import Report
from scoring.answers.context import Context
from scoring.answers.matrix import COLUMNS, read_answers
from scoring.result import result_of
from scoring.rules.loading import load_guidance
from tests.support.organisations import with_own_words
from tests.support.reports import harbour_house

Given = dict[str, dict[str, list[str]]]
CHOICES, COST, WORDS = "helpful.what", "travel.cost", "words.anything"


def report(given: Given) -> Report:
    """The report of what people gave: values by item and group, a person each."""
    library = with_own_words()
    rows = [
        (f"{group}-{person}", group, library.questionnaire_of[item].id, item, value)
        for item, groups in given.items()
        for group, values in groups.items()
        for person, value in enumerate(values)
    ]
    table = pd.DataFrame(rows, columns=list(COLUMNS), dtype="str")
    return build_report(result_of(read_answers(table, library, Context()), load_guidance(library)))


#: Of 20: 8 talking, 6 training, 3 both, 2 nothing of this, 1 does not know.
CHOSEN = ["talking"] * 8 + ["training"] * 6 + ["talking;training"] * 3 + ["nothing"] * 2
GIVEN: Given = {
    CHOICES: {"staff": [*CHOSEN, "dont_know"], "service_user": ["nothing"] * 3},
    # Each a multiple of 101, so that nobody's own number is one of two digits.
    COST: {"staff": [str(101 * number) for number in range(1, 21)]},
}


@pytest.fixture(scope="module")
def told() -> Report:
    return report(GIVEN)


def test_choices_are_told_in_tenths_and_never_what_few_chose(told: Report) -> None:
    """11 of 19 chose talking, 9 of 19 training."""
    choices, _ = result_json(told.result, told.round)["tallies"]
    assert choices == {
        "item": CHOICES,
        "groups": {
            "staff": {
                "n": 19,
                "shares": {"talking": 0.6, "training": 0.5},
                "at_least": {},
                "untold": ["nothing"],
            }
        },
    }


def test_of_numbers_the_middle_is_told_to_two_digits(told: Report) -> None:
    """The quartiles of 101, 202, … 2,020 are 580.75, 1,060.5 and 1,540.25."""
    _, cost = result_json(told.result, told.round)["tallies"]
    staff = {"n": 20, "median": 1100.0, "middle_half": [580.0, 1500.0]}
    assert cost == {"item": COST, "groups": {"staff": staff}}


def test_screen_and_text_and_workbook_tell_the_same(told: Report) -> None:
    block = told.block("tallies")
    assert block.finding == (
        "Staff, asked “What would help you?”: Talking about it, more than half"
    )
    assert block.table is not None
    pound = "1\N{NO-BREAK SPACE}100 pounds a year"
    answers = [
        "Talking about it: more than half; Training: about half; not shown: Nothing of this",
        f"half of them below about {pound}, half above; the middle half between about 580 and "
        "1\N{NO-BREAK SPACE}500",
    ]
    assert [row[2] for row in block.table.texts] == answers
    text = " ".join(report_text(told).split())
    assert answers[0] in text and block.note in text
    assert block.note.startswith("Not shown: service users, with fewer than 5 replies.")
    sheet = load_workbook(BytesIO(write_workbook(told)))["Also asked"]
    cells = {cell for row in sheet.iter_rows(values_only=True) for cell in row}
    assert {block.finding, *answers} <= cells


def test_without_such_questions_there_is_no_such_part() -> None:
    _, without = harbour_house()
    assert without.block("tallies").question == ""
    assert result_json(without.result, without.round)["tallies"] == []
    assert "Also asked" not in load_workbook(BytesIO(write_workbook(without))).sheetnames


def test_words_are_not_shown_and_the_results_say_so() -> None:
    secret = "Ms Miller shouts at us"
    found = report({WORDS: {"staff": [secret] * 9}, CHOICES: {"staff": ["talking"] * 9}})
    assert "stands here only after somebody has read it (2 questions)" in (
        found.block("tallies").note
    )
    everything: list[Any] = [
        report_text(found),
        repr(result_json(found.result, found.round)),
        repr(found.blocks),
    ]
    book = load_workbook(BytesIO(write_workbook(found)))
    everything += [repr([*sheet.values]) for sheet in book]
    assert not any("Miller" in text for text in everything)


def test_what_a_hidden_group_answered_changes_nothing() -> None:
    one, other = (
        report({**GIVEN, CHOICES: {**GIVEN[CHOICES], "service_user": values}, COST: cost})
        for values, cost in (
            (["nothing"] * 3, GIVEN[COST]),
            (["talking", "training", "dont_know"], {**GIVEN[COST], "service_user": ["9"] * 3}),
        )
    )
    assert result_json(one.result, one.round) == result_json(other.result, other.round)
    assert report_text(one) == report_text(other)
