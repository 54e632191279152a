"""What was not asked, or is not answered, is never told as missing; nor as sure as it is not."""

from __future__ import annotations

from typing import Any

import pytest

from assessment.report.blocks.concerns import cautions
from assessment.report.chart_specifications import HeatChart
from assessment.report.explanations.domains import overall_explanation
from assessment.report.headline import headline
from assessment.report.tables import NoNumber
from assessment.report.terms import risk_point_in_words
from assessment.report.wording.flags import flag_in_words
from assessment.services.content.explaining.content import read_content
from assessment.services.content.explaining.links import Links
from scoring.profile import Profile
from scoring.recommendation.offers import RISK, consider
from scoring.result import noted_answers
from scoring.rules.conditions import Evidence
from tests.support.organisations import evaluated, guidance, library, merged, read
from tests.support.reports import block, chart, reported
from tests.support.scenarios import base

HEADS = {"service_user": 8, "peer_worker": 6, "staff": 12, "manager": 5, "board": 5}
ONE_TO_ONE = {
    "fit.needs": ["someone_alongside"],
    "fit.main_need": "someone_alongside",
    "fit.wished_model": "one_to_one",
    "fit.wants": ["one_to_one"],
}


def ready(**change: Any) -> dict[str, Any]:
    return merged(base("ready_for_anything"), change)


def profile(**change: Any) -> Profile:
    return evaluated(ready(**change))


def quick(**facts: Any) -> dict[str, Any]:
    """A quick look that asks what it asks, with everything that it asks about in place."""
    return ready(only_asked=True, context={"form": "quick"}, facts=facts)


# What is not answered could also turn out not to apply, or lower a risk


def test_a_gate_that_may_not_apply_is_not_answered() -> None:
    advice = {"payment_and_costs.benefits_advice": "not_in_place"}
    found = profile(agreed=advice, facts={"fit.pay": None})
    assert not found.gates["benefits_advice"].answered
    assert found.recommendation.because == "too_early"
    found = profile(agreed=advice, facts={"fit.pay": "paid"})
    assert found.gates["benefits_advice"].answered


def test_a_risk_is_called_too_high_only_where_what_lowers_it_was_answered() -> None:
    _, report = reported(quick(**ONE_TO_ONE))
    (row,) = (r for r in block(report, "blocked").table.texts if r[0] == "Buddying on site")
    assert "too high" not in row[2] and "what would lower its risk" in row[2]
    safeguards = ("supervision.peer_supervision", "personal_support.outside_support")
    safeguards += ("boundaries.disclosure_choice", "boundaries.changed_relationships")
    _, report = reported(ready(facts=ONE_TO_ONE, agreed=dict.fromkeys(safeguards, "not_in_place")))
    (row,) = (r for r in block(report, "blocked").table.texts if r[0] == "Buddying on site")
    assert "too high" in row[2]


def test_what_stays_at_high_risk_with_every_safeguard_is_never_too_early_to_say() -> None:
    """Overdose response can be no start, so what it still has to answer changes nothing."""
    facts = {"fit.needs": ["overdose"], "fit.main_need": "overdose"}
    facts |= {"fit.staff_roles": ["co_facilitate"]}
    unanswered = ("policies.lone_working", "supervision.peer_supervision")
    found = profile(facts=facts, agreed=dict.fromkeys(unanswered))
    offers = {r.offer.id: r for r in found.recommendation.offers}
    assert set(offers["overdose_response"].blocked_by) >= {RISK, "lone_working"}
    assert found.recommendation.because == "no_need_answered"


def test_a_safeguard_that_nobody_has_answered_is_not_called_missing() -> None:
    nothing = consider(guidance().offers["buddying"], guidance(), Evidence(library()))
    reasons = [
        risk_point_in_words(point) for point in nothing.risk.points if point.kind == "safeguard"
    ]
    assert reasons and all(text.startswith("Not known to be in place: ") for text in reasons)


# The headline


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, "A mixed programme would answer no need that you named."),
        (
            {"agreed": {"role_design.voluntary_for_people": "planned"}},
            "Not yet ready for a mixed programme.",
        ),
        (
            {"agreed": {"role_design.voluntary_for_people": None}},
            "Too little is answered to say whether you are ready for a mixed programme.",
        ),
    ],
)
def test_not_yet_is_said_only_where_something_is_known_to_stand_in_the_way(
    change: dict[str, Any], expected: str
) -> None:
    assert headline(profile(**change))[-1] == expected


def test_of_a_kind_that_nobody_wished_for_nothing_is_said_that_is_not_known() -> None:
    assert "Not yet" not in " ".join(headline(profile(facts={"fit.wished_model": None})))


# What facts leave out does not apply


def without_pay(**agreed: str) -> dict[str, Any]:
    return ready(facts={"fit.pay": "expenses_only"}, agreed=agreed)


def test_a_weak_dimension_is_not_answered_by_what_does_not_apply() -> None:
    weak = [i.id for i in library().items.values() if i.dimension == "payment_and_costs"]
    agreed = dict.fromkeys((i for i in weak if library().items[i].kind == "practice"), "partly")
    _, report = reported(without_pay(**agreed))
    titles = {detail.title for detail in block(report, "actions").details}
    skipped = evaluated(without_pay()).skipped
    idle = [a.title for a in guidance().actions.values() if a.brings and {*a.brings} <= {*skipped}]
    assert idle and not titles & set(idle)


