"""The profile: everything that the answers say, as it may be published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from questionnaires.library import Library
from questionnaires.model import DID_NOT_AGREE, FACT_KINDS, SPECIAL_CODES, Item
from scoring import dimensions as dim
from scoring.answers import Answers
from scoring.boundaries import BoundaryResult, boundaries
from scoring.concerns import ConcernResult, concerns
from scoring.disclosure import (
    PublishedScore,
    Shown,
    half_step_below,
    publish_score,
    shown_groups,
    tenth,
    whole,
)
from scoring.fixes import Fix, fixes
from scoring.gates import GateResult, all_gates
from scoring.guidance_library import Guidance
from scoring.headline import headline
from scoring.ladder import AreaResult, ladder
from scoring.quality import Flag, flags
from scoring.readiness import Readiness, readiness
from scoring.recommend import OfferResult, Recommendation, recommend
from scoring.risk import RISK_ORDER
from scoring.rules import Evidence, Practice, step_score
from scoring.tags import TagResult, tags
from scoring.totals import (
    Cell,
    DimensionBasis,
    DimensionResult,
    DomainResult,
    PublishedAgreement,
    PublishedAlpha,
    domain_of,
    total_of,
)
from scoring.uncertainty import difference

#: From this difference on a gap is clear, if its interval leaves out zero; from the second it is
#: worth talking about in any case. Points; our judgement.
CLEAR_FROM, POSSIBLE_FROM = 10, 15


@dataclass(frozen=True)
class Gap:
    """Two groups that see one dimension differently."""

    dimension: str
    high: str
    low: str
    difference: int
    interval: tuple[int, int] | None
    evidence: str


@dataclass(frozen=True)
class Profile:
    """What may be published about one assessment, and what follows from it."""

    organisation: str
    respondents: Mapping[str, int]
    shown: Shown
    readiness: Readiness
    headline: str
    domains: Mapping[str, DomainResult]
    dimensions: Mapping[str, DimensionResult]
    gaps: tuple[Gap, ...]
    ladder: Mapping[str, AreaResult]
    concerns: tuple[ConcernResult, ...]
    boundaries: tuple[BoundaryResult, ...]
    tags: tuple[TagResult, ...]
    gates: Mapping[str, GateResult]
    recommendation: Recommendation
    next: tuple[tuple[OfferResult, tuple[Fix, ...]], ...]
    quality: tuple[Flag, ...]
    evidence: Evidence


def profile(answers: Answers, guidance: Guidance) -> Profile:
    """Score answers into a profile with its recommendation.

    Args:
        answers: checked answers of every group.
        guidance: gates, offers and everything else that rules know.
    """
    library, context = answers.library, answers.context
    shown = shown_groups(answers.groups, context.minimum_group_size)
    scorer = dim.Scorer(answers)
    results = {
        name: dimension_result(library.dimensions[name].id, scorer, shown)
        for name in library.dimensions
        if name in scorer.items or library.dimensions[name].counts
    }
    domains = {
        domain.id: domain_of(domain, results, library, shown.groups, context)
        for domain in library.domains.values()
    }
    evidence = evidence_of(answers, shown, scorer, results, domains)
    gates = all_gates(guidance, evidence)
    ready = readiness(domains, gates, library, evidence.heard)
    recommendation = recommend(guidance, evidence)
    coming = next_offers(recommendation, guidance, evidence)
    assumed = assumed_facts(guidance, evidence)
    heard = all(
        d.id in evidence.heard for d in library.domains.values() if d.lived_experience_limits
    )
    return Profile(
        organisation=context.organisation,
        respondents={group.id: group.n for group in answers.groups},
        shown=shown,
        readiness=ready,
        headline=headline(recommendation, evidence, guidance, heard=heard),
        domains=domains,
        dimensions=results,
        gaps=gaps(results),
        ladder=ladder(answers, shown, guidance, evidence),
        concerns=concerns(answers, shown, guidance),
        boundaries=boundaries(answers, shown),
        tags=tags(scorer, shown, evidence.practices),
        gates=gates,
        recommendation=recommendation,
        next=coming,
        quality=flags(
            answers,
            shown,
            results,
            guidance,
            heard=heard,
            assumed=assumed,
        ),
        evidence=evidence,
    )


def dimension_result(name: str, scorer: dim.Scorer, shown: Shown) -> DimensionResult:
    """One dimension: its groups' cells first, then everything else from these."""
    answers = scorer.answers
    items = scorer.items.get(name, [])
    cells: dict[str, Cell] = {}
    parts: dict[str, dim.Scores] = {}
    for group in shown.groups:
        scores = scorer.group(items, group)
        if scores is None or not scores.scored + scores.dont_knows:
            continue
        cell = publish_score(scores.estimate(group.head_count), scores.dont_know, shown.minimum)
        cells[group.id] = cell
        parts[group.id] = scores
    for hidden, suppressed in shown.hidden.items():
        if any(answers.asked(item, answers.by_group[hidden]) for item in items):
            cells[hidden] = suppressed
    published = {g: parts[g] for g, cell in cells.items() if isinstance(cell, PublishedScore)}
    of = {
        group.id: tuple(member.id for member in group.members)
        for group in shown.groups
        if group.together and group.id in cells
    }
    practice = bool(items) and all(item.kind == "practice" for item in items)
    agreed = agreed_score(items, answers) if practice else None
    total = total_of(cells, shown.groups, answers.context)
    if agreed is not None:
        return DimensionResult(
            id=name,
            score=agreed.score,
            score_by_respondents=agreed.score,
            interval=None,
            n=1,
            dont_know=agreed.dont_know,
            basis="agreed",
            groups=cells,
            of=of,
            claimed={g: c.score for g, c in cells.items() if isinstance(c, PublishedScore)} or None,
            alpha=_alpha(published, shown),
            shown=(agreed.shown, agreed.answered),
        )
    basis: DimensionBasis = "claimed" if practice else "groups"
    return DimensionResult(
        id=name,
        score=total.score if total else None,
        score_by_respondents=total.by_respondents if total else None,
        interval=total.interval if total else None,
        n=total.n if total else 0,
        dont_know=_dont_know(parts, shown),
        basis=basis,
        groups=cells,
        of=of,
        agreement=_agreement(published),
        alpha=_alpha(published, shown),
    )


