"""Results that are kept between reruns: what a screen defines is made anew at every one."""

from __future__ import annotations

from urllib.parse import quote

import streamlit as st

from assessment.report.build import build_report
from assessment.screens.results.drawn_dashboard import Dashboard
from assessment.services.content import loaded
from assessment.services.current_store import store
from assessment.services.own_words.published import with_own_words
from assessment.services.results import round_results
from assessment.services.results.demonstration import demonstration
from assessment.services.results.evaluation import evaluate
from assessment.services.rounds import overview
from assessment.store.records import AssessmentRecord
from questionnaires.library import load


@st.cache_resource(max_entries=8, show_spinner="Scoring the answers")
def results_of(name: str, version: str) -> tuple[AssessmentRecord, Dashboard] | None:
    """One assessment with the report of its answers at one state of them; None where there is no
    such assessment. Published figures only."""
    record = overview.chosen(store(), name)
    if record is None:
        return None
    sheet_at = f"/conversation?assessment={quote(record.id)}&from=results"
    round_ = with_own_words(store(), record, round_results.round_of(store(), record))
    report = build_report(round_results.result(store(), record), round_)
    return record, Dashboard(report, sheet_at, loaded.of_round(store(), record).sheet.why)


@st.cache_resource(max_entries=1, show_spinner="Scoring the demonstration")
def demonstration_dashboard() -> Dashboard:
    """The report of the invented organisation. Published figures only."""
    made = demonstration(load())
    found = evaluate(made.table, made.context, name="demonstration")
    sheet_at = "/conversation?from=demonstration"
    return Dashboard(build_report(found, made.round), sheet_at, loaded.sheet().why)
