"""Whose words are they? By whoever has the database, reads the texts to review, or the results.

A text is apart from response and group. It must lead to neither by the order of rows, by a number
of a row, by a time, by a transaction, or by counting before and after.
"""

from __future__ import annotations

import json
from dataclasses import replace
from io import BytesIO

import pandas as pd
import pytest
import sqlalchemy as sa
from openpyxl import load_workbook

from assessment.render.result_json import dumps, result_json
from assessment.render.text import report_text
from assessment.render.xlsx import write_workbook
from assessment.report.build import build_report
from assessment.report.model import Report
from assessment.screens.results.drawn_dashboard import Dashboard
from assessment.services.own_words import published, text_review
from assessment.services.results import round_results
from assessment.services.rounds import audit
from assessment.services.rounds.changes import NotChangedError
from assessment.services.rounds.workbook_import import import_answers
from assessment.store import Store
from assessment.store.answers import Responses
from assessment.store.records import AssessmentRecord
from assessment.store.tables import metadata, written_text
from assessment.store.traces import Traces
from questionnaires.own_questions import OwnQuestion
from questionnaires.problems import ProblemsError
from scoring.answers.matrix import COLUMNS
from scoring.disclosure.groups_and_rounding import Suppressed
from scoring.disclosure.written_texts import PublishedTexts
from tests.support.assessments import group_plan, opened
from tests.support.own_words import (
    TEXTS,
    WORRY,
    all_shown,
    as_it_is,
    being_read,
    over,
    texts_of,
    wrote,
)
from tests.support.publishing import publish
from tests.support.respondents import begun, draft_of

NIGHTS = OwnQuestion(text="What would make nights easier?", kind="words", asked=("staff",))
PEOPLE = 12
MANY = tuple(f"worry {chr(97 + number * 5 % 26)}{number}" for number in range(PEOPLE))
#: So many of twelve in their right places are come by less than once in a million tries.
BY_CHANCE = 9


def report_of(store: Store, record: AssessmentRecord) -> Report:
    round_ = published.with_own_words(store, record, round_results.round_of(store, record))
    return build_report(round_results.result(store, record), round_)


def all_ways_out(report: Report) -> str:
    """Everything that is told of a round: screen, text, JSON, each cell of the workbook."""
    drawn = Dashboard(report).drawn
    sheets = load_workbook(BytesIO(write_workbook(report)))
    cells = [str(cell.value) for sheet in sheets for row in sheet for cell in row if cell.value]
    html = "".join((drawn.head, drawn.before_answers, drawn.after_answers))
    text = " ".join(report_text(report).split())
    return "\n".join((html, text, dumps(result_json(report.result, report.round)), *cells))


def in_their_places(found: list[str]) -> int:
    return sum(text == other for text, other in zip(found, MANY, strict=True))


@pytest.fixture(params=[False, True], ids=["as it is", "without defence"])
def defended(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    if request.param:
        monkeypatch.setattr(Traces, "erase", lambda _: None)
        monkeypatch.setattr(Responses, "write_anew", lambda *_: None)
    return not request.param


def test_the_order_of_texts_is_not_the_order_in_which_people_handed_in(
    store: Store, record: AssessmentRecord
) -> None:
    wrote(store, record, MANY)
    with store.engine.connect() as connection:
        as_stored = list(connection.execute(sa.select(written_text.c.text)).scalars())
    closed = being_read(store, record)
    reviewed = [text.text for text in texts_of(store, closed)]
    for text in texts_of(store, closed):
        text_review.show(store, closed, text)
    publish(store, record)
    shown = published.texts(store, as_it_is(store, record))[WORRY]
    assert isinstance(shown, PublishedTexts)
    for found in (as_stored, reviewed, list(shown.texts)):
        assert sorted(found) == sorted(MANY)
        assert in_their_places(found) < BY_CHANCE
    # Nor is it an order that the database has: that of the alphabet says nothing.
    assert list(shown.texts) == sorted(MANY)


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_no_transaction_or_place_tells_the_order(
    store: Store, record: AssessmentRecord, defended: bool
) -> None:
    wrote(store, record, MANY)
    with store.engine.connect() as connection:
        rows = connection.exec_driver_sql(
            "select text from written_text order by xmin::text::bigint, ctid"
        )
        right = in_their_places(list(rows.scalars()))
        joined = connection.exec_driver_sql(
            "select count(*) from response r join written_text t on t.xmin = r.xmin"
        ).scalar_one()
    if defended:
        assert right < BY_CHANCE
        # All rows of both tables are of the last transaction, so each goes with each.
        assert joined == PEOPLE * PEOPLE
    else:
        assert (right, joined) == (PEOPLE, PEOPLE)


def test_nothing_in_the_database_leads_from_a_text_to_a_response_group_or_time(
    store: Store, record: AssessmentRecord
) -> None:
    wrote(store, record, TEXTS)
    all_shown(store, record)
    columns = set(written_text.columns.keys())
    assert columns == {"id", "assessment", "item", "text"}
    with store.engine.connect() as connection:
        ids = set(connection.execute(sa.select(written_text.c.id)).scalars())
        for table in metadata.sorted_tables:
            if table.name in ("written_text", "text_review"):
                continue
            everything = json.dumps(
                [list(row) for row in connection.execute(sa.select(table))], default=str
            )
            assert not [name for name in ids if name in everything], table.name
            assert not [text for text in TEXTS if text in everything], table.name


def test_nobody_reads_or_counts_while_a_reply_can_come(
    store: Store, record: AssessmentRecord
) -> None:
    """By comparing before and after a text could be joined to whoever has just handed in."""
    wrote(store, record, TEXTS)
    with pytest.raises(NotChangedError):
        text_review.begin(store, record)
    assert text_review.to_review(store, record) == ()
    closed = over(store, record)
    # Closed: still nothing before somebody says that no workbook is to come any more.
    assert text_review.to_review(store, closed) == ()
    text_review.begin(store, closed)
    assert len(texts_of(store, closed)) == len(TEXTS)


def workbook(text: str = "") -> pd.DataFrame:
    """A workbook that came back late, with an answer and perhaps a text."""
    rows = [("late", "staff", "buy-in", "belief_in_peers.experts", "agree")]
    if text:
        rows.append(("late", "staff", "buy-in", WORRY, text))
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype="str")


