"""The stability of the start: of few who happen to agree nobody is sure."""

from __future__ import annotations

import pytest

from scoring.stability import _evenly_spread, stability
from scoring.thresholds import thresholds
from tests.support.organisations import evaluated, guidance, library, merged, read
from tests.support.scenarios import base


@pytest.mark.parametrize("n", [2, 5, 9])
def test_people_stand_as_far_apart_as_they_count_for(n: int) -> None:
    found = _evenly_spread(n, thresholds().sd_unless_published)
    assert abs(found.sum()) < 1e-9
    assert abs(found.std(ddof=1) - 30) < 1e-9


def test_five_who_happen_to_agree_are_not_sure_of_themselves() -> None:
    """All groups stand at 50, ten points above what the culture needs to have. Five of an unknown
    number may by chance be ten points too high; five of five are not."""
    culture = [d.id for d in library().dimensions.values() if d.domain == "culture"]
    change = {
        "agreed": {
            item.id: None
            for item in library().items.values()
            if item.kind == "practice" and item.dimension in culture
        },
        "groups": {
            name: {"people": 5, "says": {"frequency": "often", "agreement": "neither"}}
            for name in ("service_user", "staff")
        }
        | {"peer_worker": None, "manager": None, "board": None},
    }
    organisation = merged(base("ready_for_anything"), change)
    shares = []
    for heads in ({}, {"service_user": 5, "staff": 5}):
        context = {**(organisation["context"] or {}), "eligible": heads}
        answers = read({**organisation, "context": context})
        profile = evaluated({**organisation, "context": context})
        assert profile.domains["culture"].score == 50
        shares.append(stability(answers, profile, guidance()))
    assert max(shares[0].values()) < 1
    assert max(shares[1].values()) == 1
