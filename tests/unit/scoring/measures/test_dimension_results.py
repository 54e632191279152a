"""Agreement is told from so many people on."""

from __future__ import annotations

import pytest

from scoring.disclosure.groups_and_rounding import partition
from scoring.measures.dimension_results import dimension_result
from scoring.measures.group_scores import Scorer
from tests.support.organisations import evaluated, library, read


@pytest.mark.parametrize(("people", "published"), [(9, False), (10, True)])
def test_agreement_needs_ten_people(people: int, published: bool) -> None:
    by_kind = {"frequency": "often"}
    profile = evaluated({"groups": {"staff": {"people": people, "by_kind": by_kind}}})
    assert (profile.dimensions["shared_decisions"].agreement is not None) is published


def test_agreement_on_two_questions_needs_fifteen() -> None:
    items = [i for i in library().items_for("staff") if i.dimension == "valued_input"]
    for people, published in ((14, False), (15, True)):
        # The third question is asked and nobody answers it, so that only two can agree.
        answers = dict.fromkeys([i.id for i in items[:2]], "often")
        profile = evaluated({"groups": {"staff": {"people": people, "items": answers}}})
        assert (profile.dimensions["valued_input"].agreement is not None) is published


def test_agreement_on_one_question_needs_fifty() -> None:
    asked = [i for i in library().items_for("staff") if i.scored and i.kind == "practice"]
    dimensions = [i.dimension for i in asked]
    (item, *_) = [i for i in asked if dimensions.count(i.dimension) == 1]
    for people, published in ((49, False), (50, True)):
        group = {"people": people, "items": {item.id: ["partly", "in_place"]}}
        answers = read({"groups": {"staff": group}})
        groups = partition(answers.groups, 5)
        result = dimension_result(item.dimension or "", Scorer(answers), groups)
        assert (result.agreement is not None) is published
