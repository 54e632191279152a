"""Groups side by side: every dimension by every group, shaded as a heatmap."""

from __future__ import annotations

from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from assessment.render.xlsx import styles
from assessment.render.xlsx.page import Column, Page, Row
from assessment.render.xlsx.sheets.scores import members
from assessment.render.xlsx.source import NOT_ASKED, WorkbookSource
from questionnaires.phrases import listed
from scoring.disclosure.groups_and_rounding import PublishedScore
from scoring.rules import bands

FIRST, EACH, FEWEST = 34, 18, 5


def widths(source: WorkbookSource) -> tuple[float, ...]:
    """The columns' widths: one for each group."""
    return (FIRST, *(EACH for _ in range(max(FEWEST, len(source.groups)))))


def write(page: Page, source: WorkbookSource) -> None:
    """Write the sheet."""
    block = source.block("groups")
    page.top(
        block.question or "How does each group see it?",
        block.finding or "No group can be shown",
        source.hidden_note,
        "Scores from 0 to 100. Darker is higher: the shade changes at "
        f"{listed([str(start) for start in bands.starts()])}.",
    )
    _matrix(page, source)
    for sentence in block.how:
        page.line(sentence)


def _matrix(page: Page, source: WorkbookSource) -> None:
    rows: list[Row] = []
    for domain in source.library.domains.values():
        inside = [result for result in members(source, domain.id) if result.groups]
        if not inside:
            continue
        rows.append(Row((domain.title, *(None for _ in source.groups)), strong=True))
        for result in inside:
            cells = [result.groups.get(group, NOT_ASKED) for group in source.groups]
            rows.append(
                Row(
                    (
                        source.library.dimensions[result.id].title,
                        *(c.score if isinstance(c, PublishedScore) else c for c in cells),
                    ),
                    indent=1,
                )
            )
    columns = [Column("Domain and dimension")]
    columns += [Column(source.profile.context.title(group), "points") for group in source.groups]
    first, last = page.table(columns, rows, main=True)
    if rows:
        area = f"B{first}:{get_column_letter(1 + len(source.groups))}{last}"
        _shade(page, area, f"B{first}")


def _shade(page: Page, area: str, cell: str) -> None:
    """The heatmap: one hue, darker by band, so that changed numbers change their shade.

    Args:
        cell: the first of the area; an empty one would else count as nought.
    """
    limits = (0, *bands.starts(), 101)
    for at, (ground, ink) in enumerate(styles.HEAT):
        page.sheet.conditional_formatting.add(
            area,
            FormulaRule(
                formula=[f"AND(ISNUMBER({cell}),{cell}>={limits[at]},{cell}<{limits[at + 1]})"],
                fill=styles.fill(ground),
                font=Font(color=ink),
            ),
        )
