"""What must hold for every organisation, whoever it is and whatever its people say.

The seven properties of `docs/design/domain.md`, under What must always hold, and the rules that
keep them, tried on random organisations.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from typing import Any

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assessment.render.result_json import dumps, result_json
from assessment.report.wording.conditions import gate_in_words
from assessment.report.wording.risk import risk_point_in_words
from questionnaires.model import (
    DID_NOT_AGREE,
    DONT_KNOW,
    SPECIAL_CODES,
)
from scoring.answers.matrix import DONT_KNOW_CELL, EMPTY_CELL, Answers, Group, read_answers
from scoring.disclosure.groups_and_rounding import PublishedScore
from scoring.measures.dimension_results import agreed_code
from scoring.profile import Profile
from scoring.recommendation.fixes import Fix
from scoring.recommendation.gates import is_met
from scoring.recommendation.offers import (
    OTHER_BLOCKS,
    OfferResult,
    Recommendation,
    consider,
    recommend,
    stated_needs,
)
from scoring.recommendation.risk import RISK_ORDER, risk
from scoring.rules import conditions
from scoring.rules.bands import rank
from scoring.rules.conditions import Evidence
from scoring.rules.model import Band
from scoring.stability import stability
from scoring.statistics.agreement import alpha, view
from tests import shapes
from tests.organisations import guidance, library
from tests.reports import report_of
from tests.strategies import (
    Organisation,
    answers_from,
    answers_of,
    asked_of,
    items_of,
    nothing,
    offering,
    options,
    organisations,
    practices,
    scored,
    scored_rows,
    standing,
    table_of,
    with_agreed,
)

SEEDS = st.integers(0, 2**32 - 1)
#: Fewer examples where one takes as long as ten others: whole results as JSON, every set of fixes.
TENTH = settings(max_examples=settings.default.max_examples // 10)
FALLBACK = "build_involvement"
#: Sets of fixes up to this size are tried out with one or more of them left out.
MAX_FIXES = 5


def published(answers: Answers) -> dict[str, Any]:
    """The result as another program reads it."""
    found = scored(answers)
    return result_json(report_of(found, stability(answers, found, guidance())))


def possible(found: Profile) -> dict[str, OfferResult]:
    """The start and the open offers."""
    advice = found.recommendation
    return {r.offer.id: r for r in (advice.start, *advice.open) if r.offer.id != FALLBACK}


# -- 1: raising an answer ------------------------------------------------------------------------


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


# -- 2, 3, 4: what may start ---------------------------------------------------------------------

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
    found = recommend(guidance(), replace(evidence, facts=facts | given_))
    for result_ in starts(found):
        for offer in (result_.offer, *guidance().parts_of(result_.offer)):
            assert offer.arrangement == "with_staff"
            assert offer.model != "one_to_one"
            assert offer.role_level != "mentoring"


def starts(found: Recommendation) -> list[OfferResult]:
    """The start and what is open beside it, without the fallback."""
    return [r for r in (found.start, *found.open) if r.offer.id != FALLBACK]


@given(organisations())
def test_a_combined_offer_never_has_less_risk_than_any_offer_it_includes(
    drawn: Organisation,
) -> None:
    evidence = standing(drawn)
    for offer in guidance().starts:
        whole = risk(offer, guidance(), evidence)
        for part in guidance().parts_of(offer):
            alone = risk(part, guidance(), evidence)
            assert whole.total >= alone.total
            assert RISK_ORDER.index(whole.band) >= RISK_ORDER.index(alone.band)


@given(organisations())
def test_what_runs_already_is_never_the_start(drawn: Organisation) -> None:
    evidence = standing(drawn)
    running = evidence.facts.get(RUNNING, frozenset())
    assert isinstance(running, frozenset)
    found = recommend(guidance(), evidence)
    assert not running & {result_.offer.id for result_ in starts(found)}
    assert {r.offer.id for r in found.running} == running & {o.id for o in guidance().starts}
    for runs in found.running:
        unmet = [g.id for g in guidance().gates_of(runs.offer) if not is_met(g, evidence)]
        assert list(runs.open_gates) == unmet


@given(organisations())
def test_a_start_answers_the_main_need_or_says_why_not(drawn: Organisation) -> None:
    evidence = standing(drawn)
    found = recommend(guidance(), evidence)
    main, stated = stated_needs(guidance().choice, evidence)
    answered = {need.need for need in found.start.offer.needs}
    if found.because == "main_need":
        assert main in answered
        return
    # Nothing that is possible answers the main need, and the reason is named.
    assert all(main not in {n.need for n in r.offer.needs} for r in starts(found))
    if found.because == "other_need":
        assert answered & stated
    else:
        assert found.start.offer.id == FALLBACK
    for waiting in found.waiting:
        assert {need.need for need in waiting.offer.needs} & stated
        assert waiting.blocked_by


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


@given(organisations())
def test_what_is_not_answered_yet_is_never_told_as_missing(drawn: Organisation) -> None:
    """Where all that is answered is in place, nothing says no: at the worst it is too early."""
    evidence = standing(drawn)
    good = {item: p for item, p in evidence.practices.items() if p.code == "in_place"}
    found = recommend(guidance(), replace(evidence, practices=good, scores={}, facts={}))
    assert found.because in ("too_early", "not_heard", "no_need_answered")
    for result_ in found.ruled_out:
        assert result_.open_gates == result_.unanswered


SUPERVISION = ("supervision.named_supervisor", "supervision.agreed_intervals", "supervision.cover")
NOT_IN_PLACE = ("not_in_place", "planned", "partly", DONT_KNOW, f"{DID_NOT_AGREE}:partly;in_place")


@given(organisations(), st.sampled_from(SUPERVISION), st.sampled_from(NOT_IN_PLACE))
def test_without_supervision_in_place_there_is_nothing_beyond_involvement(
    drawn: Organisation, missing: str, step: str
) -> None:
    found = scored(with_agreed(answers_of(drawn), {missing: step}))
    assert found.recommendation.start.offer.id == FALLBACK
    assert not found.recommendation.open


@given(organisations())
def test_every_profile_keeps_the_rules(drawn: Organisation) -> None:
    answers = answers_of(drawn)
    found = scored(answers)
    assert_start_is_responsible(answers, found)
    assert_reasons_and_sources(found)
    assert_fixes_are_smallest(found)
    assert_form(result_json(report_of(found, stability(answers, found, guidance()))), drawn)


def assert_start_is_responsible(answers: Answers, found: Profile) -> None:
    """Its gates are met, its risk is allowed, and no other candidate has a lower one."""
    appetite = answers.agreed.get("fit.risk_appetite", DONT_KNOW)
    for offer in possible(found).values():
        assert offer.risk.band in (("low",) if appetite in ("low", DONT_KNOW) else RISK_ORDER[:2])
        assert all(found.gates[gate.id].met for gate in guidance().gates_of(offer.offer))
        assert all(supervised(answers, practice) for practice in SUPERVISION)
    start = found.recommendation.start
    if start.offer.id == FALLBACK:
        return
    alike = [r for r in possible(found).values() if r.need == start.need]
    assert RISK_ORDER.index(start.risk.band) == min(RISK_ORDER.index(r.risk.band) for r in alike)


def supervised(answers: Answers, practice: str) -> bool:
    """The working group agreed that it is in place; what groups claim does not count."""
    return answers.agreed.get(practice) == "in_place"


# -- 5: don't know -------------------------------------------------------------------------------

#: What may differ when there is more don't know: its own shares, flags, and counts of people.
OWN_FINDINGS = frozenset({"dont_know", "does_not_apply", "quality", "respondents", "left_out"})


def means(value: Any) -> Any:
    """A result without what says how many do not know; suppressed cells left out."""
    if isinstance(value, dict):
        return {
            key: means(part)
            for key, part in value.items()
            if key not in OWN_FINDINGS and not (isinstance(part, dict) and "suppressed" in part)
        }
    return [means(part) for part in value] if isinstance(value, list) else value


@given(organisations(), SEEDS)
def test_dont_know_instead_of_nothing_changes_no_figure(drawn: Organisation, seed: int) -> None:
    answers = answers_of(drawn)
    assert means(published(answers)) == means(published(knowing_less(answers, seed)))


def knowing_less(answers: Answers, seed: int) -> Answers:
    """The same, but some who skipped a question say that they do not know."""
    random = np.random.default_rng(seed)
    matrix = answers.matrix.copy()
    for group in answers.groups:
        may = (asked_of(group.id) & offering(DONT_KNOW))[:, None]
        block = matrix[:, group.start : group.stop]
        skipped = may & (block == EMPTY_CELL) & (random.random(block.shape) < random.random())
        block[skipped] = DONT_KNOW_CELL
    return replace(answers, matrix=matrix)


@given(organisations(), SEEDS)
def test_an_agreed_dont_know_instead_of_nothing_changes_no_score(
    drawn: Organisation, seed: int
) -> None:
    """It may close an offer: what groups claim no longer stands in for the agreed answer."""
    answers = answers_of(drawn)
    random = np.random.default_rng(seed)
    unknown = {
        item.id: DONT_KNOW
        for item in practices()
        if item.id not in answers.agreed
        and answers.team_required(item)
        and DONT_KNOW in item.offers
        and random.random() < 0.5
    }
    before, after = scored(answers), scored(with_agreed(answers, unknown))
    assert _scores(before) == _scores(after)
    assert set(possible(after)) <= set(possible(before))


def _scores(found: Profile) -> Any:
    return (
        {name: (d.score, d.interval, d.basis) for name, d in found.dimensions.items()},
        {name: (d.score, d.band) for name, d in found.domains.items()},
        found.readiness.score,
    )


@given(organisations(head_counts=False), st.integers(1, 30), SEEDS)
def test_people_who_know_nothing_change_no_figure(
    drawn: Organisation, more: int, seed: int
) -> None:
    """All but the stability of the start: that more people are drawn from moves it a little."""
    answers = answers_of(drawn)
    shown = [group for group in answers.groups if group.n >= drawn.minimum]
    assume(shown)
    joined = shown[seed % len(shown)]
    before, after = scored(answers), scored(_joined_by(answers, joined, more))
    assert means(result_json(report_of(before))) == means(result_json(report_of(after)))


def _joined_by(answers: Answers, joined: Group, more: int) -> Answers:
    """The same with more people in a group, who say don't know wherever they can."""
    knows = np.where(asked_of(joined.id) & offering(DONT_KNOW), DONT_KNOW_CELL, EMPTY_CELL)
    column = np.repeat(knows.astype(np.uint8)[:, None], more, axis=1)
    matrix = np.hstack([answers.matrix[:, : joined.stop], column, answers.matrix[:, joined.stop :]])
    groups = []
    for group in answers.groups:
        start = group.start + (more if group.start >= joined.stop else 0)
        stop = group.stop + (more if group.stop >= joined.stop else 0)
        groups.append(replace(group, start=start, stop=stop))
    return replace(answers, matrix=matrix, groups=tuple(groups))


