"""Tags: practices that were agreed, and beside them what groups say, by hand."""

from __future__ import annotations

from typing import Any

from scoring.measures.tags import TagResult
from tests.support.organisations import evaluated

#: The questions with the tag that are no practices: three of the principles.
QUESTIONS = (
    "skills_supported.learn_skills",
    "involved_throughout.beyond_own_support",
    "equal_information.plain_words",
)


def inclusion(**organisation: Any) -> TagResult:
    return next(tag for tag in evaluated(organisation).tags if tag.id == "inclusion")


def saying(answer: str, *questions: str) -> dict[str, Any]:
    return {"people": 6, "items": dict.fromkeys(questions or QUESTIONS, answer)}


def test_what_was_agreed_is_the_mean_of_its_steps() -> None:
    agreed = {
        "space.technology": "in_place",
        "recruitment.diverse": "planned",
        "training.cultural": "not_in_place",
        # Without the tag.
        "supervision.cover": "in_place",
    }
    found = inclusion(agreed=agreed)
    # (100 + 15 + 0) / 3 = 38.3
    assert (found.agreed, found.practices, found.score) == (38, 3, None)


def test_what_groups_say_is_a_total_over_both_sides() -> None:
    groups = {"service_user": saying("sometimes"), "staff": saying("often")}
    # 50 and 75 points, half each: 62.5.
    assert inclusion(groups=groups).score == 63


def test_what_one_group_says_alone_has_no_score() -> None:
    assert inclusion(groups={"staff": saying("often")}).score is None
    # Of managers and staff each weighs a half.
    assert inclusion(groups={"staff": saying("often"), "manager": saying("often")}).score == 75
