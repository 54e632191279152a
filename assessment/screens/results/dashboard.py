"""The dashboard: one long calm page, the decision first, the reasons below, all from the report.

Everything is drawn once and kept; a rerun only puts it on the page. What opens is
plain HTML and asks nobody. Only the choice of a dimension and a group runs again, by itself.
"""

from __future__ import annotations

import re

import streamlit as st
from markupsafe import Markup

from assessment.screens.results.drawn_dashboard import Dashboard, banner
from assessment.screens.shared.buttons import download_button
from assessment.screens.shared.page import put


def draw_dashboard(
    dashboard: Dashboard, *, invented: bool = False, above: Markup = Markup(), so_far: str = ""
) -> None:
    """Put the dashboard on the page.

    Args:
        above: HTML that stands above the headline.
        invented: the organisation is the demonstration's; the page says so at the top.
        so_far: a sentence for the workbook that says that the numbers are not final.
    """
    if invented:
        above += banner(dashboard.report.result.profile.context.organisation)
    drawn = dashboard.drawn
    put(above + drawn.head)
    put(drawn.places)
    with st.container(key="below", gap=None):
        put(drawn.before_answers)
        if dashboard.choices:
            _answers(dashboard)
        put(drawn.after_answers)
        downloads(dashboard, so_far)


def downloads(dashboard: Dashboard, so_far: str = "") -> None:
    """The results as files; each is made when somebody asks for it."""
    name = "-".join(re.findall(r"\w+", dashboard.report.organisation.lower())) or "organisation"
    with st.container(key="take-away-files", horizontal=True):
        download_button(
            "Results as an Excel workbook",
            lambda: dashboard.workbook(so_far),
            f"{name}-results.xlsx",
            "take-workbook",
        )
        download_button(
            "Results as data (JSON)", dashboard.json, f"{name}-results.json", "take-json"
        )


@st.fragment
def _answers(dashboard: Dashboard) -> None:
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
