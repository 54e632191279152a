"""The profile: everything that the answers say, as it may be published, and what follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from questionnaires.forms import Form
from scoring.answers.context import Context
from scoring.answers.matrix import Answers
from scoring.disclosure.groups_and_rounding import Partition, partition, publishable_counts
from scoring.measures import group_scores as dim
from scoring.measures.boundaries import BoundaryResult, boundaries
from scoring.measures.concerns import ConcernResult, concerns
from scoring.measures.dimension_results import dimension_result
from scoring.measures.distributions import Spread, distributions
from scoring.measures.gaps import Gap, gaps
from scoring.measures.ladder import AreaResult, ladder
from scoring.measures.quality import Flag, flags
from scoring.measures.tags import TagResult, tags
from scoring.measures.tallies import TallyResult, tallies, words_asked
from scoring.measures.totals import DimensionResult, DomainResult, domain_of
from scoring.recommendation.evidence import assumed_facts, evidence_of
from scoring.recommendation.fixes import Fix, fixes
from scoring.recommendation.gates import GateResult, all_gates
from scoring.recommendation.offers import OfferResult, Recommendation, recommend
from scoring.recommendation.readiness import Readiness, readiness
from scoring.recommendation.wishes import Wishes, wishes
from scoring.rules.conditions import Evidence
from scoring.rules.model import ARRANGEMENTS, HEARD_GATE, Offer
from scoring.rules.rulebook import Guidance


@dataclass(frozen=True)
class Profile:
    """What may be published about one assessment, and what follows from it.

    ``respondents`` has the count of replies of each group whose count may be told.
    """

    organisation: str
    respondents: Mapping[str, int]
    partition: Partition
    readiness: Readiness
    domains: Mapping[str, DomainResult]
    dimensions: Mapping[str, DimensionResult]
    gaps: tuple[Gap, ...]
    ladder: Mapping[str, AreaResult]
    concerns: tuple[ConcernResult, ...]
    boundaries: tuple[BoundaryResult, ...]
    distributions: Mapping[str, Mapping[str, Spread]]
    tallies: tuple[TallyResult, ...]
    #: The questions whose answers are words that nobody has reviewed; nothing of them is here.
    words_asked: tuple[str, ...]
    tags: tuple[TagResult, ...]
    gates: Mapping[str, GateResult]
    recommendation: Recommendation
    wishes: Wishes
    next: tuple[tuple[OfferResult, tuple[Fix, ...]], ...]
    quality: tuple[Flag, ...]
    evidence: Evidence
    context: Context
    #: Why an item does not apply here, by item, to follow "because".
    skipped: Mapping[str, str]

    @property
    def form(self) -> Form:
        """How much was asked; what a quick look does not ask is not missing."""
        return self.context.form


def profile(answers: Answers, guidance: Guidance) -> Profile:
    """Score answers into a profile with its recommendation.

    Args:
        answers: checked answers of every group.
        guidance: gates, offers and everything else that rules know.
    """
    library, context = answers.library, answers.context
    published = partition(answers.groups, context.minimum_group_size)
    scorer = dim.Scorer(answers)
    results = {
        name: dimension_result(name, scorer, published)
        for name in library.dimensions
        if name in scorer.items or library.dimensions[name].counts
    }
    domains = {
        domain.id: domain_of(domain, results, library, published.groups, context)
        for domain in library.domains.values()
    }
    evidence = evidence_of(answers, published, scorer, results, domains)
    gates = all_gates(guidance, evidence)
    ready = readiness(domains, gates, library, evidence.heard, form=context.form)
    recommendation = recommend(guidance, evidence)
    coming = next_offers(recommendation, guidance, evidence)
    assumed = assumed_facts(guidance, evidence, answers)
    heard = all(
        d.id in evidence.heard for d in library.domains.values() if d.lived_experience_limits
    )
    return Profile(
        organisation=context.organisation,
        respondents=publishable_counts(answers.groups, published),
        partition=published,
        readiness=ready,
        domains=domains,
        dimensions=results,
        gaps=gaps(results),
        ladder=ladder(answers, published, guidance, evidence),
        concerns=concerns(answers, published, guidance),
        boundaries=boundaries(answers, published),
        distributions=distributions(answers, published),
        tallies=tallies(answers, published),
        words_asked=words_asked(answers, published),
        tags=tags(scorer, published, evidence.practices),
        gates=gates,
        recommendation=recommendation,
        wishes=wishes(recommendation, evidence, guidance),
        next=coming,
        quality=flags(
            answers,
            published,
            results,
            heard=heard,
            statement=not heard and gates[HEARD_GATE].met,
            assumed=assumed,
        ),
        evidence=evidence,
        context=context,
        skipped=answers.skipped,
    )


def _step_back(offer: Offer, start: Offer) -> bool:
    """Whether an offer is of the kind of the start, and leaves peer workers less to themselves."""
    alike = (offer.model, offer.role_level) == (start.model, start.role_level)
    if not alike or offer.arrangement is None or start.arrangement is None:
        return False
    return ARRANGEMENTS.index(offer.arrangement) < ARRANGEMENTS.index(start.arrangement)


def next_offers(
    recommendation: Recommendation, guidance: Guidance, evidence: Evidence
) -> tuple[tuple[OfferResult, tuple[Fix, ...]], ...]:
    """Ruled-out offers that fixes would unlock, the nearest first.

    None that would be a step back: the like of the start with more staff beside peer workers.
    """
    start = recommendation.start.offer
    found = [
        (result, needed)
        for result in recommendation.ruled_out
        if not _step_back(result.offer, start) and (needed := fixes(result, guidance, evidence))
    ]
    return tuple(
        sorted(
            found,
            key=lambda pair: (
                len(pair[1]),
                sum(fix.effort for fix in pair[1]),
                pair[0].risk.rank,
                -pair[0].fit,
            ),
        )
    )