def test_no_text_comes_once_somebody_has_begun_to_read(
    store: Store, record: AssessmentRecord
) -> None:
    wrote(store, record, TEXTS)
    closed = over(store, record)
    import_answers(store, closed, workbook("Came late"), late=True)
    text_review.begin(store, closed)
    before = texts_of(store, closed)
    assert {text.text for text in before} == {*TEXTS, "Came late"}
    with pytest.raises(ProblemsError) as refused:
        import_answers(store, closed, workbook("Came later still"), late=True)
    assert [problem.code for problem in refused.value.problems] == ["texts_are_read"]
    # A reply without words does come in, and changes nothing of what was decided.
    text_review.show(store, closed, before[0])
    import_answers(store, closed, workbook(), late=True)
    assert {t.id: t.review for t in texts_of(store, closed)}[before[0].id] == "shown"
    assert len(texts_of(store, closed)) == len(before)


@pytest.mark.parametrize("how_many", [1, 4])
def test_under_the_minimum_nothing_leaves_in_any_form(
    store: Store, record: AssessmentRecord, how_many: int
) -> None:
    few = [f"Zebra number {chr(97 + number)}" for number in range(how_many)]
    wrote(store, record, few)
    done = all_shown(store, record)
    assert published.texts(store, done)[WORRY] == Suppressed("few_answers", 5)
    told = all_ways_out(report_of(store, done))
    assert "Zebra" not in told
    assert "fewer than 5" in told


@pytest.mark.parametrize("how_many", [0, 1, 4])
def test_nobody_reads_counts_or_decides_about_texts_that_can_never_be_shown(
    store: Store, how_many: int
) -> None:
    """To one question fewer than five wrote, to another five."""
    record = opened(store, own_questions=(NIGHTS,))
    few = [f"Zebra number {chr(97 + number)}" for number in range(how_many)]
    wrote(store, record, few)
    nights = [(NIGHTS.id, text) for text in TEXTS]
    with store.write() as work:
        work.responses.add_texts(record.id, dict(zip("abcde", nights, strict=True)))
        work.commit()
    closed = being_read(store, record)
    found = {one.item.id: one for one in text_review.to_review(store, closed)}
    assert (found[WORRY].texts, found[WORRY].waiting, found[WORRY].too_few) == ((), 0, True)
    assert {text.text for text in found[NIGHTS.id].texts} == set(TEXTS)
    assert text_review.waiting(store, closed) == len(TEXTS)
    with store.read() as work:
        unread = [text for text in work.written.all(record.id) if text.item == WORRY]
    assert len(unread) == how_many
    for text in unread:
        # Nor does it help to call it an answer to the other question.
        for named in (text, replace(text, item=NIGHTS.id)):
            for decide in (
                lambda: text_review.show(store, closed, named),  # noqa: B023
                lambda: text_review.hide(store, closed, named, "hurts"),  # noqa: B023
                lambda: text_review.shorten(store, closed, named, "Zebra [...]"),  # noqa: B023
            ):
                with pytest.raises(NotChangedError, match="Fewer than 5 people wrote"):
                    decide()
    with store.read() as work:
        assert [text for text in work.written.all(record.id) if text.item == WORRY] == unread


