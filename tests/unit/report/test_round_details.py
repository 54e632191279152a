"""The report where there is little to go by: nothing unanswered is told as missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from assessment.render.text import report_text
from assessment.report.model import Report
from assessment.report.round_details import Round
from tests.support.organisations import library
from tests.support.reports import block, group, report_of, reported


def next_to_nothing() -> Report:
    """One reply, and three practices agreed."""
    practices = [item.id for item in library().items.values() if item.kind == "practice"][:3]
    agreed = dict.fromkeys(practices, "in_place")
    return reported({"agreed": agreed, "groups": {"service_user": group(1)}})[1]


def test_what_nobody_has_answered_is_not_called_missing() -> None:
    of = next_to_nothing()
    assert of.start.title == "Too early to say"
    gates = block(of, "gates")
    assert not gates.points and gates.table is not None
    assert {row[0] for row in gates.table.texts} == {"? not answered yet"}
    assert {sign.state for sign in gates.signs} == {"unanswered"}
    assert block(of, "blocked").finding.startswith("What you need is not answered yet")
    text = report_text(of)
    assert "not in place" not in text.lower() and "resamples" not in text


def test_without_figures_the_first_steps_are_to_answer_and_to_ask() -> None:
    titles = [detail.title for detail in block(next_to_nothing(), "actions").details]
    assert titles == [
        "Answer sitting 1 together: what every start needs",
        "Invite more service users to answer",
    ]


def test_a_gate_that_was_answered_with_no_is_not_in_place() -> None:
    practices = [item.id for item in library().items.values() if item.kind == "practice"]
    _, of = reported({"agreed": dict.fromkeys(practices, "not_in_place")})
    gates = block(of, "gates")
    assert gates.table is not None
    assert "– not in place" in {row[0] for row in gates.table.texts} and gates.points


def test_few_replies_are_not_counted_one_by_one() -> None:
    # A group under the minimum whose head count nobody knows: its count could name a person.
    assert next_to_nothing().meta == "A few people answered"
    _, of = reported({"groups": {"staff": group(5), "manager": group(6)}})
    assert of.meta == "11 people answered"


def test_the_rate_counts_everybody_who_was_invited() -> None:
    # 6 staff of 10 and 5 managers of 5 answered, of 5 board members nobody: 11 of 20 is 55 %.
    context = {"eligible": {"staff": 10, "manager": 5, "board": 5}}
    _, of = reported({"context": context, "groups": {"staff": group(6), "manager": group(5)}})
    assert of.meta == "11 of 20 people answered (55%)"


def test_where_a_group_is_too_small_to_be_shown_the_rate_says_that_it_is_not_counted() -> None:
    # 7 staff of 10 answered, and 2 peer workers of 3, who are in no count.
    context = {"eligible": {"staff": 10, "peer_worker": 3}, "closes_on": date(2026, 12, 20)}
    groups = {"staff": group(7), "peer_worker": group(2)}
    not_counting = "not counting groups too small to be shown, until 20 December 2026"
    _, of = reported({"context": context, "groups": groups})
    assert of.meta == f"7 of 10 people answered (70%), {not_counting}"
    # The same where none of them did: nobody may see which.
    _, none = reported({"context": context, "groups": {"staff": group(7)}})
    assert none.meta == of.meta
    # Three staff of ten are too few to be shown, but are counted.
    _, few = reported({"context": {"eligible": {"staff": 10}}, "groups": {"staff": group(3)}})
    assert few.meta == "3 of 10 people answered (30%)"


def test_until_when_people_could_answer_is_told_with_the_hour_where_it_is_known() -> None:
    profile, _ = reported({"groups": {"staff": group()}})
    context = profile.context.model_copy(update={"closes_on": date(2026, 12, 20)})
    profile = replace(profile, context=context)
    assert report_of(profile).meta == "6 people answered, until 20 December 2026"
    told = Round(closed=True, until="Sunday 20 December 2026, midnight (London time)")
    assert report_of(profile, round_=told).meta == (
        "6 people answered, until Sunday 20 December 2026, midnight (London time)"
    )
