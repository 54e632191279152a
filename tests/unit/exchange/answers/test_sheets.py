"""A table of answers in a workbook is read as the same table in a CSV file."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Any

import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.styles import Font

from assessment.exchange.answer_workbook.reading import workbook_reading
from assessment.exchange.answers.columns import ColumnMapping, UnknownColumnsError
from assessment.exchange.answers.csv_file import read_csv
from assessment.exchange.answers.reading import Reading
from assessment.services.results.answer_files import sound_answers
from questionnaires.library import Library, load
from questionnaires.problems import ProblemsError
from scoring.answers.context import Context
from scoring.answers.matrix import COLUMNS

LISTENED, DECIDE = "valued_input.listened_to", "shared_decisions.decide_together"
PACK = "coproduction-principles"
NAMES = list(COLUMNS)
FIRST = ["p1", "staff", PACK, LISTENED, "often"]
SECOND = ["p2", "staff", PACK, LISTENED, "never"]


@cache
def library() -> Library:
    return load()


def sheet(*rows: list[Any], change: Callable[[Any], None] = lambda _: None) -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    change(book)
    book.save(out)
    return out.getvalue()


def read(content: bytes, mapping: ColumnMapping | None = None) -> Reading:
    return workbook_reading([("a.xlsx", content)], library(), mapping=mapping)


def rows_of(reading: Reading) -> list[list[str]]:
    return reading.table.astype("str").to_numpy().tolist()


def refused(content: bytes) -> str:
    with pytest.raises(ProblemsError) as caught:
        read(content)
    return str(caught.value)


@pytest.mark.parametrize("further", ["a remark", 7.5, datetime(2024, 2, 1), "=1+1", True], ids=type)
def test_whatever_stands_in_a_further_column_is_left_out_and_said(further: object) -> None:
    found = read(sheet(["When", *NAMES], [further, *FIRST], [None, *SECOND]))
    assert rows_of(found) == [FIRST, SECOND]
    assert (found.said, found.problems) == (("Left out 1 column: 'When'.",), ())


def struck(book: Any) -> None:
    book.active["E2"].font = Font(strike=True)


@pytest.mark.parametrize(
    ("value", "change", "said"),
    [
        ("=1+1", lambda _: None, "a formula stands here"),
        (datetime(2024, 2, 1), lambda _: None, "a date stands here"),
        ("often", struck, "what stands here is struck out"),
    ],
)
def test_a_row_with_a_doubtful_cell_is_left_out_and_the_cell_is_named(
    value: object, change: Callable[[Any], None], said: str
) -> None:
    found = read(sheet(NAMES, [*FIRST[:4], value], SECOND, change=change))
    assert rows_of(found) == [SECOND]
    assert found.rows_left_out == 1
    assert str(found.problems[0]).startswith(f"a.xlsx, sheet 'Sheet', cell E2: {said}")


def test_where_every_row_is_doubtful_the_cells_are_named() -> None:
    message = refused(sheet(NAMES, ["=A1", *FIRST[1:]], [*SECOND[:4], "=1"]))
    assert [line.partition(": ")[0] for line in message.splitlines()] == [
        "a.xlsx, sheet 'Sheet', cell A2",
        "a.xlsx, sheet 'Sheet', cell E3",
    ]


def test_words_in_no_column_comments_and_further_sheets_are_named_and_stop_nothing() -> None:
    def beside(book: Any) -> None:
        book.active["G2"] = "not sure"
        book.active["E3"].comment = Comment("really?", "Z")
        book.create_sheet("Plan")["A1"] = "to do"

    found = read(sheet(NAMES, FIRST, SECOND, change=beside))
    assert rows_of(found) == [FIRST, SECOND]
    assert found.said == (
        "Please check: a.xlsx, sheet 'Sheet', cell G2: something is written here beside the "
        "answers, and is not read.",
        "Please check: a.xlsx, sheet 'Sheet', cell E3: a comment stands here, and is not read.",
        "Please check: a.xlsx: the sheet 'Plan' is not read.",
    )


def test_two_sheets_with_answers_are_refused_since_one_would_be_dropped() -> None:
    def again(book: Any) -> None:
        more = book.create_sheet("More")
        more.append(NAMES)
        more.append(SECOND)

    assert "beside the sheet 'Sheet' with answers there is 'More', which has answers too" in (
        refused(sheet(NAMES, FIRST, change=again))
    )


def test_the_names_of_the_columns_may_stand_below_a_title() -> None:
    found = read(sheet(["Our survey"], [], ["VALUE", *NAMES[:4]], ["often", *FIRST[:4]]))
    assert rows_of(found) == [FIRST]
    assert found.said == ("Left out 1 row above the names of the columns.",)
    place = found.table.index[0]
    assert (place.row, place.letters["value"]) == (4, "A")


# -- one row a person ------------------------------------------------------------------------------

WIDE = [["group", LISTENED, "remarks", DECIDE], ["staff", "Often", "=1+1", "I don’t know"]]


def test_one_row_a_person_is_read_too() -> None:
    found = read(sheet(*WIDE))
    assert rows_of(found) == [
        ["row 2", "staff", PACK, LISTENED, "often"],
        ["row 2", "staff", PACK, DECIDE, "dont_know"],
    ]
    assert found.said == (
        "Read as one row a person, with 2 questions; every row counts as another person.",
        "Left out 1 column: 'remarks'.",
    )


def test_of_one_row_a_person_only_the_doubtful_answer_is_left_out() -> None:
    found = read(sheet(WIDE[0], ["staff", "often", None, "=1"], ["=1", "often", None, "never"]))
    assert rows_of(found) == [["row 2", "staff", PACK, LISTENED, "often"]]
    cells = [problem.place.column + str(problem.place.row) for problem in found.problems]
    assert cells == ["D2", "A3"]


def test_a_wrong_answer_of_a_person_is_named_by_its_cell() -> None:
    reading = read(sheet(WIDE[0], ["staff", "oftn", None, "dont_know"]))
    found = sound_answers(reading, library(), Context(), name="a.xlsx")
    assert found.left_out[1].startswith("a.xlsx, sheet 'Sheet', cell B2: value: ")


def test_columns_with_other_names_are_read_as_somebody_says() -> None:
    content = sheet(["Who", "Role", "Heard?"], ["x", "Staff", "Often"])
    with pytest.raises(UnknownColumnsError) as caught:
        read(content)
    assert caught.value.examples == {"Who": ["x"], "Role": ["Staff"], "Heard?": ["Often"]}
    mapping = {"respondent": "Who", "group": "Role", "items": {LISTENED: "Heard?"}}
    found = read(content, ColumnMapping.model_validate(mapping))
    assert rows_of(found) == [["x", "staff", PACK, LISTENED, "often"]]


# -- the same as CSV -------------------------------------------------------------------------------

CELLS = st.sampled_from(["often", "never", "oftn", "7,5", "'=1", "-3", "NA", "a b", "Zoë", " x "])


@settings(max_examples=30)
@given(
    st.lists(st.tuples(CELLS, CELLS, CELLS, CELLS, CELLS), min_size=1, max_size=4),
    st.permutations([*NAMES, "further"]),
)
def test_a_sheet_says_the_same_as_the_csv_file(
    rows: list[tuple[str, ...]], order: list[str]
) -> None:
    table = pd.DataFrame(rows, columns=NAMES).assign(further="x")[order]
    cells = [list(table.columns), *table.to_numpy().tolist()]
    out = io.StringIO()
    csv.writer(out).writerows(cells)
    from_text = read_csv(out.getvalue().encode(), "a.csv")
    from_sheet = read(sheet(*cells))
    assert rows_of(from_sheet) == rows_of(from_text)
    assert from_sheet.said == from_text.said
    assert [place.row for place in from_sheet.table.index] == from_text.table.index.tolist()
