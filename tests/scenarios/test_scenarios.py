"""Every scenario: an organisation in a sentence, and what the tool must say about it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from pydantic import ValidationError

from assessment.render.result_json import result_json
from assessment.report.headline import headline
from assessment.report.wording.flags import flag_in_words
from questionnaires.problems import ProblemsError
from scoring.disclosure.groups_and_rounding import PublishedScore, Suppressed
from scoring.profile import Profile
from scoring.recommendation.offers import OfferResult
from scoring.recommendation.risk import RISK_ORDER
from scoring.rules.bands import rank
from tests.support.organisations import evaluated, library, merged
from tests.support.reports import report_of
from tests.support.scenarios import FILES, base

SCENARIOS = [
    pytest.param(scenario, id=f"{name}: {scenario['name']}")
    for name, file in FILES.items()
    for scenario in file.get("scenarios", ())
]


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_scenario(scenario: dict[str, Any]) -> None:
    assert scenario["because"] and scenario["source"]
    organisation = merged(base(scenario["starts_from"]), scenario)
    expect = scenario["expect"]
    if "error" in expect:
        with pytest.raises((ProblemsError, ValidationError)) as caught:
            evaluated(organisation)
        assert expect["error"] in str(caught.value)
        return
    profile = evaluated(organisation)
    sound(profile)
    for what, wanted in expect.items():
        CHECKS[what](profile, wanted)


#: Nobody is told this in the first sentence, whatever they answered.
NEVER_IN_A_HEADLINE = ("%", "tokenis", "not heard", "fragile", "groundwork")


def sound(profile: Profile) -> None:
    """What holds in every scenario, whatever it is about."""
    advice, sentence = profile.recommendation, " ".join(headline(profile)).lower()
    chosen = advice.start
    assert chosen.risk.band != "high"
    assert chosen not in advice.running
    assert advice.alternative is None or advice.alternative in advice.open
    new = profile.evidence.facts.get("fit.people_experience", {"none"}) == {"none"}
    unaccompanied = chosen.offer.arrangement not in (None, "with_staff")
    one_to_one = chosen.offer.model == "one_to_one" or chosen.offer.role_level == "mentoring"
    assert not (new and (unaccompanied or one_to_one)), chosen.offer.id
    assert not [words for words in NEVER_IN_A_HEADLINE if words in sentence], headline(profile)
    if advice.because in ("main_need", "other_need", "no_need_answered", "too_early"):
        assert "not ready" not in sentence, headline(profile)


def several(wanted: str | list[str] | None) -> list[str | None]:
    """One answer, or the list of those that are all right."""
    return list(wanted) if isinstance(wanted, list) else [wanted]


def ids(results: Iterable[OfferResult]) -> set[str]:
    return {result.offer.id for result in results}


def id_of(result: OfferResult | None) -> str | None:
    return result.offer.id if result else None


def offer(profile: Profile, wanted: str) -> OfferResult:
    return next(r for r in profile.recommendation.offers if r.offer.id == wanted)


def start(profile: Profile, wanted: str | list[str]) -> None:
    assert profile.recommendation.start.offer.id in several(wanted)


def because(profile: Profile, wanted: str | list[str]) -> None:
    assert profile.recommendation.because in several(wanted)


def never_start(profile: Profile, wanted: list[str]) -> None:
    assert profile.recommendation.start.offer.id not in wanted


def need(profile: Profile, wanted: dict[str, str | None]) -> None:
    """Which need an offer answers: the main one, another, or none that was stated."""
    assert {name: offer(profile, name).need for name in wanted} == wanted


def alternative(profile: Profile, wanted: str | list[str] | None) -> None:
    assert id_of(profile.recommendation.alternative) in several(wanted)


def alternative_because(profile: Profile, wanted: str | None) -> None:
    assert profile.recommendation.alternative_because == wanted


def running(profile: Profile, wanted: list[str]) -> None:
    assert ids(profile.recommendation.running) == set(wanted)


def repairs(profile: Profile, wanted: dict[str, list[str]]) -> None:
    """What has to be put right in offers that run; an empty list: nothing."""
    seen = {r.offer.id: set(r.open_gates) for r in profile.recommendation.running}
    for name, open_gates in wanted.items():
        assert set(open_gates) <= seen[name], name
        assert open_gates or not seen[name], name


def nearest(profile: Profile, wanted: list[str]) -> None:
    assert set(wanted) <= ids(profile.recommendation.nearest)


def waiting(profile: Profile, wanted: str | None) -> None:
    """An offer that answers the main need and has to wait; null: nothing has to."""
    seen = ids(profile.recommendation.waiting)
    assert wanted in seen if wanted else not seen


def first_steps(profile: Profile, wanted: bool) -> None:
    """The start says who does what on which day, what training comes first, when to look back."""
    begin = profile.recommendation.start.offer.begin
    contents = begin and (begin.steps, begin.training, begin.look_back_after_weeks, begin.look_back)
    assert bool(contents and all(contents)) is wanted


def models(profile: Profile, wanted: dict[str, str]) -> None:
    assert {name: offer(profile, name).offer.model for name in wanted} == wanted


def risk(profile: Profile, wanted: dict[str, str | list[str]]) -> None:
    for name, bands in wanted.items():
        assert offer(profile, name).risk.band in several(bands), name


def risk_not_below(profile: Profile, wanted: dict[str, list[str]]) -> None:
    """An offer's risk, in points and band, is never under that of its parts."""
    for name, parts in wanted.items():
        combined = offer(profile, name).risk
        for part in (offer(profile, p).risk for p in parts):
            assert RISK_ORDER.index(combined.band) >= RISK_ORDER.index(part.band), name
            assert combined.total >= part.total, name


