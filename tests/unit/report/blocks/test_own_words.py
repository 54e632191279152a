"""What people wrote and what groups say, in every form of the report."""

from __future__ import annotations

from io import BytesIO

from openpyxl import load_workbook

from assessment.render.result_json import result_json
from assessment.render.text import report_text
from assessment.render.xlsx import write_workbook
from assessment.report.build import build_report
from assessment.report.model import Report, paragraphs
from assessment.report.round_details import NO_ROUND, GroupStatement, Round
from assessment.screens.results.cards import card
from assessment.services.results.demonstration import demonstration
from assessment.services.results.evaluation import evaluate
from scoring.disclosure.groups_and_rounding import Suppressed
from scoring.disclosure.written_texts import PublishedTexts, publish_texts
from tests.support.organisations import library

HELP = "buyin.what_would_help"
SAID = GroupStatement(
    "peer_worker", "Peer workers", "=We three.\n\nAsk us.", True, "an advocate", "7 May 2026"
)


def told(round_: Round) -> Report:
    demo = demonstration(library())
    return build_report(evaluate(demo.table, demo.context, name="demonstration"), round_)


def test_fewer_than_the_minimum_is_a_type_without_words() -> None:
    assert publish_texts(["a", "b"], 4, 5) == Suppressed("few_answers", 5)
    assert publish_texts(["b", "a"], 5, 5) == PublishedTexts(("a", "b"), some_hidden=True)
    assert publish_texts(["b", "a"], 6, 5, perhaps_again=2) == Suppressed("few_answers", 5)


def test_texts_and_statements_stand_in_each_form() -> None:
    texts = PublishedTexts(("<b>More</b>\n\ntime", "=Less paper"), some_hidden=True)
    report = told(Round(written={HELP: texts}, statements=(SAID,)))
    block, statements = report.block("own_words"), report.block("statements")
    assert block.finding == "Two texts in people’s own words"
    assert statements.finding == "Peer workers in words of their own"
    html = card(block).html + card(statements).html
    assert "&lt;b&gt;More&lt;/b&gt;</p><p>time" in html and "<b>More" not in html
    assert "<p>=We three.</p><p>Ask us.</p>" in html
    assert "read it back (an advocate, 7 May 2026)." in html
    text = " ".join(report_text(report).split())
    for part in ("> <b>More</b> time", "> =Less paper", "> =We three. Ask us."):
        assert part in text
    told_json = result_json(report.result, report.round)
    assert told_json["own_words"] == {
        HELP: {"texts": ["<b>More</b>\n\ntime", "=Less paper"], "some_hidden": True}
    }
    assert told_json["statements"][0]["text"] == "=We three.\n\nAsk us."
    book = load_workbook(BytesIO(write_workbook(report)))
    words = {cell.value: cell.data_type for row in book["Own words"] for cell in row}
    assert words["=Less paper"] == "s" and words["<b>More</b>\n\ntime"] == "s"
    said = {cell.value: cell.data_type for row in book["Statements"] for cell in row}
    assert said["=We three.\n\nAsk us."] == "s"
    shown = {row[0]: row[2] for row in report.tables["respondents"].texts}
    assert shown["Peer workers"].endswith("; has a statement of its own")


def test_too_few_and_none_that_may_be_shown_are_told_apart() -> None:
    few = told(Round(written={HELP: Suppressed("few_answers", 5)}))
    assert few.block("own_words").finding == "Nothing of what people wrote can be shown"
    assert "fewer than 5 people wrote something" in report_text(few)
    assert result_json(few.result, few.round)["own_words"] == {
        HELP: {"suppressed": "fewer than 5 answers"}
    }
    hidden = told(Round(written={HELP: PublishedTexts((), some_hidden=True)}))
    assert "Something that was written is not shown" in report_text(hidden)


def test_without_a_round_there_is_neither() -> None:
    without = told(NO_ROUND)
    assert not without.block("own_words").question and not without.block("statements").question
    sheets = load_workbook(BytesIO(write_workbook(without))).sheetnames
    assert "Own words" not in sheets and "Statements" not in sheets
    assert (
        result_json(without.result, without.round)["own_words"] == {} == dict(without.round.written)
    )


def test_paragraphs_are_divided_by_empty_lines() -> None:
    assert paragraphs("a\nb\n \n c \n") == ("a\nb", "c")
    assert paragraphs("") == ("",)
