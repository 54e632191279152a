"""The result as JSON, as other programs rely on it. Published figures only; never NaN."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from assessment.report.headline import headline
from assessment.report.round_details import NO_ROUND, GroupStatement, Round
from assessment.report.terms import risk_point_in_words
from assessment.report.wording.conditions import gate_in_words
from assessment.report.wording.flags import flag_in_words
from assessment.report.wording.suppressed import people_in_words, why_suppressed
from questionnaires.content_folder import use
from questionnaires.model import Reference
from scoring.disclosure.groups_and_rounding import PublishedScore, Suppressed
from scoring.disclosure.tallies import PublishedNumber, PublishedTally
from scoring.disclosure.written_texts import PublishedTexts
from scoring.measures.boundaries import BoundaryResult, OptionShares
from scoring.measures.concerns import ConcernResult, Shares
from scoring.measures.distributions import Distribution
from scoring.measures.gaps import Gap
from scoring.measures.ladder import AreaResult
from scoring.measures.tags import TagResult
from scoring.measures.tallies import TallyResult
from scoring.measures.totals import (
    DimensionResult,
    DomainResult,
    PublishedAgreement,
    PublishedAlpha,
)
from scoring.recommendation.fixes import Fix
from scoring.recommendation.gates import GateResult
from scoring.recommendation.offers import OfferResult, Recommendation
from scoring.recommendation.readiness import Readiness
from scoring.result import AgreedAnswer, EarlierAnswer, Result
from scoring.rules.conditions import Evidence

Json = dict[str, Any]

#: What is published of each kind of result, in this order; what is not named here stays inside.
PUBLISHED: dict[type, tuple[str, ...]] = {
    Readiness: ("band", "uncertain", "score", "interval", "limited_by"),
    DomainResult: ("score", "band", "interval", "capped_by", "limited_by_lived_experience"),
    DimensionResult: ("score", "score_by_respondents", "interval", "n", "dont_know", "basis"),
    PublishedAgreement: ("ad", "r_star_wg", "view"),
    PublishedAlpha: ("value", "interval", "n"),
    PublishedScore: ("score", "interval", "n", "sd", "dont_know"),
    Gap: ("dimension", "high", "low", "difference", "interval", "evidence"),
    ConcernResult: ("id", "share_some", "share_serious", "responses", "groups"),
    BoundaryResult: ("item", "situation", "aspect", "groups"),
    OptionShares: ("shares", "n"),
    Distribution: ("n", "classes", "shares", "middle", "mean", "dont_know", "does_not_apply"),
    TallyResult: ("item", "groups"),
    PublishedTally: ("n", "shares", "at_least", "untold"),
    PublishedNumber: ("n", "median", "middle_half"),
    PublishedTexts: ("texts", "some_hidden"),
    GroupStatement: ("group", "text", "facilitated", "written_by", "written_on"),
    TagResult: ("agreed", "practices", "score"),
}


def result_json(result: Result, round_: Round = NO_ROUND) -> Json:
    """Everything that may be published, in the form that is documented for other programs."""
    with use(result.library.content):
        return _published(result, round_)


def _published(result: Result, round_: Round) -> Json:
    profile = result.profile
    return {
        "organisation": profile.organisation,
        "respondents": _plain(profile.respondents),
        "readiness": _plain(profile.readiness) | {"headline": " ".join(headline(profile))},
        "domains": _plain(profile.domains),
        "dimensions": {name: _dimension(found) for name, found in profile.dimensions.items()},
        "gaps": _plain(profile.gaps),
        "ladder": {name: _area(area) for name, area in profile.ladder.items()},
        "concerns": _plain(profile.concerns),
        "boundaries": _plain(profile.boundaries),
        "items": _plain(profile.distributions),
        "tallies": _plain(profile.tallies),
        "own_words": _plain(round_.written),
        "statements": _plain(round_.statements),
        "tags": {tag.id: _plain(tag) for tag in profile.tags},
        "gates": [_gate(gate, profile.evidence) for gate in profile.gates.values()],
        "recommendation": _recommendation(result),
        "agreed": [_agreed(entry) for entry in result.agreed],
        "quality": [
            {"flag": flag.flag, "detail": flag_in_words(flag, profile)} for flag in profile.quality
        ],
    }


def dumps(content: Json) -> str:
    """JSON text; a number that is none would be an error."""
    return json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def _plain(value: Any) -> Any:
    """A value as JSON has it; a figure that is not published is the reason why it is not."""
    match value:
        case Suppressed():
            return {"suppressed": why_suppressed(value)}
        case Shares():
            return {"share_some": value.some, "share_serious": value.serious, "n": value.n}
        case Mapping():
            return {key: _plain(entry) for key, entry in value.items()}
        case tuple():
            return [_plain(entry) for entry in value]
        case Reference():
            return value.model_dump(exclude_none=True)
    if type(value) in PUBLISHED:
        return {name: _plain(getattr(value, name)) for name in PUBLISHED[type(value)]}
    return value


def _dimension(found: DimensionResult) -> Json:
    alpha, evidence = found.alpha, found.with_evidence
    return _plain(found) | {
        "claimed": _plain(found.claimed or None),
        "shown": {"with_note": evidence[0], "agreed": evidence[1]} if evidence else None,
        "agreement": _plain(found.agreement),
        "alpha": alpha and _plain(alpha) | {"left_out": people_in_words(alpha.excluded)},
        "groups": {
            group: _plain(cell) | ({"of": list(found.of[group])} if group in found.of else {})
            for group, cell in found.groups.items()
        },
    }


def _area(area: AreaResult) -> Json:
    return {
        "now": _plain(area.now),
        "wanted": _plain(area.wanted),
        "evidenced": area.evidenced,
        "evidence_answered": area.known,
        "claimed_above_evidenced": list(area.claimed_above),
    }


def _gate(gate: GateResult, evidence: Evidence) -> Json:
    return {
        "id": gate.gate.id,
        "met": gate.met,
        "answered": gate.answered,
        "critical": gate.gate.every_offer,
        "applies": gate.applies,
        "because": list(gate_in_words(gate, evidence)),
        "sources": _plain(gate.sources),
    }


def _recommendation(result: Result) -> Json:
    profile, advice = result.profile, result.profile.recommendation
    return {
        "start": _start(advice),
        "open": [_offer(offer) for offer in advice.open],
        "ruled_out": [_ruled_out(offer) for offer in advice.ruled_out],
        "next": [
            _ruled_out(offer) | {"fixes": [_fix(fix) for fix in needed]}
            for offer, needed in profile.next
        ],
        "running": [_running(offer) for offer in advice.running],
        "nearest": [offer.offer.id for offer in advice.nearest],
        "waiting": [offer.offer.id for offer in advice.waiting],
        "stability": dict(result.stability),
    }


def _offer(result_: OfferResult) -> Json:
    offer = result_.offer
    return {
        "id": offer.id,
        "model": offer.model,
        "role_level": offer.role_level,
        "arrangement": offer.arrangement,
        "risk": result_.risk.band,
        "risk_points": [
            {"points": point.points, "because": risk_point_in_words(point)}
            for point in result_.risk.points
        ],
        "safeguards_in_place": list(result_.risk.in_place),
        "fit": None if offer.model is None else result_.fit,
        "fits": list(result_.fits),
        "answers_need": result_.need,
        "sources": _plain(offer.source),
    }


def _start(advice: Recommendation) -> Json:
    """The start, why it is this one, and what could be chosen instead."""
    other = advice.alternative
    alternative = other and _offer(other) | {"because": advice.alternative_because}
    return _offer(advice.start) | {"because": advice.because, "alternative": alternative}


def _ruled_out(result_: OfferResult) -> Json:
    """An offer that is not possible; ``unanswered`` are gates that nobody has answered yet."""
    return _offer(result_) | {
        "blocked_by": list(result_.blocked_by),
        "unanswered": list(result_.unanswered),
    }


def _running(result_: OfferResult) -> Json:
    """What runs already, and the gates that have to be put right for it."""
    return {
        "id": result_.offer.id,
        "repairs": [name for name in result_.open_gates if name not in result_.unanswered],
        "unanswered": list(result_.unanswered),
    }


def _agreed(entry: AgreedAnswer) -> Json:
    """An agreed answer with its note, or what members chose where they did not agree."""
    return {
        "item": entry.item,
        **_answer(entry),
        "note_is_older": entry.note_is_older,
        "earlier": _answer(entry.earlier) if entry.earlier else None,
    }


def _answer(entry: AgreedAnswer | EarlierAnswer) -> Json:
    return {
        "value": entry.code or None,
        "did_not_agree": list(entry.chosen) or None,
        "note": entry.note or None,
        "reason": entry.reason or None,
    }


def _fix(fix: Fix) -> Json:
    return {fix.kind: fix.id, "to": fix.to, "effort": fix.effort}