def test_a_response_waits_for_nothing_that_does_not_apply() -> None:
    (answer,) = (r for r in guidance().responses if r.id == "answer_paid")
    assert cautions(answer, evaluated(without_pay())) == ()
    assert cautions(answer, profile(agreed={"payment_and_costs.benefits_advice": "partly"}))


def test_nobody_agreed_what_follows_from_a_fact() -> None:
    item = "payment_and_costs.benefits_advice"
    noted_ = {item: "in_place", f"{item}.note": "Ms Ode, on Mondays"}
    assert [entry.item for entry in noted_answers(read(ready(agreed=noted_)))] == [item]
    assert noted_answers(read(without_pay(**noted_))) == ()


# What was not asked


def test_a_condition_that_a_quick_look_leaves_out_was_not_asked() -> None:
    _, report = reported(quick(**ONE_TO_ONE))
    points = [p.text for detail in block(report, "kinds").details for p in detail.points]
    (point,) = (
        text for text in points if text.startswith("A private room.") and "buddying" in text
    )
    assert "Not asked" in point and "Not answered" not in point
    _, report = reported(ready(facts=ONE_TO_ONE, agreed={"space.private_room": None}))
    points = [p.text for detail in block(report, "kinds").details for p in detail.points]
    assert any("A private room. Not answered yet." in text for text in points)


def test_a_quick_look_has_no_band_that_could_be_uncertain() -> None:
    training = [i.id for i in library().items.values() if i.dimension == "training"]
    agreed = dict.fromkeys(training, "dont_know")
    nobody = {group: {"by_kind": {"practice": None}} for group in HEADS}
    for form in ("quick", "full"):
        found = profile(agreed=agreed, groups=nobody, context={"form": form})
        (flag,) = (flag_in_words(f, found) for f in found.quality if f.flag == "critical_unknown")
        assert ("uncertain" in flag) == (form == "full")


def test_practices_that_the_working_group_was_asked_are_not_called_not_asked() -> None:
    organisation = ready()
    organisation["practices"] = None
    organisation["agreed"] = {"supervision.named_supervisor": "in_place"}
    organisation["agreed"] |= {"supervision.agreed_intervals": "in_place"}
    organisation["agreed"] |= dict.fromkeys(
        (i.id for i in library().items.values() if i.dimension == "supervision"), "in_place"
    )
    _, report = reported(organisation)
    heat = chart(report, "groups", HeatChart)
    at = [name for name, _ in heat.columns].index("agreed")
    agreed = {row.cells[0]: row.cells[at + 1] for row in heat.rows if not row.strong}
    assert agreed["Space"] == NoNumber("not agreed")
    assert agreed["Valued input"] == NoNumber("not asked")


# Why something is not certain


def test_a_gate_that_nobody_has_answered_holds_no_band_down() -> None:
    agreed = {"policies.safeguarding_route": None, "confidentiality.protocol": "not_in_place"}
    sentences = overall_explanation(profile(agreed=agreed)).sentences
    (caps,) = (text for text in sentences if "caps it" in text)
    assert "kept private" in caps and "danger to life" not in caps
    assert "It is uncertain: not answered yet is one page on harm, danger to life, and death." in (
        sentences
    )
    assert not [text for text in sentences if "different bands" in text]


def test_a_band_is_uncertain_for_want_of_answers_where_a_critical_dimension_has_none() -> None:
    training = [i.id for i in library().items.values() if i.dimension == "training"]
    agreed = dict.fromkeys(training, "dont_know") | {"training.basic_before_start": "in_place"}
    nobody = {group: {"by_kind": {"practice": None}} for group in HEADS}
    found, report = reported(ready(agreed=agreed, groups=nobody, context={"eligible": HEADS}))
    assert found.domains["support"].unknown == ("training",)
    assert report.band_sentence.endswith("uncertain, not everything is answered")


@pytest.mark.parametrize("people", [0, 3])
def test_whoever_is_not_shown_yet_may_change_the_start(people: int) -> None:
    users = {"service_user": {"people": people}}
    _, report = reported(ready(groups=users, context={"eligible": HEADS | {"service_user": 30}}))
    assert "nobody else" not in report.start.certainty
    assert report.start.certainty.endswith("once enough of them answer to be shown.")


def test_answers_that_are_too_few_to_show_are_not_called_no_answers() -> None:
    few: dict[str, Any] = dict.fromkeys(HEADS)
    _, report = reported(ready(groups=few | {"service_user": {"people": 3}}))
    note = block(report, "domains").note
    assert note.startswith("Nothing to show for: Co-production principles")


# What hangs together


def test_a_fact_says_of_everything_that_is_asked_once_it_is_known() -> None:
    links = Links(read_content())
    entries = [entry for entry in links.decided_by("fit.needs") if entry.kind == "form"]
    item_ids = [item.id for entry in entries for item in entry.below]
    assert "role_design.scripts" in item_ids
    assert len(entries) == len(dict.fromkeys(entries))
