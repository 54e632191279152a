"""A whole file of answers, written by one program and read by another: the same answers."""

from __future__ import annotations

import io
from functools import cache
from itertools import product

import pandas as pd
import pytest

from assessment.exchange.answers.csv_file import csv_bytes, read_csv
from questionnaires.library import Library, load
from scoring.answers.matrix import COLUMNS
from tests.support.files import demo


@cache
def library() -> Library:
    return load()


@cache
def given() -> list[list[str]]:
    return demo().table.astype("str").to_numpy().tolist()


def read(content: bytes) -> list[list[str]]:
    reading = read_csv(content, "a.csv", library)
    assert not reading.problems
    return reading.table.to_numpy().tolist()


def test_what_we_write_comes_back() -> None:
    assert read(csv_bytes(demo().table)) == given()
    assert read_csv(csv_bytes(demo().table), "a.csv").said == ()


@pytest.mark.parametrize(
    ("separator", "encoding", "index"),
    [
        *product([",", ";", "\t"], ["utf-8", "utf-16"], [False, True]),
        (";", "cp1252", False),
        (",", "utf-8-sig", False),
    ],
)
def test_what_pandas_writes_comes_back(separator: str, encoding: str, index: bool) -> None:
    content = demo().table.to_csv(sep=separator, index=index).encode(encoding)
    assert read(content) == given()


def test_one_row_a_person_says_the_same_as_one_row_an_answer() -> None:
    table = demo().table.astype("str")
    wide = table.pivot(index=["respondent", "group"], columns="item", values="value")
    found = read(wide.reset_index().to_csv(index=False).encode())
    answered = [row for row in given() if row[4]]
    assert sorted(found) == sorted(answered)


def test_of_a_table_read_by_pandas_and_written_again_nothing_is_lost() -> None:
    again = pd.read_csv(io.BytesIO(csv_bytes(demo().table)), dtype="str", keep_default_na=False)
    assert list(again.columns) == list(COLUMNS)
    assert read(again.to_csv().encode()) == given()
