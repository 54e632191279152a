"""Evidence: what was agreed, what groups claim, who is heard."""

from __future__ import annotations

from typing import Any

from scoring.recommendation.evidence import agreed_evidence
from scoring.rules.conditions import Evidence, Practice
from tests.support.organisations import evaluated, read

#: A practice that staff are asked about.
RULES = "policies.safeguarding_route"


def of(**organisation: Any) -> Evidence:
    return evaluated(organisation).evidence


def staff(*steps: str) -> dict[str, Any]:
    return {"staff": {"people": len(steps), "items": {RULES: list(steps)}}}


def test_an_agreed_practice_has_the_points_of_its_step_and_says_whether_a_note_shows_it() -> None:
    agreed = {RULES: "partly", "supervision.cover": "planned", "supervision.cover.note": "Rota"}
    practices = agreed_evidence(read({"agreed": agreed})).practices
    assert practices[RULES] == Practice(50.0, "partly", agreed=True)
    assert practices["supervision.cover"] == Practice(15.0, "planned", True, has_evidence=True)
    assert "supervision.agreed_intervals" not in practices


def test_dont_know_is_an_answer_without_points() -> None:
    practices = agreed_evidence(read({"agreed": {RULES: "dont_know"}})).practices
    assert practices[RULES] == Practice(0.0, "dont_know", agreed=True)


def test_what_groups_claim_stands_in_half_steps_downwards_and_only_where_nothing_was_agreed() -> (
    None
):
    # (5 · 100 + 50) / 6 = 91.7: of the steps 0, 15, 50, 100 and their middles 75 is reached.
    groups = staff(*["in_place"] * 5, "partly")
    assert of(groups=groups).practices[RULES] == Practice(75.0, None, agreed=False)
    assert of(groups=groups, agreed={RULES: "planned"}).practices[RULES].score == 15.0


def test_of_fewer_than_five_nothing_is_read() -> None:
    assert RULES not in of(groups=staff(*["in_place"] * 4)).practices


def test_a_domain_is_heard_where_five_with_lived_experience_spoke_of_it() -> None:
    for people, heard in ((4, set()), (5, {"principles"})):
        users = {"people": people, "by_kind": {"frequency": "often"}}
        assert of(groups={"service_user": users}).heard == heard
    # Staff are no lived experience.
    assert (
        of(groups={"staff": {"people": 9, "by_kind": {"frequency": "often"}}}).heard == frozenset()
    )


def test_a_group_with_fewer_heads_than_the_minimum_can_never_be_shown() -> None:
    assert of(context={"eligible": {"service_user": 4, "staff": 5}}).too_few == {"service_user"}
