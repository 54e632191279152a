"""Numbers in files of answers: read as people write them, and never guessed."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assessment.exchange.answers.csv_file import csv_bytes, read_csv
from questionnaires.numbers import as_stored
from questionnaires.problems import ProblemsError
from scoring.answers.context import Context
from scoring.answers.matrix import COLUMNS
from scoring.answers.numbers import in_one_way
from scoring.answers.taking_in import TakenIn, take_in
from tests.support.organisations import library

FIT = "programme-fit"
BUDGET, HOURS, PEERS = "fit.budget", "fit.hours_for_support", "fit.number_of_peers"


def table(*answers: tuple[str, str]) -> pd.DataFrame:
    rows = [("team", "working_group", FIT, item, value) for item, value in answers]
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype="str")


def taken(*answers: tuple[str, str]) -> TakenIn:
    return take_in(table(*answers), library(), Context())


@pytest.mark.parametrize(
    ("item", "text", "number"),
    [
        (HOURS, "7,5", "7.5"),
        (HOURS, "7.5", "7.5"),
        (HOURS, "7.50", "7.5"),
        # 12 500 hours a month are more than the question allows.
        (HOURS, "12.500", "12.5"),
        (BUDGET, "12 500", "12500"),
        (BUDGET, "12\N{NARROW NO-BREAK SPACE}500,75", "12500.75"),
        (BUDGET, "1.200,50", "1200.5"),
        (BUDGET, "€ 12 500", "12500"),
        (BUDGET, "1.1250", "1.125"),
        (PEERS, "3,0", "3"),
        (PEERS, "٣", "3"),
        (PEERS, "dont_know", "dont_know"),
    ],
)
def test_a_number_is_read_as_people_write_it(item: str, text: str, number: str) -> None:
    found = taken((item, text))
    assert found.table["value"].tolist() == [number]
    assert not found.problems


@pytest.mark.parametrize(
    ("item", "text", "said"),
    [
        (
            BUDGET,
            "12.500",
            "value: fit.budget: found '12.500', which can be read in two ways; write 12500 or "
            "12.5, or dont_know",
        ),
        (BUDGET, "1,200", "write 1200 or 1.2, or dont_know"),
        (PEERS, "2,5", "found '2,5'; allowed is a whole number, or dont_know"),
        (PEERS, "about 3", "write one number in digits, without words, such as 12, or dont_know"),
        (HOURS, "3 000", "found '3000'; the largest allowed is 2\N{NO-BREAK SPACE}000"),
        (BUDGET, "1.00E+05", "a spreadsheet may have made of another number"),
        (BUDGET, "05-Jan", "a spreadsheet may have made of another number"),
    ],
)
def test_what_is_no_one_number_is_left_out_and_named(item: str, text: str, said: str) -> None:
    found = taken((item, text), ("fit.pay", "paid"))
    assert found.table["item"].tolist() == ["fit.pay"]
    assert found.left_out == 1
    (problem,) = found.problems
    assert said in problem.message


def test_one_number_written_in_two_ways_is_the_same_answer() -> None:
    found = taken((HOURS, "7,5"), (HOURS, "7.50"))
    assert found.table["value"].tolist() == ["7.5"]
    assert (found.alike, found.problems) == (1, ())


def test_a_european_excel_with_one_row_a_person_is_read_alike() -> None:
    content = f"group;{HOURS};{BUDGET}\r\nworking_group;7,5;1.200,50\r\n"
    reading = read_csv(content.encode("cp1252"), "a.csv", library)
    found = take_in(reading.table, library(), Context())
    assert found.table["value"].tolist() == ["7.5", "1200.5"]


def test_what_is_no_answer_to_a_number_stays_as_it_is() -> None:
    found = taken(("fit.statement_text", "1.200"), (PEERS, "2"))
    assert found.table["value"].tolist() == ["1.200", "2"]


NUMBERS = st.decimals(min_value=0, max_value=10**12, places=9) | st.decimals(0, 10**6, places=3)


@given(NUMBERS.map(as_stored))
@example("1.125")
@example("12.5")
@example("12500")
@example("999.999")
def test_a_number_that_we_write_into_a_file_is_read_as_the_same(number: str) -> None:
    content = csv_bytes(in_one_way(table((BUDGET, number)), library()))
    try:
        found = take_in(read_csv(content, "a.csv").table, library(), Context())
    except ProblemsError as error:
        raise AssertionError(str(error)) from None
    assert [Decimal(value) for value in found.table["value"]] == [Decimal(number)]
    assert found.table["value"].tolist() == [number]
