"""The recommendation: where every offer stands, at what risk, and what it waits for."""

from __future__ import annotations

from assessment.render.xlsx.page import Column, Page, Row
from assessment.render.xlsx.source import WorkbookSource
from assessment.report.basics import blocked_in_words, missing_gates
from assessment.report.blocks.next_steps import coming
from assessment.report.terms import ARRANGEMENTS, MODELS, cite, risk_word
from scoring.recommendation.offers import RUNNING, OfferResult
from scoring.rules.model import Offer

WIDTHS = (17, 28, 24, 18, 9, 9, 56, 28)
COLUMNS = (
    Column("Where it stands"),
    Column("Offer"),
    Column("What kind"),
    Column("Risk"),
    Column("Risk points", "count"),
    Column("Fit of 100", "points"),
    Column("Why, or what it waits for"),
    Column("Source"),
)


def write(page: Page, source: WorkbookSource) -> None:
    """Write the sheet."""
    advice, start = source.profile.recommendation, source.report.start
    page.top(
        start.question,
        source.report.headline,
        start.description,
        " ".join((start.risk_sentence, f"Rests on: {start.sources}. {start.reason}")).strip(),
    )
    if start.certainty:
        page.line(start.certainty)
    near = {result.offer.id for result, _ in coming(source.profile)}
    rows = [
        _row("The start" if advice.because != "too_early" else "Meanwhile", advice.start, source)
    ]
    rows += [_row("Possible today", result, source) for result in advice.open]
    rows += [
        _row(_status(result, near), result, source)
        for result in sorted(advice.ruled_out, key=lambda r: r.offer.id not in near)
    ]
    page.table(COLUMNS, rows, main=True)
    _reasons(page, source)
    _first_steps(page, source)


def _status(result: OfferResult, near: set[str]) -> str:
    """Where an offer stands that is not possible as a start."""
    if RUNNING in result.blocked_by:
        return "Runs already"
    if result.offer.id in near:
        return "Comes next"
    return "Not answered yet" if result.unanswered and not missing_gates(result) else "Waits"


def _row(status: str, result: OfferResult, source: WorkbookSource) -> Row:
    offer = result.offer
    fallback = offer.model is None
    if result.blocked_by:
        why = f"{blocked_in_words(result, source.profile, source.guidance)}."
    else:
        why = "\n".join(f"✓ {text}" for text in result.fits) or offer.reason
    return Row(
        (
            status,
            offer.title,
            _kind(offer),
            risk_word(result),
            result.risk.total,
            None if fallback else result.fit,
            why,
            cite(offer.source, source.library),
        ),
        strong=result is source.profile.recommendation.start,
    )


def _kind(offer: Offer) -> str:
    """The model, the role level and the arrangement in words; a role named like its model once."""
    if offer.model is None or offer.arrangement is None:
        return ""
    parts = (MODELS[offer.model], offer.role_level or "", ARRANGEMENTS[offer.arrangement])
    return ", ".join(part for part in dict.fromkeys(parts) if part)


def _reasons(page: Page, source: WorkbookSource) -> None:
    """Why the start, in the words of the first screen."""
    page.heading(f"Why {source.report.start.title}")
    marks = {"good": "✓", "careful": "!", "": "–"}
    for point in source.report.start.reasons:
        reference = f" [{point.sources}]" if point.sources else ""
        page.line(f"{marks[point.mark]}  {point.text}{reference}")


def _first_steps(page: Page, source: WorkbookSource) -> None:
    """The start's own first steps, and what stands beside it."""
    start = source.report.start
    if start.first_steps:
        page.heading(start.steps_title)
    for number, doing in enumerate(start.first_steps, 1):
        page.line(f"{number}.  {'  ·  '.join(filter(None, (doing.what, doing.who, doing.when)))}")
    for said in (f"Training: {start.training}" if start.training else "", start.review):
        if said:
            page.line(said)
    for entry in start.alternatives:
        page.heading(entry.title, *entry.texts)
        for point in entry.points:
            page.line(f"–  {point.text}")
