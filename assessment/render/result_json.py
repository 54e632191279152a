"""The result as JSON, as other programs rely on it. Published figures only; never NaN."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from assessment.report.headline import headline
from assessment.report.model import Report
from assessment.report.terms import risk_point_in_words
from assessment.report.wording.conditions import gate_in_words
from assessment.report.wording.flags import flag_in_words
from assessment.report.wording.suppressed import people_in_words, why_suppressed
from questionnaires.model import Reference
from scoring.disclosure.groups_and_rounding import PublishedScore, Suppressed
from scoring.measures.concerns import ConcernResult, Shares
from scoring.measures.distributions import Spread
from scoring.measures.ladder import AreaResult
from scoring.measures.totals import Cell, DimensionResult
from scoring.recommendation.fixes import Fix
from scoring.recommendation.offers import OfferResult, Recommendation
from scoring.result import AgreedAnswer, EarlierAnswer

Json = dict[str, Any]


def result_json(report: Report) -> Json:
    """Everything that may be published, in the form that is documented for other programs."""
    profile = report.result.profile
    ready, advice = profile.readiness, profile.recommendation
    return {
        "organisation": profile.organisation,
        "respondents": dict(profile.respondents),
        "readiness": {
            "band": ready.band,
            "uncertain": ready.uncertain,
            "score": ready.score,
            "interval": _list(ready.interval),
            "limited_by": list(ready.limited_by),
            "headline": headline(profile),
        },
        "domains": {
            name: {
                "score": domain.score,
                "band": domain.band,
                "interval": _list(domain.interval),
                "capped_by": domain.capped_by,
                "limited_by_lived_experience": domain.limited_by_lived_experience,
            }
            for name, domain in profile.domains.items()
        },
        "dimensions": {name: _dimension(d) for name, d in profile.dimensions.items()},
        "gaps": [
            {
                "dimension": gap.dimension,
                "high": gap.high,
                "low": gap.low,
                "difference": gap.difference,
                "interval": _list(gap.interval),
                "evidence": gap.evidence,
            }
            for gap in profile.gaps
        ],
        "ladder": {name: _area(area) for name, area in profile.ladder.items()},
        "concerns": [_concern(concern) for concern in profile.concerns],
        "boundaries": [
            {
                "item": boundary.item,
                "situation": boundary.situation,
                "aspect": boundary.aspect,
                "groups": {
                    group: (
                        {"suppressed": why_suppressed(shares)}
                        if isinstance(shares, Suppressed)
                        else {"shares": dict(shares.shares), "n": shares.n}
                    )
                    for group, shares in boundary.groups.items()
                },
            }
            for boundary in profile.boundaries
        ],
        "items": {
            item: {group: _spread(cell) for group, cell in cells.items()}
            for item, cells in profile.distributions.items()
        },
        "tags": {
            tag.id: {
                "agreed": tag.agreed,
                "practices": tag.practices,
                "score": tag.score,
            }
            for tag in profile.tags
        },
        "gates": [
            {
                "id": gate.gate.id,
                "met": gate.met,
                "answered": gate.answered,
                "critical": gate.gate.every_offer,
                "applies": gate.applies,
                "because": list(gate_in_words(gate, profile.evidence)),
                "sources": sources(gate.sources),
            }
            for gate in profile.gates.values()
        ],
        "recommendation": {
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
            "stability": dict(report.result.stability),
        },
        "agreed": [_agreed(entry) for entry in report.result.agreed],
        "quality": [
            {"flag": flag.flag, "detail": flag_in_words(flag, profile)} for flag in profile.quality
        ],
    }


def dumps(content: Json) -> str:
    """JSON text; a number that is none would be an error."""
    return json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def sources(references: Iterable[Reference]) -> list[Json]:
    return [reference.model_dump(exclude_none=True) for reference in references]


def _list(pair: tuple[Any, Any] | None) -> list[Any] | None:
    return None if pair is None else list(pair)


def _dimension(result_: DimensionResult) -> Json:
    agreement, alpha = result_.agreement, result_.alpha
    return {
        "score": result_.score,
        "score_by_respondents": result_.score_by_respondents,
        "interval": _list(result_.interval),
        "n": result_.n,
        "dont_know": result_.dont_know,
        "basis": result_.basis,
        "claimed": dict(result_.claimed) if result_.claimed else None,
        "shown": (
            {"with_note": result_.with_evidence[0], "agreed": result_.with_evidence[1]}
            if result_.with_evidence
            else None
        ),
        "agreement": (
            {"ad": agreement.ad, "r_star_wg": agreement.r_star_wg, "view": agreement.view}
            if agreement
            else None
        ),
        "alpha": (
            {
                "value": alpha.value,
                "interval": list(alpha.interval),
                "n": alpha.n,
                "left_out": people_in_words(alpha.excluded),
            }
            if alpha
            else None
        ),
        "groups": {
            group: _cell(cell) | ({"of": list(result_.of[group])} if group in result_.of else {})
            for group, cell in result_.groups.items()
        },
    }


def _cell(cell: Cell) -> Json:
    match cell:
        case PublishedScore():
            return {
                "score": cell.score,
                "interval": _list(cell.interval),
                "n": cell.n,
                "sd": cell.sd,
                "dont_know": cell.dont_know,
            }
        case Suppressed():
            return {"suppressed": why_suppressed(cell)}


def _area(area: AreaResult) -> Json:
    def rungs(cells: Any) -> Json:
        return {
            group: {"suppressed": why_suppressed(cell)} if isinstance(cell, Suppressed) else cell
            for group, cell in cells.items()
        }

    return {
        "now": rungs(area.now),
        "wanted": rungs(area.wanted),
        "evidenced": area.evidenced,
        "evidence_answered": area.known,
        "claimed_above_evidenced": list(area.claimed_above),
    }


def _concern(concern: ConcernResult) -> Json:
    return {
        "id": concern.id,
        "share_some": concern.share_some,
        "share_serious": concern.share_serious,
        "responses": list(concern.responses),
        "groups": {
            group: (
                {"share_some": shares.some, "share_serious": shares.serious, "n": shares.n}
                if isinstance(shares, Shares)
                else {"suppressed": why_suppressed(shares)}
            )
            for group, shares in concern.groups.items()
        },
    }


def _spread(cell: Spread) -> Json:
    if isinstance(cell, Suppressed):
        return {"suppressed": why_suppressed(cell)}
    return {
        "n": cell.n,
        "classes": list(cell.classes),
        "shares": list(cell.shares),
        "middle": cell.middle,
        "mean": cell.mean,
        "dont_know": cell.dont_know,
        "does_not_apply": cell.does_not_apply,
    }


def _offer(result_: OfferResult, *, fallback: bool = False) -> Json:
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
        "fit": None if fallback else result_.fit,
        "fits": list(result_.fits),
        "answers_need": result_.need,
        "sources": sources(offer.source),
    }


def _start(advice: Recommendation) -> Json:
    """The start, why it is this one, and what could be chosen instead."""
    other = advice.alternative
    return _offer(advice.start, fallback=advice.start.offer.model is None) | {
        "because": advice.because,
        "alternative": None
        if other is None
        else _offer(other) | {"because": advice.alternative_because},
    }


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
        "value": entry.code or None,
        "did_not_agree": list(entry.chosen) or None,
        "note": entry.note or None,
        "note_is_older": entry.note_is_older,
        "earlier": _earlier(entry.earlier) if entry.earlier else None,
    }


def _earlier(entry: EarlierAnswer) -> Json:
    """What an agreed answer was before."""
    return {
        "value": entry.code or None,
        "did_not_agree": list(entry.chosen) or None,
        "note": entry.note or None,
    }


def _fix(fix: Fix) -> Json:
    return {fix.kind: fix.id, "to": fix.to, "effort": fix.effort}
