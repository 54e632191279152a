"""The numbers that rest on other numbers, in words: domains, and the overall readiness."""

from __future__ import annotations

from collections.abc import Sequence

from assessment.report.basics import basics
from assessment.report.blocks.scores import BASES, SCORES
from assessment.report.explanations.arithmetic import mean_in_words, mean_of, rounded
from assessment.report.explanations.model import Explanation, titled
from assessment.report.tables import ends, table
from assessment.report.terms import BAND_TITLES, cite, title_of
from questionnaires.model import Dimension, Domain
from questionnaires.phrases import listed, lower
from scoring.disclosure.groups_and_rounding import round_to_whole
from scoring.measures.totals import DimensionResult, members_of, total_of, weights_of
from scoring.profile import Profile
from scoring.rules import bands
from scoring.rules.model import NOT_HEARD, Band


def domain_explanation(profile: Profile, name: str) -> Explanation:
    """How a domain's score and its band came about."""
    library, result = profile.evidence.library, profile.domains[name]
    domain = library.domains[name]
    members = _members(profile, name)
    scored = [(d, r) for d, r in members if r.score is not None]
    sentences = []
    if result.score is not None:
        text = "; ".join(f"{lower(d.title)} {r.score}" for d, r in scored)
        sentences.append(f"It is the mean of its dimensions: {text}.")
        mean = mean_in_words([r.score or 0 for _, r in scored], result.score)
        only = f"There is only one, so it is {result.score}."
        sentences.append(only if len(scored) == 1 else f"{mean}.")
        sentences += _ends_in_words([r for _, r in scored], result.interval)
    without = [lower(d.title) for d, r in members if r.score is None]
    if without:
        sentences.append(f"Not in it, since nothing is shown: {listed(without)}.")
    if result.band is not None and result.score is not None:
        sentences += _band_of_domain(profile, name, result.score)
    if result.unknown:
        unknown = listed([lower(library.dimensions[d].title) for d in result.unknown])
        sentences.append(f"Its band is uncertain, since nothing is known of {unknown}.")
    if not domain.counts:
        sentences.append("It is reported beside the others and does not enter the overall band.")
    rows = tuple(
        (dimension.title, found.score, *ends(found.interval), BASES[found.basis])
        for dimension, found in scored
    )
    return Explanation(
        title=titled(domain.title, result.score),
        topic=domain.description,
        sentences=tuple(sentences),
        items=table("dimensions", ("Dimension", *SCORES[1:4], SCORES[8]), rows),
        sources=cite([place for d, _ in members for place in d.source], library),
    )


def _ends_in_words(
    members: Sequence[DimensionResult], interval: tuple[int, int] | None
) -> list[str]:
    """A domain's range: the means of its dimensions' ends."""
    if interval is None:
        return []
    ends = [r.interval or (r.score or 0, r.score or 0) for r in members]
    if all(low == high for low, high in ends):
        return []
    low, high = map(mean_in_words, zip(*ends, strict=True), interval)
    agreed = any(r.basis == "agreed" for r in members)
    also = "; a score that was agreed is both its ends" if agreed else ""
    return [f"Its range is the mean of its dimensions' ranges{also}: from {low} to {high}."]


def _band_of_domain(profile: Profile, name: str, score: int) -> list[str]:
    """The band by the score, and what holds it lower."""
    library, result = profile.evidence.library, profile.domains[name]
    own = bands.band_of(score)
    sentences = [f"By its score it is {BAND_TITLES[own]}. {_band_edges()}"]
    if result.capped_by:
        weak = profile.dimensions[result.capped_by].score or 0
        highest = bands.at_most_one_above(bands.band_of(weak))
        sentences.append(
            f"It stands at most one band above its weakest critical dimension: "
            f"{lower(title_of(result.capped_by, library))} is at {weak}, "
            f"{BAND_TITLES[bands.band_of(weak)]}, so the domain is {BAND_TITLES[highest]}."
        )
    if result.limited_by_lived_experience and result.band is not None:
        sentences += _lived_experience(profile, name)
        sentences.append(
            f"A domain stands at most one band above that: it is {BAND_TITLES[result.band]}."
        )
    return sentences


