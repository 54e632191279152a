"""The result has the form that other programs were promised."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given

from assessment.render.result_json import dumps
from tests.support import shapes
from tests.support.organisations import guidance, library
from tests.support.results import FALLBACK, published
from tests.support.sizes import FEWER_EXAMPLES
from tests.support.strategies import Organisation, answers_of, organisations


@given(organisations())
@FEWER_EXAMPLES
def test_every_result_has_the_promised_form(drawn: Organisation) -> None:
    assert_form(published(answers_of(drawn)), drawn)


def assert_form(found: dict[str, Any], drawn: Organisation) -> None:
    """The promised shape, and every offer in exactly one of start, open and ruled out."""
    shapes.check(json.loads(dumps(found)))
    advice = found["recommendation"]
    listed = [advice["start"], *advice["open"], *advice["ruled_out"]]
    ids = [offer["id"] for offer in listed if offer["id"] != FALLBACK]
    assert sorted(ids) == sorted(offer.id for offer in guidance().starts)
    assert FALLBACK not in {offer["id"] for offer in listed[1:]}
    blocked = {offer["id"]: offer["blocked_by"] for offer in advice["ruled_out"]}
    for offer in advice["next"]:
        assert blocked[offer["id"]] == offer["blocked_by"]
    assert set(found["dimensions"]) == set(library().dimensions)
    assert set(found["domains"]) == set(library().domains)
    limits = {*library().domains, *guidance().gates, "service_users_not_heard"}
    assert set(found["readiness"]["limited_by"]) <= limits
    # Counts are told as they are, and of every group that is shown by itself.
    counts = found["respondents"]
    joint = sum(n for group, n in counts.items() if group not in drawn.people)
    assert all(n == drawn.people[group] for group, n in counts.items() if group in drawn.people)
    hidden = [n for group, n in drawn.people.items() if group not in counts]
    assert all(n < drawn.minimum for n in hidden)
    assert joint <= sum(hidden)
