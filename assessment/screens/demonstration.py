"""The demonstration: the dashboard of an invented organisation."""

from __future__ import annotations

import streamlit as st

from assessment.screens.components.dashboard import Told, dashboard, tell
from assessment.screens.components.page import look
from assessment.services.demo import demonstration
from assessment.services.evaluate import evaluate
from questionnaires.library import load


@st.cache_resource(max_entries=1, show_spinner="Scoring the demonstration")
def told() -> Told:
    """The story of the invented organisation. Published figures only."""
    made = demonstration(load())
    return tell(evaluate(made.table, made.context, name="demonstration"))


look()
dashboard(told(), invented=True)
