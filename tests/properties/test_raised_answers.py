"""Property 1 of `docs/design/domain.md`: better answers never hurt."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from questionnaires.model import DID_NOT_AGREE, SPECIAL_CODES
from scoring.answers.matrix import Answers
from scoring.disclosure.groups_and_rounding import PublishedScore
from scoring.measures.dimension_results import agreed_code
from scoring.profile import Profile
from scoring.recommendation.risk import RISK_ORDER
from scoring.rules.bands import rank
from scoring.rules.model import Band
from tests.support.organisations import library
from tests.support.results import FALLBACK, possible
from tests.support.sizes import FEWER_EXAMPLES
from tests.support.strategies import (
    SEEDS,
    answers_of,
    options,
    organisations,
    practices,
    scored,
    scored_rows,
    with_agreed,
)


@st.composite
def raises(draw: st.DrawFn) -> tuple[Answers, Answers]:
    """An organisation before and after some given answers were raised, by one step or more."""
    before = answers_of(draw(organisations()))
    random = np.random.default_rng(draw(SEEDS))
    whose = draw(st.sampled_from(["groups", "working_group", "both"]))
    share = draw(st.sampled_from([0.0, 0.02, 0.3, 1.0]))
    after = before
    if whose != "working_group":
        after = replace(after, matrix=_raised_cells(before, share, random))
    if whose != "groups":
        after = with_agreed(after, _raised_practices(before, share, random))
    return before, after


def _raised_cells(answers: Answers, share: float, random: np.random.Generator) -> np.ndarray:
    """Some scored answers higher up their scales; at least one, if there is one."""
    matrix, top = answers.matrix, options()[:, None] - 1
    can = scored_rows()[:, None] & (matrix < top)
    chosen = can & (random.random(matrix.shape) < share)
    places = np.argwhere(can)
    if len(places):
        chosen[tuple(places[random.integers(len(places))])] = True
    room = np.where(can, top - matrix.astype(int), 1)
    steps = 1 + np.floor(random.random(matrix.shape) * room).astype(int)
    return np.where(chosen, matrix + steps, matrix).astype(np.uint8)


def _raised_practices(
    answers: Answers, share: float, random: np.random.Generator
) -> dict[str, str]:
    """Some agreed practices at a higher step; also from "we did not agree"."""
    found, can = {}, []
    for item in practices():
        value = answers.agreed.get(item.id)
        if value is None or value in SPECIAL_CODES:
            continue
        codes = [option.code for option in library().options(item)]
        at = codes.index(agreed_code(item, value, library()))
        if at < len(codes) - 1:
            can.append((item.id, codes, at))
    must = random.integers(len(can)) if can else -1
    for number, (name, codes, at) in enumerate(can):
        if number == must or random.random() < share:
            to = int(random.integers(at + 1, len(codes)))
            agree = random.random() < 0.8 or to == len(codes) - 1
            found[name] = codes[to] if agree else f"{DID_NOT_AGREE}:{codes[to]};{codes[-1]}"
    return found


@given(raises())
@FEWER_EXAMPLES
def test_raising_an_answer_never_lowers_adds_risk_or_closes(pair: tuple[Answers, Answers]) -> None:
    before, after = map(scored, pair)
    assert_no_score_lower(before, after)
    assert_no_offer_closed(before, after)


def assert_no_score_lower(before: Profile, after: Profile) -> None:
    for name, was in before.dimensions.items():
        now = after.dimensions[name]
        assert now.basis == was.basis
        assert_not_lower(was.score, now.score, name)
        assert_not_lower(was.score_by_respondents, now.score_by_respondents, name)
        for group, cell in was.groups.items():
            if isinstance(cell, PublishedScore):
                higher = now.groups[group]
                assert isinstance(higher, PublishedScore)
                assert higher.score >= cell.score, (name, group)
            else:
                assert now.groups[group] == cell
    for name, was in before.domains.items():
        assert_not_lower(was.score, after.domains[name].score, name)
        assert_not_lower(_rank(was.band), _rank(after.domains[name].band), name)
    assert_not_lower(before.readiness.score, after.readiness.score, "overall")
    assert_not_lower(_rank(before.readiness.band), _rank(after.readiness.band), "overall band")


def assert_not_lower(was: int | None, now: int | None, what: str) -> None:
    assert (was is None) == (now is None), what
    assert was is None or now is None or now >= was, what


def _rank(band: Band | None) -> int | None:
    return None if band is None else rank(band)


def assert_no_offer_closed(before: Profile, after: Profile) -> None:
    for name, gate in before.gates.items():
        assert after.gates[name].met or not gate.met, name
    risks = {r.offer.id: r.risk for r in after.recommendation.offers}
    for was in before.recommendation.offers:
        if was.offer.id != FALLBACK:
            assert risks[was.offer.id].total <= was.risk.total
            band = risks[was.offer.id].band
            assert RISK_ORDER.index(band) <= RISK_ORDER.index(was.risk.band)
    assert set(possible(before)) <= set(possible(after))
    was, now = before.recommendation, after.recommendation
    # A start that answers the main need may be worth more risk than one that answers another.
    if was.start.offer.id != FALLBACK and was.because == now.because:
        assert RISK_ORDER.index(now.start.risk.band) <= RISK_ORDER.index(was.start.risk.band)
    if was.because == "main_need":
        assert now.because == "main_need"
