"""The dashboard: one long calm page, the decision first, the reasons below, all from the report.

Everything is drawn once and kept; a rerun only puts it on the page. What opens is
plain HTML and asks nobody. Only the choice of a dimension and a group runs again, by itself.
"""

from __future__ import annotations

import re

import streamlit as st
from markupsafe import Markup

from assessment.screens.results.drawn_dashboard import Dashboard, banner
from assessment.screens.results.kept_dashboard import KeptDashboard
from assessment.screens.shared.buttons import download_button
from assessment.screens.shared.page import put

#: Results on a page: drawn just now, or kept since they were published.
Shown = Dashboard | KeptDashboard


def draw_dashboard(dashboard: Shown, *, invented: str = "", above: Markup = Markup()) -> None:
    """Put the dashboard on the page.

    Args:
        above: HTML that stands above the headline.
        invented: the organisation of the demonstration; the page says so at the top.
    """
    if invented:
        above += banner(invented)
    drawn = dashboard.drawn
    put(above + drawn.head)
    put(drawn.places)
    with st.container(key="below", gap=None):
        put(drawn.before_answers)
        if dashboard.choices:
            _answers(dashboard)
        put(drawn.after_answers)
        downloads(dashboard)


def downloads(dashboard: Shown) -> None:
    """The results as files; each is made when somebody asks for it."""
    name = "-".join(re.findall(r"\w+", dashboard.organisation.lower())) or "organisation"
    with st.container(key="take-away-files", horizontal=True):
        download_button(
            "Results as an Excel workbook",
            dashboard.workbook,
            f"{name}-results.xlsx",
            "take-workbook",
        )
        download_button(
            "Results as data (JSON)", dashboard.json, f"{name}-results.json", "take-json"
        )


@st.fragment
def _answers(dashboard: Shown) -> None:
    """How the answers spread, for a dimension and a group of the reader's choice.

    The only box without a name on the page: by that its style knows it.
    """
    chosen = st.selectbox(
        "What people answered about",
        list(dashboard.choices),
        index=list(dashboard.choices).index(dashboard.first_choice),
        format_func=lambda name: dashboard.choices[name],
        key="answers-dimension",
    )
    groups = dashboard.groups(chosen)
    group = st.selectbox(
        "How this group answered",
        list(groups),
        format_func=lambda name: groups[name],
        key="answers-group",
    )
    put(dashboard.opened(chosen, group))
