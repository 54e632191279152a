"""Questions of service users' own: kept with their round, asked and counted in it, never scored."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from pydantic import ValidationError

from assessment.report.build import build_report
from assessment.services.content import loaded
from assessment.services.own_words import text_review
from assessment.services.respondents.answering import hand_in, save
from assessment.services.respondents.asked import asked_of
from assessment.services.results import round_results
from assessment.services.rounds import changes, overview
from assessment.services.rounds.plan import AssessmentPlan, full_round_after
from assessment.services.rounds.workbook_copies import workbook_for
from assessment.store import Store
from assessment.store.records import AssessmentRecord
from questionnaires.library import Library
from questionnaires.own_questions import (
    ASKED_BY_SERVICE_USERS,
    OwnQuestion,
    as_file,
    hints,
    questions_of,
    reading_grade,
    with_questions,
)
from scoring.disclosure.groups_and_rounding import Suppressed
from tests.support.assessments import opened, plan
from tests.support.reading import textstat
from tests.support.respondents import begun, draft_of

SAFE = OwnQuestion(text="Do you feel safe here at night?", kind="yes_no", asked=("service_user",))
LISTEN = OwnQuestion(text="Staff here know my name.", kind="agree", asked=("service_user", "staff"))
WORDS = OwnQuestion(text="What would you change first?", kind="words", asked=("service_user",))
ALL = (SAFE, LISTEN, WORDS)


def _library(store: Store, record: AssessmentRecord) -> Library:
    return loaded.of_round(store, record).library


@pytest.fixture
def record(store: Store) -> AssessmentRecord:
    return opened(store, own_questions=ALL)


def test_each_group_is_asked_those_that_are_for_it_at_the_end(
    store: Store, record: AssessmentRecord
) -> None:
    asked = {
        group: asked_of(store, record, group) for group in ("service_user", "staff", "manager")
    }
    last = asked["service_user"].pages[-1]
    assert last.parts[0].title == ASKED_BY_SERVICE_USERS
    assert [question.text for question in last.questions] == [one.text for one in ALL]
    assert [question.text for question in asked["staff"].pages[-1].questions] == [LISTEN.text]
    assert not asked["manager"].questions.keys() & {one.id for one in ALL}
    safe = asked["service_user"].questions[SAFE.id]
    codes = [choice.code for choice in safe.answers]
    assert codes == ["yes", "no", "dont_know", "prefer_not"]


def test_they_belong_to_their_round_alone_and_the_rest_is_shared(
    store: Store, record: AssessmentRecord
) -> None:
    other = asked_of(store, opened(store, title="Another round"), "service_user")
    assert not other.questions.keys() & {one.id for one in ALL}
    content = loaded.of_round(store, record)
    assert content.current and content.readable and not overview.about_content(store, record)
    assert content.library.items["fit.pay"] is loaded.library(record.ladder).items["fit.pay"]
    assert loaded.of_round(store, record).library is content.library
    with store.read() as work:
        kept = work.snapshots.files(record.content or "")
    assert kept is not None and len(kept) < 2000
    assert questions_of(content.library) == ALL


def test_they_are_counted_and_score_nothing(store: Store, record: AssessmentRecord) -> None:
    without = round_results.result(store, record).profile
    for number in range(6):
        draft = draft_of(store, begun(store, record, "service_user"))
        save(store, draft, {SAFE.id: "no", LISTEN.id: "agree", WORDS.id: f"Door {number}"})
        assert hand_in(store, draft.token)
    found = round_results.result(store, record)
    told = {tally.item: tally.groups for tally in found.profile.tallies}
    assert set(told) == {SAFE.id, LISTEN.id}
    assert not isinstance(told[SAFE.id]["service_user"], Suppressed)
    assert found.profile.readiness == without.readiness
    assert all(result.score is None for result in found.profile.dimensions.values())
    rows = build_report(found, round_results.round_of(store, record)).block("tallies").table
    assert rows is not None
    assert rows.texts[0][0] == f"{ASKED_BY_SERVICE_USERS}: Do you feel safe here at night?"


def test_a_workbook_asks_them_too(store: Store, record: AssessmentRecord) -> None:
    book = load_workbook(BytesIO(workbook_for(store, record, record.group("service_user"))))
    cells = [str(cell) for sheet in book for row in sheet.values for cell in row if cell]
    assert all(any(one.text in cell for cell in cells) for one in ALL)


def test_what_is_written_is_reviewed_like_all_else(store: Store, record: AssessmentRecord) -> None:
    assert WORDS.id in text_review.asked_in_words(loaded.of_round(store, record).library, record)


def test_a_full_round_goes_on_asking_what_service_users_asked(
    store: Store, record: AssessmentRecord
) -> None:
    values = full_round_after(record, record.opens_on, questions_of(_library(store, record)))
    again = AssessmentPlan.model_validate(values | {"questionnaires": ["buy-in"], "follows": None})
    assert again.own_questions == ALL


def test_with_the_round_its_questions_are_gone(store: Store, record: AssessmentRecord) -> None:
    base = opened(store, title="Another round").content
    changes.delete(store, record.id, record.title)
    with store.read() as work:
        assert work.snapshots.files(record.content or "") is None
        assert work.snapshots.files(base or "") is not None


def test_a_round_with_them_can_be_read_after_a_new_start(
    store: Store, record: AssessmentRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded._own.clear()
    assert questions_of(loaded.of_round(store, record).library) == ALL


@pytest.mark.parametrize(
    ("questions", "place"),
    [
        ([{"text": "", "kind": "agree", "asked": ["staff"]}], ("own_questions", 0, "text")),
        ([{"text": "x" * 161, "kind": "agree", "asked": ["staff"]}], ("own_questions", 0, "text")),
        ([{"text": "Why?", "kind": "score", "asked": ["staff"]}], ("own_questions", 0, "kind")),
        ([{"text": "Why?", "kind": "agree", "asked": []}], ("own_questions", 0, "asked")),
        ([{"text": "Why?", "kind": "agree", "asked": ["board"]}], ("own_questions", 0, "asked")),
        ([LISTEN.model_dump(), LISTEN.model_dump()], ("own_questions", 1, "text")),
        ([SAFE.model_dump()] * 4, ("own_questions",)),
    ],
)
def test_what_cannot_be_asked_is_refused(
    questions: list[dict[str, Any]], place: tuple[object, ...]
) -> None:
    with pytest.raises(ValidationError) as refused:
        plan(own_questions=questions)
    assert place in [error["loc"] for error in refused.value.errors()]


@given(st.text(min_size=1, max_size=160).map(str.strip).filter(bool))
def test_any_words_can_be_asked_and_come_back_as_they_are(text: str) -> None:
    try:
        question = OwnQuestion(text=text, kind="agree", asked=("staff",))
    except ValidationError:
        return
    library = loaded.library()
    assert questions_of(with_questions(library, as_file([question], library))) == (question,)


def test_the_grade_is_close_to_that_of_the_library_that_the_content_is_measured_with() -> None:
    texts = [
        text for item in loaded.library().items.values() for text in item.text.variants().values()
    ]
    apart = [reading_grade(text) - textstat.flesch_kincaid_grade(text) for text in texts]
    assert abs(sum(apart) / len(apart)) < 0.25
    assert sum(abs(one) < 1.5 for one in apart) > 0.9 * len(apart)


@pytest.mark.parametrize(
    ("question", "hint"),
    [
        ("Do staff listen and do they help?", "two things"),
        ("Is it never not open?", "not"),
        ("Is the accommodation infrastructure adequate?", "hard to read"),
        (" ".join(["word"] * 19), "19 words"),
    ],
)
def test_what_could_be_better_is_said(question: str, hint: str) -> None:
    assert any(hint in told for told in hints(question))
    assert not list(hints("Do you feel safe here?"))
