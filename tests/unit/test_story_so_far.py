"""The story where there is little to go by: nothing unanswered is told as missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from assessment.reports.text import text
from assessment.services.results import context_of, so_far
from assessment.store import open_store
from assessment.story import Story, story
from assessment.story.round import Round
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
    assert of.start.title == "Too early to say"
    assert [point.text for point in of.start.reasons] == [
        "Nothing is known yet.",
        "None of the 16 basics is answered yet.",
        # One did, which is too few to be shown.
        "Fewer than five service users have answered, so their view cannot be shown.",
        "What people need is not said.",
        "Who has done peer work before is not said.",
        "How much risk you would take is not said.",
    ]
    # The headline counts alike.
    assert of.headline == (
        "Too early to say whether peer work may start. None of the 16 basics is answered yet."
    )
    gates = block(of, "gates")
    assert not gates.points and gates.table is not None
    assert {row[0] for row in gates.table.rows} == {"? not answered yet"}
    assert block(of, "blocked").finding.startswith("What you need is not answered yet")
    said = text(of)
    for word in ("not met", "not in place", "resamples", "%"):
        assert word not in said, word


def test_without_figures_the_first_steps_are_to_ask_and_to_answer() -> None:
    titles = [detail.title for detail in block(next_to_nothing(), "actions").details]
    assert titles == [
        "Answer sitting 1 together: what every start needs",
        "Invite service users to answer",
    ]


def test_a_gate_that_was_answered_with_no_is_not_met() -> None:
    practices = [item.id for item in library().items.values() if item.kind == "practice"]
    _, of = told({"agreed": dict.fromkeys(practices, "not_in_place")})
    gates = block(of, "gates")
    assert gates.table is not None
    states = {row[1]: row[0] for row in gates.table.rows}
    # What the groups say is still to come.
    open_ = {"A culture that is past groundwork", "People with lived experience have been heard"}
    assert {states.pop(name) for name in open_} == {"? not answered yet"}
    assert set(states.values()) == {"– not in place"}
    assert {point.text.split(". ")[0] for point in gates.points} == set(states)


def test_so_few_replies_are_neither_counted_nor_denied() -> None:
    assert next_to_nothing().meta == "Too few to be counted"
    assert told({})[1].meta == "Nobody has answered yet"


def test_one_reply_is_told_as_one() -> None:
    _, of = told({"groups": {"staff": group(1)}, "context": {"eligible": {"staff": 9}}})
    assert of.meta == "1 of 9 people answered (11%)"


def test_who_was_asked_and_did_not_answer_counts_in_the_rate() -> None:
    # 9 and 12 and 20; of the board of three nothing is said, whether they answered or not.
    heads = {"eligible": {"staff": 9, "manager": 12, "service_user": 20, "board": 3}}
    _, of = told({"groups": {"staff": group(1), "manager": group(2)}, "context": heads})
    assert of.meta == "3 of 41 people answered (7%)"


@pytest.mark.parametrize(
    ("closed", "said"),
    [
        # Nobody can know whether a file is all there is.
        (None, "6 people answered, until 20 December 2026"),
        (False, "6 people answered so far, open until 20 December 2026"),
        (True, "6 people answered, until 20 December 2026"),
    ],
)
def test_results_that_may_change_say_so_beside_who_answered(closed: bool | None, said: str) -> None:
    profile, _ = told({"groups": {"staff": group()}})
    context = profile.context.model_copy(update={"closes_on": date(2026, 12, 20)})
    of = story(replace(profile, context=context), {}, guidance(), Round(closed=closed))
    assert of.meta == said


def test_results_are_called_so_far_until_the_last_day(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/a.sqlite")
    last = date.today() + timedelta(days=30)
    record = opened(store, closes_on=last)
    assert context_of(record).closes_on == last
    assert "Numbers will change." in so_far(record, last)
    assert so_far(record, last + timedelta(days=1)) == ""
