"""The overall readiness: the lowest domain, capped by gates, with what limits it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from questionnaires.forms import Form
from questionnaires.library import Library
from scoring.measures.totals import DomainResult, Points
from scoring.recommendation.gates import GateResult
from scoring.rules import bands
from scoring.rules.model import NOT_HEARD, Band


@dataclass(frozen=True)
class Readiness:
    """The overall band with its uncertainty, and what holds it down.

    Attributes:
        limited_by: the lowest domains under ready, then gates whose cap binds, then
            ``service_users_not_heard``.
        missing: built-in domains that were asked about and have no score.
    """

    band: Band | None
    uncertain: bool
    score: int | None
    interval: Points | None
    limited_by: tuple[str, ...]
    missing: tuple[str, ...]


def readiness(
    domains: Mapping[str, DomainResult],
    gates: Mapping[str, GateResult],
    library: Library,
    heard: frozenset[str],
    *,
    form: Form = "full",
) -> Readiness:
    """Overall = the lowest domain that counts: one thing near zero means not ready.

    A quick look asks too little for an overall result: it has no band, and nothing is uncertain.

    There is no band where nobody with lived experience is shown in a domain that they limit. A
    built-in domain, or a critical dimension, without a score makes the band uncertain.
    """
    counting = [d for d in library.domains.values() if d.counts and domains[d.id].asked]
    scored = [domains[d.id] for d in counting if domains[d.id].score is not None]
    missing = tuple(d.id for d in counting if domains[d.id].score is None)
    unknown = [name for domain in scored for name in domain.unknown]
    unheard = [d.id for d in counting if d.lived_experience_limits and d.id not in heard]
    if form == "quick" or not scored:
        limited_by = (NOT_HEARD,) if unheard else ()
        return Readiness(None, form != "quick", None, None, limited_by, missing)

    score = min(d.score for d in scored if d.score is not None)
    limited = list(_limiting(scored))
    interval = _interval(scored)
    if unheard:
        return Readiness(None, bool(missing), score, interval, (*limited, NOT_HEARD), missing)

    of_domains = bands.lowest(d.band for d in scored if d.band is not None)
    caps: dict[str, Band] = {
        name: result.gate.caps_band_at
        for name, result in gates.items()
        if result.gate.every_offer and not result.met and result.answered
        if result.gate.caps_band_at
    }
    band = bands.lowest([of_domains, *caps.values()])
    # What the ends of the interval cannot rise above: a gate's cap, or a domain's own.
    limit = band if bands.rank(band) < bands.rank(bands.band_of(score)) else bands.BANDS[-1]
    if bands.rank(band) < bands.rank(of_domains):
        limited += [name for name, cap in caps.items() if cap == band]
    # A gate that nobody has answered yet caps nothing, and leaves open what it will do.
    unanswered = any(not result.answered for result in gates.values() if result.gate.every_offer)
    return Readiness(
        band=band,
        uncertain=bool(missing or unknown or unanswered) or _uncertain(interval, limit),
        score=score,
        interval=interval,
        limited_by=tuple(limited),
        missing=missing,
    )


def _limiting(scored: Sequence[DomainResult]) -> list[str]:
    """The domains with the lowest band and, among these, the lowest score; then the lowest
    score of all where a cap made another domain's band the lowest."""
    under = [d for d in scored if d.band is not None and d.band != "ready"]
    if not under:
        return []
    worst = min((bands.rank(d.band), d.score or 0) for d in under if d.band is not None)
    lowest_score = min(d.score or 0 for d in under)
    return [
        d.id
        for d in under
        if d.band is not None
        and ((bands.rank(d.band), d.score or 0) == worst or d.score == lowest_score)
    ]


def _interval(scored: Sequence[DomainResult]) -> Points | None:
    """Lowest lower end, lowest upper end."""
    ends = [d.interval for d in scored]
    known = [end for end in ends if end is not None]
    if len(known) < len(ends):
        return None
    return min(low for low, _ in known), min(high for _, high in known)


def _uncertain(interval: Points | None, limit: Band) -> bool:
    """Whether the interval's ends lie in different bands, neither above the limit."""
    if interval is None:
        return True
    low, high = (bands.lowest([bands.band_of(end), limit]) for end in interval)
    return low != high