def _dont_know(parts: Mapping[str, dim.Scores], shown: Shown) -> float | None:
    """The share of don't know over the shown groups; it never touches a mean.

    A group in which fewer than the minimum said anything does not enter, or the share of the
    others beside it would tell what these few said.
    """
    counted = [part for part in parts.values() if part.said_something >= shown.minimum]
    knows = sum(part.dont_knows for part in counted)
    both = knows + sum(part.scored for part in counted)
    return tenth(knows / both) if both else None


def _agreement(published: Mapping[str, dim.Scores]) -> PublishedAgreement | None:
    found = dim.pooled_agreement(published)
    if found is None:
        return None
    return PublishedAgreement(
        whole(found.ad * 10) / 10, whole(found.r_star_wg * 10) / 10, found.view
    )


def _alpha(published: Mapping[str, dim.Scores], shown: Shown) -> PublishedAlpha | None:
    found = dim.pooled_alpha(published)
    if found is None:
        return None
    low, high = (whole(end * 100) / 100 for end in found.interval)
    left_out = found.left_out
    said = str(left_out) if left_out == 0 or left_out >= shown.minimum else "a few"
    return PublishedAlpha(whole(found.value * 100) / 100, (low, high), found.n, said)


@dataclass(frozen=True)
class Agreed:
    """The working group's score of a dimension."""

    score: int
    dont_know: float
    answered: int
    shown: int


def agreed_code(item: Item, value: str, library: Library) -> str:
    """The step that an agreed answer stands for.

    "We did not agree" counts as the lowest of the options that members chose.
    """
    if not value.startswith(f"{DID_NOT_AGREE}:"):
        return value
    chosen = value.partition(":")[2].split(";")
    return next(option.code for option in library.options(item) if option.code in chosen)


def agreed_score(items: Sequence[Item], answers: Answers) -> Agreed | None:
    """The agreed score, where at least half of the applicable items have agreed answers."""
    library = answers.library
    applicable = [item for item in items if answers.agreed.get(item.id) != "does_not_apply"]
    points, notes, unknown = [], 0, 0
    for item in applicable:
        value = answers.agreed.get(item.id)
        if value is None or value in SPECIAL_CODES:
            unknown += value == "dont_know"
            continue
        points.append(step_score(library, item.id, agreed_code(item, value, library)))
        notes += item.id in answers.notes
    if not points or 2 * len(points) < len(applicable):
        return None
    share = tenth(unknown / (unknown + len(points)))
    return Agreed(whole(sum(points) / len(points)), share, len(points), notes)


def evidence_of(
    answers: Answers,
    shown: Shown,
    scorer: dim.Scorer,
    results: Mapping[str, DimensionResult],
    domains: Mapping[str, DomainResult],
) -> Evidence:
    """Everything that rules may read: published or agreed."""
    library = answers.library
    scores = {name: float(r.score) for name, r in results.items() if r.score is not None}
    scores |= {name: float(d.score) for name, d in domains.items() if d.score is not None}
    lived = {group.id for group in shown.groups if group.side == "lived_experience"}
    heard = frozenset(
        library.dimensions[name].domain
        for name, result in results.items()
        if any(isinstance(result.groups.get(group), PublishedScore) for group in lived)
    )
    return Evidence(
        library=library,
        practices=_practices(answers, shown, scorer),
        scores=scores,
        facts=_facts(answers),
        heard=heard,
    )


