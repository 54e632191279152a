"""The results of a round as files, made when somebody asks for them. Published figures only."""

from __future__ import annotations

from assessment.render.result_json import dumps, result_json
from assessment.report.build import build_report
from assessment.report.model import Report
from assessment.services.results import round_results
from assessment.store import Store
from assessment.store.records import AssessmentRecord


def workbook(store: Store, record: AssessmentRecord) -> bytes:
    """The results workbook."""
    from assessment.render.xlsx import write_workbook  # noqa: PLC0415  openpyxl is slow

    return write_workbook(_report(store, record))


def data(store: Store, record: AssessmentRecord) -> str:
    """The results as other programs read them, as JSON."""
    return dumps(result_json(_report(store, record)))


def _report(store: Store, record: AssessmentRecord) -> Report:
    return build_report(round_results.result(store, record), round_results.round_of(store, record))
