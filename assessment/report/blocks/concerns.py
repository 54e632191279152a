"""Concerns, the most widely held first, each with what answers it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assessment.report.chart_specifications import ShareCell, ShareChart, ShareRow
from assessment.report.model import Block, Detail, Point
from assessment.report.tables import Cell, Column, Row, Table, columns, table
from assessment.report.terms import cite, share_in_words, share_of, wording
from assessment.report.wording.suppressed import why_suppressed
from questionnaires.model import DONT_KNOW, SPECIAL_CODES
from questionnaires.phrases import listed, lower, upper
from scoring.answers.context import Context
from scoring.measures.concerns import ConcernResult, Shares
from scoring.measures.ladder import IN_PLACE
from scoring.profile import Profile
from scoring.result import Result
from scoring.rules.model import ConcernResponse
from scoring.rules.rulebook import Guidance

CONCERNS = (
    *columns("Concern, and who holds it", "Some or serious", "Serious"),
    Column("Answers", "whole"),
)
RESPONSES = (
    *columns("Concern", "Some or serious", "In a few words", "A ready response"),
    *columns("What would show it", "Source"),
)
#: To how many concerns, of those most widely held, the answers are printed.
ANSWERED_ON_PAPER = 3
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
        details += [_response(responses[name], text, profile) for name in concern.responses]
    finding = _finding(rows, profile.context)
    alt = f"{finding}."
    for row in rows:
        shown = [cell for cell in row.groups if cell.some is not None]
        held = listed([f"{cell.title}: {holders_in_words(cell)}" for cell in shown])
        alt += f" {row.label}: {held}."
    return Block(
        "concerns",
        "What worries people, and what answers it?",
        finding,
        (ShareChart(alt, tuple(rows)),),
        table("concerns", CONCERNS, _rows(profile, guidance)),
        how=(
            "Shares of those who answered, to the nearest tenth and therefore in words: some or a "
            "serious concern, and serious ones. Concerns differ by group; service users and peer "
            "workers are asked about their own.",
            "A concern is a good question, not a fault. It changes no score and closes no offer.",
            "A response is marked where something that it promises is not in place here.",
        ),
        details=tuple(details),
        first_details=0,
        on_paper=sum(len(concern.responses) for concern in profile.concerns[:ANSWERED_ON_PAPER]),
        more="Ready answers with their sources",
    )


def people(concern: ConcernResult) -> int:
    """How many said something to a concern, of the groups that are shown."""
    return sum(shares.n for shares in concern.groups.values() if isinstance(shares, Shares))


def both_in_words(some: float, serious: float, n: int) -> tuple[str, str]:
    """The shares of some or serious concerns and of serious ones, in words."""
    return share_in_words(some, n), share_in_words(serious, n)


def _rows(profile: Profile, guidance: Guidance) -> Iterator[Row]:
    """Every concern over all who were asked, and below it group by group."""
    for concern in profile.concerns:
        overall = both_in_words(concern.share_some, concern.share_serious, people(concern))
        yield Row((matter(concern.id, profile, guidance), *overall, None), strong=True)
        for group, shares in concern.groups.items():
            title = profile.context.title(group)
            if isinstance(shares, Shares):
                words = both_in_words(shares.some, shares.serious, shares.n)
                yield Row((title, *words, shares.n), indent=1)
            else:
                yield Row((title, shares, None, None), indent=1)


def responses(result: Result) -> Table:
    """The ready responses to each concern, in the order in which the concerns are held."""
    profile, known = result.profile, {one.id: one for one in result.rulebook.responses}
    rows = []
    for concern in profile.concerns:
        title: Cell = matter(concern.id, profile, result.rulebook)
        share: Cell = share_in_words(concern.share_some, people(concern))
        for name in concern.responses:
            answer = known[name]
            careful = [f"{point.text}." for point in cautions(answer, profile)]
            text = "\n".join((*careful, _wording(answer, careful)))
            source = cite(answer.source, result.library)
            rows.append((title, share, answer.title, text, answer.evidence, source))
            title = share = None
    return table("responses", RESPONSES, rows)


def _wording(answer: ConcernResponse, careful: Sequence[object]) -> str:
    """A response; where it is not true here yet, that is said before it."""
    return f"To be said once it is true: {answer.response}" if careful else answer.response


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
    careful = cautions(answer, profile)
    return Detail(
        answer.title,
        (text, *(["not to be promised yet"] if careful else [])),
        (_wording(answer, careful), f"What would show it: {answer.evidence}", answer.reason),
        careful,
        sources=cite(answer.source, profile.evidence.library),
        mark="careful" if careful else "",
    )


def _cells(concern: ConcernResult, context: Context) -> tuple[ShareCell, ...]:
    return tuple(
        ShareCell(group, context.title(group), shares.some, shares.serious, n=shares.n)
        if isinstance(shares, Shares)
        else ShareCell(group, context.title(group), None, reason=why_suppressed(shares))
        for group, shares in concern.groups.items()
    )


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
