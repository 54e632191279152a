"""Groups side by side: every dimension by every group that is shown."""

from __future__ import annotations

from assessment.report.blocks.scores import NOT_CERTAIN, clear_gaps
from assessment.report.model import Block, HeatCell, HeatChart, HeatRow, Table
from assessment.report.wording.suppressed import why_suppressed
from questionnaires.library import Library
from questionnaires.reference_data import GROUP_TITLES
from scoring.disclosure.groups_and_rounding import PublishedScore, Suppressed
from scoring.measures.totals import DimensionResult
from scoring.profile import Profile

#: The column of what the working group agreed; no group bears this name.
AGREED = "agreed"
#: What a group, or the working group, was not asked; and of what it was, too little was agreed.
NOT_ASKED, NOT_AGREED = "not asked", "not agreed"


def heat(profile: Profile, library: Library) -> Block | None:
    """Every dimension by group, as a heatmap that is its own table."""
    shown = [group.id for group in profile.partition.groups]
    if not shown:
        return None
    any_agreed = any(
        r.basis == "agreed" and r.score is not None for r in profile.dimensions.values()
    )
    listed = [*shown, *(name for name in profile.partition.hidden if _listed(name, profile))]
    usual = list(GROUP_TITLES)
    listed.sort(key=lambda name: usual.index(name) if name in usual else len(usual))
    columns = [(group, profile.context.title(group)) for group in listed]
    if any_agreed:
        columns.append((AGREED, "Agreed"))
    rows: list[HeatRow] = []
    for domain in library.domains.values():
        members = [
            (dimension.title, result)
            for dimension in library.dimensions.values()
            if dimension.domain == domain.id
            and (result := profile.dimensions.get(dimension.id)) is not None
            and (result.score is not None or result.groups)
        ]
        if members:
            rows.append(HeatRow(domain.title))
            rows += [
                HeatRow(
                    title,
                    tuple(_cell(result, name) for name, _ in columns),
                    "claimed beside agreed" if result.basis == "agreed" else "",
                )
                for title, result in members
            ]
    if not rows:
        return None
    finding = _finding(profile, shown)
    names = [title for _, title in columns]
    alt = f"{finding}. " + " ".join(
        f"{row.label}: "
        + ", ".join(
            f"{name} {cell.value}"
            for name, cell in zip(names, row.cells, strict=True)
            if cell.value is not None
        )
        + "."
        for row in rows
        if any(cell.value is not None for cell in row.cells)
    )
    notes = []
    if profile.partition.hidden:
        notes.append(
            "Hatched cells are not shown, so that nobody can be recognised; each says why. "
            "They enter no other figure either."
        )
    return Block(
        "groups",
        "How does each group see it?",
        finding,
        (HeatChart(alt, tuple(columns), tuple(rows)),),
        Table(
            ("Dimension", *names),
            tuple((row.label, *(_text(cell) for cell in row.cells)) for row in rows if row.cells),
        ),
        how=(
            "Each cell is the mean of a group's people, from 0 to 100, where at least "
            f"{profile.partition.minimum} of them answered. The ground follows the bands.",
            "Where the working group agreed on practices, its answer is the score. What other "
            "groups claim about the same practices stands beside it and does not count.",
            "The groups are compared on what every one of them was asked; each dimension counts "
            "once.",
        ),
        note=" ".join(notes),
    )


def _listed(group: str, profile: Profile) -> bool:
    """Whether a hidden group was asked anything that is told here."""
    return any(group in result.groups for result in profile.dimensions.values())


def _cell(result: DimensionResult, group: str) -> HeatCell:
    if group == AGREED:
        if result.basis == "agreed" and result.score is not None:
            return HeatCell(result.score)
        return HeatCell(None, NOT_AGREED if result.basis == "claimed" else NOT_ASKED)
    match result.groups.get(group):
        case PublishedScore() as cell:
            return HeatCell(cell.score)
        case Suppressed() as cell:
            return HeatCell(None, why_suppressed(cell))
        case _:
            return HeatCell(None, NOT_ASKED)


def _text(cell: HeatCell) -> str:
    return cell.reason if cell.value is None else str(cell.value)


def _finding(profile: Profile, columns: list[str]) -> str:
    """Who sees the organisation most and least favourably, on what all of them were asked; only
    where they differ for certain in some dimension."""
    common = [
        [cell.score for cell in cells]
        for result in profile.dimensions.values()
        if (
            cells := [
                cell
                for group in columns
                if isinstance(cell := result.groups.get(group), PublishedScore)
            ]
        )
        and len(cells) == len(columns)
    ]
    if len(columns) < 2 or not common:
        return "What each group says, dimension by dimension"
    means = {
        group: sum(row[place] for row in common) / len(common)
        for place, group in enumerate(columns)
    }
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
