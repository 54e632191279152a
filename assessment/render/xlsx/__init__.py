"""The results workbook: the report with its numbers as numbers, and native charts.

It takes the published profile and nothing finer, so no raw answer can leave through it.
"""

from __future__ import annotations

from openpyxl import Workbook

from assessment.exchange.xlsx import styles
from assessment.exchange.xlsx.packing import packed
from assessment.exchange.xlsx.writing import printable
from assessment.render.xlsx.chart_data import TITLE as CHART_DATA
from assessment.render.xlsx.chart_data import ChartData
from assessment.render.xlsx.contents import SHEETS
from assessment.render.xlsx.page import Page, set_up_print
from assessment.render.xlsx.sheets.summary import write_summary
from assessment.render.xlsx.source import WorkbookSource
from assessment.report.model import Report
from questionnaires.content_folder import use

SUMMARY, SUMMARY_WIDTHS = "Summary", (26, 14, 62)


def write_workbook(report: Report) -> bytes:
    """The report as an Excel workbook.

    Returns:
        The file's bytes; the same for the same results.
    """
    with use(report.result.library.content):
        return _written(report)


def _written(report: Report) -> bytes:
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    # The widths of columns count digits of the usual typeface, so it has to be ours.
    workbook._named_styles["Normal"].font = styles.font()  # pyright: ignore[reportAttributeAccessIssue]
    sheets = {title: sheet for title, sheet in SHEETS.items() if sheet.stands_in(report)}
    first, *others = [workbook.create_sheet(title) for title in (SUMMARY, *sheets)]
    data = ChartData(workbook.create_sheet(CHART_DATA))
    source = WorkbookSource(report, data)
    pages = [Page(first, source.whose, SUMMARY_WIDTHS)]
    write_summary(pages[0], source, {title: sheet.description for title, sheet in sheets.items()})
    for worksheet, sheet in zip(others, sheets.values(), strict=True):
        pages.append(Page(worksheet, source.whose, sheet.widths_for(report)))
        sheet.write(pages[-1], source)
    for page in pages:
        page.close()
    set_up_print(data.sheet, source.whose)
    properties = workbook.properties
    properties.title = printable(f"Readiness for peer work: {report.organisation}")
    properties.subject = printable(" ".join(report.headline))
    properties.creator = "Peer work readiness"
    properties.language = "en-GB"
    return packed(workbook, [page.charts for page in pages if page.charts])
