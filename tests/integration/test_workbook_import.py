"""Workbooks that come back: taken in all together, or not at all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest

from assessment.exchange.answer_workbook.reading import read_workbooks
from assessment.exchange.answer_workbook.writing import template
from assessment.services.content import loaded
from assessment.services.results import round_results
from assessment.services.rounds.workbook_import import import_answers
from assessment.store import Store, open_store
from assessment.store.records import AssessmentRecord
from questionnaires.model import WORKING_GROUP
from questionnaires.problems import Place, ProblemsError
from scoring.answers.matrix import COLUMNS
from tests.support.assessments import opened
from tests.support.databases import new_file
from tests.support.filling_in import fill
from tests.support.organisations import library, with_own_words

# Taken from the questionnaires as they are, so that a new version of one does not break this.
ITEM = next(i for i in library().items.values() if i.kind == "frequency" and not i.groups)
TEXT = with_own_words().items["words.anything"]
DAY = date(2026, 3, 3)
PRACTICE = next(i for i in library().items_for(WORKING_GROUP) if i.kind == "practice")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened_store = open_store(new_file(tmp_path / "a.sqlite"))
    yield opened_store
    opened_store.close()


def table(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    """Rows of respondent, group, item, value, as if from workbooks, one of each respondent."""
    owner = with_own_words().questionnaire_of
    items = {item.note_id: item.id for item in library().items.values()}
    full = []
    for who, group, item, value in rows:
        base = items.get(item, item)
        full.append((who, group, owner[base].id if base in owner else "x", item, value))
    index = [
        Place(f"{row[0]}.xlsx", sheet="How it is", row=number, column="C")
        for number, row in enumerate(rows, 4)
    ]
    return pd.DataFrame(full, columns=list(COLUMNS), index=index, dtype="str")


def everything(store: Store) -> dict[str, int]:
    with store.engine.connect() as connection:
        names = ("response", "written_text", "agreed_answer")
        return {
            name: int(connection.exec_driver_sql(f"SELECT COUNT(*) FROM {name}").scalar_one())
            for name in names
        }


NOTHING = {"response": 0, "written_text": 0, "agreed_answer": 0}


def answers(store: Store, assessment: str) -> Mapping[str, tuple[str, str]]:
    with store.read() as work:
        agreed = work.agreed.all(assessment)
    return {item: (answer.value, answer.note) for item, answer in agreed.items()}


def test_each_file_becomes_a_response_and_words_go_apart(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loaded, "library", lambda ladder=None: with_own_words())
    record = opened(store)
    came = table(
        ("maria-lopez", "staff", ITEM.id, "often"),
        ("maria-lopez", "staff", TEXT.id, "More time, please"),
        ("staff-2", "staff", ITEM.id, "never"),
        ("user", "service_user", ITEM.id, "dont_know"),
    )
    taken = import_answers(store, record, came)
    assert (taken.respondents, taken.agreed) == ({"service_user": 1, "staff": 2, "manager": 0}, 0)
    with store.read() as work:
        assert work.responses.counts(record.id) == {"service_user": 1, "staff": 2}
    stored = round_results.stored_answers(store, record).table
    assert sorted(zip(stored["group"], stored["value"], strict=True)) == [
        ("service_user", "dont_know"),
        ("staff", "never"),
        ("staff", "often"),
    ]
    # The name of a file may name a person.
    assert not stored["respondent"].str.contains("maria").any()
    with store.read() as work:
        assert work.responses.texts(record.id) == [(TEXT.id, "More time, please")]


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        (
            ("staff-2", "staff", ITEM.id, "oftn"),
            "staff-2.xlsx, sheet 'How it is', cell C5: value: ",
        ),
        (("staff-2", "staff", "no.such.item", "often"), "there is no item"),
        (("staff-2", "board", ITEM.id, "often"), "has no group Board members"),
        (("staff-2", "martians", ITEM.id, "often"), "has no group Martians"),
        (("user", "service_user", PRACTICE.id, "partly"), "is not asked of Service users"),
        (
            ("staff-1", "staff", ITEM.id, "never"),
            "staff-1.xlsx, sheet 'How it is', cell C5: item: ",
        ),
    ],
)
def test_one_mistake_and_nothing_is_taken_in(
    store: Store, wrong: tuple[str, str, str, str], expected: str
) -> None:
    record = opened(store)
    came = table(("staff-1", "staff", ITEM.id, "often"), wrong)
    with pytest.raises(ProblemsError) as refused:
        import_answers(store, record, came)
    assert any(expected in line for line in refused.value.lines())
    assert everything(store) == NOTHING


def test_a_mistake_in_a_real_workbook_is_shown_with_its_cell(store: Store) -> None:
    """Two workbooks of the working group: each can be read, and only one of them can be right."""
    record = opened(store)
    content = fill(template(library(), WORKING_GROUP), library(), {PRACTICE.id: "partly"})
    other = fill(template(library(), WORKING_GROUP), library(), {PRACTICE.id: "planned"})
    came = read_workbooks([("a.xlsx", content), ("b.xlsx", other)], library())
    with pytest.raises(ProblemsError) as refused:
        import_answers(store, record, came)
    place, _, words = refused.value.lines("in_the_app")[0].partition(": ")
    assert re.fullmatch(r"b\.xlsx, sheet '[^']+', cell [A-Z][0-9]+", place)
    assert words == (
        "respondent: the working group gives one agreed answer, from 'a'; found a second "
        "respondent 'b'"
    )
    assert everything(store) == NOTHING


def test_a_questionnaire_that_is_not_asked_is_refused(store: Store) -> None:
    record = opened(store, questionnaires=("buy-in",))
    title = library().questionnaire_of[ITEM.id].title.for_group("", "organisation")
    with pytest.raises(ProblemsError, match=f"“{title}” is not part of this round"):
        import_answers(store, record, table(("s", "staff", ITEM.id, "often")))
    assert everything(store) == NOTHING


def between(store: Store, first: int, last: int) -> AssessmentRecord:
    today = date.today()
    return opened(store, opens_on=today + timedelta(first), closes_on=today + timedelta(last))


@pytest.mark.parametrize("late", [False, True])
def test_an_assessment_takes_nothing_before_its_first_day(store: Store, late: bool) -> None:
    record = between(store, 1, 9)
    with pytest.raises(ProblemsError, match="not open"):
        import_answers(store, record, table(("s", "staff", ITEM.id, "often")), late=late)
    assert everything(store) == NOTHING


def test_after_the_last_day_answers_come_in_only_where_somebody_says_so(store: Store) -> None:
    record, came = between(store, -9, -3), table(("s", "staff", ITEM.id, "often"))
    with pytest.raises(ProblemsError, match="This round has ended"):
        import_answers(store, record, came)
    assert everything(store) == NOTHING
    assert import_answers(store, record, came, late=True).respondents["staff"] == 1


def test_an_empty_workbook_is_refused(store: Store) -> None:
    with pytest.raises(ProblemsError, match="no answer"):
        import_answers(store, opened(store), table())


def test_agreed_answers_come_with_their_notes_and_keep_what_stands_beside(store: Store) -> None:
    record = opened(store)
    practices = [i for i in library().items_for(WORKING_GROUP) if i.kind == "practice"][:3]
    first, second, third = (item.id for item in practices)
    with store.write() as work:
        work.agreed.put(record.id, first, "planned", "seen", after=0, on=DAY)
        work.commit()
    came = table(
        ("team", WORKING_GROUP, second, "in_place"),
        ("team", WORKING_GROUP, f"{second}.note", "the folder"),
        ("team", WORKING_GROUP, third, "did_not_agree:planned;partly"),
    )
    assert import_answers(store, record, came).agreed == 2
    assert answers(store, record.id) == {
        first: ("planned", "seen"),
        second: ("in_place", "the folder"),
        third: ("did_not_agree:planned;partly", ""),
    }


def test_other_agreed_answers_are_replaced_only_when_somebody_says_so(store: Store) -> None:
    record = opened(store)
    with store.write() as work:
        work.agreed.put(record.id, PRACTICE.id, "planned", "seen", after=0, on=DAY)
        work.commit()
    came = table(("team", WORKING_GROUP, PRACTICE.id, "in_place"), ("s", "staff", ITEM.id, "often"))
    before = everything(store)
    with pytest.raises(ProblemsError) as refused:
        import_answers(store, record, came)
    assert [problem.code for problem in refused.value.problems] == ["agreed_otherwise"]
    assert everything(store) == before
    assert import_answers(store, record, came, replace=True).agreed == 1
    assert answers(store, record.id) == {PRACTICE.id: ("in_place", "seen")}
    with store.read() as work:
        assert work.agreed.all(record.id)[PRACTICE.id].earlier_value == "planned"


def test_the_same_agreed_answers_again_change_nothing(store: Store) -> None:
    record = opened(store)
    came = table(("team", WORKING_GROUP, PRACTICE.id, "in_place"))
    assert import_answers(store, record, came).agreed == 1
    assert import_answers(store, record, came).agreed == 0
