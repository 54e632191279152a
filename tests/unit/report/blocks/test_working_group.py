"""What the results say of the working group: before it agreed, beside others, what it left open.

Steps of a practice, from 1: not in place, planned, partly, in place.
"""

from __future__ import annotations

from assessment.report.build import build_report
from assessment.report.model import Block, Report
from assessment.report.round_details import Round
from scoring.disclosure.before_agreement import ClassCounts, WhetherAgreed
from scoring.profile import profile
from scoring.result import Result, noted_answers
from tests.support.organisations import evaluated, guidance, read
from tests.support.reports import group, report_of, reported

SUPERVISOR, INTERVALS, COVER = (
    "supervision.named_supervisor",
    "supervision.agreed_intervals",
    "supervision.cover",
)
CLASSES = ("Not in place or planned", "Partly", "In place")


def rows(block: Block) -> list[tuple[str, ...]]:
    assert block.table is not None
    return list(block.table.texts)


def with_notes(agreed: dict[str, str]) -> Report:
    answers = read({"agreed": agreed})
    result = Result(profile(answers, guidance()), {}, guidance(), noted_answers(answers))
    return build_report(result)


def with_spreads() -> Report:
    before = {
        SUPERVISOR: WhetherAgreed(agree=True),
        INTERVALS: ClassCounts(CLASSES, (1, 3, 1), "few"),
        COVER: WhetherAgreed(agree=False),
    }
    agreed = {SUPERVISOR: "in_place", INTERVALS: "partly"}
    return report_of(evaluated({"agreed": agreed}), round_=Round(before=before))


def test_where_members_differed_stands_first_with_what_they_agreed_on() -> None:
    block = with_spreads().block("before_agreement")
    assert block.finding == "On two of three questions, members who answered alone differed"
    assert [row[1:] for row in rows(block)] == [
        ("Not in place or planned 1, partly 3, in place 1; a few could not say", "Partly"),
        ("They differed", "Not answered"),
        ("They agreed", "In place"),
    ]


def test_without_answers_given_alone_nothing_is_said_of_them() -> None:
    assert report_of(evaluated({"agreed": {SUPERVISOR: "in_place"}})).block(
        "before_agreement"
    ) == Block("before_agreement", "", "")


def test_what_others_claim_stands_beside_what_was_agreed_the_largest_difference_first() -> None:
    """By hand: managers say partly (3) of everything. Agreed: not in place (1), planned (2), and
    partly (3): they see the first two steps higher, the second one, and the third alike."""
    agreed = {INTERVALS: "planned", SUPERVISOR: "not_in_place", COVER: "partly"}
    _, report = reported({"agreed": agreed, "groups": {"manager": group(practice="partly")}})
    block = report.block("claimed")
    assert [row[1:] for row in rows(block)] == [
        ("Not in place", "Managers", "Partly", "2"),
        ("Planned", "Managers", "Partly", "1"),
        ("Partly", "Managers", "Partly", "0"),
    ]
    assert block.finding.startswith(
        "Managers see it higher than the working group (partly, agreed: not in place): "
    )
    assert len(block.points) == 1


def test_a_mean_between_two_steps_is_told_as_such() -> None:
    """Half of six managers say partly (3), half in place (4): 3.5."""
    items = {SUPERVISOR: ["partly", "in_place"] * 3}
    _, report = reported(
        {"agreed": {SUPERVISOR: "in_place"}, "groups": {"manager": group(items=items)}}
    )
    said = next(row for row in rows(report.block("claimed")) if row[2] == "Managers")
    assert said[3:] == ("Between partly and in place", "-0.5")


def test_a_hidden_group_claims_nothing() -> None:
    agreed = {SUPERVISOR: "not_in_place"}
    _, report = reported({"agreed": agreed, "groups": {"manager": group(3, practice="in_place")}})
    assert report.block("claimed") == Block("claimed", "", "")


def test_what_was_not_agreed_on_says_what_would_settle_it() -> None:
    report = with_notes({SUPERVISOR: "did_not_agree:planned;partly"})
    (detail,) = report.block("agreed").details
    assert detail.texts[0] == (
        "Members chose “planned” and “partly”. It opens nothing until they agree."
    )
    assert (
        "What would settle it: something that you can point to and that shows “partly”"
        in (detail.texts[1])
    )


def test_why_an_answer_was_given_and_changed_stands_beside_it() -> None:
    agreed = {
        SUPERVISOR: "in_place",
        f"{SUPERVISOR}.reason": "Ana began in March",
        f"{SUPERVISOR}.earlier": "planned",
        f"{SUPERVISOR}.earlier_reason": "It was in the budget",
        COVER: "partly",
        f"{COVER}.earlier": "in_place",
    }
    report = with_notes(agreed)
    assert [row[2] for row in rows(report.block("agreed"))] == [
        "“Ana began in March” When it was “planned”: “It was in the budget”",
        "Not said why it changed.",
    ]
