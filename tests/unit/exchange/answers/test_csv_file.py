"""A file of answers, as it is written and read: what people wrote comes back to the sign."""

from __future__ import annotations

import csv
import io

import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assessment.exchange.answers.csv_file import csv_bytes, parse_csv
from scoring.answers.matrix import COLUMNS

#: Every text that a person may type: no zero byte, and no half of a pair.
TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=40)


def table(*values: str) -> pd.DataFrame:
    rows = [
        (f"p{number}", "staff", "own", "words.anything", value)
        for number, value in enumerate(values)
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype="str")


def cells(content: bytes) -> list[list[str]]:
    """As any other program reads it."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@given(st.lists(TEXTS, min_size=1, max_size=5))
@example(["=1+1", "'=1+1", "''", "'tis", "-3", "+49", "@home", "\tx", "\r", "\n", '"', ","])
@example(["\ufeffZoë", "سلام\u200c", "\u00a0", "\u2028", "🤝🏽"])
def test_whatever_people_wrote_comes_back(values: list[str]) -> None:
    assert parse_csv(csv_bytes(table(*values)), "a.csv")["value"].tolist() == values


@given(TEXTS)
@example("=HYPERLINK(0)")
def test_no_cell_begins_as_a_formula_does(value: str) -> None:
    for row in cells(csv_bytes(table(value)))[1:]:
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)


@pytest.mark.parametrize("value", ["Zoë", "often", "2"])
def test_anything_else_stands_there_as_it_is(value: str) -> None:
    assert cells(csv_bytes(table(value)))[1][-1] == value


def test_it_begins_with_the_mark_by_which_spreadsheets_know_utf_8() -> None:
    assert csv_bytes(table("Zoë")).startswith(b"\xef\xbb\xbfrespondent,")
