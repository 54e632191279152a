"""Totals over groups and dimensions over domains, from published figures and nothing finer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from questionnaires.library import Library
from questionnaires.model import Domain
from scoring.answers.matrix import Context
from scoring.disclosure.groups_and_rounding import (
    PublishedGroup,
    PublishedScore,
    Suppressed,
    round_interval,
    round_to_whole,
)
from scoring.rules import bands
from scoring.rules.model import Band
from scoring.statistics.agreement import View
from scoring.statistics.estimates import total

Cell = PublishedScore | Suppressed
Points = tuple[int, int]
DimensionBasis = Literal["agreed", "claimed", "groups"]


@dataclass(frozen=True)
class PublishedAgreement:
    """Agreement in tenths, with the view that it leads to."""

    ad: float
    r_star_wg: float
    view: View


@dataclass(frozen=True)
class PublishedAlpha:
    """Cronbach's alpha and its interval in hundredths.

    ``excluded``: people with an answer missing; None where they are fewer than may be published.
    """

    value: float
    interval: tuple[float, float]
    n: int
    excluded: int | None


@dataclass(frozen=True)
class DimensionResult:
    """One dimension as it may be seen.

    Attributes:
        score: points; None where nothing is shown.
        score_by_respondents: the mean weighted by respondents instead of by groups.
        n: respondents behind the score; 1 for an agreed answer.
        basis: agreed by the working group, claimed by groups on practices, or said by groups.
        claimed: what groups claim about practices that were agreed; not part of the score.
        shown: agreed answers with a note that shows them, and all agreed answers.
        asked: whether this assessment asks anybody about it; else it is not missing.
    """

    id: str
    score: int | None
    score_by_respondents: int | None
    interval: Points | None
    n: int
    dont_know: float | None
    basis: DimensionBasis
    groups: Mapping[str, Cell]
    of: Mapping[str, tuple[str, ...]]
    claimed: Mapping[str, int] | None = None
    agreement: PublishedAgreement | None = None
    alpha: PublishedAlpha | None = None
    with_evidence: tuple[int, int] | None = None
    asked: bool = True


@dataclass(frozen=True)
class DomainResult:
    """One domain: an uncapped score, and a band that a weak critical dimension can cap.

    ``unknown`` names critical dimensions that were asked about and have no score: the band is
    uncertain then. A domain that is not ``asked`` about is not missing. A quick look has no bands.
    """

    id: str
    score: int | None
    band: Band | None
    interval: Points | None
    capped_by: str | None = None
    limited_by_lived_experience: bool = False
    unknown: tuple[str, ...] = ()
    asked: bool = True


def weights_of(groups: Sequence[PublishedGroup], context: Context) -> dict[str, float]:
    """The weight of each of these groups, renormalised over them.

    Half for lived experience and half for the organisation, equal within each side, over the
    groups that are shown and have a score; weights that are set replace the default. Groups
    shown together have the sum of what was set for them.
    """
    on_side = Counter(group.side for group in groups)
    weights = {}
    for group in groups:
        given = [context.weights[m.id] for m in group.members if m.id in context.weights]
        weights[group.id] = sum(given) if given else 1 / len(on_side) / on_side[group.side]
    everything = sum(weights.values())
    if everything == 0:
        return dict.fromkeys(weights, 0.0)
    return {group: weight / everything for group, weight in weights.items()}


@dataclass(frozen=True)
class Total:
    """A total over groups in whole points."""

    score: int
    by_respondents: int
    interval: Points | None
    n: int


def total_of(
    cells: Mapping[str, Cell], groups: Sequence[PublishedGroup], context: Context
) -> Total | None:
    """The total of the published cells; None where none is shown or all weigh nothing."""
    scored = [group for group in groups if isinstance(cells.get(group.id), PublishedScore)]
    published = [cell for g in scored if isinstance(cell := cells[g.id], PublishedScore)]
    weights = weights_of(scored, context)
    found = total([cell.estimate for cell in published], [weights[g.id] for g in scored])
    if found is None:
        return None
    mean, interval = found
    people = sum(cell.n for cell in published)
    by_people = sum(cell.score * cell.n for cell in published) / people
    return Total(round_to_whole(mean), round_to_whole(by_people), round_interval(interval), people)


def members_of(
    domain: Domain,
    results: Mapping[str, DimensionResult],
    library: Library,
    *,
    entering: bool = False,
) -> list[DimensionResult]:
    """The dimensions of a domain that have a result, in the order of the questionnaires.

    Args:
        entering: only those that enter its score. Built-in domains count their built-in
            dimensions only; what an organisation adds to one is shown beside them.
    """
    return [
        results[dimension.id]
        for dimension in library.dimensions.values()
        if dimension.domain == domain.id
        and dimension.id in results
        and (dimension.counts or not domain.counts or not entering)
    ]


def domain_of(
    domain: Domain,
    results: Mapping[str, DimensionResult],
    library: Library,
    groups: Sequence[PublishedGroup],
    context: Context,
) -> DomainResult:
    """A domain's score, interval and band with its caps."""
    members = members_of(domain, results, library, entering=True)
    scored = [(r, r.score) for r in members if r.score is not None]
    asked = any(result.asked for result in members)
    if not scored:
        return DomainResult(domain.id, None, None, None, asked=asked)
    score = round_to_whole(sum(points for _, points in scored) / len(scored))
    interval = _domain_interval(members)
    if context.form == "quick":
        return DomainResult(domain.id, score, None, interval, asked=asked)
    band = bands.band_of(score)
    capped_by = None
    for result, points in scored:
        if library.dimensions[result.id].critical:
            cap = bands.at_most_one_above(bands.band_of(points))
            if bands.rank(cap) < bands.rank(band):
                band, capped_by = cap, result.id
    limited = False
    if domain.lived_experience_limits:
        cap = _lived_experience_cap(members, groups, context)
        if cap is not None and bands.rank(cap) < bands.rank(band):
            band, limited = cap, True
    unknown = tuple(
        result.id
        for result in members
        if result.score is None and result.asked and library.dimensions[result.id].critical
    )
    return DomainResult(domain.id, score, band, interval, capped_by, limited, unknown, asked)


def _domain_interval(members: Sequence[DimensionResult]) -> Points | None:
    """Mean of the lower ends and mean of the upper ends; an agreed score is both its ends."""
    ends = [
        (result.score, result.score) if result.basis == "agreed" else result.interval
        for result in members
        if result.score is not None
    ]
    known = [end for end in ends if end is not None]
    if len(known) < len(ends):
        return None
    low, high = (round_to_whole(sum(end) / len(known)) for end in zip(*known, strict=True))
    return low, high


def _lived_experience_cap(
    members: Sequence[DimensionResult], groups: Sequence[PublishedGroup], context: Context
) -> Band | None:
    """One band above what people with lived experience alone would give.

    Weights that take their voice out of the totals do not take this limit away.
    """
    lived = [group for group in groups if group.side == "lived_experience"]
    if not any(weights_of(lived, context).values()):
        context = context.model_copy(update={"weights": {}})
    totals = [total_of(result.groups, lived, context) for result in members]
    points = [found.score for found in totals if found is not None]
    if not points:
        return None
    return bands.at_most_one_above(bands.band_of(round_to_whole(sum(points) / len(points))))
