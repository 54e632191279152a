"""Fixes: they open the offer, in the rules and in the working group's own answers, and none of
them can be left out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from hypothesis import given

from questionnaires.model import SPECIAL_CODES
from scoring.answers.matrix import Answers
from scoring.profile import Profile
from scoring.recommendation.fixes import Fix
from scoring.recommendation.offers import consider
from scoring.rules.conditions import Evidence
from tests.support.organisations import guidance, library
from tests.support.results import possible
from tests.support.sizes import FEWER_EXAMPLES
from tests.support.strategies import Organisation, answers_of, organisations, scored, with_agreed

#: Sets of fixes up to this size are tried out with one or more of them left out.
MAX_FIXES = 5


@given(organisations())
@FEWER_EXAMPLES
def test_fixes_are_the_smallest_that_open_an_offer(drawn: Organisation) -> None:
    assert_fixes_are_smallest(scored(answers_of(drawn)))


def assert_fixes_are_smallest(profile: Profile) -> None:
    """Applied, they make the offer a candidate; with any of them left out they do not."""
    evidence = profile.evidence
    for ruled_out, needed in profile.next:
        assert not ruled_out.candidate
        offer = ruled_out.offer
        assert consider(offer, guidance(), _applied(evidence, needed)).candidate, offer.id
        if len(needed) > MAX_FIXES:
            continue
        for size in range(len(needed)):
            for fewer in combinations(needed, size):
                after = consider(offer, guidance(), _applied(evidence, fewer))
                assert not after.candidate, (offer.id, needed, fewer)


def _applied(evidence: Evidence, fixes: tuple[Fix, ...]) -> Evidence:
    for fix in fixes:
        evidence = fix.apply(evidence)
    return evidence


@given(organisations())
@FEWER_EXAMPLES
def test_doing_what_the_fixes_say_opens_the_offer(drawn: Organisation) -> None:
    """Not on what rules read, but in the working group's own answers."""
    answers = answers_of(drawn)
    for ruled_out, needed in scored(answers).next[:3]:
        if any(fix.kind == "lift" for fix in needed):
            continue
        done = with_agreed(answers, dict(_as_answers(needed, answers)))
        assert ruled_out.offer.id in possible(scored(done))


def _as_answers(needed: tuple[Fix, ...], answers: Answers) -> Iterator[tuple[str, str]]:
    several: dict[str, list[str]] = {}
    for fix in needed:
        if library().items[fix.id].kind != "choices":
            yield fix.id, fix.to
            continue
        before = answers.agreed.get(fix.id, "none")
        known = several.setdefault(
            fix.id, [] if before in ("none", *SPECIAL_CODES) else before.split(";")
        )
        known.append(fix.to)
        yield fix.id, ";".join(known)
