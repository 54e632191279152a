"""Without supervision in place nothing opens, whatever else there is."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from questionnaires.model import DID_NOT_AGREE, DONT_KNOW
from tests.support.results import FALLBACK, SUPERVISION
from tests.support.sizes import FEWER_EXAMPLES
from tests.support.strategies import Organisation, answers_of, organisations, scored, with_agreed

NOT_IN_PLACE = ("not_in_place", "planned", "partly", DONT_KNOW, f"{DID_NOT_AGREE}:partly;in_place")


@given(organisations(), st.sampled_from(SUPERVISION), st.sampled_from(NOT_IN_PLACE))
@FEWER_EXAMPLES
def test_without_supervision_in_place_there_is_nothing_beyond_involvement(
    drawn: Organisation, missing: str, step: str
) -> None:
    profile = scored(with_agreed(answers_of(drawn), {missing: step}))
    assert profile.recommendation.start.offer.id == FALLBACK
    assert not profile.recommendation.open
