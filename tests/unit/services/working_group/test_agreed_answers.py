"""Agreed answers: changes made by several at once, and what becomes of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from assessment.services.content import loaded
from assessment.services.respondents.answering import RefusedError
from assessment.services.results.round_results import context_of, result, stored_answers
from assessment.services.working_group.agreed_answers import (
    ChangedMeanwhileError,
    WorkingGroupRound,
    agree,
    agreed,
    change,
    in_words,
    not_open_message,
    until_when,
    working_group_round,
)
from assessment.services.working_group.sittings import (
    composition,
)
from assessment.store import Store
from assessment.store.records import NO_ANSWER, AgreedRecord, AssessmentRecord
from questionnaires.typed_answers import LONGEST_TEXT
from scoring.answers.matrix import read_answers
from scoring.result import AgreedAnswer, EarlierAnswer, noted_answers
from scoring.rules.conditions import Practice
from tests.support.assessments import opened
from tests.support.clock import set_clock
from tests.support.publishing import published
from tests.support.respondents import entered
from tests.support.working_group import PRACTICE, know, round_of, stored


def test_an_answer_that_does_not_apply_does_not_count_and_one_that_applies_again_does(
    store: Store, record: AssessmentRecord
) -> None:
    item = "payment_and_costs.benefits_advice"
    round_ = know(store, record, pay="paid")
    change(store, round_, item, seen=NO_ANSWER, value="in_place")

    def practice() -> Practice:
        return result(store, record).profile.evidence.practices[item]

    assert (practice().code, practice().skipped) == ("in_place", "")
    know(store, record, pay="expenses_only")
    assert (practice().code, practice().score) == ("does_not_apply", 0.0)
    assert practice().skipped.startswith("the answer to “Will peer workers be paid?”")
    know(store, record, pay="paid")
    assert (practice().code, practice().score) == ("in_place", 100.0)


@pytest.mark.parametrize(
    ("members", "lived", "wanted"),
    # At least a third and at least two: of 6 that is 2, of 7 it is 3, of 3 it is 2.
    [(6, 2, None), (7, 2, 3), (3, 1, 2), (12, 3, 4), (12, 4, None)],
)
def test_a_working_group_with_few_with_lived_experience_is_told_how_many(
    record: AssessmentRecord, members: int, lived: int, wanted: int | None
) -> None:
    team = replace(record.working_group, members=members, members_lived_experience=lived)
    sentences = composition(replace(record, working_group=team), loaded.library())
    assert sentences[0].startswith(f"{members} members, {lived} with lived experience")
    assert (len(sentences) > 2) == (wanted is not None)
    if wanted:
        assert f"At least {wanted} members should" in sentences[-1]


def test_it_says_when_answers_are_taken(
    record: AssessmentRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    dated = replace(record, opens_on=date(2026, 3, 3), closes_on=date(2026, 12, 20))
    set_clock(monkeypatch, "2026-03-02T12:00")
    assert "3 March 2026" in not_open_message(dated)
    # The group may meet after the end: what it agreed is fixed by publishing only.
    for within in ("2026-03-03T12:00", "2026-12-21T01:59", "2027-02-01T12:00"):
        set_clock(monkeypatch, within)
        assert not_open_message(dated) == ""
    assert "until Sunday 20 December 2026, midnight (London time)" in until_when(dated)
    published = replace(dated, published_on=date(2027, 2, 1))
    assert "stays as it is" in not_open_message(published)
    assert until_when(published) == ""
    set_clock(monkeypatch, "2026-12-21T01:59")
    assert until_when(dated) == ""


# Changes by several at once


def test_an_answer_and_its_note_are_saved_with_a_rising_revision(
    store: Store, round_: WorkingGroupRound
) -> None:
    first = change(store, round_, PRACTICE, seen=NO_ANSWER, value="partly")
    second = change(store, round_, PRACTICE, seen=first, note="  The plan of March ")
    assert second == AgreedRecord("partly", "The plan of March", 2) == stored(store, round_)
    third = change(store, round_, PRACTICE, seen=second, value="")
    assert third == AgreedRecord("", "The plan of March", 3, "partly", "The plan of March")


FIRST_DAY, LATER = date(2026, 3, 3), date(2026, 4, 7)


def test_partly_that_became_in_place_is_still_reported_with_its_note() -> None:
    partly = NO_ANSWER.changed("partly", "The draft of March", FIRST_DAY)
    in_place = partly.changed("in_place", "The draft of March", FIRST_DAY)
    assert (in_place.earlier_value, in_place.note_is_older) == ("partly", True)
    signed = in_place.changed("in_place", "Signed in April", LATER)
    assert (signed.earlier_value, signed.earlier_note) == ("partly", "The draft of March")
    assert not signed.note_is_older


def test_an_answer_of_an_earlier_day_is_kept_without_a_note() -> None:
    partly = NO_ANSWER.changed("partly", "", FIRST_DAY)
    assert partly.changed("in_place", "", LATER).earlier_value == "partly"
    taken_back = partly.changed("", "", LATER)
    assert taken_back.changed("in_place", "", LATER).earlier_value == "partly"


def test_a_slip_leaves_no_trace() -> None:
    slip = NO_ANSWER.changed("planned", "", FIRST_DAY)
    assert slip.changed("partly", "", FIRST_DAY).earlier_value == ""
    partly = NO_ANSWER.changed("partly", "The draft", FIRST_DAY)
    back = partly.changed("in_place", "The draft", LATER).changed("partly", "The draft", LATER)
    assert (back.value, back.earlier_value, back.earlier_note) == ("partly", "", "")
    assert not back.note_is_older


def test_nothing_new_is_not_saved_again(store: Store, round_: WorkingGroupRound) -> None:
    first = change(store, round_, PRACTICE, seen=NO_ANSWER, value="partly")
    assert change(store, round_, PRACTICE, seen=first, value="partly") == first
    assert change(store, round_, PRACTICE, seen=NO_ANSWER, value="") == NO_ANSWER
    assert stored(store, round_).revision == 1


def test_an_answer_and_a_note_by_two_people_are_both_saved(
    store: Store, round_: WorkingGroupRound
) -> None:
    change(store, round_, PRACTICE, seen=NO_ANSWER, value="partly")
    both = change(store, round_, PRACTICE, seen=NO_ANSWER, note="The plan of March")
    assert both == AgreedRecord("partly", "The plan of March", 2) == stored(store, round_)


def test_two_answers_at_once_leave_the_first_and_tell_the_second(
    store: Store, round_: WorkingGroupRound
) -> None:
    first = change(store, round_, PRACTICE, seen=NO_ANSWER, value="partly")
    with pytest.raises(ChangedMeanwhileError) as raised:
        change(store, round_, PRACTICE, seen=NO_ANSWER, value="in_place")
    assert raised.value.now == first == stored(store, round_)


def test_two_notes_at_once_leave_the_first_and_tell_the_second(
    store: Store, round_: WorkingGroupRound
) -> None:
    change(store, round_, PRACTICE, seen=NO_ANSWER, note="Minutes")
    with pytest.raises(ChangedMeanwhileError) as raised:
        change(store, round_, PRACTICE, seen=NO_ANSWER, note="Plan")
    assert raised.value.now.note == "Minutes" == stored(store, round_).note


def test_the_same_answer_by_two_people_is_agreement(
    store: Store, round_: WorkingGroupRound
) -> None:
    first = change(store, round_, PRACTICE, seen=NO_ANSWER, value="partly")
    assert change(store, round_, PRACTICE, seen=NO_ANSWER, value="partly") == first


def test_who_takes_back_what_somebody_changed_is_told(
    store: Store, round_: WorkingGroupRound
) -> None:
    seen = change(store, round_, PRACTICE, seen=NO_ANSWER, value="partly")
    change(store, round_, PRACTICE, seen=seen, value="in_place")
    with pytest.raises(ChangedMeanwhileError):
        change(store, round_, PRACTICE, seen=seen, value="")
    assert stored(store, round_).value == "in_place"


@pytest.mark.parametrize(
    ("item", "value", "note"),
    [
        (PRACTICE, "often", ""),
        (PRACTICE, "does_not_apply", ""),
        (PRACTICE, "did_not_agree", ""),
        (PRACTICE, "did_not_agree:", ""),
        (PRACTICE, "did_not_agree:often", ""),
        (PRACTICE, "partly", "x" * (LONGEST_TEXT + 1)),
        ("fit.needs", "families;families", ""),
        ("fit.needs", "families", "A note where none is asked for"),
        ("fit.number_of_peers", "none", ""),
        ("fit.wished_model", "did_not_agree:group_work", ""),
        ("valued_input.listened_to", "often", ""),
        ("nothing.at_all", "partly", ""),
    ],
)
def test_what_the_question_does_not_offer_is_refused(
    store: Store, round_: WorkingGroupRound, item: str, value: str, note: str
) -> None:
    with pytest.raises(RefusedError):
        agree(store, round_, item, value, note, after=0)
    assert agreed(store, round_.record.id) == {}


def test_outside_its_days_an_assessment_takes_no_answer(store: Store) -> None:
    today = date.today()
    ahead = opened(store, opens_on=today + timedelta(1), closes_on=today + timedelta(9))
    for record, expected in ((ahead, "^Opens on "), (published(store, opened(store)), "published")):
        round_ = round_of(store, record)
        with pytest.raises(RefusedError, match=expected):
            agree(store, round_, PRACTICE, "partly", "", after=0)


def test_markup_formulas_and_signs_stay_text(store: Store, round_: WorkingGroupRound) -> None:
    for note in ("=1+1", "<script>alert(1)</script>", "naïve ☂ 'quoted' \"twice\"", "two\nlines"):
        change(store, round_, PRACTICE, seen=stored(store, round_), note=note)
        assert stored(store, round_).note == note


def test_what_is_agreed_reaches_scoring_as_it_stands(
    store: Store, round_: WorkingGroupRound
) -> None:
    change(
        store, round_, PRACTICE, seen=NO_ANSWER, value="did_not_agree:partly;in_place", note="Why"
    )
    answer = change(store, round_, "fit.needs", seen=NO_ANSWER, value="families;isolation")
    change(store, round_, "fit.needs", seen=answer, value="")
    table = stored_answers(store, round_.record).table
    rows = table[["group", "item", "value"]].values.tolist()
    assert rows == [
        ["working_group", PRACTICE, "did_not_agree:partly;in_place"],
        ["working_group", f"{PRACTICE}.note", "Why"],
    ]


def test_what_an_answer_was_reaches_the_results_and_a_file_alike(
    store: Store, round_: WorkingGroupRound
) -> None:
    was = change(store, round_, PRACTICE, seen=NO_ANSWER, value="partly", note="The draft")
    change(store, round_, PRACTICE, seen=was, value="in_place", note="The signed plan")
    scored = result(store, round_.record)
    answer = AgreedAnswer(
        PRACTICE, "in_place", (), "The signed plan", EarlierAnswer("partly", (), "The draft")
    )
    assert scored.agreed == (answer,)
    file = stored_answers(store, round_.record).table
    assert file[["item", "value"]].values.tolist() == [
        [PRACTICE, "in_place"],
        [f"{PRACTICE}.note", "The signed plan"],
        [f"{PRACTICE}.earlier", "partly"],
        [f"{PRACTICE}.earlier_note", "The draft"],
    ]
    known = context_of(round_.record, round_.library)
    assert noted_answers(read_answers(file, round_.library, known)) == (answer,)


def test_what_a_questionnaire_that_was_left_out_asks_is_not_missing(store: Store) -> None:
    """Without principles their domain is no gap in the answers; and where all that a length asks
    was chosen nothing is said of it."""
    asked = tuple(q.id for q in loaded.library().questionnaires)
    complete = opened(store, questionnaires=asked)
    assert context_of(complete, loaded.library()).questionnaires == ()
    some = opened(store, questionnaires=tuple(n for n in asked if n != "coproduction-principles"))
    with store.write() as work:
        work.responses.add("r1", some.id, "staff", {"belief_in_peers.experts": "agree"}, {})
        work.responses.add("r2", complete.id, "staff", {"belief_in_peers.experts": "agree"}, {})
        work.commit()
    assert "principles" in result(store, complete).profile.readiness.missing
    assert "principles" not in result(store, some).profile.readiness.missing


def test_only_the_working_group_sits_at_the_table(store: Store, record: AssessmentRecord) -> None:
    assert working_group_round(store, entered(store, record.group("staff").code).token) is None
    assert working_group_round(store, None) is None
    assert working_group_round(store, "forged") is None


def test_answers_are_put_in_words(round_: WorkingGroupRound) -> None:
    practice, needs = round_.questions[PRACTICE], round_.questions["fit.needs"]
    assert in_words(practice, "in_place") == "In place"
    assert in_words(practice, "dont_know") == "I don't know"
    assert in_words(practice, "did_not_agree:planned;partly") == "We did not agree: Planned, Partly"
    labels = {choice.code: choice.label for choice in needs.choices}
    assert in_words(needs, "families;isolation") == f"{labels['families']}, {labels['isolation']}"
