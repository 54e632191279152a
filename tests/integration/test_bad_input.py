"""Bad input: each mistake is named with its file and line, and nothing is ever written.

First the mistakes that people make, with what must be said about them; then files that nobody
would make: whatever they hold, they end in a result or in ``ProblemsError``. What is sound beside a
mistake counts.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from assessment.exchange.answers.context_file import parse_context
from assessment.exchange.answers.csv_file import LARGEST, parse_csv, read_csv
from assessment.render.result_json import dumps, result_json
from assessment.services.results import answer_files, evaluation
from assessment.services.results.answer_files import FileResult, evaluate_file
from questionnaires.library import Library, load
from questionnaires.model import WORKING_GROUP
from questionnaires.problems import MAX_SHOWN, ProblemsError
from scoring.answers.context import Context
from scoring.answers.matrix import COLUMNS
from scoring.rules.loading import load_guidance
from tests.support.files import HEADER, run

OFTEN = "p1,staff,coproduction-principles,valued_input.listened_to,often\n"
TEXT = "w1,working_group,programme-fit,fit.statement_text,{}\n"
FACT = "team,working_group,programme-fit,fit.number_of_peers,{}\n"
GOOD = HEADER + OFTEN


@pytest.fixture(autouse=True, scope="module")
def _fast() -> Iterator[None]:
    """Read the built-in content once for all evaluations."""
    library = cache(lambda ladder: load(ladder=ladder))
    guidance = cache(lambda ladder: load_guidance(library(ladder)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            evaluation.questionnaire_library, "load", lambda folders, *, ladder: library(ladder)
        )
        patch.setattr(answer_files, "load_guidance", lambda library: guidance(library.ladder))
        yield


@cache
def built_in() -> Library:
    return load()


def scored(content: bytes, context: Context | None = None) -> FileResult:
    """What is sound, scored. What is refused raises ProblemsError."""
    reading = read_csv(content, "answers.csv", built_in)
    return evaluate_file(reading, context or Context(), name="answers.csv")


def evaluated(content: bytes, context: Context | None = None) -> dict[str, object]:
    """The result as it would be written. What is refused raises ProblemsError."""
    result = result_json(scored(content, context).result)
    assert dumps(result)
    return result


def left_out(content: str) -> list[str]:
    """What is said of answers that do not count beside others that do."""
    found = scored(content.encode())
    assert found.result.profile.respondents or found.left_out
    return list(found.left_out)


def refused(content: str | bytes, context: str | None = None) -> str:
    """What is said about bad answers or a bad context."""
    raw = content if isinstance(content, bytes) else content.encode()
    with pytest.raises(ProblemsError) as caught:
        evaluated(raw, parse_context(context.encode(), "context.yaml")[0] if context else None)
    return "\n".join(caught.value.lines())


# -- the file as a whole -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", f"answers.csv, line 1: the file is empty; its first line must be {HEADER.strip()}"),
        (" \n\n", "answers.csv, line 1: the file is empty"),
        (b"\xef\xbb\xbf", "answers.csv, line 1: the file is empty"),
        (HEADER, "answers.csv, line 2: there is a header and no answer below it"),
        (HEADER + ",,,,\n\n", "answers.csv, line 2: there is a header and no answer below it"),
        (OFTEN, "answers.csv, line 1: no line names the columns that are needed: respondent,group"),
        ("name,group,item,value\n" + OFTEN, "Found 'name,group,item,value'"),
        (GOOD.replace(",", "~"), "Found 'respondent~group~questionnaire~item~value'"),
        (GOOD.replace("item", "value"), "no line names the columns that are needed"),
        (GOOD.replace("value\n", "value,Value\n"), "line 1: two columns are called 'value': keep"),
        (
            GOOD.encode() + "p2,staff,Zoë,x,y\np2,staff,Köln,x,y\n".encode() + b"\xc3,,,,\n",
            "answers.csv, line 5: not UTF-8 text: byte 0xc3 cannot be read. In Excel choose",
        ),
        (
            GOOD.encode() + b"p2,staff,K\x81ln,x,y\n",
            "answers.csv, line 3: not UTF-8 text: byte 0x81 cannot be read. In Excel choose",
        ),
        (GOOD.encode("utf-16") + b"x", "answers.csv: begins as UTF-16 text and is damaged"),
        (GOOD.encode("utf-16-le"), "answers.csv, line 1: holds a zero byte"),
        (GOOD + "p\0,staff,a,b,c\n", "answers.csv, line 3: holds a zero byte, which no text has"),
        (b"PK\x03\x04" + bytes(40), "this is an Excel workbook, whatever its name"),
        (b"\xd0\xcf\x11\xe0" + bytes(40), "this is an Excel workbook, whatever its name"),
        (
            GOOD + 'w2,working_group,programme-fit,fit.statement_text,"not closed\n' + OFTEN,
            "answers.csv, line 3: a quote is opened here and never closed",
        ),
        (
            GOOD + 'w2,working_group,programme-fit,fit.statement_text,"' + "x" * 200_000 + "\n",
            "answers.csv, line 3: a cell of more than 131072 characters begins here",
        ),
        (HEADER + "p3,staff\n", "answers.csv, line 2: found 2 cells, and 5 are needed"),
    ],
    ids=lambda value: None,
)
def test_a_file_of_another_form_is_refused(content: str | bytes, expected: str) -> None:
    assert expected in refused(content)


def test_a_file_of_50_mb_is_refused_unread(tmp_path: Path) -> None:
    path, out = tmp_path / "answers.csv", tmp_path / "out.json"
    path.write_bytes(HEADER.encode() + OFTEN.encode() * (50_000_000 // len(OFTEN)))
    result = run("evaluate", path, "--json", out)
    assert result.exit_code == 2
    assert "answers.csv: the file has more than 25 MB" in result.stderr
    assert not out.exists()


def test_a_file_that_is_just_small_enough_is_read() -> None:
    filler = TEXT.format('"' + "x" * 4000 + '"')
    parse_csv((HEADER + filler * (LARGEST // len(filler) - 1)).encode(), "answers.csv")


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + GOOD.encode(),
        GOOD.replace("\n", "\r\n").encode(),
        GOOD.replace("\n", "\r").encode(),
        GOOD.rstrip("\n").encode(),
        (GOOD + "\n,,,,\n\n").encode(),
        GOOD.replace("often", ' "often" '.strip()).encode(),
        GOOD.replace(",often", ", often ").replace("p1,", " p1 ,").encode(),
        GOOD.replace("respondent,group", '"respondent","group"').encode(),
        GOOD.replace("p1", "Zoë 👩‍🔧").encode(),
        (HEADER + TEXT.format("=1+1")).encode(),
        (HEADER + TEXT.format("'@SUM(A1:A9)")).encode(),
        (HEADER + TEXT.format('"one\ntwo, ""three""\r\nfour"') + OFTEN).encode(),
        (HEADER + TEXT.format("x" * 4000)).encode(),
        (HEADER + FACT.format("2")).encode(),
        (HEADER + FACT.format("2.0")).encode(),
        (HEADER + FACT.format('"2,0"')).encode(),
        (HEADER + FACT.format("٣")).encode(),
    ],
    ids=[
        "BOM",
        "Windows line ends",
        "old Mac line ends",
        "no last line end",
        "empty lines",
        "quotes",
        "blanks",
        "quoted header",
        "any name",
        "formula as text",
        "another formula as text",
        "quoted line ends",
        "longest text",
        "number",
        "number with a point",
        "number with a comma",
        "number in Arabic digits",
    ],
)
def test_what_is_harmless_is_accepted(content: bytes) -> None:
    assert evaluated(content)["respondents"] in ({"staff": 1}, {})


# -- answers -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            OFTEN.replace("listened_to", "listend_to"),
            "line 2: item: there is no item 'valued_input.listend_to' (did you mean "
            "'valued_input.listened_to'?); 'python -m assessment items' lists them",
        ),
        (
            OFTEN.replace("often", "oftn"),
            "line 2: value: valued_input.listened_to: found 'oftn' (did you mean 'often'?); "
            "allowed: never, not_often, sometimes, often, always, dont_know",
        ),
        (OFTEN.replace("often", "=1+1"), "found '=1+1'; allowed: never"),
        (OFTEN.replace("often", "Often"), "found 'Often' (did you mean 'often'?)"),
        (OFTEN.replace("often", "3"), "found '3'; allowed: never"),
        (OFTEN.replace("often", "does_not_apply"), "'does_not_apply' is not offered here"),
        (
            "p1,manager,organisational-foundations,boundaries.discussed_and_written,prefer_not\n",
            "'prefer_not' is not offered here; allowed: not_in_place, planned, partly, in_place",
        ),
        (
            OFTEN + "\n" + OFTEN.replace("often", "never"),
            "line 4: item: respondent 'p1' answers 'valued_input.listened_to' a second time, and "
            "otherwise: keep one",
        ),
        (
            OFTEN + "p1,manager,buy-in,concern.effective,some\n",
            "line 3: group: respondent 'p1' is in 'manager' here and in 'staff' before: one",
        ),
        (
            FACT.format(2) + "other,working_group,programme-fit,fit.pay,paid\n",
            "line 3: respondent: the working group gives one agreed answer, from 'team'; found a "
            "second respondent 'other'",
        ),
        (
            OFTEN.replace("staff", "staf"),
            "line 2: group: there is no group 'staf' (did you mean 'staff'?); allowed: board, "
            "manager, peer_worker, service_user, staff, working_group",
        ),
        (OFTEN.replace("staff", "other"), "line 2: group: there is no group 'other'"),
        (
            "p1,service_user,buy-in,concern.fragile,some\n",
            "item: 'concern.fragile' is not asked of 'service_user'; asked of: staff, manager",
        ),
        (
            "p1,staff,programme-fit,fit.pay,paid\n",
            "item: 'fit.pay' is not asked of 'staff'; asked of: working_group",
        ),
        (
            OFTEN.replace("coproduction-principles", "buy-in"),
            "item 'valued_input.listened_to' belongs to 'coproduction-principles', found 'buy-in'",
        ),
        (OFTEN.replace("coproduction-principles", ""), "found ''"),
        (OFTEN.replace("p1", " "), "line 2: respondent is empty"),
        (OFTEN.replace("staff", ""), "line 2: group is empty"),
        (OFTEN.replace("valued_input.listened_to", ""), "line 2: item is empty"),
        (TEXT.format("x" * 4001), "a text may have 4000 characters, found 4001"),
        (
            FACT.format("two"),
            "fit.number_of_peers: found 'two'; write one number in digits, without words, such as "
            "12, or dont_know",
        ),
        (FACT.format('"2,5"'), "found '2,5'; allowed is a whole number, or dont_know"),
        (FACT.format("1e999"), "found '1e999'; write one number in digits"),
        (FACT.format("1_000"), "found '1_000'; write one number in digits"),
        (FACT.format("-1"), "found '-1'; the smallest allowed is"),
        (
            "team,working_group,programme-fit,fit.needs,arriving;arrivng\n",
            "found 'arrivng' (did you mean 'arriving'?); allowed, joined with ';': arriving",
        ),
        (
            "team,working_group,programme-fit,fit.needs,arriving;arriving\n",
            "found an option twice in 'arriving;arriving'",
        ),
        (
            "team,working_group,organisational-foundations,boundaries.discussed_and_written,"
            "did_not_agree\n",
            "after 'did_not_agree' write the options that members chose, such as did_not_agree:not",
        ),
        (
            "m,manager,organisational-foundations,boundaries.discussed_and_written,"
            "did_not_agree:partly\n",
            "found 'did_not_agree:partly'",
        ),
    ],
    ids=lambda value: None,
)
def test_a_wrong_answer_is_named_with_what_is_allowed(rows: str, expected: str) -> None:
    message = refused(HEADER + rows)
    assert expected in message
    assert message.startswith("answers.csv, line ")


def test_every_mistake_of_a_file_is_named_at_once() -> None:
    message = refused(
        HEADER
        + OFTEN.replace("often", "oftn")
        + OFTEN.replace("p1", "p2").replace("listened", "listend")
        + OFTEN.replace("p1,staff", "p3,staf")
        + OFTEN.replace("often", "oftn").replace("p1", "p4")
    )
    assert [line.partition(": ")[0] for line in message.splitlines()] == [
        "answers.csv, line 2",
        "answers.csv, line 3",
        "answers.csv, line 4",
    ]
    assert message.splitlines()[0].endswith("(the same on line 5)")


def test_of_the_same_mistake_the_first_lines_are_named_and_the_rest_counted() -> None:
    rows = "".join(OFTEN.replace("p1", f"p{n}").replace("often", "oftn") for n in range(20))
    assert refused(HEADER + rows).endswith("(the same on line 3, 4, 5, 6, 7 and 14 more)")


def test_more_mistakes_than_anybody_reads_are_counted() -> None:
    rows = "".join(OFTEN.replace("often", f"oftn{n}") for n in range(99))
    lines = refused(HEADER + rows).splitlines()
    # And somebody answers one item 99 times.
    assert lines[-1] == f"and {99 + 1 - MAX_SHOWN} more"
    assert len(lines) == MAX_SHOWN + 1


@pytest.mark.parametrize(
    "row",
    [
        "p{n},staff,coproduction-principles,valued_input.listend_to_{n},often\n",
        "p{n},group-{n},coproduction-principles,valued_input.listened_to,often\n",
        "p{n},staff,coproduction-principles,valued_input.listened_to,oftn{n}\n",
        "p{h},{g},coproduction-principles,valued_input.listened_to,often\n",
        "p1,staff,coproduction-principles,valued_input.listened_to,{v}\n",
        ",,,,x\n",
    ],
    ids=["items", "groups", "values", "two groups", "repeats", "nothing but values"],
)
def test_a_file_full_of_mistakes_is_refused_with_the_first_ones(row: str) -> None:
    rows = (
        row.format(
            n=number,
            h=number // 2,
            g=("staff", "manager")[number % 2],
            v=("often", "never")[number % 2],
        )
        for number in range(20_000)
    )
    content = (HEADER + "".join(rows)).encode()
    assert len(refused(content)) < 30_000


def test_a_very_long_value_is_cut_in_the_message() -> None:
    assert len(refused(HEADER + OFTEN.replace("often", "x" * 100_000))) < 400


def test_signs_that_steer_a_terminal_are_written_out() -> None:
    message = refused(HEADER + OFTEN.replace("often", "\x1b[2J\x07"))
    assert "found '[2J'" in message
    assert "\x1b" not in message


# -- beside answers that count -----------------------------------------------------------------

#: Six people, of whom something is known whatever else is wrong.
SIX = HEADER + "".join(OFTEN.replace("p1", f"q{number}") for number in range(6))


@pytest.mark.parametrize(
    ("rows", "count", "expected"),
    [
        (OFTEN.replace("often", "oftn"), 1, "line 8: value: valued_input.listened_to: found 'oft"),
        (OFTEN.replace("listened", "heard"), 1, "line 8: item: there is no item"),
        (OFTEN.replace("staff", "stuff"), 1, "line 8: group: there is no group 'stuff' (did you"),
        (OFTEN + OFTEN.replace("often", "never"), 2, "line 9: item: respondent 'p1' answers"),
        (
            OFTEN + OFTEN.replace("often", "never") + OFTEN,
            3,
            "line 9: item: respondent 'p1' answers",
        ),
        (
            OFTEN + "p1,manager,buy-in,concern.effective,some\n",
            2,
            "line 9: group: respondent 'p1' is in 'manager' here and in 'staff' before",
        ),
    ],
    ids=["value", "item", "group", "contradiction", "three answers", "two groups"],
)
def test_one_doubtful_answer_stops_no_file(rows: str, count: int, expected: str) -> None:
    head, *lines = left_out(SIX + rows)
    given = 6 + rows.count("\n")
    assert head == f"Left out: {count} of {given} answers. Everything else counts."
    assert len(lines) == 1 and lines[0].startswith(f"answers.csv, {expected}")
    assert evaluated((SIX + rows).encode())["respondents"] == {"staff": 6}


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (TEXT.format("Yes, and no"), "line 8: found 6 cells, and 5 are needed"),
        ("p3,staff\n", "line 8: found 2 cells, and 5 are needed"),
        (
            TEXT.format('"so "called" peers"'),
            "line 8: text goes on after a closing quote; within a cell write each quote twice",
        ),
    ],
)
def test_a_row_that_cannot_be_read_is_left_out_and_named(row: str, expected: str) -> None:
    head, line = left_out(SIX + row + OFTEN)
    assert head == "Left out: 1 row that cannot be read. Everything else counts."
    assert line.startswith(f"answers.csv, {expected}")
    assert evaluated((SIX + row + OFTEN).encode())["respondents"] == {"staff": 7}


def test_a_line_is_counted_where_a_text_has_several() -> None:
    (_, line) = left_out(SIX + TEXT.format('"a\nb\r\nc"') + OFTEN.replace("often", "x"))
    assert line.startswith("answers.csv, line 11: value: valued_input")


def test_an_answer_that_stands_twice_counts_once_and_an_empty_one_is_none() -> None:
    found = scored((SIX + OFTEN + OFTEN + OFTEN.replace("often", "")).encode())
    assert found.said == ("1 answer stands twice, word for word: counted once.",)
    assert found.left_out == ()
    assert found.result.profile.respondents == {"staff": 7}


def test_the_command_says_what_it_left_out_and_scores_the_rest(tmp_path: Path) -> None:
    answers, out = tmp_path / "answers.csv", tmp_path / "out.json"
    answers.write_text(SIX + OFTEN.replace("often", "oftn"), encoding="utf-8")
    result = run("evaluate", answers, "--json", out)
    assert (result.exit_code, result.stdout) == (0, "")
    head, line, *further = result.stderr.splitlines()
    assert head == "Left out: 1 of 7 answers. Everything else counts."
    assert line.startswith("answers.csv, line 8: value: ") and not further
    assert json.loads(out.read_text(encoding="utf-8"))["respondents"] == {"staff": 6}


@pytest.mark.parametrize("word", ["NA", "NaN", "NULL", "n/a", "#N/A", "<NA>"])
def test_a_word_for_nothing_is_read_as_not_answered_and_said(word: str) -> None:
    found = scored((SIX + OFTEN.replace("often", word) * 2 + TEXT.format("n/a")).encode())
    assert found.said == (f"Read as not answered: {word} (2 times).",)
    assert found.left_out == ()
    assert found.result.profile.respondents == {"staff": 6}


def test_a_note_may_say_that_there_is_nothing() -> None:
    practice = "boundaries.discussed_and_written"
    row = f"w1,working_group,organisational-foundations,{practice},in_place\n"
    found = scored(
        (SIX + row + row.replace(f"{practice},in_place", f"{practice}.note,n/a")).encode()
    )
    assert found.said == ()
    assert [answer.note for answer in found.result.agreed] == ["n/a"]


# -- what a spreadsheet has changed ------------------------------------------------------------


@pytest.mark.parametrize("name", ["1.00E+05", "1,2E+11", "05-Jan", "Jan-24", "01/02/2024"])
def test_people_whom_a_spreadsheet_has_merged_are_refused(name: str) -> None:
    row = OFTEN.replace("p1", f'"{name}"')
    for again in (row, row.replace("often", "never")):
        message = refused(SIX + row + again)
        assert message.startswith(f"answers.csv, line 9: the name {name!r} looks like a day or a")
        assert "names that begin with a letter, such as p1" in message
        assert len(message.splitlines()) == 1


def test_names_that_a_spreadsheet_may_have_changed_are_pointed_out() -> None:
    rows = OFTEN.replace("p1", "1.00E+05") + OFTEN.replace("p1", "2.00E+05")
    (said,) = scored((SIX + rows).encode()).said
    assert said.startswith("Please check: answers.csv, line 8: the name '1.00E+05' looks like")
    assert "(the same on line 9)" in said


@pytest.mark.parametrize("name", ["100000", "p1", "3", "1e5", "anna-may", "2024", "A-1"])
def test_other_names_are_names(name: str) -> None:
    rows = OFTEN.replace("p1", name) + OFTEN.replace("p1", name).replace("often", "never")
    assert len(left_out(SIX + rows)) == 2
    assert scored((SIX + rows).encode()).said == ()


def test_an_answer_that_a_spreadsheet_has_changed_is_pointed_out() -> None:
    (_, line) = left_out(SIX + OFTEN.replace("often", "02-Jan"))
    assert "found '02-Jan', which a spreadsheet may have made of another number or of" in line


# -- context -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("context", "expected"),
    [
        (
            "organisaton: X",
            "context.yaml, line 1: organisaton: there is no field 'organisaton' (did you mean "
            "'organisation'?); allowed: organisation, form, questionnaires, minimum_group_size, "
            "eligible, weights, sides, titles, asked_like, seed, ladder, closes_on",
        ),
        ("organisation: 5", "organisation: found 5; put it in quotes to make it text"),
        ("organisation: yes", "found True; yes, no, on and off need quotes to be text"),
        ("organisation: ''", "organisation: found ''; write something"),
        ("organisation: [a]", "organisation: found ['a']; write text"),
        ("minimum_group_size: 3", "minimum_group_size: found 3; the smallest allowed is 4"),
        ("minimum_group_size: 101", "minimum_group_size: found 101; the largest allowed is 100"),
        ("minimum_group_size: five", "found 'five'; write a whole number"),
        ("minimum_group_size: '5'", "found '5'; write a whole number"),
        ("minimum_group_size: 5.5", "found 5.5; write a whole number"),
        ("minimum_group_size: true", "found True; write a whole number"),
        ("minimum_group_size:", "minimum_group_size: found nothing; write a whole number"),
        ("eligible: 20", "eligible: found 20; write lines of the form 'name: value' below it"),
        ("eligible: [staff]", "eligible: found ['staff']; write lines of the form"),
        ("eligible:\n  staff: many", "context.yaml, line 2: eligible > staff: found 'many'; write"),
        ("eligible: {staff: 0}", "eligible > staff: found 0; the smallest allowed is 1"),
        ("eligible: {staff: 3.5}", "eligible > staff: found 3.5; write a whole number"),
        ("eligible: {1: 5}", "eligible: found 1; put it in quotes to make it text"),
        ("weights: {staff: -1}", "weights > staff: found -1; the smallest allowed is 0"),
        ("weights: {staff: .nan}", "weights > staff: found nan; write an ordinary number"),
        ("weights: {staff: .inf}", "weights > staff: found inf; write an ordinary number"),
        (
            "weights: {staff: 1.0e+300}",
            "weights > staff: found 1e+300; the largest allowed is 1000",
        ),
        ("weights: {staff: half}", "weights > staff: found 'half'; write a number"),
        ("sides: {families: family}", "'family' is not allowed; allowed: 'lived_experience' or"),
        ("sides: {our families: organisation}", "'our families' is not a possible id"),
        ("seed: -1", "seed: found -1; the smallest allowed is 0"),
        ("seed: one", "seed: found 'one'; write a whole number"),
        ("seed: 0.5", "seed: found 0.5; write a whole number"),
        ("yes: 3", "found True; put the name in quotes"),
        ("- organisation", "context.yaml, line 1: found ['organisation']; write lines of the form"),
        ("just some words", "context.yaml, line 1: found 'just some words'; write lines of the"),
        ("organisation: [", "not YAML"),
        ("organisation: Day: night", "context.yaml, line 1: not YAML"),
        ("eligible:\n\tstaff: 3", "context.yaml, line 2: not YAML: a tab stands here"),
        ("# Café 👩‍🔧\neligible:\n\tstaff: 3", "context.yaml, line 3: not YAML: a tab stands"),
        ("organisation: 2024-99-99", "not YAML: a value cannot be read (month must be in 1..12)"),
        ("seed: 1\nseed: 2", "context.yaml, line 2: 'seed' stands twice here, first on line 1"),
        ("eligible: {staff: 5, staff: 6}", "'staff' stands twice here, first on line 1"),
        ("[" * 10_000, "more than 50 levels stand within each other here"),
        ("eligible: {staf: 3}", "there is no group 'staf' (did you mean 'staff'?); allowed: board"),
        ("eligible: {working_group: 3}", "there is no group 'working_group'"),
        ("weights: {staf: 3}", "there is no group 'staf' (did you mean 'staff'?); allowed: board"),
        ("sides: {other: organisation}", "'other' is taken: give the group another name"),
        ("sides: {working_group: organisation}", "'working_group' is taken"),
        ("questionnaires: [buy_in]", "no questionnaire 'buy_in' (did you mean 'buy-in'?)"),
        ("sides: {staff: lived_experience}", "'staff' stands on the side 'organisation'; rename"),
        ("ladder: seven", "there is no ladder 'seven' (did you mean 'seven_step'?); allowed"),
        ("ladder: frequency", "there is no ladder 'frequency'; allowed: seven_step, arnstein"),
    ],
    ids=lambda value: None,
)
def test_a_wrong_context_is_named_with_what_is_allowed(context: str, expected: str) -> None:
    assert expected in refused(GOOD, context)


@pytest.mark.parametrize(
    ("context", "expected"),
    [
        ("seed: 1\nweights:\n  staff: 1\n  boards: 2\n", "context.yaml, line 4: weights: there is"),
        ("seed: 1\nladder: six_step\n", "context.yaml, line 2: ladder: there is no ladder"),
        ("sides:\n  board: lived_experience\n", "context.yaml, line 2: sides: 'board' stands on"),
        ("sides:\n  board: nowhere\n", "context.yaml, line 2: sides > board: 'nowhere' is not"),
        ("# nothing\n- x", "context.yaml, line 2: found ['x']"),
    ],
    ids=lambda value: None,
)
def test_the_command_names_the_line_of_the_context(
    context: str, expected: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("context.yaml").write_text(context, encoding="utf-8")
    rows = HEADER + OFTEN + OFTEN.replace("p1", "p2")
    Path("answers.csv").write_text(rows, encoding="utf-8")
    result = run("evaluate", "answers.csv", "--context", "context.yaml", "--json", "out.json")
    assert result.exit_code == 2
    assert result.stderr.startswith(expected)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["answers.csv", "context.yaml"]


@pytest.mark.parametrize(
    "context",
    [
        "",
        "# only a comment\n",
        "\ufefforganisation: Café\n",
        "eligible: {}\n",
        "weights: {staff: 0}\n",
        "weights: {staff: 0, board: 0, manager: 0, service_user: 0, peer_worker: 0}\n",
        "weights: {staff: 0.25, board: 1}\n",
        "eligible: {staff: 99999999999999999999}\n",
        "seed: 123456789012345678901234567890\n",
        "sides: {families: lived_experience}\neligible: {families: 3}\n",
        "ladder: arnstein\n",
    ],
)
def test_a_context_that_is_allowed_is_taken(context: str) -> None:
    rows = "".join(OFTEN.replace("p1", f"p{number}") for number in range(6))
    known, _ = parse_context(context.encode(), "context.yaml")
    assert evaluated((HEADER + rows).encode(), known)["respondents"] == {"staff": 6}


# -- the command -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        b"",
        GOOD.encode("utf-16-be"),
        GOOD.replace("often", "oftn").encode(),
        (HEADER + OFTEN + OFTEN.replace("often", "never")).encode(),
        GOOD.replace("value", "answer").encode(),
        (GOOD + '"').encode(),
    ],
    ids=["empty", "UTF-16 without a mark", "value", "contradiction", "column", "quote"],
)
def test_bad_answers_end_with_2_and_change_no_file(content: bytes, tmp_path: Path) -> None:
    answers, out = tmp_path / "answers.csv", tmp_path / "out.json"
    answers.write_bytes(content)
    out.write_text("what was there before", encoding="utf-8")
    before = out.stat()
    result = run("evaluate", answers, "--json", out)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("answers.csv")
    assert "Traceback" not in result.stderr
    assert out.read_text(encoding="utf-8") == "what was there before"
    assert (out.stat().st_ino, out.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["answers.csv", "out.json"]


@pytest.mark.parametrize("name", ["nowhere.csv", ".", "answers.csv/x", "x" * 300])
def test_answers_that_cannot_be_opened_end_with_2(name: str, tmp_path: Path) -> None:
    (tmp_path / "answers.csv").write_text(GOOD, encoding="utf-8")
    result = run("evaluate", tmp_path / name, "--json", "-")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"{tmp_path / name}: ")


@pytest.mark.parametrize("name", ["nowhere.yaml", ".", "x" * 300])
def test_a_context_that_cannot_be_opened_ends_with_2(name: str, tmp_path: Path) -> None:
    (tmp_path / "answers.csv").write_text(GOOD, encoding="utf-8")
    result = run("evaluate", tmp_path / "answers.csv", "--context", tmp_path / name)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"{tmp_path / name}: ")


# -- files that nobody would make --------------------------------------------------------------

#: An example may evaluate an organisation, so it has no deadline.
SOME = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None
)


def clean(content: bytes, context: Context | None = None) -> None:
    """Either a result or ProblemsError with words in it; any other exception fails the test."""
    try:
        evaluated(content, context)
    except ProblemsError as error:
        assert error.problems
        for problem in error.problems:
            assert problem.message.strip()
            assert problem.place.line is None or problem.place.line >= 1


@SOME
@given(st.binary(max_size=300))
@example(b"\xef\xbb\xbf")
@example(b"\xef\xbb\xbf\n\n")
@example(b"\r")
@example(b'"')
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    clean(content)
    clean(HEADER.encode() + content)


CELLS = st.one_of(
    st.text(max_size=8),
    st.sampled_from(
        [
            *("p1", "p2", "", " ", "staff", "service_user", WORKING_GROUP, "other", "families"),
            *("coproduction-principles", "programme-fit", "organisational-foundations"),
            *("valued_input.listened_to", "fit.needs", "fit.budget", "fit.statement_text"),
            *("boundaries.discussed_and_written", "boundaries.discussed_and_written.note"),
            *("often", "in_place", "did_not_agree:", "did_not_agree:partly;;", "dont_know"),
            *("arriving;isolation", ";", "1e5", "-0", "inf", "=1+1", "\x85", "\u2028", "\ufeff"),
        ]
    ),
)


def as_csv(rows: list[list[str]]) -> bytes:
    quoted = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
    return (HEADER + "\n".join(quoted)).encode("utf-8", errors="replace")


@SOME
@given(st.lists(st.lists(CELLS, min_size=4, max_size=6), max_size=6))
def test_any_table_is_read_or_refused(rows: list[list[str]]) -> None:
    clean(as_csv(rows))


@cache
def plain_answers() -> list[tuple[str, ...]]:
    """A small good file: six people of three groups and the working group, every kind of item."""
    library = load()
    rows: list[tuple[str, ...]] = []
    for item in library.items.values():
        values = [option.code for option in library.options(item)]
        value = {"number": "1", "text": "Yes, well"}.get(item.kind) or values[-1]
        for group in ("service_user", "staff", "manager", WORKING_GROUP):
            if not library.asks(item, group, library.sides.get(group)):
                continue
            for number in range(1 if group == WORKING_GROUP else 6):
                pack = library.questionnaire_of[item.id].id
                rows.append((f"{group}-{number}", group, pack, item.id, value))
    return rows


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """The good file with rows left out, repeated, mixed, and a few cells changed."""
    rows = [list(row) for row in plain_answers()]
    count = draw(st.integers(0, 40))
    start = draw(st.integers(0, len(rows)))
    rows = rows[:start] + rows[start + count :]
    for _ in range(draw(st.integers(0, 3))):
        row = draw(st.integers(0, len(rows) - 1))
        other = draw(st.integers(0, len(rows) - 1))
        column = draw(st.integers(0, 4))
        match draw(st.sampled_from(["cell", "copy", "swap", "repeat"])):
            case "cell":
                rows[row][column] = draw(CELLS)
            case "copy":
                rows[row][column] = rows[other][column]
            case "swap":
                rows[row], rows[other] = rows[other], rows[row]
            case "repeat":
                rows.append(list(rows[row]))
    content = as_csv(rows)
    if draw(st.booleans()):
        at = draw(st.integers(0, len(content)))
        content = content[:at] + draw(st.binary(max_size=3)) + content[at + 1 :]
    return content


@settings(SOME, max_examples=100)
@given(mutated())
def test_a_good_file_with_something_changed_is_read_or_refused(content: bytes) -> None:
    clean(content)


def test_the_good_file_is_good() -> None:
    result = evaluated(as_csv([list(row) for row in plain_answers()]))
    assert result["respondents"] == {"service_user": 6, "staff": 6, "manager": 6}


VALUES = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-5, 30),
        st.floats(),
        st.dates(),
        st.text(max_size=6),
        st.sampled_from(["staff", "lived_experience", "organisation", "seven_step", "other"]),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(["staff", "board", "families", "x y", 3]), inner),
    ),
    max_leaves=5,
)
KEYS = st.sampled_from([*Context.model_fields, "eligable", 1, True, None])


@SOME
@given(st.dictionaries(KEYS, VALUES, max_size=5))
def test_any_context_is_read_or_refused(content: dict[object, object]) -> None:
    rows = "".join(OFTEN.replace("p1", f"p{number}") for number in range(6))
    try:
        known, _ = parse_context(yaml.safe_dump(content).encode(), "context.yaml")
    except ProblemsError as error:
        assert error.problems
        return
    clean((HEADER + rows).encode(), known)


def test_a_context_full_of_mistakes_is_refused_with_the_first_ones() -> None:
    groups = "".join(f"  group-{number}: many\n" for number in range(1_000))
    assert "and 950 more" in refused(GOOD, f"eligible:\n{groups}")


def test_aliases_that_multiply_are_refused_in_few_words() -> None:
    lines = ["a0: &a0 [x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    assert len(refused(GOOD, "\n".join([*lines, "organisation: *a11"]))) < 10_000


@SOME
@given(st.binary(max_size=200))
@example(b"\xef\xbb\xbf")
@example(b"!!timestamp x")
@example(b"!!int ''")
@example(b"a: !!binary 1")
@example(b"<<: 1")
@example(b"<<: [[]]")
@example(b"=: 1")
def test_any_bytes_as_a_context_are_read_or_refused(content: bytes) -> None:
    try:
        parse_context(content, "context.yaml")
    except ProblemsError as error:
        assert error.problems


@settings(SOME, max_examples=30)
@given(content=st.one_of(st.binary(max_size=80), mutated()))
def test_the_command_never_writes_for_bad_input(
    content: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("any")
    answers, out = folder / "answers.csv", folder / "out.json"
    answers.write_bytes(content)
    result = run("evaluate", answers, "--json", out)
    assert result.exit_code in (0, 2), result.exception
    assert out.exists() == (result.exit_code == 0)
    assert len(list(folder.iterdir())) == 1 + out.exists()


def test_columns_are_those_of_the_contract() -> None:
    assert COLUMNS == ("respondent", "group", "questionnaire", "item", "value")