def _practices(answers: Answers, shown: Shown, scorer: dim.Scorer) -> dict[str, Practice]:
    """Agreed practices, and what shown groups claim where nothing was agreed."""
    library = answers.library
    practices = {}
    for item in library.items.values():
        if item.kind != "practice":
            continue
        value = answers.agreed.get(item.id)
        if value in SPECIAL_CODES:
            practices[item.id] = Practice(0.0, value, agreed=True)
        elif value is not None:
            code = agreed_code(item, value, library)
            score = step_score(library, item.id, code)
            practices[item.id] = Practice(score, code, True, item.id in answers.notes)
        elif (score := _claimed(item, answers, shown, scorer)) is not None:
            practices[item.id] = Practice(score, None, agreed=False)
    return practices


def _claimed(item: Item, answers: Answers, shown: Shown, scorer: dim.Scorer) -> float | None:
    cells: dict[str, Cell] = {}
    for group in shown.groups:
        scores = scorer.group([item], group)
        if scores is not None:
            cells[group.id] = publish_score(scores.estimate(group.head_count), 0.0, shown.minimum)
    total = total_of(cells, shown.groups, answers.context)
    if total is None:
        return None
    return half_step_below(total.score, sorted(answers.library.points[item.id].values()))


def _facts(answers: Answers) -> dict[str, frozenset[str] | float]:
    """The working group's facts; what it does not know counts as unanswered."""
    facts: dict[str, frozenset[str] | float] = {}
    for item in answers.library.items.values():
        value = answers.agreed.get(item.id)
        if item.kind not in FACT_KINDS or value is None or value in SPECIAL_CODES:
            continue
        if item.kind == "number":
            facts[item.id] = float(value)
        else:
            facts[item.id] = frozenset(part.strip() for part in value.split(";"))
    return facts


def gaps(results: Mapping[str, DimensionResult]) -> tuple[Gap, ...]:
    """Pairs of groups that differ, the largest difference first.

    Welch's interval from the published figures, Bonferroni over the dimension's pairs.
    """
    found = []
    for result in results.values():
        cells = [(g, c) for g, c in result.groups.items() if isinstance(c, PublishedScore)]
        pairs = list(combinations(cells, 2))
        for first, second in pairs:
            (high, above), (low, below) = sorted(
                (first, second), key=lambda pair: pair[1].score, reverse=True
            )
            apart = above.score - below.score
            interval = difference(above.estimate, below.estimate, len(pairs))
            clear = interval is not None and interval[0] > 0 and apart >= CLEAR_FROM
            if not clear and apart < POSSIBLE_FROM:
                continue
            found.append(
                Gap(
                    dimension=result.id,
                    high=high,
                    low=low,
                    difference=apart,
                    interval=(whole(interval[0]), whole(interval[1])) if interval else None,
                    evidence="clear" if clear else "possible",
                )
            )
    return tuple(
        sorted(found, key=lambda g: (-g.difference, g.evidence, g.dimension, g.high, g.low))
    )


def next_offers(
    recommendation: Recommendation, guidance: Guidance, evidence: Evidence
) -> tuple[tuple[OfferResult, tuple[Fix, ...]], ...]:
    """Ruled-out offers that fixes would unlock, the nearest first."""
    found = [
        (result, needed)
        for result in recommendation.ruled_out
        if (needed := fixes(result, guidance, evidence))
    ]
    return tuple(
        sorted(
            found,
            key=lambda pair: (
                len(pair[1]),
                sum(fix.effort for fix in pair[1]),
                RISK_ORDER.index(pair[0].risk.band),
                -pair[0].fit,
            ),
        )
    )


def assumed_facts(guidance: Guidance, evidence: Evidence) -> tuple[str, ...]:
    """Facts that a rule reads and nobody answered, in the order of the questionnaires."""
    read = {
        leaf.fact
        for gate in guidance.gates.values()
        for condition in (gate.needs, gate.when)
        if condition is not None
        for leaf in condition.leaves()
    }
    read |= {leaf.fact for o in guidance.starts for f in o.fits for leaf in f.when.leaves()}
    read |= {leaf.fact for s in guidance.risk.safeguards for leaf in s.missing.leaves()}
    read |= {leaf.fact for leaf in guidance.choice.experience.when.leaves()}
    read.add(guidance.choice.appetite.fact)
    return tuple(f for f in evidence.library.items if f in read and f not in evidence.facts)
