"""The story where there is little to go by: nothing unanswered is told as missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from assessment.reports.text import text
from assessment.services.results import context_of, so_far
from assessment.store import open_store
from assessment.story import Story, story
from tests.assessments import opened
from tests.organisations import guidance, library
from tests.stories import block, group, told


def next_to_nothing() -> Story:
    """One reply, and three practices agreed."""
    practices = [item.id for item in library().items.values() if item.kind == "practice"][:3]
    agreed = dict.fromkeys(practices, "in_place")
    return told({"agreed": agreed, "groups": {"service_user": group(1)}})[1]


def test_what_nobody_has_answered_is_not_called_unmet() -> None:
    of = next_to_nothing()
    assert [point.text for point in of.start.reasons] == [
        "None of the 13 basics that all peer work needs is answered yet."
    ]
    gates = block(of, "gates")
    assert not gates.points and gates.table is not None
    assert {row[0] for row in gates.table.rows} == {"? not answered yet"}
    assert block(of, "blocked").finding.startswith("What you need is not answered yet")
    said = text(of)
    assert "not met" not in said and "resamples" not in said


def test_without_figures_the_first_steps_are_to_ask_and_to_answer() -> None:
    titles = [detail.title for detail in block(next_to_nothing(), "actions").details]
    assert titles == [
        "Invite service users to answer",
        "Answer the working group's questions, beginning with sitting 1",
    ]


def test_a_gate_that_was_answered_with_no_is_not_met() -> None:
    practices = [item.id for item in library().items.values() if item.kind == "practice"]
    _, of = told({"agreed": dict.fromkeys(practices, "not_in_place")})
    gates = block(of, "gates")
    assert gates.table is not None
    assert "– not met" in {row[0] for row in gates.table.rows} and gates.points


def test_one_reply_is_told_as_one() -> None:
    heads = {"eligible": {"staff": 9, "manager": 12}}
    _, of = told({"groups": {"staff": group(1), "manager": group(2)}, "context": heads})
    assert of.meta == "3 people answered: 1 member of staff, 2 managers"


def test_a_count_that_could_say_who_replied_is_not_told() -> None:
    """Of service users nobody knows how many they are; of the board there are three."""
    assert next_to_nothing().meta == "Not counted, being so few: service users"
    heads = {"eligible": {"staff": 9, "board": 3}}
    answered, silent = (
        told({"groups": {"staff": group(1), **more}, "context": heads})[1].meta
        for more in ({"board": group(3)}, {})
    )
    said = "1 person answered: 1 member of staff; not counted, being so few: board members"
    assert answered == silent == said


def test_results_that_may_change_say_so_beside_who_answered() -> None:
    profile, _ = told({"groups": {"staff": group()}})
    context = profile.context.model_copy(update={"closes_on": date(2026, 12, 20)})
    of = story(replace(profile, context=context), {}, guidance())
    assert of.meta == (
        "6 people answered: 6 staff. "
        "Last day for answers: 20 December 2026; until then numbers can change"
    )


def test_results_are_called_so_far_until_the_last_day(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/a.sqlite")
    last = date.today() + timedelta(days=30)
    record = opened(store, closes_on=last)
    assert context_of(record).closes_on == last
    assert "Numbers will change." in so_far(record, last)
    assert so_far(record, last + timedelta(days=1)) == ""
