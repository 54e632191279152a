"""Groups side by side: every dimension by every group that is shown."""

from __future__ import annotations

from assessment.report.blocks.scores import NOT_CERTAIN, clear_gaps, scores_by_group
from assessment.report.chart_specifications import Groups, HeatChart
from assessment.report.model import Block
from assessment.report.tables import Cell, Column, NoNumber, Row, Table, table
from questionnaires.library import Library
from questionnaires.reference_data import GROUP_TITLES
from scoring.disclosure.groups_and_rounding import PublishedScore
from scoring.measures.totals import DimensionResult, members_of
from scoring.profile import Profile

#: The column of what the working group agreed; no group bears this name.
AGREED = "agreed"
#: What a group, or the working group, was not asked; and of what it was, too little was agreed.
NOT_ASKED, NOT_AGREED = NoNumber("not asked"), NoNumber("not agreed")


def matrix(profile: Profile, library: Library) -> tuple[Groups, Table]:
    """The columns by their ids, and every dimension by every group, below its domain."""
    results = profile.dimensions
    listed = [group.id for group in profile.partition.groups]
    asked = {group for result in results.values() for group in result.groups}
    listed += [name for name in profile.partition.hidden if name in asked]
    usual = list(GROUP_TITLES)
    listed.sort(key=lambda name: usual.index(name) if name in usual else len(usual))
    columns = [(group, profile.context.title(group)) for group in listed]
    if any(result.basis == "agreed" and result.score is not None for result in results.values()):
        columns.append((AGREED, "Agreed"))
    rows: list[Row] = []
    for domain in library.domains.values():
        members = [
            result
            for result in members_of(domain, results, library)
            if result.score is not None or result.groups
        ]
        if members:
            rows.append(Row((domain.title, *(None for _ in columns)), strong=True))
        for result in members:
            title = library.dimensions[result.id].title
            rows.append(Row((title, *(_cell(result, name) for name, _ in columns)), indent=1))
    heads = (Column(title, "whole") for _, title in columns)
    return tuple(columns), table("groups", ("Domain and dimension", *heads), rows)


def heat(profile: Profile, columns: Groups, scores: Table) -> Block | None:
    """Every dimension by group, as a heatmap that is its own table."""
    shown = [group.id for group in profile.partition.groups]
    if not shown or not scores.rows:
        return None
    finding = _finding(profile, shown)
    rows: list[str] = []
    for row in scores.rows:
        cells = zip(columns, row.cells[1:], strict=True)
        known = [f"{title} {cell}" for (_, title), cell in cells if isinstance(cell, int)]
        rows += [f"{row.cells[0]}: {', '.join(known)}."] if known else []
    hatched = (
        "Hatched cells are not shown, so that nobody can be recognised; each says why. "
        "They enter no other figure either."
    )
    return Block(
        "groups",
        "How does each group see it?",
        finding,
        (HeatChart(f"{finding}. {' '.join(rows)}", columns, scores.rows),),
        scores,
        how=(
            "Each cell is the mean of a group's people, from 0 to 100, where at least "
            f"{profile.partition.minimum} of them answered. The ground follows the bands.",
            "Where the working group agreed on practices, its answer is the score. What other "
            "groups claim about the same practices stands beside it and does not count.",
            "The groups are compared on what every one of them was asked; each dimension counts "
            "once.",
        ),
        note=hatched if profile.partition.hidden else "",
    )


def _cell(result: DimensionResult, group: str) -> Cell:
    if group == AGREED:
        if result.basis == "agreed" and result.score is not None:
            return result.score
        return NOT_AGREED if result.basis == "claimed" else NOT_ASKED
    cell = result.groups.get(group, NOT_ASKED)
    return cell.score if isinstance(cell, PublishedScore) else cell


def _finding(profile: Profile, columns: list[str]) -> str:
    """Who sees the organisation most and least favourably, on what all of them were asked; only
    where they differ for certain in some dimension."""
    scores = map(scores_by_group, profile.dimensions.values())
    common = [row for row in scores if row.keys() >= set(columns)]
    if len(columns) < 2 or not common:
        return "What each group says, dimension by dimension"
    means = {group: sum(row[group] for row in common) / len(common) for group in columns}
    context = profile.context
    high, low = max(columns, key=lambda g: means[g]), min(columns, key=lambda g: means[g])
    if round(means[high]) == round(means[low]):
        return "The groups see it much alike"
    if not any((gap.high, gap.low) == (high, low) for gap in clear_gaps(profile)):
        return NOT_CERTAIN
    return (
        f"{context.title(high)} see us most favourably, {context.within(low)} least: "
        f"{means[high]:.0f} and {means[low]:.0f} on average"
    )
