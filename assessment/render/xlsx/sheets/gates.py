"""Gates: what must be in place before peer work, met or not, why, and who says so."""

from __future__ import annotations

from assessment.render.xlsx.page import Column, Page, Row
from assessment.render.xlsx.source import WorkbookSource
from assessment.report.basics import STATES, gate_state, not_asked
from assessment.report.blocks.gates import facts_behind
from assessment.report.terms import cite
from questionnaires.phrases import listed, lower
from scoring.recommendation.gates import GateResult

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
MAX_NAMED = 5
FORCE = {"must": "The source says must.", "should": "The source says should.", "may": ""}


def write(page: Page, source: WorkbookSource) -> None:
    """Write the sheet."""
    block = source.report.block("gates")
    results = list(source.profile.gates.values())
    page.top(
        block.question,
        block.finding,
        "Nothing makes up for a gate that is not in place: each is asked for by itself. Not in "
        "place is no blame; it is what to do first.",
        block.note,
    )
    general = [result for result in results if result.gate.every_offer]
    own = [result for result in results if not result.gate.every_offer]
    rows = [_title("What every offer needs", general, source)]
    rows += [_row(result, source) for result in general]
    rows += [_title("What some offers need beyond it", own, source)]
    rows += [_row(result, source) for result in own]
    page.table(COLUMNS, rows, main=True)


def _title(text: str, results: list[GateResult], source: WorkbookSource) -> Row:
    asked = [r for r in results if r.applies and not not_asked(r, source.profile)]
    met = sum(result.met for result in asked)
    open_ = sum(not result.answered for result in asked)
    wording = f"{met} of {len(asked)} in place" + (f", {open_} not answered yet" if open_ else "")
    return Row((wording, text, "", "", "", ""), strong=True)


def _row(result: GateResult, source: WorkbookSource) -> Row:
    gate = result.gate
    stands = STATES[gate_state(result)] if result.applies else "does not apply"
    if not_asked(result, source.profile):
        stands = "not asked"
    if gate.every_offer:
        asked_of = "every offer"
    else:
        offers = [o.title for o in source.guidance.offers.values() if gate.id in o.gates]
        asked_of = listed([lower(title) if at else title for at, title in enumerate(offers)])
        if len(offers) > MAX_NAMED:
            asked_of = f"{len(offers)} of {len(source.guidance.starts)} offers"
    judged = " Our judgement." if gate.judgement else ""
    return Row(
        (
            stands,
            gate.title,
            asked_of,
            facts_behind(result, source.report.result),
            "" if result.met else gate.to_meet,
            f"{cite(result.sources, source.library)}. {FORCE[gate.force]}{judged}".strip(),
        )
    )