# -- 6: order ------------------------------------------------------------------------------------


@given(organisations(), SEEDS)
@TENTH
def test_order_and_names_of_respondents_change_nothing(drawn: Organisation, seed: int) -> None:
    answers = answers_of(drawn)
    random = np.random.default_rng(seed)
    people = answers.matrix.shape[1]
    table = table_of(answers)
    assume(len(table))
    numbers = random.permutation(people * 10)[:people]
    renamed = table_of(answers, {column: f"r{number}" for column, number in enumerate(numbers)})
    shuffled = renamed.sample(frac=1, random_state=seed, ignore_index=True)
    first = read_answers(table, library(), answers.context)
    assert (first.matrix == answers.matrix).all()
    assert first.groups == answers.groups
    # What facts leave out does not count when it is read.
    counts = {item: v for item, v in answers.agreed.items() if item not in first.skipped}
    assert {item: v for item, v in first.agreed.items() if item not in first.skipped} == counts
    second = read_answers(shuffled, library(), answers.context)
    assert dumps(published(first)) == dumps(published(second))


@given(organisations(), SEEDS)
def test_order_of_people_in_the_matrix_changes_nothing(drawn: Organisation, seed: int) -> None:
    """The same without the reader, so that more orders can be tried."""
    answers = answers_of(drawn)
    random = np.random.default_rng(seed)
    order = np.concatenate(
        [[], *(random.permutation(np.arange(g.start, g.stop)) for g in answers.groups)]
    ).astype(int)
    shuffled = replace(answers, matrix=answers.matrix[:, order])
    assert published(answers) == published(shuffled)