def test_one_person_who_mends_a_workbook_does_not_make_five(
    store: Store, record: AssessmentRecord
) -> None:
    """Their words come again with each mended workbook, since those of before cannot be found."""
    wrote(store, record, TEXTS)
    with store.write() as work:
        work.assessments.count_replaced(record.id, 1)
        work.commit()
    done = all_shown(store, record)
    assert not text_review.any_shown(store, done)
    assert published.texts(store, done)[WORRY] == Suppressed("few_answers", 5)


def test_what_is_not_reviewed_or_hidden_leaves_in_no_form(
    store: Store, record: AssessmentRecord
) -> None:
    wrote(store, record, [*TEXTS, "Zebra of mine", "Giraffe of Ms Miller"])
    closed = being_read(store, record)
    by_text = {text.text: text for text in texts_of(store, closed)}
    for text in TEXTS:
        text_review.show(store, closed, by_text[text])
    text_review.hide(store, closed, by_text["Giraffe of Ms Miller"], "names")
    assert text_review.waiting(store, closed) == 1
    publish(store, record)
    told = all_ways_out(report_of(store, as_it_is(store, record)))
    assert all(text in told for text in TEXTS)
    assert "Zebra" not in told and "Giraffe" not in told
    # Nor how many are missing, which would be the number of those who wrote.
    assert "Something that was written is not shown" in told


def test_an_address_or_a_telephone_number_is_never_stored(
    store: Store, record: AssessmentRecord
) -> None:
    wrote(store, record, ["Ring 07700 900123 or anna@example.org, 12 Mill Lane"])
    closed = over(store, record)
    import_answers(store, closed, workbook("Mail bob@example.net, 01632 960001"), late=True)
    with store.engine.connect() as connection:
        kept = set(connection.execute(sa.select(written_text.c.text)).scalars())
    assert kept == {
        "Ring [number] or [e-mail address], [address]",
        "Mail [e-mail address], [number]",
    }


def test_what_was_taken_out_is_gone_and_the_log_names_nobody(
    store: Store, record: AssessmentRecord
) -> None:
    wrote(store, record, [*TEXTS, "Ms Miller shouts at us, so we want a rule", "Bob Smith hits"])
    closed = being_read(store, record)
    by_text = {text.text: text for text in texts_of(store, closed)}
    miller = by_text["Ms Miller shouts at us, so we want a rule"]
    text_review.shorten(store, closed, miller, "[...] we want a rule")
    text_review.hide(store, closed, by_text["Bob Smith hits"], "names")
    text_review.show(store, closed, by_text[TEXTS[0]])
    with store.engine.connect() as connection:
        everything = json.dumps(
            [
                list(row)
                for table in metadata.sorted_tables
                if table.name not in ("content_snapshot", "plan")
                for row in connection.execute(sa.select(table))
            ],
            default=str,
        )
    assert "Miller" not in everything
    told = " ".join(entry.what for entry in audit.entries(store, closed))
    assert "Took a part out of a text." in told
    assert "not shown, because it names somebody" in told
    for word in ("Miller", "Bob", "Smith", "rule", *TEXTS, WORRY, miller.id):
        assert word not in told


def test_of_two_who_decide_at_once_one_is_told(store: Store, record: AssessmentRecord) -> None:
    wrote(store, record, TEXTS)
    closed = being_read(store, record)
    text = texts_of(store, closed)[0]
    text_review.show(store, closed, text)
    with pytest.raises(NotChangedError, match="Somebody else"):
        text_review.hide(store, closed, text, "hurts")
    (now,) = [one for one in texts_of(store, closed) if one.id == text.id]
    assert (now.review, now.revision) == ("shown", 1)
    text_review.hide(store, closed, now, "hurts")
    publish(store, record)
    with pytest.raises(NotChangedError):
        text_review.show(store, as_it_is(store, record), now)


def test_markup_and_formulas_stay_text(store: Store, record: AssessmentRecord) -> None:
    texts = ["=1+1", "<script>alert(1)</script>", "+SUM(A1)", "**bold** [x](y)", "- one\n\n- two"]
    wrote(store, record, texts)
    report = report_of(store, all_shown(store, record))
    html = Dashboard(report).drawn.after_answers
    assert "<script>alert" not in html and "&lt;script&gt;alert" in html
    sheet = load_workbook(BytesIO(write_workbook(report)))["Own words"]
    found = {cell.value: cell.data_type for row in sheet for cell in row if cell.value}
    assert all(found[text] == "s" for text in texts)


def test_a_question_to_a_group_that_is_too_small_shows_nothing(store: Store) -> None:
    groups = (group_plan("staff", 12), group_plan("peer_worker", 3))
    record = opened(store, groups=groups)
    wrote(store, record, ["We three", "are here", "and tired"], "peer_worker")
    assert begun(store, record) and draft_of(store, begun(store, record))
    done = all_shown(store, record)
    assert published.texts(store, done)[WORRY] == Suppressed("few_answers", 5)
