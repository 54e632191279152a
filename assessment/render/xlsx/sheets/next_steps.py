"""What comes next: the shortest list of changes that unlocks each further offer."""

from __future__ import annotations

from assessment.render.xlsx.page import Column, Page, Row
from assessment.render.xlsx.source import WorkbookSource
from assessment.report.blocks.next_steps import coming, fix_in_words
from assessment.report.terms import EFFORTS, risk_word

WIDTHS = (36, 18, 11, 64, 12, 18, 44)
COLUMNS = (
    Column("Offer that it unlocks"),
    Column("Risk"),
    Column("Change", "count"),
    Column("What to change"),
    Column("What kind"),
    Column("It takes"),
    Column("Asked for by"),
)
#: A practice is done, a fact decided, a score grows.
KINDS = {"raise": "do", "set": "decide", "lift": "grow"}


def write(page: Page, source: WorkbookSource) -> None:
    """Write the sheet."""
    profile = source.profile
    page.top(
        "What comes next?",
        source.report.next_sentence,
        "For each offer that is not possible yet and could be: the fewest changes after which it "
        "is. The nearest comes first. Each list was tried out by evaluating again.",
    )
    if not coming(profile):
        return
    rows = []
    for result, needed in coming(profile):
        for number, fix in enumerate(needed, 1):
            words = fix_in_words(fix, profile, source.guidance, result)
            rows.append(
                Row(
                    (
                        result.offer.title if number == 1 else None,
                        risk_word(result) if number == 1 else None,
                        number,
                        words.text,
                        KINDS[fix.kind],
                        EFFORTS[fix.effort],
                        words.sources,
                    )
                )
            )
    page.table(COLUMNS, rows, main=True)
