"""Gates: what must be in place before peer work, met or not, why, and who says so."""

from __future__ import annotations

from assessment.reports.workbook.page import Column, Page, Row
from assessment.reports.workbook.told import Told
from assessment.story.words import cite
from questionnaires.words import listed, lower
from scoring.gates import GateResult

WIDTHS = (14, 28, 26, 46, 32, 26)
COLUMNS = (
    Column("State"),
    Column("What must be in place"),
    Column("Asked of"),
    Column("What we know"),
    Column("To meet it"),
    Column("Source"),
)
#: How many offers are named that ask for one thing; more are counted.
MOST_NAMED = 5
FORCE = {"must": "The source says must.", "should": "The source says should.", "may": ""}


def write(page: Page, told: Told) -> None:
    """Write the sheet."""
    block = told.block("gates")
    results = list(told.profile.gates.values())
    page.top(
        block.question or "What must be there first?",
        block.finding,
        "Nothing makes up for a gate that is not met: each is asked for by itself. Not met is no "
        "blame; it is what to do first.",
    )
    general = [result for result in results if result.gate.every_offer]
    own = [result for result in results if not result.gate.every_offer]
    rows = [_title("What every offer needs", general)]
    rows += [_row(result, told) for result in general]
    rows += [_title("What some offers need beyond it", own)]
    rows += [_row(result, told) for result in own]
    page.table(COLUMNS, rows, main=True)


def _title(text: str, results: list[GateResult]) -> Row:
    met = sum(result.met for result in results if result.applies)
    count = sum(result.applies for result in results)
    return Row((f"{met} of {count} met", text, "", "", "", ""), strong=True)


def _row(result: GateResult, told: Told) -> Row:
    gate = result.gate
    state = "✓ met" if result.met else "– not met"
    if not result.applies:
        state = "does not apply"
    if gate.every_offer:
        asked_of = "every offer"
    else:
        offers = [o.title for o in told.guidance.offers.values() if gate.id in o.gates]
        asked_of = listed([lower(title) if at else title for at, title in enumerate(offers)])
        if len(offers) > MOST_NAMED:
            asked_of = f"{len(offers)} of {len(told.guidance.starts)} offers"
    judged = " Our judgement." if gate.judgement else ""
    return Row(
        (
            state,
            gate.title,
            asked_of,
            " ".join(result.because),
            "" if result.met else gate.to_meet,
            f"{cite(result.sources, told.library)}. {FORCE[gate.force]}{judged}".strip(),
        )
    )