def _lived_experience(profile: Profile, name: str) -> list[str]:
    """What people with lived experience alone would give, worked out as their limit is."""
    lived = [group for group in profile.partition.groups if group.side == "lived_experience"]
    context = profile.context
    if not any(weights_of(lived, context).values()):
        context = context.model_copy(update={"weights": {}})
    found = [
        (dimension.title, total.score)
        for dimension, result in _members(profile, name)
        if (total := total_of(result.groups, lived, context)) is not None
    ]
    points = [score for _, score in found]
    mean = round_to_whole(sum(points) / len(points))
    text = "; ".join(f"{lower(title)} {score}" for title, score in found)
    return [
        f"People with lived experience alone say: {text}. "
        f"{mean_of(points)} = {rounded(sum(points) / len(points), mean)}, "
        f"{BAND_TITLES[bands.band_of(mean)]}."
    ]


def overall_explanation(profile: Profile) -> Explanation:
    """How the overall score and band came about."""
    library, ready = profile.evidence.library, profile.readiness
    counting = [
        (domain, result, result.score)
        for domain in library.domains.values()
        if domain.counts and (result := profile.domains[domain.id]).score is not None
    ]
    sentences = []
    if ready.score is not None:
        lowest = [lower(domain.title) for domain, _, score in counting if score == ready.score]
        text = "; ".join(f"{lower(domain.title)} {score}" for domain, _, score in counting)
        sentences.append(f"The domains: {text}.")
        sentences.append(f"Overall is the lowest of them: {listed(lowest)}, {ready.score}.")
        sentences.append(
            "The lowest and not the mean, since nothing makes up for a thing that is missing. Of "
            "several uncertain numbers the lowest is a little too low: read it as a caution."
        )
    if ready.interval is not None and ready.interval[0] < ready.interval[1]:
        low, high = ready.interval
        sentences.append(
            f"Its range goes from the lowest of the domains' lower ends, {low}, to the lowest of "
            f"their upper ends, {high}."
        )
    sentences += _band_overall(profile)
    rows = tuple(
        (domain.title, score, *ends(found.interval), BAND_TITLES[found.band] if found.band else "")
        for domain, found, score in counting
    )
    return Explanation(
        title=titled("Overall", ready.score),
        topic="",
        sentences=tuple(sentences),
        items=table("domains", ("Domain", *SCORES[1:5]), rows),
        sources="",
    )


def _band_overall(profile: Profile) -> list[str]:
    """The overall band: the lowest domain's, what caps it, and what makes it uncertain."""
    library, ready = profile.evidence.library, profile.readiness
    if NOT_HEARD in ready.limited_by:
        return [
            "There is no band, since nobody with lived experience is shown where they limit one."
        ]
    if ready.band is None:
        return []
    found: list[tuple[Domain, Band]] = [
        (domain, band)
        for domain in library.domains.values()
        if domain.counts and (band := profile.domains[domain.id].band) is not None
    ]
    of_domains = bands.lowest(band for _, band in found)
    titles = [lower(domain.title) for domain, band in found if band == of_domains]
    sentences = [
        f"The lowest band of a domain is {BAND_TITLES[of_domains]}: {listed(titles)}. "
        f"{_band_edges()}"
    ]
    caps = [found.gate for name, found in profile.gates.items() if name in ready.limited_by]
    if ready.band != of_domains:
        missing = listed([lower(gate.title) for gate in caps])
        sentences.append(
            f"What every offer needs caps it at {BAND_TITLES[ready.band]} where it is not in "
            f"place: {missing}."
        )
    sentences.append(f"So the band is {BAND_TITLES[ready.band]}.")
    if ready.missing:
        missing = listed([lower(library.domains[name].title) for name in ready.missing])
        sentences.append(f"It is uncertain: nothing is known of {missing}.")
    unknown = [title for d, _ in found for title in profile.domains[d.id].unknown]
    if unknown:
        named = listed([lower(library.dimensions[name].title) for name in unknown])
        sentences.append(f"It is uncertain, since these have no score: {named}.")
    unanswered = [lower(result.gate.title) for result in basics(profile).unanswered]
    if unanswered:
        # The titles of gates have commas of their own.
        sentences.append(f"It is uncertain: not answered yet is {'; '.join(unanswered)}.")
    if ready.uncertain and not ready.missing and not unknown and not unanswered:
        sentences.append("It is uncertain, since the ends of the range lie in different bands.")
    return sentences


def _members(profile: Profile, domain: str) -> list[tuple[Dimension, DimensionResult]]:
    """The dimensions that enter a domain."""
    library = profile.evidence.library
    found = members_of(library.domains[domain], profile.dimensions, library, entering=True)
    return [(library.dimensions[result.id], result) for result in found]


def _band_edges() -> str:
    low, middle, high = bands.starts()
    return (
        f"Bands begin at {low} ({BAND_TITLES['emerging']}), {middle} "
        f"({BAND_TITLES['nearly_ready']}) and {high} ({BAND_TITLES['ready']}): our judgement."
    )
