"""An assessment was opened with a participation ladder that is there no more: its results stand,
and everything but the questions on that ladder can be answered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assessment.exchange.answer_workbook.reading import read_workbook
from assessment.exchange.answer_workbook.writing import template
from assessment.render.result_json import result_json
from assessment.render.xlsx import write_workbook
from assessment.report.build import build_report
from assessment.report.wording.flags import flag_in_words
from assessment.services.content import loaded
from assessment.services.respondents.answering import hand_in
from assessment.services.results import round_results
from assessment.services.rounds.plan import full_round_after
from assessment.services.working_group.agreed_answers import agreed, change
from assessment.services.working_group.verdict import verdict
from assessment.store import Store, open_store
from assessment.store.records import NO_ANSWER, AssessmentRecord
from questionnaires.library import load
from questionnaires.model import RUNG_KINDS
from scoring.result import Result
from tests.support.assessments import opened, without_its_ladder
from tests.support.databases import new_file
from tests.support.filling_in import fill
from tests.support.respondents import answer_all, begun, draft_of
from tests.support.working_group import round_of

PRACTICE = "boundaries.discussed_and_written"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opening = open_store(new_file(tmp_path / "store.sqlite"))
    yield opening
    opening.close()


def answered(store: Store) -> AssessmentRecord:
    """A round in which six of staff have answered everything, and the working group something."""
    record = opened(store)
    for _ in range(6):
        token = begun(store, record)
        draft = draft_of(store, token)
        answer_all(store, draft)
        assert hand_in(store, token)
    change(store, round_of(store, record), PRACTICE, seen=NO_ANSWER, value="partly")
    return record


def results(store: Store, record: AssessmentRecord) -> Result:
    """The results, in every form that they are shown in."""
    found = round_results.result(store, record)
    report = build_report(found, round_results.round_of(store, record))
    assert result_json(report.result, report.round) and write_workbook(report)
    return found


def test_results_stand_and_say_that_the_ladder_is_not_counted(store: Store) -> None:
    record = answered(store)
    before = results(store, record)
    assert before.profile.ladder
    after = results(store, without_its_ladder(store, record))
    assert after.profile.ladder == {}
    said = {flag.flag: flag_in_words(flag, after.profile) for flag in after.profile.quality}
    assert said["ladder_gone"] == (
        "The participation ladder of this round, “twelve_step”, is not part of this tool any more: "
        "what people said on it is not counted."
    )
    assert "ladder_gone" not in {flag.flag for flag in before.profile.quality}
    assert after.profile.respondents == before.profile.respondents
    on_ladder = {item.dimension for item in load().items.values() if item.kind in RUNG_KINDS}
    others = before.profile.dimensions.keys() - on_ladder
    assert others
    for name in others:
        assert after.profile.dimensions[name] == before.profile.dimensions[name]


def test_everything_else_can_be_answered(store: Store) -> None:
    record = without_its_ladder(store, opened(store))
    token = begun(store, record)
    draft = draft_of(store, token)
    assert len(draft.questions) > 30
    assert not [q for q in draft.questions.values() if q.item.kind in RUNG_KINDS]
    answer_all(store, draft)
    assert hand_in(store, token)
    round_ = round_of(store, record)
    change(store, round_, PRACTICE, seen=NO_ANSWER, value="partly")
    assert verdict(round_, agreed(store, record.id))


def test_a_draft_that_was_begun_before_can_be_handed_in(store: Store) -> None:
    record = opened(store)
    token = begun(store, record)
    draft = draft_of(store, token)
    answer_all(store, draft)
    record = without_its_ladder(store, record)
    assert hand_in(store, token)
    assert round_results.result(store, record).profile.quality


def test_what_is_made_from_it_has_a_ladder_that_there_is(store: Store) -> None:
    record = without_its_ladder(store, answered(store))
    default = loaded.library().ladder
    assert full_round_after(record, record.closes_on)["ladder"] == default
    # A context that goes with a file of answers must be one that can be read.
    library = loaded.of_round(store, record).library
    assert round_results.context_of(record, library).ladder in (None, default)


def test_a_workbook_of_it_comes_back(store: Store) -> None:
    asked = loaded.library(without_its_ladder(store, opened(store)).ladder)
    given = {"valued_input.listened_to": "often"}
    book = read_workbook("a.xlsx", fill(template(asked, "staff"), asked, given), asked)
    assert book.answers == given


def test_each_ladder_that_there_is_stays_itself() -> None:
    for name in load().rungs:
        assert loaded.library(name).ladder == name
        assert [i for i in loaded.library(name).items.values() if i.kind in RUNG_KINDS]
