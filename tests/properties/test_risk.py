"""Risk: it never falls where something is added or a safeguard is missing."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from scoring.recommendation.risk import RISK_ORDER, risk
from scoring.rules import conditions
from tests.support.organisations import guidance
from tests.support.strategies import Organisation, organisations, standing


@given(organisations())
def test_a_combined_offer_never_has_less_risk_than_any_offer_it_includes(
    drawn: Organisation,
) -> None:
    evidence = standing(drawn)
    for offer in guidance().starts:
        combined = risk(offer, guidance(), evidence)
        for part in guidance().parts_of(offer):
            single = risk(part, guidance(), evidence)
            assert combined.total >= single.total
            assert RISK_ORDER.index(combined.band) >= RISK_ORDER.index(single.band)


@given(organisations(), st.sampled_from(sorted(s.id for s in guidance().risk.safeguards)))
def test_adding_an_unmet_safeguard_never_lowers_a_risk(drawn: Organisation, added: str) -> None:
    evidence = standing(drawn)
    safeguard = next(s for s in guidance().risk.safeguards if s.id == added)
    assume(conditions.holds(safeguard.missing, evidence, cautious=True))
    for offer in guidance().starts:
        more = offer.model_copy(update={"safeguards": (*offer.safeguards, added)})
        before, after = (risk(one, guidance(), evidence) for one in (offer, more))
        assert after.total >= before.total
        assert RISK_ORDER.index(after.band) >= RISK_ORDER.index(before.band)
