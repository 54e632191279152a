"""The recommendation: where every offer stands, at what risk, and what it waits for."""

from __future__ import annotations

from assessment.render.xlsx.page import Column, Page, Row
from assessment.render.xlsx.source import Told
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


def write(page: Page, told: Told) -> None:
    """Write the sheet."""
    advice, start = told.profile.recommendation, told.story.start
    page.top(
        start.question,
        told.story.headline,
        start.about,
        " ".join((start.risk_sentence, f"Rests on: {start.sources}. {start.reason}")).strip(),
    )
    if start.certainty:
        page.line(start.certainty)
    near = {result.offer.id for result, _ in coming(told.profile)}
    rows = [_row("The start" if advice.because != "too_early" else "Meanwhile", advice.start, told)]
    rows += [_row("Possible today", result, told) for result in advice.open]
    rows += [
        _row(_standing(result, near), result, told)
        for result in sorted(advice.ruled_out, key=lambda r: r.offer.id not in near)
    ]
    page.table(COLUMNS, rows, main=True)
    _reasons(page, told)
    _first_steps(page, told)


def _standing(result: OfferResult, near: set[str]) -> str:
    """Where an offer stands that is not possible as a start."""
    if RUNNING in result.blocked_by:
        return "Runs already"
    if result.offer.id in near:
        return "Comes next"
    return "Not answered yet" if result.unanswered and not missing_gates(result) else "Waits"


def _row(standing: str, result: OfferResult, told: Told) -> Row:
    offer = result.offer
    fallback = offer.model is None
    if result.blocked_by:
        why = f"{blocked_in_words(result, told.profile, told.guidance)}."
    else:
        why = "\n".join(f"✓ {text}" for text in result.fits) or offer.reason
    return Row(
        (
            standing,
            offer.title,
            _kind(offer),
            risk_word(result),
            result.risk.total,
            None if fallback else result.fit,
            why,
            cite(offer.source, told.library),
        ),
        strong=result is told.profile.recommendation.start,
    )


def _kind(offer: Offer) -> str:
    """The model, the role level and the arrangement in words; a role named like its model once."""
    if offer.model is None or offer.arrangement is None:
        return ""
    parts = (MODELS[offer.model], offer.role_level or "", ARRANGEMENTS[offer.arrangement])
    return ", ".join(part for part in dict.fromkeys(parts) if part)


def _reasons(page: Page, told: Told) -> None:
    """Why the start, in the words of the first screen."""
    page.heading(f"Why {told.story.start.title}")
    marks = {"good": "✓", "careful": "!", "": "–"}
    for point in told.story.start.reasons:
        source = f" [{point.sources}]" if point.sources else ""
        page.line(f"{marks[point.mark]}  {point.text}{source}")


def _first_steps(page: Page, told: Told) -> None:
    """The start's own first steps, and what stands beside it."""
    start = told.story.start
    if start.doings:
        page.heading(start.steps_title)
    for number, doing in enumerate(start.doings, 1):
        page.line(f"{number}.  {'  ·  '.join(filter(None, (doing.what, doing.who, doing.when)))}")
    for said in (f"Training: {start.training}" if start.training else "", start.look_back):
        if said:
            page.line(said)
    for entry in start.beside:
        page.heading(entry.title, *entry.texts)
        for point in entry.points:
            page.line(f"–  {point.text}")
