"""Sittings: what is asked when, how far it has come, and what is left out."""

from __future__ import annotations

from assessment.services.content import loaded
from assessment.services.working_group.agreed_answers import WorkingGroupRound, change
from assessment.services.working_group.sittings import (
    MAX_MINUTES,
    Sitting,
    open_questions,
    progress,
    sittings,
)
from assessment.store import Store
from assessment.store.records import AgreedRecord, AssessmentRecord
from scoring.recommendation.likely_start import own_basics
from tests.support.assessments import opened
from tests.support.working_group import NOTHING, know, round_of, stored


def test_the_sittings_hold_every_question_once_and_in_order(round_: WorkingGroupRound) -> None:
    asked = {item.id for item in round_.items}
    cut = [question.item.id for sitting in sittings(round_) for question in sitting.questions]
    assert len(cut) == len(set(cut))
    assert set(cut) == asked == set(round_.questions)


def test_a_sitting_is_one_meeting_s_work(round_: WorkingGroupRound) -> None:
    for sitting in sittings(round_):
        assert sitting.minutes <= MAX_MINUTES == 90, sitting.title
        assert all(len(page.questions) <= 8 for page in sitting.pages)


def kinds(sitting: Sitting) -> list[bool]:
    """For each question whether it is a practice."""
    return [question.item.kind == "practice" for question in sitting.questions]


def test_the_first_sitting_asks_facts_first_then_all_that_every_start_needs(
    round_: WorkingGroupRound,
) -> None:
    first, *others = sittings(round_)
    assert first.title == "What every start needs"
    assert first.decides and not any(other.decides for other in others)
    assert kinds(first) == sorted(kinds(first))
    asked = {question.item.id for question in first.questions}
    basics = own_basics(loaded.guidance())
    assert len(basics) == 14
    for gate in basics:
        assert {leaf.practice for leaf in gate.needs.leaves()} <= asked
    assert first.minutes <= 80


def test_a_quick_look_is_the_first_sitting_of_a_full_round(
    store: Store, round_: WorkingGroupRound
) -> None:
    quick = round_of(store, opened(store, form="quick"))
    (only,) = sittings(quick)
    assert only.questions == sittings(round_)[0].questions


def test_the_second_sitting_asks_what_the_start_and_the_wish_need(
    store: Store, record: AssessmentRecord
) -> None:
    round_ = know(store, record)
    first, second, *_ = sittings(round_)
    # What answers the main need with the least risk is hosting activities; of one-to-one work it
    # is going along to appointments.
    assert second.description == (
        "You are heading for: co-hosting activities and accompaniment to appointments."
    )
    asked = {question.item.id for question in second.questions}
    assert {"role_design.voluntary_for_people", "boundaries.contact_limits"} <= asked
    # What the start itself needs stands in the first sitting: it decides.
    assert "space.suitable_place" in {question.item.id for question in first.questions}


def test_after_them_comes_a_domain_at_a_time_and_the_other_facts_last(
    store: Store, record: AssessmentRecord
) -> None:
    _, _, *domains, last = sittings(know(store, record))
    titles = list(dict.fromkeys(sitting.title.partition(", part")[0] for sitting in domains))
    assert titles == [
        "Culture and buy-in",
        "Time, space and money",
        "Policies and role",
        "Support for peer workers",
        "The team around them",
        "Learning and evaluation",
    ]
    assert not any(kinds(last))
    assert "fit.number_of_peers" in {question.item.id for question in last.questions}


def test_what_does_not_apply_is_left_out_and_comes_back_with_the_earlier_answer(
    store: Store, record: AssessmentRecord
) -> None:
    item = "payment_and_costs.benefits_advice"
    round_ = know(store, record, pay="paid")
    answer = change(store, round_, item, seen=NOTHING, value="partly", note="Citizens advice")
    round_ = know(store, record, pay="expenses_only")
    (left,) = [x for s in sittings(round_) for x in s.left_out if x.question.item.id == item]
    assert left.because == (
        "the answer to “Will peer workers be paid?” is “Expenses only: the work is voluntary”"
    )
    assert item not in {q.item.id for s in sittings(round_) for q in s.questions}
    assert stored(store, round_, item) == answer
    round_ = know(store, record, pay="paid")
    assert item in {q.item.id for s in sittings(round_) for q in s.questions}
    assert stored(store, round_, item) == answer


def test_sittings_part_no_section(round_: WorkingGroupRound) -> None:
    ends = [sitting.pages[-1].parts[-1].title for sitting in sittings(round_)]
    begins = [sitting.pages[0].parts[0].title for sitting in sittings(round_)]
    assert all(end != begin for end, begin in zip(ends, begins[1:], strict=False))


def test_a_sitting_is_named_after_what_it_is_about(round_: WorkingGroupRound) -> None:
    titles = [sitting.title for sitting in sittings(round_)]
    assert len(set(titles)) == len(titles)


def test_one_questionnaire_alone_is_cut_too(store: Store) -> None:
    round_ = round_of(store, opened(store, questionnaires=("programme-fit",)))
    first, last = sittings(round_)
    # Facts alone decide nothing.
    assert not first.decides
    assert {q.item.id for s in (first, last) for q in s.questions} == {i.id for i in round_.items}
    nothing = round_of(store, opened(store, questionnaires=("buy-in",), title="Buy-in"))
    assert sittings(nothing) == ()


def test_progress_counts_answers_and_the_notes_beside_them(round_: WorkingGroupRound) -> None:
    first = sittings(round_)[0]
    practices = [question.item.id for question in first.questions if question.item.takes_note]
    one, two, three, four = practices[:4]
    found = progress(
        first,
        {
            one: AgreedRecord("in_place", "The plan", 1),
            two: AgreedRecord("dont_know", "", 1),
            three: AgreedRecord("", "Taken back, the note is left", 3),
            four: AgreedRecord("partly", "", 1),
            "fit.budget": AgreedRecord("families", "", 1),
        },
    )
    assert (found.answered, found.noted, found.done) == (3, 1, False)
    assert found.asked == len(first.questions)


def test_what_is_still_open_is_named(round_: WorkingGroupRound) -> None:
    first = sittings(round_)[0]
    every = [question.item.id for question in first.questions]
    one, two, three, four = [q.item.id for q in first.questions if q.item.takes_note][:4]
    rest = [item for item in every if item not in (one, two, three, four)]
    answers = {name: AgreedRecord("planned", "", 1) for name in rest} | {
        one: AgreedRecord("in_place", "", 1),
        two: AgreedRecord("in_place", "Minutes of 3 March", 1),
        three: AgreedRecord("did_not_agree:partly;in_place", "", 1),
        four: AgreedRecord("", "", 2),
    }
    found = open_questions(first, answers)
    assert [question.item.id for question in found.without_evidence] == [one]
    assert [question.item.id for question in found.not_agreed] == [three]
    assert [question.item.id for question in found.unanswered] == [four]
