"""Agreement is told from so many people on."""

from __future__ import annotations

import pytest

from scoring.disclosure.groups_and_rounding import partition
from scoring.measures.dimension_results import dimension_result
from scoring.measures.group_scores import Scorer
from tests.support.organisations import evaluated, library, read


@pytest.mark.parametrize(("people", "told_"), [(9, False), (10, True)])
def test_agreement_needs_ten_people(people: int, told_: bool) -> None:
    says = {"frequency": "often"}
    found = evaluated({"groups": {"staff": {"people": people, "says": says}}})
    assert (found.dimensions["shared_decisions"].agreement is not None) is told_


def test_agreement_on_two_questions_needs_fifteen() -> None:
    items = [i for i in library().items_for("staff") if i.dimension == "valued_input"]
    for people, told_ in ((14, False), (15, True)):
        # The third question is asked and nobody answers it, so that only two can agree.
        said = dict.fromkeys([i.id for i in items[:2]], "often")
        found = evaluated({"groups": {"staff": {"people": people, "items": said}}})
        assert (found.dimensions["valued_input"].agreement is not None) is told_


def test_agreement_on_one_question_needs_fifty() -> None:
    asked = [i for i in library().items_for("staff") if i.scored and i.kind == "practice"]
    dimensions = [i.dimension for i in asked]
    (item, *_) = [i for i in asked if dimensions.count(i.dimension) == 1]
    for people, told_ in ((49, False), (50, True)):
        group = {"people": people, "items": {item.id: ["partly", "in_place"]}}
        answers = read({"groups": {"staff": group}})
        shown = partition(answers.groups, 5)
        found = dimension_result(item.dimension or "", Scorer(answers), shown)
        assert (found.agreement is not None) is told_
