"""What may start, whoever the organisation is: only what is responsible, and what is needed."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from questionnaires.model import DONT_KNOW
from scoring.answers.matrix import Answers
from scoring.profile import Profile
from scoring.recommendation.gates import is_met
from scoring.recommendation.offers import OfferResult, Recommendation, recommend, stated_needs
from scoring.recommendation.risk import RISK_ORDER
from tests.support.organisations import guidance
from tests.support.results import FALLBACK, SUPERVISION, possible
from tests.support.sizes import FEWER_EXAMPLES
from tests.support.strategies import Organisation, answers_of, organisations, scored, standing

#: "None", and what counts as none: not known, not answered.
NO_EXPERIENCE = st.sampled_from(["none", DONT_KNOW, ""])
ORGANISATION, PEOPLE, RUNNING = (
    "fit.organisation_experience",
    "fit.people_experience",
    "fit.already_running",
)


@given(organisations(), NO_EXPERIENCE, st.sampled_from([(PEOPLE,), (ORGANISATION, RUNNING)]))
def test_nobody_inexperienced_starts_unaccompanied_one_to_one_or_mentoring(
    drawn: Organisation, none: str, new: tuple[str, ...]
) -> None:
    """Whether the people are new to it, or the organisation, in which nothing runs either."""
    evidence = standing(drawn)
    facts = {item: value for item, value in evidence.facts.items() if item not in new}
    given_ = dict.fromkeys(new, frozenset({none})) if none == "none" else {}
    advice = recommend(guidance(), replace(evidence, facts=facts | given_))
    for result_ in starts(advice):
        for offer in (result_.offer, *guidance().parts_of(result_.offer)):
            assert offer.arrangement == "with_staff"
            assert offer.model != "one_to_one"
            assert offer.role_level != "mentoring"


def starts(advice: Recommendation) -> list[OfferResult]:
    """The start and what is open beside it, without the fallback."""
    return [r for r in (advice.start, *advice.open) if r.offer.id != FALLBACK]


@given(organisations())
def test_what_runs_already_is_never_the_start(drawn: Organisation) -> None:
    evidence = standing(drawn)
    running = evidence.facts.get(RUNNING, frozenset())
    assert isinstance(running, frozenset)
    advice = recommend(guidance(), evidence)
    assert not running & {result_.offer.id for result_ in starts(advice)}
    assert {r.offer.id for r in advice.running} == running & {o.id for o in guidance().starts}
    for runs in advice.running:
        unmet = [g.id for g in guidance().gates_of(runs.offer) if not is_met(g, evidence)]
        assert list(runs.open_gates) == unmet


@given(organisations())
def test_a_start_answers_the_main_need_or_says_why_not(drawn: Organisation) -> None:
    evidence = standing(drawn)
    advice = recommend(guidance(), evidence)
    main, stated = stated_needs(guidance().choice, evidence)
    answered = {need.need for need in advice.start.offer.needs}
    if advice.because == "main_need":
        assert main in answered
        return
    # Nothing that is possible answers the main need, and the reason is named.
    assert all(main not in {n.need for n in r.offer.needs} for r in starts(advice))
    if advice.because == "other_need":
        assert answered & stated
    else:
        assert advice.start.offer.id == FALLBACK
    for waiting in advice.waiting:
        assert {need.need for need in waiting.offer.needs} & stated
        assert waiting.blocked_by


@given(organisations())
def test_what_is_not_answered_yet_is_never_called_missing(drawn: Organisation) -> None:
    """Where all that is answered is in place, nothing says no: at the worst it is too early."""
    evidence = standing(drawn)
    good = {item: p for item, p in evidence.practices.items() if p.code == "in_place"}
    advice = recommend(guidance(), replace(evidence, practices=good, scores={}, facts={}))
    assert advice.because in ("too_early", "not_heard", "no_need_answered")
    for result_ in advice.ruled_out:
        assert result_.open_gates == result_.unanswered


@given(organisations())
@FEWER_EXAMPLES
def test_a_start_is_responsible(drawn: Organisation) -> None:
    answers = answers_of(drawn)
    assert_start_is_responsible(answers, scored(answers))


def assert_start_is_responsible(answers: Answers, profile: Profile) -> None:
    """Its gates are met, its risk is allowed, and no other candidate has a lower one."""
    appetite = answers.agreed.get("fit.risk_appetite", DONT_KNOW)
    for offer in possible(profile).values():
        assert offer.risk.band in (("low",) if appetite in ("low", DONT_KNOW) else RISK_ORDER[:2])
        assert all(profile.gates[gate.id].met for gate in guidance().gates_of(offer.offer))
        assert all(supervised(answers, practice) for practice in SUPERVISION)
    start = profile.recommendation.start
    if start.offer.id == FALLBACK:
        return
    alike = [r for r in possible(profile).values() if r.need == start.need]
    assert RISK_ORDER.index(start.risk.band) == min(RISK_ORDER.index(r.risk.band) for r in alike)


def supervised(answers: Answers, practice: str) -> bool:
    """The working group agreed that it is in place; what groups claim does not count."""
    return answers.agreed.get(practice) == "in_place"
