"""The working group's services: sittings, progress, and changes made by several at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from assessment.services.answering import RefusedError
from assessment.services.results import answers_table
from assessment.services.seats import enter
from assessment.services.sittings import MOST_MINUTES, make_up, progress, sittings, still_open
from assessment.services.together import (
    ChangedMeanwhileError,
    Table,
    agree,
    agreed,
    change,
    in_words,
    outside_its_days,
    table_of,
)
from assessment.store import Store, open_store
from assessment.store.records import AgreedRecord, AssessmentRecord
from scoring.answer_checks import LONGEST_TEXT
from tests.assessments import opened

PRACTICE = "staff_buy_in.buy_in_plan"
NOTHING = AgreedRecord("", "", 0)
#: What these rest on is asked of groups only.
NO_PRACTICES = ("principles", "participation")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opening = open_store(f"sqlite:///{tmp_path / 'store.sqlite'}")
    yield opening
    opening.close()


@pytest.fixture
def record(store: Store) -> AssessmentRecord:
    return opened(store)


def sit_down(store: Store, record: AssessmentRecord) -> Table:
    entered = enter(store, record.working_group.code, {})
    assert entered is not None
    table = table_of(store, entered.token)
    assert table is not None
    return table


@pytest.fixture
def table(store: Store, record: AssessmentRecord) -> Table:
    return sit_down(store, record)


def stands(store: Store, table: Table, item: str = PRACTICE) -> AgreedRecord:
    return agreed(store, table.record.id).get(item, NOTHING)


# Sittings


def test_the_sittings_hold_every_question_once(table: Table) -> None:
    cut = [question.item.id for sitting in sittings(table) for question in sitting.questions]
    assert len(cut) == len(set(cut))
    assert set(cut) == {item.id for item in table.listed}
    assert len(cut) == 187  # 153 practices and 34 facts


def test_a_sitting_keeps_the_order_of_its_questionnaires_facts_first(table: Table) -> None:
    order = {name: place for place, name in enumerate(table.library.items)}
    for sitting in sittings(table):
        asked = [(q.item.kind == "practice", order[q.item.id]) for q in sitting.questions]
        assert asked == sorted(asked), sitting.title


def test_a_sitting_is_one_meeting_s_work(table: Table) -> None:
    first, *others = sittings(table)
    # What every start needs is asked in one sitting of about 75 minutes.
    assert 60 <= first.minutes <= 80
    for sitting in (first, *others):
        assert 20 <= sitting.minutes <= MOST_MINUTES == 90, sitting.title
        assert 9 <= len(sitting.questions) <= 35, sitting.title
        assert all(len(page.questions) <= 8 for page in sitting.pages)
    for sitting in others:
        assert len({page.questionnaire for page in sitting.pages}) == 1


def test_the_first_sitting_decides_and_is_the_whole_of_a_quick_look(
    store: Store, table: Table
) -> None:
    first, *others = sittings(table)
    assert first.decides and not any(sitting.decides for sitting in others)
    (only,) = sittings(sit_down(store, opened(store, form="quick")))
    assert only == first


def test_sittings_part_no_section(table: Table) -> None:
    ends = [sitting.sections[-1] for sitting in sittings(table)]
    begins = [sitting.sections[0] for sitting in sittings(table)]
    assert all(end != begin for end, begin in zip(ends, begins[1:], strict=False))


def test_a_sitting_is_named_after_what_it_is_about(table: Table) -> None:
    titles = [sitting.title for sitting in sittings(table)]
    assert len(set(titles)) == len(titles)
    # A domain at a time, in their order; two of them hold no practices.
    domains = [d.title for d in table.library.domains.values() if d.id not in NO_PRACTICES]
    parts = [title.partition(", part ")[0] for title in titles]
    assert list(dict.fromkeys(parts)) == [
        "What every start needs",
        *domains,
        "What else you know and decide",
    ]


def test_one_questionnaire_alone_is_cut_too(store: Store) -> None:
    table = sit_down(store, opened(store, questionnaires=("programme-fit",)))
    first, rest = sittings(table)
    assert (len(first.questions), len(rest.questions)) == (13, 21)
    # Facts alone decide nothing.
    assert not first.decides
    assert sittings(replace(table, record=replace(table.record, questionnaires={}))) == ()


def test_what_the_start_and_the_wish_need_comes_second(store: Store, table: Table) -> None:
    """Accompaniment answers the need and the wish: who goes with people needs to know what to do
    where somebody falls ill on the way (our judgement)."""
    change(store, table, "fit.needs", seen=NOTHING, value="healthcare_access")
    change(store, table, "fit.wished_model", seen=NOTHING, value="one_to_one")
    table = sit_down(store, table.record)
    second = sittings(table)[1]
    assert second.title == "What your start and your wish need"
    assert "accompaniment to appointments" in second.about
    assert "policies.ill_on_the_way" in {question.item.id for question in second.questions}
    cut = [question.item.id for sitting in sittings(table) for question in sitting.questions]
    assert len(cut) == len(set(cut))


def test_what_does_not_apply_is_named_beside_its_section_with_the_reason(
    store: Store, table: Table
) -> None:
    change(store, table, "fit.pay", seen=NOTHING, value="expenses_only")
    table = sit_down(store, table.record)
    asked = {q.item.id for sitting in sittings(table) for q in sitting.questions}
    left = {out.question.item.id: out.because for s in sittings(table) for out in s.left_out}
    assert asked.isdisjoint(left)
    assert asked | set(left) == {item.id for item in table.listed}
    assert "payment_and_costs.living_wage" in left
    assert "“Expenses only: the work is voluntary”" in left["payment_and_costs.living_wage"]


def test_progress_counts_answers_and_the_notes_beside_them(table: Table) -> None:
    sitting = sittings(table)[1]
    one, two, three, four = [question.item.id for question in sitting.questions][:4]
    found = progress(
        sitting,
        {
            one: AgreedRecord("in_place", "The plan", 1),
            two: AgreedRecord("dont_know", "", 1),
            three: AgreedRecord("", "Taken back, the note is left", 3),
            four: AgreedRecord("partly", "", 1),
            "fit.needs": AgreedRecord("families", "", 1),
        },
    )
    assert (found.answered, found.noted, found.done) == (3, 1, False)
    assert found.asked == len(sitting.questions)


def test_what_is_still_open_is_named(table: Table) -> None:
    sitting = sittings(table)[1]
    one, two, three, four, *rest = [question.item.id for question in sitting.questions]
    answers = {name: AgreedRecord("planned", "", 1) for name in rest} | {
        one: AgreedRecord("in_place", "", 1),
        two: AgreedRecord("in_place", "Minutes of 3 March", 1),
        three: AgreedRecord("did_not_agree:partly;in_place", "", 1),
        four: AgreedRecord("", "", 2),
    }
    found = still_open(sitting, answers)
    assert [question.item.id for question in found.shown_by_nothing] == [one]
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


def test_an_answer_and_its_note_are_kept_with_a_rising_revision(store: Store, table: Table) -> None:
    first = change(store, table, PRACTICE, seen=NOTHING, value="partly")
    second = change(store, table, PRACTICE, seen=first, note="  The plan of March ")
    assert second == AgreedRecord("partly", "The plan of March", 2) == stands(store, table)
    third = change(store, table, PRACTICE, seen=second, value="")
    assert third == AgreedRecord("", "The plan of March", 3)


def test_nothing_new_is_not_kept_again(store: Store, table: Table) -> None:
    first = change(store, table, PRACTICE, seen=NOTHING, value="partly")
    assert change(store, table, PRACTICE, seen=first, value="partly") == first
    assert change(store, table, PRACTICE, seen=NOTHING, value="") == NOTHING
    assert stands(store, table).revision == 1


def test_an_answer_and_a_note_by_two_people_are_both_kept(store: Store, table: Table) -> None:
    change(store, table, PRACTICE, seen=NOTHING, value="partly")
    both = change(store, table, PRACTICE, seen=NOTHING, note="The plan of March")
    assert both == AgreedRecord("partly", "The plan of March", 2) == stands(store, table)


def test_two_answers_at_once_leave_the_first_and_tell_the_second(
    store: Store, table: Table
) -> None:
    first = change(store, table, PRACTICE, seen=NOTHING, value="partly")
    with pytest.raises(ChangedMeanwhileError) as told:
        change(store, table, PRACTICE, seen=NOTHING, value="in_place")
    assert told.value.now == first == stands(store, table)


def test_two_notes_at_once_leave_the_first_and_tell_the_second(store: Store, table: Table) -> None:
    change(store, table, PRACTICE, seen=NOTHING, note="Minutes")
    with pytest.raises(ChangedMeanwhileError) as told:
        change(store, table, PRACTICE, seen=NOTHING, note="Plan")
    assert told.value.now.note == "Minutes" == stands(store, table).note


def test_the_same_answer_by_two_people_is_agreement(store: Store, table: Table) -> None:
    first = change(store, table, PRACTICE, seen=NOTHING, value="partly")
    assert change(store, table, PRACTICE, seen=NOTHING, value="partly") == first


def test_who_takes_back_what_somebody_changed_is_told(store: Store, table: Table) -> None:
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
    store: Store, table: Table, item: str, value: str, note: str
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


def test_markup_formulas_and_signs_stay_text(store: Store, table: Table) -> None:
    for note in ("=1+1", "<script>alert(1)</script>", "naïve ☂ 'quoted' \"twice\"", "two\nlines"):
        change(store, table, PRACTICE, seen=stands(store, table), note=note)
        assert stands(store, table).note == note


def test_what_is_agreed_reaches_scoring_as_it_stands(store: Store, table: Table) -> None:
    change(store, table, PRACTICE, seen=NOTHING, value="did_not_agree:partly;in_place", note="Why")
    kept = change(store, table, "fit.needs", seen=NOTHING, value="families;isolation")
    change(store, table, "fit.needs", seen=kept, value="")
    rows = answers_table(store, table.record)[["group", "item", "value"]].values.tolist()
    assert rows == [
        ["working_group", PRACTICE, "did_not_agree:partly;in_place"],
        ["working_group", f"{PRACTICE}.note", "Why"],
    ]


def test_only_the_working_group_sits_at_the_table(store: Store, record: AssessmentRecord) -> None:
    entered = enter(store, record.group("staff").code, {})
    assert entered is not None
    assert table_of(store, entered.token) is None
    assert table_of(store, None) is None
    assert table_of(store, "forged") is None


def test_answers_are_told_in_words(table: Table) -> None:
    practice, needs = table.questions[PRACTICE], table.questions["fit.needs"]
    assert in_words(practice, "in_place") == "In place"
    assert in_words(practice, "dont_know") == "I don't know"
    assert in_words(practice, "did_not_agree:planned;partly") == "We did not agree: Planned, Partly"
    assert in_words(needs, "families;isolation") == (
        "Families are worn out and left out, People are alone"
    )
