"""Concerns, the most widely held first, each with what answers it."""

from __future__ import annotations

from assessment.report.model import Block, Detail, Point, ShareCell, ShareChart, ShareRow, Table
from assessment.report.terms import cite, share_in_words, share_of
from assessment.report.wording.items import wording
from assessment.report.wording.suppressed import why_suppressed
from questionnaires.model import DONT_KNOW, SPECIAL_CODES
from questionnaires.phrases import listed, lower, upper
from scoring.answers.context import Context
from scoring.measures.concerns import ConcernResult, Shares
from scoring.measures.ladder import IN_PLACE
from scoring.profile import Profile
from scoring.rules.model import ConcernResponse
from scoring.rules.rulebook import Guidance

NOT_TRUE = "Not true here yet"
NOT_KNOWN = "Not known yet whether it is true here"
NOT_ASKED = "Said not to apply here, so make sure of it first"


def concerns(profile: Profile, guidance: Guidance) -> Block | None:
    """Every concern that may be shown, with its ready responses."""
    if not profile.concerns:
        return None
    responses = {response.id: response for response in guidance.responses}
    rows, details = [], []
    for concern in profile.concerns:
        text = matter(concern.id, profile, guidance)
        cells = _cells(concern, profile.context)
        rows.append(ShareRow(text, concern.share_some, concern.share_serious, cells))
        for name in concern.responses:
            answer = responses[name]
            details.append(_response(answer, text, profile))
    finding = _finding(rows, profile.context)
    alt = f"{finding}. " + " ".join(
        f"{row.label}: "
        + listed(
            [
                f"{cell.title}: {holders_in_words(cell)}"
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
                cell.reason if cell.some is None else share_in_words(cell.some, cell.n),
                "" if cell.serious is None else share_in_words(cell.serious, cell.n),
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
            "Shares of those who answered, to the nearest tenth and therefore in words: some or a "
            "serious concern, and serious ones. Concerns differ by group; service users and peer "
            "workers are asked about their own.",
            "A concern is a good question, not a fault. It changes no score and closes no offer.",
            "A response is marked where something that it promises is not in place here.",
        ),
        details=tuple(details),
        first_details=0,
        more="Ready answers with their sources",
    )


def matter(concern: str, profile: Profile, guidance: Guidance) -> str:
    """What a concern is about: the matter, never the people."""
    known = guidance.concern_matters.get(concern)
    return upper(known) if known else wording(profile.evidence.library.items[concern])


def cautions(answer: ConcernResponse, profile: Profile) -> tuple[Point, ...]:
    """What a response promises that is not in place here, is not known, or was never asked.

    What does not apply, or nobody knows, is not called untrue.
    """
    library, practices = profile.evidence.library, profile.evidence.practices
    doubts: dict[str, list[str]] = {NOT_TRUE: [], NOT_KNOWN: [], NOT_ASKED: []}
    for name in answer.needs:
        if name in profile.skipped:
            continue  # facts leave it out: nobody waits for it here
        found = practices.get(name)
        if found is None or not found.agreed or found.code == DONT_KNOW:
            doubts[NOT_KNOWN].append(name)
        elif found.code in SPECIAL_CODES:
            doubts[NOT_ASKED].append(name)
        elif found.score < IN_PLACE:
            doubts[NOT_TRUE].append(name)
    return tuple(
        Point(f"{said}: {lower(wording(library.items[name]))}", "careful" * (said == NOT_TRUE))
        for said, names in doubts.items()
        for name in names
    )


def _response(answer: ConcernResponse, text: str, profile: Profile) -> Detail:
    """A ready response; where it is not true here yet, that is said before it."""
    careful = cautions(answer, profile)
    wording = f"To be said once it is true: {answer.response}" if careful else answer.response
    return Detail(
        answer.title,
        (text, *(["not to be promised yet"] if careful else [])),
        (wording, f"What would show it: {answer.evidence}", answer.reason),
        careful,
        sources=cite(answer.source, profile.evidence.library),
        mark="careful" if careful else "",
    )


def _cells(concern: ConcernResult, context: Context) -> tuple[ShareCell, ...]:
    cells = []
    for group, shares in concern.groups.items():
        title = context.title(group)
        if isinstance(shares, Shares):
            cells.append(ShareCell(group, title, shares.some, shares.serious, n=shares.n))
        else:
            cells.append(ShareCell(group, title, None, None, why_suppressed(shares)))
    return tuple(cells)


def holders_in_words(cell: ShareCell) -> str:
    """How many of a group hold a concern, and how many of them a serious one, in words."""
    if cell.some is None:
        return f"not shown, {cell.reason}"
    some = share_in_words(cell.some, cell.n)
    if not cell.some or not cell.serious:
        return some
    return f"{some}; a serious one for {share_in_words(cell.serious, cell.n)}"


def _finding(rows: list[ShareRow], context: Context) -> str:
    """The most widely held concern, by the group that holds it most."""
    first = rows[0]
    if first.some == 0:
        return "No concern is widely held"
    known = [cell for cell in first.groups if cell.some is not None]
    most = max(known, key=lambda cell: (cell.some or 0, cell.serious or 0))
    who = upper(share_of(most.some or 0, most.n, most.group, context))
    text = f"{who} want to know {lower(first.label)}"
    if not most.serious:
        return text
    return f"{text}; a serious worry for {share_in_words(most.serious, most.n)}"
