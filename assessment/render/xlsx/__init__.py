"""The results workbook: the report with its numbers as numbers, and native charts.

It takes the published profile and nothing finer, so no raw answer can leave through it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from openpyxl import Workbook

from assessment.exchange.xlsx.packing import packed
from assessment.exchange.xlsx.writing import printable
from assessment.render.xlsx import styles
from assessment.render.xlsx.chart_data import TITLE as CHART_DATA
from assessment.render.xlsx.chart_data import ChartData
from assessment.render.xlsx.page import Page, set_up_print
from assessment.render.xlsx.sheets import (
    actions,
    agreed_answers,
    all_actions,
    boundaries,
    concerns,
    distributions,
    figures,
    gaps,
    gates,
    groups,
    ladders,
    method,
    next_steps,
    recommendation,
    responses,
    risk,
    scores,
    summary,
)
from assessment.render.xlsx.source import WorkbookSource
from assessment.report.model import Report

Widths = tuple[float, ...]


@dataclass(frozen=True)
class _Sheet:
    title: str
    widths: Callable[[WorkbookSource], Widths]
    write: Callable[[Page, WorkbookSource], None]


def _fixed(widths: Widths) -> Callable[[WorkbookSource], Widths]:
    return lambda _: widths


#: What a decision needs first, what it rests on after it, the statistics at the end.
SHEETS = (
    _Sheet("Summary", _fixed(summary.WIDTHS), summary.write),
    _Sheet("Profile", _fixed(scores.WIDTHS), scores.write),
    _Sheet("Groups", groups.widths, groups.write),
    _Sheet("Gaps", _fixed(gaps.WIDTHS), gaps.write),
    _Sheet("Distributions", distributions.widths, distributions.write),
    _Sheet("Boundaries", _fixed(boundaries.WIDTHS), boundaries.write),
    _Sheet("Ladders", _fixed(ladders.WIDTHS), ladders.write),
    _Sheet("Concerns", _fixed(concerns.WIDTHS), concerns.write),
    _Sheet("Responses", _fixed(responses.WIDTHS), responses.write),
    _Sheet("Gates", _fixed(gates.WIDTHS), gates.write),
    _Sheet("Recommendation", _fixed(recommendation.WIDTHS), recommendation.write),
    _Sheet("Next steps", _fixed(next_steps.WIDTHS), next_steps.write),
    _Sheet("Risk", _fixed(risk.WIDTHS), risk.write),
    _Sheet("Working group", _fixed(agreed_answers.WIDTHS), agreed_answers.write),
    _Sheet("Actions", _fixed(actions.WIDTHS), actions.write),
    _Sheet("All actions", _fixed(all_actions.WIDTHS), all_actions.write),
    _Sheet("Method", _fixed(method.WIDTHS), method.write),
    _Sheet("Group figures", _fixed(figures.GROUP_WIDTHS), figures.write_groups),
    _Sheet("Statistics", _fixed(figures.WIDTHS), figures.write),
)


def write_workbook(report: Report, *, so_far: str = "") -> bytes:
    """The report as an Excel workbook.

    Args:
        so_far: a sentence that says that the numbers are not final; empty where they are.

    Returns:
        The file's bytes; the same for the same results.
    """
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    # The widths of columns count digits of the usual typeface, so it has to be ours.
    workbook._named_styles["Normal"].font = styles.font()  # pyright: ignore[reportAttributeAccessIssue]
    sheets = [workbook.create_sheet(sheet.title) for sheet in SHEETS]
    data = ChartData(workbook.create_sheet(CHART_DATA))
    source = WorkbookSource(report, data, so_far)
    pages: list[Page] = []
    for worksheet, sheet in zip(sheets, SHEETS, strict=True):
        page = Page(worksheet, source.whose, sheet.widths(source))
        sheet.write(page, source)
        page.close()
        pages.append(page)
    set_up_print(data.sheet, source.whose)
    properties = workbook.properties
    properties.title = printable(f"Readiness for peer work: {report.organisation}")
    properties.subject = printable(report.headline)
    properties.creator = "Peer work readiness"
    properties.language = "en-GB"
    return packed(workbook, [page.charts for page in pages if page.charts])