def fit_at_least(profile: Profile, wanted: dict[str, int]) -> None:
    for name, least in wanted.items():
        assert offer(profile, name).fit >= least, name


def fit_under(profile: Profile, wanted: dict[str, int]) -> None:
    for name, limit in wanted.items():
        assert offer(profile, name).fit < limit, name


def start_risk(profile: Profile, wanted: str | list[str]) -> None:
    assert profile.recommendation.start.risk.band in several(wanted)


def possible(profile: Profile) -> set[str]:
    advice = profile.recommendation
    return {result.offer.id for result in (advice.start, *advice.open)}


def not_open(profile: Profile, wanted: list[str]) -> None:
    assert not possible(profile) & set(wanted)


def open_(profile: Profile, wanted: list[str]) -> None:
    assert set(wanted) <= possible(profile)


def blocked(profile: Profile, wanted: dict[str, list[str]]) -> None:
    by = {r.offer.id: set(r.blocked_by) for r in profile.recommendation.ruled_out}
    for offer, reasons in wanted.items():
        assert set(reasons) <= by.get(offer, set()), offer


def not_blocked_by(profile: Profile, wanted: dict[str, list[str]]) -> None:
    for name, reasons in wanted.items():
        assert not set(reasons) & set(offer(profile, name).blocked_by), name


def unanswered(profile: Profile, wanted: list[str]) -> None:
    """Gates about which nobody has said anything yet: open, and not known to be missing."""
    for name in wanted:
        assert (profile.gates[name].met, profile.gates[name].answered) == (False, False), name


def answered(profile: Profile, wanted: list[str]) -> None:
    assert all(profile.gates[name].answered for name in wanted)


def gates(profile: Profile, wanted: dict[str, str]) -> None:
    assert {g: "met" if profile.gates[g].met else "not_met" for g in wanted} == wanted


def band(profile: Profile, wanted: str | None) -> None:
    assert profile.readiness.band == wanted


def band_at_most(profile: Profile, wanted: str) -> None:
    assert profile.readiness.band is not None
    assert rank(profile.readiness.band) <= rank(wanted)  # type: ignore[arg-type]


def uncertain(profile: Profile, wanted: bool) -> None:
    assert profile.readiness.uncertain is wanted


def limited_by(profile: Profile, wanted: list[str]) -> None:
    assert set(wanted) <= set(profile.readiness.limited_by)


def not_limited_by(profile: Profile, wanted: list[str]) -> None:
    assert not set(wanted) & set(profile.readiness.limited_by)


def missing(profile: Profile, wanted: list[str]) -> None:
    """Domains that were asked about and have no score."""
    assert list(profile.readiness.missing) == wanted


def skipped(profile: Profile, wanted: dict[str, str]) -> None:
    """Questions that do not apply, each with a part of the reason."""
    for item, words in wanted.items():
        assert words in profile.skipped[item]


