"""The recommendation: where every offer stands, at what risk, what blocks it, how sure it is."""

from __future__ import annotations

from assessment.reports.workbook import look
from assessment.reports.workbook.page import Column, Page, Row
from assessment.reports.workbook.told import Told
from assessment.story.words import ARRANGEMENTS, BLOCKERS, MODELS, cite, risk_word
from questionnaires.words import upper
from scoring.guidance import Offer
from scoring.recommend import OfferResult

WIDTHS = (17, 28, 24, 18, 9, 9, 12, 44, 28)
COLUMNS = (
    Column("Where it stands"),
    Column("Offer"),
    Column("What kind"),
    Column("Risk"),
    Column("Risk points", "count"),
    Column("Fit of 100", "points"),
    Column("First in resamples", "share"),
    Column("Why, or what blocks it"),
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
    coming = {result.offer.id for result, _ in told.profile.next}
    rows = [_row("Start here", advice.start, told)]
    rows += [_row("Possible today", result, told) for result in advice.open]
    rows += [
        _row("Can be unlocked" if result.offer.id in coming else "Not possible now", result, told)
        for result in sorted(advice.ruled_out, key=lambda r: r.offer.id not in coming)
    ]
    page.table(COLUMNS, rows, main=True)
    _reasons(page, told)
    page.line(
        "First in resamples: the people who answered were drawn anew a thousand times within their "
        "groups; what was agreed and the facts stayed as they are. Shares to the nearest 5%.",
        look.font(colour=look.SOFT),
    )


def _row(standing: str, result: OfferResult, told: Told) -> Row:
    offer = result.offer
    fallback = offer.model is None
    if result.blocked_by:
        words = [BLOCKERS.get(n) or told.guidance.gates[n].title for n in result.blocked_by]
        why = "\n".join(f"– {upper(text)}" for text in words)
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
            told.stability.get(offer.id),
            why,
            cite(offer.source, told.library),
        ),
        strong=standing == "Start here",
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
