"""A file of answers, as it is written and read: what people wrote comes back to the sign, whichever
program wrote the file."""

from __future__ import annotations

import csv
import io

import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assessment.exchange.answers.csv_file import csv_bytes, parse_csv
from scoring.answers.matrix import COLUMNS
from scoring.answers.signs import cleaned
from tests.support.typed import TYPED


def table(*values: str) -> pd.DataFrame:
    rows = [
        (f"p{number}", "staff", "own", "words.anything", value)
        for number, value in enumerate(values)
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype="str")


def cells(content: bytes) -> list[list[str]]:
    """As any other program reads it."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


#: What is kept of what people type.
KEPT = TYPED.map(cleaned)


def read(content: bytes) -> list[str]:
    return parse_csv(content, "a.csv")["value"].tolist()


@given(st.lists(KEPT, min_size=1, max_size=5))
@example(["=1+1", "'=1+1", "''", "'tis", "-3", "+49", "@home", '"', ",", ";", "a\nb", "sep=;"])
@example(["سلام\u200cخوب", "C’est vrai\u00a0?", "🤝🏽", "👩🏽\u200d🔧", "e\u0301"])
def test_whatever_people_wrote_comes_back(values: list[str]) -> None:
    assert read(csv_bytes(table(*values))) == values


@given(
    st.lists(KEPT, min_size=1, max_size=3),
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.booleans(),
)
def test_what_pandas_writes_comes_back(
    values: list[str], separator: str, encoding: str, end: str, index: bool
) -> None:
    given_ = table(*values)
    text = given_.to_csv(sep=separator, index=index, lineterminator=end)
    assert read(text.encode(encoding)) == [
        value[1:] if value[:1] == "'" and value[1:2] in ("=", "+", "-", "@", "'") else value
        for value in values
    ]


@given(st.text(st.characters(codec="cp1252", exclude_categories=["Cc"]), min_size=1, max_size=20))
@example("Café « Müller » – 5 €")
def test_what_a_european_excel_writes_comes_back(value: str) -> None:
    value = cleaned(value)
    text = table("Grüße, Zoë", value).to_csv(sep=";", index=False, lineterminator="\r\n")
    found = read(text.encode("cp1252"))
    assert found[0] == "Grüße, Zoë"
    assert found[1] in (value, value.removeprefix("'"))


@given(TYPED)
@example("=HYPERLINK(0)")
def test_no_cell_begins_as_a_formula_does(value: str) -> None:
    for row in cells(csv_bytes(table(value)))[1:]:
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)


@pytest.mark.parametrize("value", ["Zoë", "often", "2"])
def test_anything_else_stands_there_as_it_is(value: str) -> None:
    assert cells(csv_bytes(table(value)))[1][-1] == value


def test_it_begins_with_the_mark_by_which_spreadsheets_know_utf_8() -> None:
    assert csv_bytes(table("Zoë")).startswith(b"\xef\xbb\xbfrespondent,")
