"""Results that are kept between reruns: what a screen defines is made anew at every one."""

from __future__ import annotations

import streamlit as st

from assessment.report.build import build_report
from assessment.screens.results.drawn_dashboard import Dashboard
from assessment.screens.results.kept_dashboard import KeptDashboard
from assessment.services.content import loaded
from assessment.services.results.demonstration import demonstration
from assessment.services.results.evaluation import evaluate
from assessment.services.results.viewing import PublishedResults
from questionnaires.library import load


def published_dashboard(results: PublishedResults) -> KeptDashboard:
    """The page of results that somebody may see; read once, since nothing changes it."""
    return _kept(results.record.id, results)


@st.cache_resource(max_entries=8, show_spinner="Opening the results")
def _kept(name: str, _results: PublishedResults) -> KeptDashboard:
    """By the id of the round alone: whoever asks has passed the gate each time."""
    return KeptDashboard.of(_results)


@st.cache_resource(max_entries=1, show_spinner="Scoring the demonstration")
def demonstration_dashboard() -> Dashboard:
    """The report of the invented organisation. Published figures only."""
    made = demonstration(load())
    found = evaluate(made.table, made.context, name="demonstration")
    sheet_at = "/conversation?from=demonstration"
    return Dashboard(build_report(found, made.round), sheet_at, loaded.sheet().why)
