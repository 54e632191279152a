"""Every rule that fired can be printed with its reason and its source."""

from __future__ import annotations

from hypothesis import given

from assessment.report.terms import risk_point_in_words
from assessment.report.wording.conditions import gate_in_words
from scoring.profile import Profile
from scoring.recommendation.offers import OTHER_BLOCKS
from tests.support.organisations import guidance
from tests.support.results import FALLBACK
from tests.support.sizes import FEWER_EXAMPLES
from tests.support.strategies import Organisation, answers_of, organisations, scored


@given(organisations())
@FEWER_EXAMPLES
def test_every_rule_that_fired_has_its_reason_and_its_source(drawn: Organisation) -> None:
    assert_reasons_and_sources(scored(answers_of(drawn)))


def assert_reasons_and_sources(profile: Profile) -> None:
    """Every rule that fired can be printed with its reason and its source."""
    for gate in profile.gates.values():
        known_of_it = gate_in_words(gate, profile.evidence)
        assert known_of_it and all(text.strip() for text in known_of_it)
        assert gate.gate.reason
        assert gate.sources
    known = risk_reasons()
    for offer in profile.recommendation.offers:
        assert offer.offer.reason
        assert offer.offer.source
        for point in offer.risk.points:
            assert point.points > 0
            words = risk_point_in_words(point)
            assert any(words.startswith(reason) for reason in known[point.kind]), point
        # What can always begin has no fit: it needs none.
        if offer.offer.id != FALLBACK:
            assert bool(offer.fit) == bool(offer.fits)
        for blocked in offer.blocked_by:
            assert blocked in OTHER_BLOCKS or not profile.gates[blocked].met
    choice = guidance().choice
    assert choice.experience.reason
    assert choice.experience.source
    assert choice.appetite.reason
    assert choice.appetite.source
    assert choice.need.reason


def risk_reasons() -> dict[str, list[str]]:
    """What a risk point may say, by its kind; each rule behind it has a reason and a source."""
    known = guidance().risk
    for rule in (*known.exposures, *known.safeguards, known.unguarded, known):
        assert rule.reason
        assert rule.source
    return {
        "exposure": [f"{exposure.title}: " for exposure in known.exposures],
        "autonomy": list(known.arrangement_reasons.values()),
        "safeguard": [
            f"{state}: {safeguard.title}"
            for safeguard in known.safeguards
            for state in ("Not in place yet", "Not known to be in place")
        ],
        "unguarded": [known.unguarded.because],
        "part": [known.riskiest_part],
    }
