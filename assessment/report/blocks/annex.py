"""For the careful: reliability, agreement, other weights, and how sure the start is."""

from __future__ import annotations

from collections.abc import Mapping

from assessment.report.basics import too_early
from assessment.report.model import Block
from assessment.report.tables import Cell, Column, Table, columns, ends, table
from assessment.report.wording.suppressed import people_in_words
from questionnaires.library import Library
from questionnaires.phrases import listed, lower, number
from scoring.disclosure.groups_and_rounding import PublishedScore
from scoring.measures.totals import weights_of
from scoring.profile import Profile
from scoring.result import Result
from scoring.rules.rulebook import Guidance
from scoring.thresholds import thresholds

STATISTICS = (
    Column("Dimension"),
    Column("By person", "whole"),
    *columns("AD", "r*wg", kind="tenths"),
    *columns("Alpha", "From", "To", kind="hundredths"),
    Column("People", "whole"),
    Column("Note"),
)
FIGURES = (
    *columns("Dimension", "Group"),
    *columns("Score", "From", "To", "Answers", "Spread", kind="whole"),
    Column("Don't know", "share"),
)


def statistics(profile: Profile, library: Library) -> Table:
    """How far answers agree, and how well a dimension's questions hang together."""
    rows = []
    for result in profile.dimensions.values():
        agreement, alpha = result.agreement, result.alpha
        if agreement is None and alpha is None:
            continue
        rows.append(
            (
                library.dimensions[result.id].title,
                result.score_by_respondents,
                *((agreement.ad, agreement.r_star_wg) if agreement else (None, None)),
                *((alpha.value, *alpha.interval, alpha.n) if alpha else (None,) * 4),
                f"{people_in_words(alpha.excluded)} left out of alpha, with an answer missing"
                if alpha
                else "alpha: too few to say",
            )
        )
    return table("statistics", STATISTICS, rows)


def figures(profile: Profile, library: Library) -> Table:
    """Every shown group's figures, dimension by dimension."""
    context = profile.context
    rows: list[tuple[Cell, ...]] = []
    for name, result in profile.dimensions.items():
        for group in (group.id for group in profile.partition.groups if group.id in result.groups):
            title, cell = context.title(group), result.groups[group]
            if group in result.of:
                title += f" ({', '.join(map(context.within, result.of[group]))})"
            numbers: tuple[Cell, ...]
            if isinstance(cell, PublishedScore):
                numbers = (cell.score, *ends(cell.interval), cell.n, cell.sd, cell.dont_know)
            else:
                numbers = (cell, *(None for _ in FIGURES[3:]))
            rows.append((library.dimensions[name].title, title, *numbers))
    return table("figures", FIGURES, rows)


def annex(result: Result, statistics: Table) -> Block | None:
    """Statistics that nobody needs before a decision, and that somebody will ask for."""
    profile, limits = result.profile, thresholds()
    if all(r.score is None or r.basis == "agreed" for r in profile.dimensions.values()):
        return None
    measured = [r.alpha.value for r in profile.dimensions.values() if r.alpha]
    firm = sum(value >= limits.firm_alpha_from for value in measured)
    tagged: list[str] = []
    for tag in profile.tags:
        agreed = f"{tag.agreed} on {tag.practices} agreed practices"
        parts = [agreed] if tag.agreed is not None else []
        parts += [f"{tag.score} on what groups say"] if tag.score is not None else []
        if parts:
            tagged.append(f"{tag.id.replace('_', ' ')}: {' and '.join(parts)}")
    return Block(
        "annex",
        "For the careful",
        _finding(firm, len(measured)),
        table=statistics,
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
            *_resamples(profile, result.stability, result.rulebook),
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
