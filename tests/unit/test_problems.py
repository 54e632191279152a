"""Problems: every code has a sentence, which names what was found and what is allowed."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest
from pydantic_core.core_schema import ErrorType

from assessment.exchange.answers.columns import HEADER
from assessment.exchange.answers.context_file import parse_context
from assessment.exchange.answers.csv_file import parse_csv
from questionnaires.problems import Audience, Place, Problem, ProblemsError, in_table, sentences
from scoring.answers.context import Context
from scoring.answers.matrix import COLUMNS, read_answers
from tests.support.organisations import library

AUDIENCES: tuple[Audience, ...] = ("", "in_the_app", "typed")
ROOT = Path(__file__).resolve().parents[2]
SOURCES = [
    path
    for package in ("questionnaires", "scoring", "assessment")
    for path in sorted((ROOT / package).rglob("*.py"))
]
NODES = [(path, node) for path in SOURCES for node in ast.walk(ast.parse(path.read_text("utf-8")))]
#: Where a call has what was found and what is allowed, by the name of what is called. The code
#: comes first.
CALLS = {
    "Problem": (2, 3),
    "ProblemsError.of": (2, 3),
    "fault": (2, 3),
    "document.problem": (2, 3),
    "_problem": (3, 4),  # scoring/answers/validation.py
    "self._problem": (1, 2),  # assessment/exchange/answer_workbook/filled.py
}


@dataclass(frozen=True)
class Call:
    code: str
    where: str
    found: bool
    allowed: bool
    #: What else it gives; None where that is not written out in the call.
    details: frozenset[str] | None


def calls() -> Iterator[Call]:
    """Every place in the code that makes a problem whose code is written out."""
    for path, node in NODES:
        if not isinstance(node, ast.Call) or not node.args:
            continue
        first = node.args[0]
        if not isinstance(first, ast.Constant):
            continue
        name = ast.unparse(node.func)
        if name.endswith("document.problem") or name in ("offers.problem", "file.problem"):
            name = "document.problem"
        if name not in CALLS:
            continue
        keywords = {keyword.arg: keyword.value for keyword in node.keywords}
        found, allowed = (
            len(node.args) > at or word in keywords
            for at, word in zip(CALLS[name], ("found", "allowed"), strict=True)
        )
        where = f"{path.relative_to(ROOT)}:{node.lineno}"
        yield Call(str(first.value), where, found, allowed, _details(name, keywords))


def _details(name: str, keywords: dict[str | None, ast.expr]) -> frozenset[str] | None:
    if None in keywords:
        return None
    if name != "Problem":
        return frozenset(str(word) for word in keywords) - {"found", "allowed", "subject"}
    match keywords.get("details"):
        case None:
            return frozenset()
        case ast.Dict(keys=keys):
            return frozenset(str(key.value) for key in keys if isinstance(key, ast.Constant))
    return None


CALLED = list(calls())


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


@pytest.mark.parametrize("call", CALLED, ids=lambda call: f"{call.code} {call.where}")
def test_what_a_problem_carries_is_named_by_its_sentence(call: Call) -> None:
    assert call.code in sentences(), f"{call.where}: no sentence for {call.code!r}"
    named = placeholders(sentences()[call.code])
    assert call.found == bool(named & {"found", "near"})
    # Of very many allowed words only the nearest is named.
    assert call.allowed == ("allowed" in named) or (call.allowed and "near" in named)
    if call.details is not None:
        assert named - {"found", "allowed", "near"} == call.details


USED = {
    node.value
    for _, node in NODES
    if isinstance(node, ast.Constant) and isinstance(node.value, str)
}
#: Mistakes in fields have the names that pydantic gives them.
PYDANTIC = set(get_args(ErrorType))


@pytest.mark.parametrize("code", sorted(sentences()))
def test_every_sentence_is_of_a_mistake_that_can_be_made(code: str) -> None:
    assert code in USED or code in PYDANTIC
    for audience in AUDIENCES:
        words = sentences(audience)[code]
        assert words == words.strip() != ""
        assert placeholders(words) <= placeholders(sentences()[code])
    if code in PYDANTIC:
        assert placeholders(sentences()[code]) <= {"found", "allowed", "near", "reason"}


@pytest.mark.parametrize("code", ["other_ladder", "other_version", "questions_changed", "no_form"])
def test_the_app_says_where_to_get_a_workbook_and_names_no_command(code: str) -> None:
    words = sentences("in_the_app")[code]
    assert "template" not in words and "ownload" in words


# -- what is made of some mistakes of each kind -------------------------------------------------

GOOD = "p1,staff,coproduction-principles,valued_input.listened_to,often"


def of_csv(text: str) -> tuple[Problem, ...]:
    with pytest.raises(ProblemsError) as caught:
        table = parse_csv(text.encode(), "answers.csv")
        read_answers(table, library(), Context())
    return caught.value.problems


@pytest.mark.parametrize(
    ("text", "code", "found"),
    [
        ("", "csv_empty", None),
        (HEADER, "no_answers", None),
        (f"{HEADER}\na,b", "csv_cells", 2),
        (HEADER.replace("value", "answer"), "csv_header", f"'{HEADER[:-5]}answer'"),
        (f'{HEADER}\n"', "csv_open_quote", None),
        (f"{HEADER}\n{GOOD.replace('staff', 'stuff')}", "unknown_group_of_own", "stuff"),
        (f"{HEADER}\n{GOOD.replace('to,', 'too,')}", "unknown_item", "valued_input.listened_too"),
        (f"{HEADER}\n{GOOD.replace('often', 'oftn')}", "unknown_option", "oftn"),
        (f"{HEADER}\n{GOOD}\n{GOOD}", "answered_twice", "valued_input.listened_to"),
        (f"{HEADER}\n,{GOOD.split(',', 1)[1]}", "empty", None),
    ],
)
def test_mistakes_in_answers_have_codes(text: str, code: str, found: object) -> None:
    assert [(problem.code, problem.found) for problem in of_csv(text)] == [(code, found)]


@pytest.mark.parametrize(
    ("text", "code", "path_line"),
    [
        ("form: ful", "literal_error", 1),
        ("seed: 1\nsed: 2", "extra_forbidden", 2),
        ("seed: 1\nseed: 2", "repeated_key", 2),
        ("seed: x", "int_type", 1),
        ("a: ]", "yaml_syntax", 1),
    ],
)
def test_mistakes_in_a_context_have_codes(text: str, code: str, path_line: int) -> None:
    with pytest.raises(ProblemsError) as caught:
        parse_context(text.encode(), "context.yaml")
    (problem,) = caught.value.problems
    assert (problem.code, problem.place) == (code, Place("context.yaml", path_line))


# -- places --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (Place("a.csv"), "a.csv"),
        (Place("a.csv", 12), "a.csv, line 12"),
        (Place("packs/a.yaml", 12, ("items", 0, "text")), "packs/a.yaml:12"),
        (Place("a.xlsx", sheet="It's", row=3), 'a.xlsx, sheet "It\'s", row 3'),
        (Place("a.xlsx", sheet="One", row=3, column="B"), "a.xlsx, sheet 'One', cell B3"),
        (Place(), ""),
    ],
)
def test_places_in_words(place: Place, words: str) -> None:
    assert str(place) == words


def test_a_problem_of_a_table_finds_its_lines_and_cells() -> None:
    column = Place(row=0, column="value")
    further = tuple(Place(row=row, column="value") for row in (1, 2))
    problem = Problem("csv_open_quote", column, subject="value", further=further, more=3)
    message = "value: a quote is opened here and never closed (the same"
    assert str(in_table(problem, "a.csv", [2, 3, 5])) == (
        f"a.csv, line 2: {message} on line 3, 5 and 3 more)"
    )
    letters = dict(zip(COLUMNS, "ABCDE", strict=True))
    rows = [
        Place("a.xlsx", sheet="One", row=2, letters=letters),
        Place("a.xlsx", sheet="One", row=3, column="C"),
        Place("b.xlsx", sheet="Two", row=4, letters=letters),
    ]
    assert str(in_table(problem, "2 files", rows)) == (
        f"a.xlsx, sheet 'One', cell E2: {message} in sheet 'One', cell C3, b.xlsx, sheet 'Two', "
        "cell E4 and 3 more)"
    )
