"""Files of answers as programs write them: read, and said how."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
import yaml

from assessment.exchange.answers.columns import ColumnMapping, UnknownColumnsError, guessed_items
from assessment.exchange.answers.csv_file import read_csv
from assessment.exchange.answers.mapping_file import read_mapping
from questionnaires.library import Library, load
from questionnaires.problems import ProblemsError

LISTENED, DECIDE = "valued_input.listened_to", "shared_decisions.decide_together"
PACK = "coproduction-principles"
HEADER = "respondent,group,questionnaire,item,value"
ROWS = f"p1,staff,{PACK},{LISTENED},often\np2,staff,{PACK},{LISTENED},never\n"
PLAIN = f"{HEADER}\n{ROWS}"
ANSWERS = [["p1", "staff", PACK, LISTENED, "often"], ["p2", "staff", PACK, LISTENED, "never"]]


@cache
def library() -> Library:
    return load()


def said(content: bytes | str) -> tuple[str, ...]:
    """How a file with the two answers is read."""
    raw = content.encode() if isinstance(content, str) else content
    reading = read_csv(raw, "a.csv")
    assert reading.table.to_numpy().tolist() == ANSWERS
    assert not reading.problems
    return reading.said


# As R documents write.csv and write.csv2: quotes around every text and name, row names first under
# an empty name, a line feed at each end.
R_COMMAS = (
    b'"","respondent","group","questionnaire","item","value"\n'
    b'"1","p1","staff","coproduction-principles","valued_input.listened_to","often"\n'
    b'"2","p2","staff","coproduction-principles","valued_input.listened_to","never"\n'
)
ROW_NUMBERS = "Left out 1 column: one without a name."


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (PLAIN, ()),
        (b"\xef\xbb\xbf" + PLAIN.encode(), ()),
        (b"\xef\xbb\xbf" * 2 + PLAIN.encode(), ()),
        (PLAIN.replace("\n", "\r\n"), ()),
        (PLAIN.replace("\n", "\r"), ()),
        (PLAIN.replace(",", ";"), ("Read as semicolons, UTF-8.",)),
        (PLAIN.replace(",", "\t"), ("Read as tabs, UTF-8.",)),
        (PLAIN.replace(",", "|"), ("Read as vertical bars, UTF-8.",)),
        (PLAIN.replace(",", "\t").encode("utf-16"), ("Read as tabs, UTF-16.",)),
        (b"\xfe\xff" + PLAIN.encode("utf-16-be"), ("Read as commas, UTF-16.",)),
        ("sep=;\r\n" + PLAIN.replace(",", ";"), ("Read as semicolons, UTF-8.",)),
        ('"sep=,"\n' + PLAIN, ()),
        (R_COMMAS, (ROW_NUMBERS,)),
        (R_COMMAS.replace(b",", b";"), ("Read as semicolons, UTF-8.", ROW_NUMBERS)),
        (
            "Unnamed: 0," + PLAIN.replace("\np", "\n0,p"),
            ("Left out 1 column: 'Unnamed: 0'.",),
        ),
        ("Our survey,,,,\n\n" + PLAIN, ("Left out 1 line above the names of the columns.",)),
        (PLAIN.replace("\n", ",,\n"), ()),
        (PLAIN.replace(HEADER, " Respondent ,GROUP,questionnaire,\u00a0Item,value"), ()),
        (
            "value,item,note,questionnaire,group,respondent\n"
            f"often,{LISTENED},x,{PACK},staff,p1\nnever,{LISTENED},,{PACK},staff,p2\n",
            ("Left out 1 column: 'note'.",),
        ),
    ],
    ids=[
        *("plain", "mark", "two marks", "CRLF", "CR", "semicolons", "tabs", "bars", "UTF-16"),
        *("UTF-16 the other way", "sep=;", "sep=, in quotes", "R write.csv", "R write.csv2"),
        *("pandas read twice", "title", "trailing commas", "names in any case", "any order"),
    ],
)
def test_what_programs_write_is_read_and_said(
    content: bytes | str, expected: tuple[str, ...]
) -> None:
    assert said(content) == expected


def test_a_european_excel_is_read_and_said() -> None:
    content = PLAIN.replace(",", ";").replace("\n", "\r\n").replace("p1", "Zoë Müller")
    reading = read_csv(content.encode("cp1252"), "a.csv")
    assert reading.said == ("Read as semicolons, Windows-1252.",)
    assert reading.table["respondent"].tolist() == ["Zoë Müller", "p2"]


def test_lines_are_those_of_the_file_whatever_stands_above() -> None:
    assert read_csv(PLAIN.encode(), "a.csv").table.index.tolist() == [2, 3]
    above = "sep=,\r\nOur survey\r\n\r\n" + PLAIN.replace("\n", "\r\n\r\n")
    assert read_csv(above.encode(), "a.csv").table.index.tolist() == [6, 8]


def test_an_empty_last_cell_that_a_spreadsheet_drops_is_no_answer() -> None:
    reading = read_csv(f"{PLAIN}p3,staff,{PACK},{LISTENED}\n".encode(), "a.csv")
    assert reading.table["value"].tolist() == ["often", "never", ""]
    assert not reading.problems


def test_a_word_beyond_the_columns_is_not_dropped_in_silence() -> None:
    content = f"{HEADER},\n{ROWS.replace(chr(10), ',' + chr(10))}w,staff,{PACK},x,Yes, and no\n"
    (problem,) = read_csv(content.encode(), "a.csv").problems
    assert (problem.code, problem.place.line, problem.found) == ("csv_cells", 4, 6)


# -- one row a person ------------------------------------------------------------------------------


def wide(content: str, mapping: ColumnMapping | None = None) -> tuple[list[list[str]], list[str]]:
    reading = read_csv(content.encode(), "w.csv", library, mapping)
    return reading.table.to_numpy().tolist(), list(reading.said)


def test_one_row_a_person_is_read_where_columns_are_our_ids() -> None:
    rows, how = wide(
        f"Respondent;Group;{LISTENED.upper()};remarks;{DECIDE}\n"
        "a;staff;often;x;dont_know\nb;Managers;Not often;;I don’t know\nc;staff;;;\n"
    )
    assert rows == [
        ["a", "staff", PACK, LISTENED, "often"],
        ["a", "staff", PACK, DECIDE, "dont_know"],
        ["b", "manager", PACK, LISTENED, "not_often"],
        ["b", "manager", PACK, DECIDE, "dont_know"],
    ]
    assert how == [
        "Read as semicolons, UTF-8.",
        "Read as one row a person, with 2 questions.",
        "Left out 1 column: 'remarks'.",
    ]


def test_without_a_column_for_it_every_row_is_another_person() -> None:
    rows, how = wide(f"group,{LISTENED}\nstaff,often\nstaff,often\n")
    assert [row[0] for row in rows] == ["row 2", "row 3"]
    assert how == ["Read as one row a person, with 1 question; every row counts as another person."]


SURVEY = (
    "Timestamp,Who,Your role,Are you listened to?\n"
    "2024-05-01,x,Staff,Often\n2024-05-02,y,staff,never\n"
)
MAPPING = {"respondent": "Who", "group": "Your role", "items": {LISTENED: "Are you listened to?"}}
MAPPED = [["x", "staff", PACK, LISTENED, "often"], ["y", "staff", PACK, LISTENED, "never"]]


def test_columns_with_other_names_are_read_as_somebody_says() -> None:
    rows, how = wide(SURVEY, ColumnMapping.model_validate(MAPPING))
    assert rows == MAPPED
    assert how == [
        "Read as one row a person, with 1 question.",
        "Left out 1 column: 'Timestamp'.",
    ]
    of_all = {"group_of_all": "board", "items": {LISTENED: "Are you listened to?"}}
    rows, _ = wide(SURVEY, ColumnMapping.model_validate(of_all))
    assert [row[:2] for row in rows] == [["row 2", "board"], ["row 3", "board"]]


def test_columns_that_nobody_knows_are_carried_with_what_stands_in_them() -> None:
    with pytest.raises(UnknownColumnsError) as caught:
        wide(SURVEY)
    assert caught.value.examples["Your role"] == ["Staff", "staff"]
    assert list(caught.value.examples) == ["Timestamp", "Who", "Your role", "Are you listened to?"]
    assert "no line names the columns that are needed" in str(caught.value)


def test_a_column_that_is_said_and_not_there_is_named() -> None:
    mapping = ColumnMapping.model_validate(MAPPING | {"respondent": "Name"})
    with pytest.raises(ProblemsError) as caught:
        wide(SURVEY, mapping)
    assert str(caught.value) == (
        "w.csv, line 1: there is no column Name; found: Timestamp, Who, Your role, Are you "
        "listened to?"
    )


def test_a_file_says_which_column_holds_what(tmp_path: Path) -> None:
    file = tmp_path / "columns.yaml"
    file.write_text(yaml.safe_dump(MAPPING), encoding="utf-8")
    assert wide(SURVEY, read_mapping(file, library(), ["staff"]))[0] == MAPPED


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "group: A\nitems: {valued_input.heard: B}",
            "columns.yaml, line 2: items: there is no item",
        ),
        ("group_of_all: stuff\nitems: {valued_input.listened_to: B}", "there is no group 'stuff'"),
        ("items: {valued_input.listened_to: B}", "write either 'group' or 'group_of_all'"),
        ("group: A", "'items' is missing"),
    ],
)
def test_a_mistake_in_that_file_is_named(text: str, expected: str, tmp_path: Path) -> None:
    file = tmp_path / "columns.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ProblemsError) as caught:
        read_mapping(file, library(), ["staff"])
    assert expected in str(caught.value)


def test_a_column_is_guessed_by_an_id_or_by_the_words_of_a_question() -> None:
    words = next(iter(library().items[DECIDE].text.variants().values()))
    names = ["Who", LISTENED.upper(), f" {words} "]
    assert guessed_items(names, library()) == {names[1]: LISTENED, names[2]: DECIDE}
