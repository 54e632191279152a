"""The working group's services: sittings, progress, and changes made by several at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from assessment.services.access.sessions import enter
from assessment.services.content import loaded
from assessment.services.respondents.answering import RefusedError
from assessment.services.results.round_results import answers_table, context_of, result
from assessment.services.working_group.agreed_answers import (
    ChangedMeanwhileError,
    WorkingGroupRound,
    agree,
    agreed,
    change,
    in_words,
    outside_its_days,
    working_group_round,
)
from assessment.services.working_group.sittings import (
    MAX_MINUTES,
    Sitting,
    make_up,
    progress,
    sittings,
    still_open,
)
from assessment.services.working_group.verdict import verdict
from assessment.store import Store, open_store
from assessment.store.records import AgreedRecord, AssessmentRecord
from scoring.answers.matrix import read_answers
from scoring.answers.validation import LONGEST_TEXT
from scoring.recommendation.prospects import own_basics
from scoring.result import AgreedAnswer, EarlierAnswer, noted_answers
from scoring.rules.conditions import Practice
from tests.assessments import opened

PRACTICE = "staff_buy_in.buy_in_plan"
NOTHING = AgreedRecord("", "", 0)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opening = open_store(f"sqlite:///{tmp_path / 'store.sqlite'}")
    yield opening
    opening.close()


@pytest.fixture
def record(store: Store) -> AssessmentRecord:
    return opened(store)


def sit_down(store: Store, record: AssessmentRecord) -> WorkingGroupRound:
    entered = enter(store, record.working_group.code, {})
    assert entered is not None
    table = working_group_round(store, entered.token)
    assert table is not None
    return table


@pytest.fixture
def table(store: Store, record: AssessmentRecord) -> WorkingGroupRound:
    return sit_down(store, record)


def stands(store: Store, table: WorkingGroupRound, item: str = PRACTICE) -> AgreedRecord:
    return agreed(store, table.record.id).get(item, NOTHING)


# Sittings


def test_the_sittings_hold_every_question_once_and_in_order(table: WorkingGroupRound) -> None:
    asked = {item.id for item in table.listed}
    cut = [question.item.id for sitting in sittings(table) for question in sitting.questions]
    assert len(cut) == len(set(cut))
    assert set(cut) == asked == set(table.questions)


def test_a_sitting_is_one_meeting_s_work(table: WorkingGroupRound) -> None:
    for sitting in sittings(table):
        assert sitting.minutes <= MAX_MINUTES == 90, sitting.title
        assert all(len(page.questions) <= 8 for page in sitting.pages)


def kinds(sitting: Sitting) -> list[bool]:
    """For each question whether it is a practice."""
    return [question.item.kind == "practice" for question in sitting.questions]


def test_the_first_sitting_asks_facts_first_then_all_that_every_start_needs(
    table: WorkingGroupRound,
) -> None:
    first, *others = sittings(table)
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
    store: Store, table: WorkingGroupRound
) -> None:
    quick = sit_down(store, opened(store, form="quick"))
    (only,) = sittings(quick)
    assert only.questions == sittings(table)[0].questions


FACTS = {
    "fit.needs": "isolation;families",
    "fit.main_need": "isolation",
    "fit.wants": "groups",
    "fit.wished_model": "one_to_one",
    "fit.people_experience": "none",
    "fit.organisation_experience": "none",
    "fit.already_running": "none",
    "fit.pay": "expenses_only",
    "fit.peers_are_clients": "no",
    "fit.risk_appetite": "low",
    "fit.staff_roles": "co_facilitate",
}


def know(store: Store, record: AssessmentRecord, **facts: str) -> WorkingGroupRound:
    """The table once some facts are agreed."""
    table = sit_down(store, record)
    for item, value in {**FACTS, **{f"fit.{name}": value for name, value in facts.items()}}.items():
        change(store, table, item, seen=stands(store, table, item), value=value)
    return sit_down(store, record)


def test_the_second_sitting_asks_what_the_start_and_the_wish_need(
    store: Store, record: AssessmentRecord
) -> None:
    table = know(store, record)
    first, second, *_ = sittings(table)
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
    table = know(store, record, pay="paid")
    kept = change(store, table, item, seen=NOTHING, value="partly", note="Citizens advice")
    table = know(store, record, pay="expenses_only")
    (left,) = [x for s in sittings(table) for x in s.left_out if x.question.item.id == item]
    assert left.because == (
        "the answer to “Will peer workers be paid?” is “Expenses only: the work is voluntary”"
    )
    assert item not in {q.item.id for s in sittings(table) for q in s.questions}
    assert stands(store, table, item) == kept
    table = know(store, record, pay="paid")
    assert item in {q.item.id for s in sittings(table) for q in s.questions}
    assert stands(store, table, item) == kept


def test_an_answer_that_does_not_apply_does_not_count_and_one_that_applies_again_does(
    store: Store, record: AssessmentRecord
) -> None:
    item = "payment_and_costs.benefits_advice"
    table = know(store, record, pay="paid")
    change(store, table, item, seen=NOTHING, value="in_place")

    def said() -> Practice:
        return result(store, record).profile.evidence.practices[item]

    assert (said().code, said().skipped) == ("in_place", "")
    know(store, record, pay="expenses_only")
    assert (said().code, said().score) == ("does_not_apply", 0.0)
    assert said().skipped.startswith("the answer to “Will peer workers be paid?”")
    know(store, record, pay="paid")
    assert (said().code, said().score) == ("in_place", 100.0)


# Go, or not yet


def in_place(store: Store, table: WorkingGroupRound, *but: str) -> WorkingGroupRound:
    """Every practice of the first sitting in place, except for some."""
    for question in sittings(table)[0].questions:
        item = question.item
        if item.kind == "practice" and item.id not in but:
            change(store, table, item.id, seen=stands(store, table, item.id), value="in_place")
    return table


def test_where_nobody_has_answered_it_is_too_early_to_say(
    store: Store, table: WorkingGroupRound
) -> None:
    found = verdict(table, agreed(store, table.record.id))
    assert found.state == "too_early"
    assert (len(found.met), len(found.open), len(found.unanswered)) == (0, 0, 14)
    assert found.start is None


def test_with_everything_in_place_it_is_a_go_and_the_start_is_named(
    store: Store, record: AssessmentRecord
) -> None:
    table = in_place(store, know(store, record))
    found = verdict(table, agreed(store, record.id))
    assert (found.state, len(found.met)) == ("go", 14)
    assert found.start is not None and found.start.offer.id == "co_host_activities"


def test_one_open_gate_and_it_is_not_yet(store: Store, record: AssessmentRecord) -> None:
    table = in_place(store, know(store, record), "supervision.cover")
    change(store, table, "supervision.cover", seen=NOTHING, value="planned")
    found = verdict(table, agreed(store, record.id))
    assert found.state == "not_yet"
    assert [result.gate.id for result in found.open] == ["named_supervisor"]
    assert len(found.met) == 13 and found.start is None


def test_advice_may_begin_without_what_only_other_starts_need(
    store: Store, record: AssessmentRecord
) -> None:
    table = in_place(store, know(store, record), "policies.insurance")
    found = verdict(table, agreed(store, record.id))
    assert found.state == "advice"
    assert [result.gate.id for result in found.unanswered] == ["insurance_and_safety"]


def test_while_advice_may_still_turn_out_possible_it_is_too_early(
    store: Store, record: AssessmentRecord
) -> None:
    """No insurance, which advice does not need; who supervises, which it needs, is not answered."""
    table = in_place(store, know(store, record), "policies.insurance", "supervision.cover")
    change(store, table, "policies.insurance", seen=NOTHING, value="not_in_place")
    found = verdict(table, agreed(store, record.id))
    assert [result.gate.id for result in found.open] == ["insurance_and_safety"]
    assert [result.gate.id for result in found.unanswered] == ["named_supervisor"]
    assert found.state == "too_early"


def test_sittings_part_no_section(table: WorkingGroupRound) -> None:
    ends = [sitting.sections[-1] for sitting in sittings(table)]
    begins = [sitting.sections[0] for sitting in sittings(table)]
    assert all(end != begin for end, begin in zip(ends, begins[1:], strict=False))


def test_a_sitting_is_named_after_what_it_is_about(table: WorkingGroupRound) -> None:
    titles = [sitting.title for sitting in sittings(table)]
    assert len(set(titles)) == len(titles)


def test_one_questionnaire_alone_is_cut_too(store: Store) -> None:
    table = sit_down(store, opened(store, questionnaires=("programme-fit",)))
    first, last = sittings(table)
    # Facts alone decide nothing.
    assert not first.decides
    assert {q.item.id for s in (first, last) for q in s.questions} == {i.id for i in table.listed}
    nothing = sit_down(store, opened(store, questionnaires=("buy-in",), title="Buy-in"))
    assert sittings(nothing) == ()


def test_progress_counts_answers_and_the_notes_beside_them(table: WorkingGroupRound) -> None:
    first = sittings(table)[0]
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


def test_what_is_still_open_is_named(table: WorkingGroupRound) -> None:
    first = sittings(table)[0]
    every = [question.item.id for question in first.questions]
    one, two, three, four = [q.item.id for q in first.questions if q.item.takes_note][:4]
    rest = [item for item in every if item not in (one, two, three, four)]
    answers = {name: AgreedRecord("planned", "", 1) for name in rest} | {
        one: AgreedRecord("in_place", "", 1),
        two: AgreedRecord("in_place", "Minutes of 3 March", 1),
        three: AgreedRecord("did_not_agree:partly;in_place", "", 1),
        four: AgreedRecord("", "", 2),
    }
    found = still_open(first, answers)
    assert [question.item.id for question in found.without_evidence] == [one]
    assert [question.item.id for question in found.not_agreed] == [three]
    assert [question.item.id for question in found.unanswered] == [four]


@pytest.mark.parametrize(
    ("members", "lived", "wanted"),
    # At least a third and at least two: of 6 that is 2, of 7 it is 3, of 3 it is 2.
    [(6, 2, None), (7, 2, 3), (3, 1, 2), (12, 3, 4), (12, 4, None)],
)
def test_a_working_group_with_few_with_lived_experience_is_told_how_many(
    record: AssessmentRecord, members: int, lived: int, wanted: int | None
) -> None:
    team = replace(record.working_group, members=members, members_lived_experience=lived)
    said = make_up(replace(record, working_group=team))
    assert said[0].startswith(f"{members} members, {lived} with lived experience")
    assert (len(said) > 2) == (wanted is not None)
    if wanted:
        assert f"At least {wanted} members should" in said[-1]
        # Nobody can join any more once the round is over.
        assert make_up(replace(record, working_group=team), over=True) == said[:-1]


def test_it_says_when_answers_are_taken(record: AssessmentRecord) -> None:
    dated = replace(record, opens_on=date(2026, 3, 3), closes_on=date(2026, 12, 20))
    assert "3 March 2026" in outside_its_days(dated, "early")
    assert "20 December 2026" in outside_its_days(dated, "closed")
    assert outside_its_days(dated, "open") == ""


# Changes by several at once


def test_an_answer_and_its_note_are_kept_with_a_rising_revision(
    store: Store, table: WorkingGroupRound
) -> None:
    first = change(store, table, PRACTICE, seen=NOTHING, value="partly")
    second = change(store, table, PRACTICE, seen=first, note="  The plan of March ")
    assert second == AgreedRecord("partly", "The plan of March", 2) == stands(store, table)
    third = change(store, table, PRACTICE, seen=second, value="")
    assert third == AgreedRecord("", "The plan of March", 3, "partly", "The plan of March")


FIRST_DAY, LATER = date(2026, 3, 3), date(2026, 4, 7)


def test_partly_that_became_in_place_is_still_told_with_its_note() -> None:
    partly = NOTHING.changed("partly", "The draft of March", FIRST_DAY)
    in_place = partly.changed("in_place", "The draft of March", FIRST_DAY)
    assert (in_place.earlier_value, in_place.note_is_older) == ("partly", True)
    signed = in_place.changed("in_place", "Signed in April", LATER)
    assert (signed.earlier_value, signed.earlier_note) == ("partly", "The draft of March")
    assert not signed.note_is_older


def test_an_answer_of_an_earlier_day_is_kept_without_a_note() -> None:
    partly = NOTHING.changed("partly", "", FIRST_DAY)
    assert partly.changed("in_place", "", LATER).earlier_value == "partly"
    taken_back = partly.changed("", "", LATER)
    assert taken_back.changed("in_place", "", LATER).earlier_value == "partly"


def test_a_slip_leaves_no_trace() -> None:
    slip = NOTHING.changed("planned", "", FIRST_DAY)
    assert slip.changed("partly", "", FIRST_DAY).earlier_value == ""
    partly = NOTHING.changed("partly", "The draft", FIRST_DAY)
    back = partly.changed("in_place", "The draft", LATER).changed("partly", "The draft", LATER)
    assert (back.value, back.earlier_value, back.earlier_note) == ("partly", "", "")
    assert not back.note_is_older


def test_nothing_new_is_not_kept_again(store: Store, table: WorkingGroupRound) -> None:
    first = change(store, table, PRACTICE, seen=NOTHING, value="partly")
    assert change(store, table, PRACTICE, seen=first, value="partly") == first
    assert change(store, table, PRACTICE, seen=NOTHING, value="") == NOTHING
    assert stands(store, table).revision == 1


def test_an_answer_and_a_note_by_two_people_are_both_kept(
    store: Store, table: WorkingGroupRound
) -> None:
    change(store, table, PRACTICE, seen=NOTHING, value="partly")
    both = change(store, table, PRACTICE, seen=NOTHING, note="The plan of March")
    assert both == AgreedRecord("partly", "The plan of March", 2) == stands(store, table)


def test_two_answers_at_once_leave_the_first_and_tell_the_second(
    store: Store, table: WorkingGroupRound
) -> None:
    first = change(store, table, PRACTICE, seen=NOTHING, value="partly")
    with pytest.raises(ChangedMeanwhileError) as told:
        change(store, table, PRACTICE, seen=NOTHING, value="in_place")
    assert told.value.now == first == stands(store, table)


def test_two_notes_at_once_leave_the_first_and_tell_the_second(
    store: Store, table: WorkingGroupRound
) -> None:
    change(store, table, PRACTICE, seen=NOTHING, note="Minutes")
    with pytest.raises(ChangedMeanwhileError) as told:
        change(store, table, PRACTICE, seen=NOTHING, note="Plan")
    assert told.value.now.note == "Minutes" == stands(store, table).note


def test_the_same_answer_by_two_people_is_agreement(store: Store, table: WorkingGroupRound) -> None:
    first = change(store, table, PRACTICE, seen=NOTHING, value="partly")
    assert change(store, table, PRACTICE, seen=NOTHING, value="partly") == first


def test_who_takes_back_what_somebody_changed_is_told(
    store: Store, table: WorkingGroupRound
) -> None:
    seen = change(store, table, PRACTICE, seen=NOTHING, value="partly")
    change(store, table, PRACTICE, seen=seen, value="in_place")
    with pytest.raises(ChangedMeanwhileError):
        change(store, table, PRACTICE, seen=seen, value="")
    assert stands(store, table).value == "in_place"


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
    store: Store, table: WorkingGroupRound, item: str, value: str, note: str
) -> None:
    with pytest.raises(RefusedError):
        agree(store, table, item, value, note, after=0)
    assert agreed(store, table.record.id) == {}


def test_outside_its_days_an_assessment_takes_no_answer(store: Store) -> None:
    today = date.today()
    for days, said in (((1, 9), "^Opens on "), ((-9, -1), "^Closed: the last day for answers")):
        opens, closes = (today + timedelta(day) for day in days)
        table = sit_down(store, opened(store, opens_on=opens, closes_on=closes))
        with pytest.raises(RefusedError, match=said):
            agree(store, table, PRACTICE, "partly", "", after=0)


def test_markup_formulas_and_signs_stay_text(store: Store, table: WorkingGroupRound) -> None:
    for note in ("=1+1", "<script>alert(1)</script>", "naïve ☂ 'quoted' \"twice\"", "two\nlines"):
        change(store, table, PRACTICE, seen=stands(store, table), note=note)
        assert stands(store, table).note == note


def test_what_is_agreed_reaches_scoring_as_it_stands(
    store: Store, table: WorkingGroupRound
) -> None:
    change(store, table, PRACTICE, seen=NOTHING, value="did_not_agree:partly;in_place", note="Why")
    kept = change(store, table, "fit.needs", seen=NOTHING, value="families;isolation")
    change(store, table, "fit.needs", seen=kept, value="")
    rows = answers_table(store, table.record)[["group", "item", "value"]].values.tolist()
    assert rows == [
        ["working_group", PRACTICE, "did_not_agree:partly;in_place"],
        ["working_group", f"{PRACTICE}.note", "Why"],
    ]


def test_what_an_answer_was_reaches_the_results_and_a_file_alike(
    store: Store, table: WorkingGroupRound
) -> None:
    was = change(store, table, PRACTICE, seen=NOTHING, value="partly", note="The draft")
    change(store, table, PRACTICE, seen=was, value="in_place", note="The signed plan")
    told = result(store, table.record)
    answer = AgreedAnswer(
        PRACTICE, "in_place", (), "The signed plan", EarlierAnswer("partly", (), "The draft")
    )
    assert told.agreed == (answer,)
    file = answers_table(store, table.record)
    assert file[["item", "value"]].values.tolist() == [
        [PRACTICE, "in_place"],
        [f"{PRACTICE}.note", "The signed plan"],
        [f"{PRACTICE}.earlier", "partly"],
        [f"{PRACTICE}.earlier_note", "The draft"],
    ]
    assert noted_answers(read_answers(file, table.library, context_of(table.record))) == (answer,)


def test_what_a_questionnaire_that_was_left_out_asks_is_not_missing(store: Store) -> None:
    """Without principles their domain is no gap in the answers; and where all that a length asks
    was chosen nothing is said of it."""
    asked = tuple(q.id for q in loaded.library().questionnaires)
    whole = opened(store, questionnaires=asked)
    assert context_of(whole).questionnaires == ()
    some = opened(store, questionnaires=tuple(n for n in asked if n != "coproduction-principles"))
    with store.write() as work:
        work.responses.add("r1", some.id, "staff", {"belief_in_peers.experts": "agree"}, {})
        work.responses.add("r2", whole.id, "staff", {"belief_in_peers.experts": "agree"}, {})
        work.commit()
    assert "principles" in result(store, whole).profile.readiness.missing
    assert "principles" not in result(store, some).profile.readiness.missing


def test_only_the_working_group_sits_at_the_table(store: Store, record: AssessmentRecord) -> None:
    entered = enter(store, record.group("staff").code, {})
    assert entered is not None
    assert working_group_round(store, entered.token) is None
    assert working_group_round(store, None) is None
    assert working_group_round(store, "forged") is None


def test_answers_are_told_in_words(table: WorkingGroupRound) -> None:
    practice, needs = table.questions[PRACTICE], table.questions["fit.needs"]
    assert in_words(practice, "in_place") == "In place"
    assert in_words(practice, "dont_know") == "I don't know"
    assert in_words(practice, "did_not_agree:planned;partly") == "We did not agree: Planned, Partly"
    labels = {choice.code: choice.label for choice in needs.choices}
    assert in_words(needs, "families;isolation") == f"{labels['families']}, {labels['isolation']}"
