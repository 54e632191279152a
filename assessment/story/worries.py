"""Concerns, the most widely held first, each with what answers it."""

from __future__ import annotations

from assessment.story.model import (
    Block,
    Detail,
    ShareCell,
    ShareChart,
    ShareRow,
    Table,
)
from assessment.story.words import cite, listed, lower
from questionnaires.model import group_title
from scoring.concerns import ConcernResult, Shares
from scoring.profile import Profile
from scoring.rulebook import Guidance
from scoring.rules import wording

SERIOUS = "seriously"


def concerns(profile: Profile, guidance: Guidance) -> Block | None:
    """Every concern that may be shown, with its ready responses."""
    if not profile.concerns:
        return None
    library = profile.evidence.library
    responses = {response.id: response for response in guidance.responses}
    rows, details = [], []
    for concern in profile.concerns:
        text = wording(library.items[concern.id])
        rows.append(ShareRow(text, concern.share_some, concern.share_serious, _cells(concern)))
        for name in concern.responses:
            answer = responses[name]
            details.append(
                Detail(
                    answer.title,
                    (text,),
                    (answer.response, f"What would show it: {answer.evidence}", answer.reason),
                    sources=cite(answer.source, library),
                )
            )
    finding = _finding(rows)
    alt = f"{finding}. " + " ".join(
        f"{row.label}: "
        + listed(
            [
                f"{cell.title} {cell.some:.0%}, {cell.serious or 0:.0%} seriously"
                for cell in row.groups
                if cell.some is not None
            ]
        )
        + "."
        for row in rows
    )
    table = Table(
        ("Concern", "Group", "Some or serious", "Serious"),
        tuple(
            (
                row.label,
                cell.title,
                cell.reason if cell.some is None else f"{cell.some:.0%}",
                "" if cell.serious is None else f"{cell.serious:.0%}",
            )
            for row in rows
            for cell in row.groups
        ),
    )
    return Block(
        "concerns",
        "What worries people, and what answers it?",
        finding,
        (ShareChart(alt, tuple(rows)),),
        table,
        how=(
            "Shares of those who answered, to the nearest 10%: some or a serious concern, and "
            "serious ones. Concerns differ by group; service users and peer workers are asked "
            "about their own.",
            "A concern is a good question, not a fault. It changes no score and closes no offer.",
        ),
        details=tuple(details),
        first_details=0,
        more="Ready answers with their sources",
    )


def _cells(concern: ConcernResult) -> tuple[ShareCell, ...]:
    cells = []
    for group, shares in concern.groups.items():
        title = group_title(group)
        if isinstance(shares, Shares):
            cells.append(ShareCell(group, title, shares.some, shares.serious))
        else:
            cells.append(ShareCell(group, title, None, None, shares.reason))
    return tuple(cells)


def _finding(rows: list[ShareRow]) -> str:
    """The most widely held concern, by the group that holds it most."""
    first = rows[0]
    if first.some == 0:
        return "No concern is widely held"
    known = [cell for cell in first.groups if cell.some is not None]
    most = max(known, key=lambda cell: (cell.some or 0, cell.serious or 0))
    some, serious = most.some or 0, most.serious or 0
    return (
        f"{_how_many(some)} {lower(most.title)} have a concern ({some:.0%}, {serious:.0%} a "
        f"serious one): {lower(first.label)}"
    )


def _how_many(share: float) -> str:
    """A share as a word before a group; shares are in tenths."""
    words = ((0.9, "Nearly all"), (0.6, "Most"), (0.5, "About half of"), (0.3, "Some"))
    return next((word for least, word in words if share >= least - 0.01), "A few")
