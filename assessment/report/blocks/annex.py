"""For the careful: reliability, agreement, other weights, and how sure the start is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from assessment.report.basics import too_early
from assessment.report.model import Block, Table
from assessment.report.terms import number
from questionnaires.library import Library
from questionnaires.phrases import listed, lower
from scoring.measures.totals import weights_of
from scoring.profile import Profile
from scoring.rules.rulebook import Guidance
from scoring.thresholds import thresholds


def annex(profile: Profile, stability: Mapping[str, float], guidance: Guidance) -> Block | None:
    """Statistics that nobody needs before a decision, and that somebody will ask for."""
    library, limits = profile.evidence.library, thresholds()
    rows = tuple(_rows(profile, library))
    if not rows:
        return None
    measured = [r.alpha.value for r in profile.dimensions.values() if r.alpha]
    firm = sum(value >= limits.firm_alpha_from for value in measured)
    finding = _finding(firm, len(measured))
    tagged = [
        f"{tag.id.replace('_', ' ')}: "
        + " and ".join(
            part
            for part in (
                f"{tag.agreed} on {tag.practices} agreed practices"
                if tag.agreed is not None
                else "",
                f"{tag.score} on what groups say" if tag.score is not None else "",
            )
            if part
        )
        for tag in profile.tags
        if tag.agreed is not None or tag.score is not None
    ]
    return Block(
        "annex",
        "For the careful",
        finding,
        table=Table(
            (
                "Dimension",
                "Score",
                "By respondents",
                "Alpha",
                "From",
                "To",
                "Complete",
                "AD",
                "r*wg",
                "View",
            ),
            rows,
        ),
        folded=True,
        how=(
            "Alpha says how well a dimension's questions hang together. It is told with Feldt's "
            f"{limits.confidence_level:.0%} interval from {limits.alpha_from} complete answers and "
            f"{number(limits.alpha_items_from)} questions on.",
            "AD is the mean distance from the mean answer, in steps of the scale; a shared view "
            "is a sixth of the number of steps or less. r*wg compares the spread with that of "
            "answers given at random. Divided goes before shared.",
            *_weights(profile),
            "By respondents: the score if every person counted alike instead of every group.",
            *_resamples(profile, stability, guidance),
            *(f"Across all dimensions, {'; '.join(tagged)}." for _ in tagged[:1]),
        ),
    )


def _resamples(
    profile: Profile, stability: Mapping[str, float], guidance: Guidance
) -> tuple[str, ...]:
    """In what share of resamples each offer was the start; only where it says something."""
    if too_early(profile) or not stability:
        return ()
    ranked = sorted(stability.items(), key=lambda entry: (-entry[1], entry[0]))
    start = ", ".join(f"{lower(guidance.offers[name].title)} {share:.0%}" for name, share in ranked)
    return (
        f"In resamples of the respondents the start was: {start}. The agreed answers and the "
        "facts stay fixed in them.",
    )


def _finding(firm: int, measured: int) -> str:
    """On how many dimensions the questions hang together well."""
    if not measured:
        return "Too few complete answers to say how reliable the dimensions are"
    firm_from = f"{thresholds().firm_alpha_from:.2f}".removeprefix("0")
    if measured == 1:
        held = "on" if firm else "not on"
        return f"Alpha is {firm_from} or more {held} the one dimension where it could be calculated"
    which = f"all {measured}" if firm == measured else f"{firm or 'none'} of the {measured}"
    return f"Alpha is {firm_from} or more on {which} dimensions where it could be calculated"


def _weights(profile: Profile) -> tuple[str, ...]:
    """How much each shown group counts where all of them have a score."""
    weights = weights_of(profile.partition.groups, profile.context)
    if not weights:
        return ()
    text = listed(
        [f"{profile.context.within(group)} {share:.0%}" for group, share in weights.items()]
    )
    return (
        f"Where every shown group has a score, they count: {text}. Where one has none, the others "
        "of its side take its share.",
    )


def _rows(profile: Profile, library: Library) -> Iterator[tuple[str, ...]]:
    for result in profile.dimensions.values():
        if result.score is None or result.basis == "agreed":
            continue
        alpha, agreement = result.alpha, result.agreement
        yield (
            library.dimensions[result.id].title,
            str(result.score),
            "" if result.score_by_respondents is None else str(result.score_by_respondents),
            *(
                (f"{alpha.value:.2f}", *(f"{end:.2f}" for end in alpha.interval), str(alpha.n))
                if alpha
                else ("too few", "", "", "")
            ),
            *(
                (f"{agreement.ad:.1f}", f"{agreement.r_star_wg:.1f}", agreement.view)
                if agreement
                else ("", "", "")
            ),
        )
