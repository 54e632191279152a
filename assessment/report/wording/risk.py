"""What makes the risk of an offer, in words."""

from __future__ import annotations

from scoring.recommendation.risk import RiskPoint


def risk_point_in_words(point: RiskPoint) -> str:
    """What some points are for."""
    match point.kind:
        case "exposure":
            return f"{point.reason}: {point.exposes}"
        case "safeguard" if point.answered:
            return f"Not in place yet: {point.reason}"
        case "safeguard":
            return f"Not known to be in place: {point.reason}"
        case _:
            return point.reason