def not_skipped(profile: Profile, wanted: list[str]) -> None:
    assert not set(wanted) & set(profile.skipped)


def no_cells(profile: Profile, wanted: list[str]) -> None:
    """Dimensions in which no group stands, shown or hidden."""
    assert {d: dict(profile.dimensions[d].groups) for d in wanted} == {d: {} for d in wanted}


def bands(profile: Profile, wanted: dict[str, str | None]) -> None:
    assert {d: profile.domains[d].band for d in wanted} == wanted


def hidden(profile: Profile, wanted: dict[str, list[str]]) -> None:
    for dimension, groups in wanted.items():
        for group in groups:
            assert isinstance(profile.dimensions[dimension].groups[group], Suppressed)


def shown_together(profile: Profile, wanted: dict[str, list[str]]) -> None:
    for dimension, groups in wanted.items():
        assert sorted(groups) in [sorted(of) for of in profile.dimensions[dimension].of.values()]


def scores(profile: Profile, wanted: dict[str, int | None]) -> None:
    assert {d: profile.dimensions[d].score for d in wanted} == wanted


def group_scores(profile: Profile, wanted: dict[str, dict[str, int]]) -> None:
    for dimension, groups in wanted.items():
        for group, score in groups.items():
            cell = profile.dimensions[dimension].groups[group]
            assert isinstance(cell, PublishedScore)
            assert cell.score == score, (dimension, group)


def group_intervals(profile: Profile, wanted: dict[str, dict[str, list[int] | None]]) -> None:
    for dimension, groups in wanted.items():
        for group, ends in groups.items():
            cell = profile.dimensions[dimension].groups[group]
            assert isinstance(cell, PublishedScore)
            assert (list(cell.interval) if cell.interval else None) == ends, (dimension, group)


def deviations(profile: Profile, wanted: dict[str, dict[str, int | None]]) -> None:
    for dimension, groups in wanted.items():
        for group, sd in groups.items():
            cell = profile.dimensions[dimension].groups[group]
            assert isinstance(cell, PublishedScore)
            assert cell.sd == sd, (dimension, group)


def intervals(profile: Profile, wanted: dict[str, list[int]]) -> None:
    seen = {d: profile.dimensions[d].interval for d in wanted}
    assert {d: list(i) if i else None for d, i in seen.items()} == wanted


def counted(profile: Profile, wanted: dict[str, int]) -> None:
    assert dict(profile.respondents) == wanted


def dont_know(profile: Profile, wanted: dict[str, dict[str, float]]) -> None:
    for dimension, groups in wanted.items():
        for group, share in groups.items():
            cell = profile.dimensions[dimension].groups[group]
            assert isinstance(cell, PublishedScore)
            assert cell.dont_know == share, (dimension, group)


def view(profile: Profile, wanted: dict[str, str | None]) -> None:
    seen = {d: profile.dimensions[d].agreement for d in wanted}
    assert {d: a.view if a else None for d, a in seen.items()} == wanted


def basis(profile: Profile, wanted: dict[str, str]) -> None:
    assert {d: profile.dimensions[d].basis for d in wanted} == wanted


def gaps(profile: Profile, wanted: list[dict[str, Any]]) -> None:
    seen = [{k: getattr(gap, k) for k in wanted[0]} for gap in profile.gaps]
    for gap in wanted:
        assert gap in seen


def clear_gap(profile: Profile, wanted: dict[str, str]) -> None:
    """The group that sees a dimension clearly lower than some other group."""
    seen = {(gap.dimension, gap.low) for gap in profile.gaps if gap.evidence == "clear"}
    assert set(wanted.items()) <= seen


def claimed(profile: Profile, wanted: dict[str, dict[str, int]]) -> None:
    for dimension, groups in wanted.items():
        beside = profile.dimensions[dimension].claimed or {}
        assert {group: beside.get(group) for group in groups} == groups, dimension


def no_gap(profile: Profile, wanted: list[str]) -> None:
    assert not {gap.dimension for gap in profile.gaps} & set(wanted)


def ladder_evidenced(profile: Profile, wanted: dict[str, int | None]) -> None:
    assert {area: profile.ladder[area].evidenced for area in wanted} == wanted