def in_other_orders(answers: Answers) -> Iterator[Answers]:
    for seed in range(6):
        random = np.random.default_rng(seed)
        people = [random.permutation(np.arange(g.start, g.stop)) for g in answers.groups]
        yield replace(answers, matrix=answers.matrix[:, np.concatenate(people)])


def test_a_mean_that_ends_in_a_half_is_rounded_alike_in_any_order() -> None:
    """Sevenths cannot be stored exactly: 770 / 28 was 27 or 28, as the four people came."""
    cells = {"manager": nothing(4)}
    cells["manager"][items_of("boundaries", "manager")] = np.array(
        [[0, 1, 1, 2, 0, 0, 2], [3, 0, 0, 0, 1, 1, 1], [0, 2, 3, 3, 0, 0, 2], [1, 1, 1, 0, 0, 3, 2]]
    ).T
    answers = answers_from(cells, minimum=4)
    for other in (answers, *in_other_orders(answers)):
        assert scored(other).dimensions["boundaries"].score == 28


def test_the_draws_of_the_stability_do_not_hang_on_names() -> None:
    people = {"service_user": 6, "staff": 6}
    drawn = Organisation(
        seed=1, people=people, mood=dict.fromkeys(people, 0.42), spread=0.2,
        tidy=1.0, agreed=1.0, favour=1.0, silent=0.0,
    )  # fmt: skip
    answers = answers_of(drawn)
    shares = stability(answers, scored(answers), guidance())
    assert len(shares) > 1, "an example near a threshold is needed here"
    for other in in_other_orders(answers):
        assert stability(other, scored(other), guidance()) == shares


