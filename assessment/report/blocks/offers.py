"""Every offer: where it stands, at what risk, and what it waits for."""

from __future__ import annotations

from assessment.report.basics import blocked_in_words, missing_gates
from assessment.report.blocks.next_steps import coming
from assessment.report.tables import Column, Row, Table, columns, table
from assessment.report.terms import ARRANGEMENTS, MODELS, cite, risk_point_in_words, risk_word
from scoring.recommendation.offers import RUNNING, OfferResult
from scoring.result import Result
from scoring.rules.model import Offer

OFFERS = (
    *columns("Where it stands", "Offer", "What kind", "Risk"),
    *columns("Risk points", "Fit of 100", kind="whole"),
    *columns("Why, or what it waits for", "Source"),
)
RISKS = (
    *columns("Offer", "Risk"),
    Column("Risk points", "whole"),
    *columns("Because", "In place already"),
)


def by_nearness(result: Result) -> tuple[OfferResult, ...]:
    """The start, what is possible beside it, then what is not: what comes next first."""
    advice, near = result.profile.recommendation, _near(result)
    out = sorted(advice.ruled_out, key=lambda offer: offer.offer.id not in near)
    return (advice.start, *advice.open, *out)


def offers(result: Result) -> Table:
    """Where every offer stands, in the order of ``by_nearness``."""
    return table("offers", OFFERS, (_row(offer, result) for offer in by_nearness(result)))


def risks(result: Result) -> Table:
    """Every point that makes the risk of each kind of peer work, below its sum."""
    rows: list[Row] = []
    for offer in result.profile.recommendation.offers:
        if offer.offer.model is None:
            continue
        risk = offer.risk
        place = "\n".join(f"✓ {text}" for text in risk.in_place)
        rows.append(
            Row((offer.offer.title, risk_word(offer), risk.total, None, place), strong=True)
        )
        rows += [
            Row((None, None, point.points, risk_point_in_words(point), None))
            for point in risk.points
        ]
    return table("risk", RISKS, rows)


def _near(result: Result) -> set[str]:
    return {offer.offer.id for offer, _ in coming(result.profile)}


def _row(found: OfferResult, result: Result) -> Row:
    offer = found.offer
    why = "\n".join(f"✓ {text}" for text in found.fits) or offer.reason
    if found.blocked_by:
        why = f"{blocked_in_words(found, result.profile, result.rulebook)}."
    return Row(
        (
            _status(found, result),
            offer.title,
            _kind(offer),
            risk_word(found),
            found.risk.total,
            None if offer.model is None else found.fit,
            why,
            cite(offer.source, result.library),
        ),
        strong=found is result.profile.recommendation.start,
    )


def _status(found: OfferResult, result: Result) -> str:
    advice = result.profile.recommendation
    if found is advice.start:
        return "Meanwhile" if advice.because == "too_early" else "The start"
    if found in advice.open:
        return "Possible today"
    if RUNNING in found.blocked_by:
        return "Runs already"
    if found.offer.id in _near(result):
        return "Comes next"
    return "Not answered yet" if found.unanswered and not missing_gates(found) else "Waits"


def _kind(offer: Offer) -> str:
    """The model, the role level and the arrangement in words; a role named like its model once."""
    if offer.model is None or offer.arrangement is None:
        return ""
    parts = (MODELS[offer.model], offer.role_level or "", ARRANGEMENTS[offer.arrangement])
    return ", ".join(part for part in dict.fromkeys(parts) if part)
