"""Every scenario: an organisation in a sentence, and what the tool must say about it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from scoring.answers import AnswersError
from scoring.bands import rank
from scoring.disclosure import PublishedScore, Suppressed
from scoring.profile import Profile
from scoring.standing import assumed_facts
from tests.organisations import evaluated, guidance, merged

FOLDER = Path(__file__).parents[1] / "scenarios"


def read(name: str) -> dict[str, Any]:
    return yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))


BASES = read("bases.yaml")["bases"]
SCENARIOS = [
    pytest.param(scenario, id=f"{path.stem}: {scenario['name']}")
    for path in sorted(FOLDER.glob("*.yaml"))
    if path.name != "bases.yaml"
    for scenario in read(path.name)["scenarios"]
]


def base(name: str) -> dict[str, Any]:
    """A base, which may itself start from another."""
    own = BASES[name]
    return merged(base(own["starts_from"]), own) if "starts_from" in own else own


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_scenario(scenario: dict[str, Any]) -> None:
    assert scenario["because"] and scenario["source"]
    organisation = merged(base(scenario["starts_from"]), scenario)
    expect = scenario["expect"]
    if "error" in expect:
        with pytest.raises((AnswersError, ValidationError)) as caught:
            evaluated(organisation)
        assert expect["error"] in str(caught.value)
        return
    found = evaluated(organisation)
    for what, wanted in expect.items():
        CHECKS[what](found, wanted)


def start(found: Profile, wanted: str | list[str]) -> None:
    assert found.recommendation.start.offer.id in ([wanted] if isinstance(wanted, str) else wanted)


def start_risk(found: Profile, wanted: str) -> None:
    assert found.recommendation.start.risk.band == wanted


def possible(found: Profile) -> set[str]:
    advice = found.recommendation
    return {result.offer.id for result in (advice.start, *advice.open)}


def not_open(found: Profile, wanted: list[str]) -> None:
    assert not possible(found) & set(wanted)


def open_(found: Profile, wanted: list[str]) -> None:
    assert set(wanted) <= possible(found)


def blocked(found: Profile, wanted: dict[str, list[str]]) -> None:
    by = {r.offer.id: set(r.blocked_by) for r in found.recommendation.ruled_out}
    for offer, reasons in wanted.items():
        assert set(reasons) <= by.get(offer, set()), offer


def gates(found: Profile, wanted: dict[str, str]) -> None:
    assert {g: "met" if found.gates[g].met else "not_met" for g in wanted} == wanted


def band(found: Profile, wanted: str | None) -> None:
    assert found.readiness.band == wanted


def band_at_most(found: Profile, wanted: str) -> None:
    assert found.readiness.band is not None
    assert rank(found.readiness.band) <= rank(wanted)  # type: ignore[arg-type]


def uncertain(found: Profile, wanted: bool) -> None:
    assert found.readiness.uncertain is wanted


def limited_by(found: Profile, wanted: list[str]) -> None:
    assert set(wanted) <= set(found.readiness.limited_by)


def hidden(found: Profile, wanted: dict[str, list[str]]) -> None:
    for dimension, groups in wanted.items():
        for group in groups:
            assert isinstance(found.dimensions[dimension].groups[group], Suppressed)


def shown_together(found: Profile, wanted: dict[str, list[str]]) -> None:
    for dimension, groups in wanted.items():
        assert sorted(groups) in [sorted(of) for of in found.dimensions[dimension].of.values()]


def scores(found: Profile, wanted: dict[str, int | None]) -> None:
    assert {d: found.dimensions[d].score for d in wanted} == wanted


def group_scores(found: Profile, wanted: dict[str, dict[str, int]]) -> None:
    for dimension, groups in wanted.items():
        for group, score in groups.items():
            cell = found.dimensions[dimension].groups[group]
            assert isinstance(cell, PublishedScore)
            assert cell.score == score, (dimension, group)


def group_intervals(found: Profile, wanted: dict[str, dict[str, list[int] | None]]) -> None:
    for dimension, groups in wanted.items():
        for group, ends in groups.items():
            cell = found.dimensions[dimension].groups[group]
            assert isinstance(cell, PublishedScore)
            assert (list(cell.interval) if cell.interval else None) == ends, (dimension, group)


def deviations(found: Profile, wanted: dict[str, dict[str, int | None]]) -> None:
    for dimension, groups in wanted.items():
        for group, sd in groups.items():
            cell = found.dimensions[dimension].groups[group]
            assert isinstance(cell, PublishedScore)
            assert cell.sd == sd, (dimension, group)


def intervals(found: Profile, wanted: dict[str, list[int]]) -> None:
    seen = {d: found.dimensions[d].interval for d in wanted}
    assert {d: list(i) if i else None for d, i in seen.items()} == wanted


def counted(found: Profile, wanted: dict[str, int]) -> None:
    assert dict(found.respondents) == wanted


def dont_know(found: Profile, wanted: dict[str, dict[str, float]]) -> None:
    for dimension, groups in wanted.items():
        for group, share in groups.items():
            cell = found.dimensions[dimension].groups[group]
            assert isinstance(cell, PublishedScore)
            assert cell.dont_know == share, (dimension, group)


def view(found: Profile, wanted: dict[str, str | None]) -> None:
    seen = {d: found.dimensions[d].agreement for d in wanted}
    assert {d: a.view if a else None for d, a in seen.items()} == wanted


def basis(found: Profile, wanted: dict[str, str]) -> None:
    assert {d: found.dimensions[d].basis for d in wanted} == wanted


def gaps(found: Profile, wanted: list[dict[str, Any]]) -> None:
    seen = [{k: getattr(gap, k) for k in wanted[0]} for gap in found.gaps]
    for gap in wanted:
        assert gap in seen


def no_gap(found: Profile, wanted: list[str]) -> None:
    assert not {gap.dimension for gap in found.gaps} & set(wanted)


def ladder_evidenced(found: Profile, wanted: dict[str, int | None]) -> None:
    assert {area: found.ladder[area].evidenced for area in wanted} == wanted


def concern(found: Profile, wanted: dict[str, dict[str, float]]) -> None:
    seen = {c.id: c for c in found.concerns}
    for name, shares in wanted.items():
        assert {k: getattr(seen[name], k) for k in shares} == shares, name


def quality(found: Profile, wanted: list[str]) -> None:
    assert set(wanted) <= {flag.flag for flag in found.quality}


def headline_says(found: Profile, wanted: str) -> None:
    assert wanted.lower() in found.headline.lower()


def fixes(found: Profile, wanted: dict[str, list[dict[str, str]]]) -> None:
    seen = {result.offer.id: needed for result, needed in found.next}
    for offer, needed in wanted.items():
        assert {(fix.kind, fix.id) for fix in seen[offer]} == {
            next(iter(fix.items())) for fix in needed
        }


def next_(found: Profile, wanted: list[str]) -> None:
    assert set(wanted) <= {result.offer.id for result, _ in found.next}


def assumed(found: Profile, wanted: list[str]) -> None:
    assert set(wanted) <= set(assumed_facts(guidance(), found.evidence))


CHECKS = {
    "start": start,
    "start_risk": start_risk,
    "not_open": not_open,
    "open": open_,
    "blocked": blocked,
    "gates": gates,
    "band": band,
    "band_at_most": band_at_most,
    "uncertain": uncertain,
    "limited_by": limited_by,
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
    "assumed": assumed,
}