def concern(profile: Profile, wanted: dict[str, dict[str, float]]) -> None:
    seen = {c.id: c for c in profile.concerns}
    for name, shares in wanted.items():
        assert {k: getattr(seen[name], k) for k in shares} == shares, name


def quality(profile: Profile, wanted: list[str]) -> None:
    assert set(wanted) <= {flag.flag for flag in profile.quality}


def no_quality(profile: Profile, wanted: list[str]) -> None:
    assert not set(wanted) & {flag.flag for flag in profile.quality}


def headline_says(profile: Profile, wanted: str | list[str]) -> None:
    for words in several(wanted):
        assert str(words).lower() in " ".join(headline(profile)).lower(), headline(profile)


def headline_never_says(profile: Profile, wanted: list[str]) -> None:
    for words in wanted:
        assert words.lower() not in " ".join(headline(profile)).lower(), headline(profile)


def json(profile: Profile, wanted: dict[str, Any]) -> None:
    """What other programs read. A path goes through keys and, in lists, through ids."""
    content = result_json(report_of(profile).result)
    for path, value in wanted.items():
        seen: Any = content
        for part in path.split("."):
            seen = (
                next(entry for entry in seen if entry["id"] == part)
                if isinstance(seen, list)
                else seen[part]
            )
        if not isinstance(value, dict):
            assert seen == value, path
            continue
        assert set(value.get("includes", ())) <= set(seen), path
        assert not set(value.get("excludes", ())) & set(seen), path


def fixes(profile: Profile, wanted: dict[str, list[dict[str, str]]]) -> None:
    seen = {result.offer.id: needed for result, needed in profile.next}
    for offer, needed in wanted.items():
        assert {(fix.kind, fix.id) for fix in seen[offer]} == {
            next(iter(fix.items())) for fix in needed
        }


def next_(profile: Profile, wanted: list[str]) -> None:
    assert set(wanted) <= {result.offer.id for result, _ in profile.next}


def not_next(profile: Profile, wanted: list[str]) -> None:
    assert not set(wanted) & {result.offer.id for result, _ in profile.next}


def assumed(profile: Profile, wanted: list[str]) -> None:
    """The result says which questions were read as the cautious answer."""
    flags = "".join(
        flag_in_words(flag, profile) for flag in profile.quality if flag.flag == "facts_assumed"
    )
    for fact in wanted:
        text = library().items[fact].text.for_group("working_group", None)
        assert text and f"{text.split('?')[0]}?" in flags, fact


CHECKS = {
    "start": start,
    "because": because,
    "never_start": never_start,
    "need": need,
    "alternative": alternative,
    "alternative_because": alternative_because,
    "running": running,
    "repairs": repairs,
    "nearest": nearest,
    "waiting": waiting,
    "first_steps": first_steps,
    "models": models,
    "risk": risk,
    "risk_not_below": risk_not_below,
    "fit_at_least": fit_at_least,
    "fit_under": fit_under,
    "not_blocked_by": not_blocked_by,
    "unanswered": unanswered,
    "answered": answered,
    "not_limited_by": not_limited_by,
    "clear_gap": clear_gap,
    "claimed": claimed,
    "no_quality": no_quality,
    "headline_never_says": headline_never_says,
    "json": json,
    "start_risk": start_risk,
    "not_open": not_open,
    "open": open_,
    "blocked": blocked,
    "gates": gates,
    "band": band,
    "band_at_most": band_at_most,
    "uncertain": uncertain,
    "limited_by": limited_by,
    "missing": missing,
    "skipped": skipped,
    "not_skipped": not_skipped,
    "no_cells": no_cells,
    "bands": bands,
    "hidden": hidden,
    "shown_together": shown_together,
    "scores": scores,
    "group_scores": group_scores,
    "group_intervals": group_intervals,
    "deviations": deviations,
    "intervals": intervals,
    "counted": counted,
    "dont_know": dont_know,
    "view": view,
    "basis": basis,
    "gaps": gaps,
    "no_gap": no_gap,
    "ladder_evidenced": ladder_evidenced,
    "concern": concern,
    "quality": quality,
    "headline_says": headline_says,
    "fixes": fixes,
    "next": next_,
    "not_next": not_next,
    "assumed": assumed,
}
