"""Go, or not yet: what the answers of the working group come to so far."""

from __future__ import annotations

from assessment.services.working_group.agreed_answers import WorkingGroupRound, agreed, change
from assessment.services.working_group.sittings import sittings
from assessment.services.working_group.verdict import verdict
from assessment.store import Store
from assessment.store.records import AssessmentRecord
from tests.support.working_group import NOTHING, know, stored


def in_place(store: Store, round_: WorkingGroupRound, *but: str) -> WorkingGroupRound:
    """Every practice of the first sitting in place, except for some."""
    for question in sittings(round_)[0].questions:
        item = question.item
        if item.kind == "practice" and item.id not in but:
            change(store, round_, item.id, seen=stored(store, round_, item.id), value="in_place")
    return round_


def test_where_nobody_has_answered_it_is_too_early_to_say(
    store: Store, round_: WorkingGroupRound
) -> None:
    found = verdict(round_, agreed(store, round_.record.id))
    assert found.state == "too_early"
    assert (len(found.met), len(found.open), len(found.unanswered)) == (0, 0, 14)
    assert found.start is None


def test_with_everything_in_place_it_is_a_go_and_the_start_is_named(
    store: Store, record: AssessmentRecord
) -> None:
    round_ = in_place(store, know(store, record))
    found = verdict(round_, agreed(store, record.id))
    assert (found.state, len(found.met)) == ("go", 14)
    assert found.start is not None and found.start.offer.id == "co_host_activities"


def test_one_open_gate_and_it_is_not_yet(store: Store, record: AssessmentRecord) -> None:
    round_ = in_place(store, know(store, record), "supervision.cover")
    change(store, round_, "supervision.cover", seen=NOTHING, value="planned")
    found = verdict(round_, agreed(store, record.id))
    assert found.state == "not_yet"
    assert [result.gate.id for result in found.open] == ["named_supervisor"]
    assert len(found.met) == 13 and found.start is None


def test_advice_may_begin_without_what_only_other_starts_need(
    store: Store, record: AssessmentRecord
) -> None:
    round_ = in_place(store, know(store, record), "policies.insurance")
    found = verdict(round_, agreed(store, record.id))
    assert found.state == "advice"
    assert [result.gate.id for result in found.unanswered] == ["insurance_and_safety"]


def test_while_advice_may_still_turn_out_possible_it_is_too_early(
    store: Store, record: AssessmentRecord
) -> None:
    """No insurance, which advice does not need; who supervises, which it needs, is not answered."""
    round_ = in_place(store, know(store, record), "policies.insurance", "supervision.cover")
    change(store, round_, "policies.insurance", seen=NOTHING, value="not_in_place")
    found = verdict(round_, agreed(store, record.id))
    assert [result.gate.id for result in found.open] == ["insurance_and_safety"]
    assert [result.gate.id for result in found.unanswered] == ["named_supervisor"]
    assert found.state == "too_early"