def test_ends_of_the_scale_are_reached_in_any_order_of_items() -> None:
    """Rungs 4, 3, 1 and 2 of seven have a mean of 25, or a hair above it as they come."""
    rungs = np.array([100 * rung / 6 for rung in (3, 2, 0, 1)])
    low = [rungs[list(order)].sum() / 4 for order in ((0, 1, 2, 3), (3, 2, 1, 0))]
    assert low[0] > 25 >= low[1], "an example on both sides of 25 is needed here"
    for score in low:
        assert view(np.array([score, 100.0]), np.array([1, 1]), 2.0, 7) == "divided"


def test_alike_answers_have_no_alpha() -> None:
    """Their total does not vary; what is left of rounding divided by the same gave 1."""
    for n in range(20, 60):
        for rung in range(7):
            values = np.full((8, n), 100 * rung / 6)
            assert alpha(values, np.ones(n, dtype=np.int64)) is None


@given(organisations())
@TENTH
def test_order_of_items_and_files_changes_nothing(drawn: Organisation) -> None:
    answers = answers_of(drawn)
    backwards = replace(
        library(),
        questionnaires=tuple(
            q.model_copy(
                update={
                    "sections": tuple(
                        s.model_copy(update={"items": s.items[::-1]}) for s in q.sections[::-1]
                    )
                }
            )
            for q in library().questionnaires[::-1]
        ),
    )
    table = table_of(answers)
    assume(len(table))
    found = published(read_answers(table, backwards, answers.context))
    # Lists follow the order of the questionnaires, so only what stands in them must be the same.
    usual = published(read_answers(table, library(), answers.context))
    assert _unordered(found) == _unordered(usual)


def _unordered(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _unordered(part) for key, part in sorted(value.items())}
    if isinstance(value, list):
        return sorted((_unordered(part) for part in value), key=json.dumps)
    if isinstance(value, str) and ": " in value:
        head, _, rest = value.partition(": ")
        return head, sorted(re.split(r" / |, |(?<=\?) ", rest))
    return value


# -- 7: reasons and sources, fixes, and the form of the result -------------------------------------


def assert_reasons_and_sources(found: Profile) -> None:
    """Every rule that fired can be printed with its reason and its source."""
    for gate in found.gates.values():
        known_of_it = gate_in_words(gate, found.evidence)
        assert known_of_it and all(text.strip() for text in known_of_it)
        assert gate.gate.reason
        assert gate.sources
    known = risk_reasons()
    for offer in found.recommendation.offers:
        assert offer.offer.reason
        assert offer.offer.source
        for point in offer.risk.points:
            assert point.points > 0
            said = risk_point_in_words(point)
            assert any(said.startswith(reason) for reason in known[point.kind]), point
        # What can always begin has no fit: it needs none.
        if offer.offer.id != FALLBACK:
            assert bool(offer.fit) == bool(offer.fits)
        for blocked in offer.blocked_by:
            assert blocked in OTHER_BLOCKS or not found.gates[blocked].met
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
            f"{said}: {safeguard.title}"
            for safeguard in known.safeguards
            for said in ("Not in place yet", "Not known to be in place")
        ],
        "unguarded": [known.unguarded.because],
        "part": [known.riskiest_part],
    }


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
    told = found["respondents"]
    joint = sum(n for group, n in told.items() if group not in drawn.people)
    assert all(n == drawn.people[group] for group, n in told.items() if group in drawn.people)
    untold = [n for group, n in drawn.people.items() if group not in told]
    assert all(n < drawn.minimum for n in untold)
    assert joint <= sum(untold)


def assert_fixes_are_smallest(found: Profile) -> None:
    """Applied, they make the offer a candidate; with any of them left out they do not."""
    evidence = found.evidence
    for ruled_out, needed in found.next:
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
