"""The Streamlit script: names the screens."""

from __future__ import annotations

import streamlit as st

from assessment.name import ICON, NAME
from assessment.screens.components.addresses import pages

#: Each screen's file, its address and what the browser's tab says.
SCREENS = (
    ("home", "", NAME),
    ("demonstration", "demonstration", "The demonstration"),
    ("set_up", "set-up", "Start your own"),
    ("overview", "overview", "Your assessment"),
    ("results", "results", "Results"),
    ("score_file", "file", "Score a file"),
    ("welcome", "welcome", "Before you begin"),
    ("answer", "answer", "Your answers"),
    ("left", "left", "Nothing is left here"),
    ("unknown_link", "unknown-link", "This link opens nothing"),
    ("together_screen", "together", "The working group"),
)

page = st.navigation(pages(SCREENS), position="hidden")
# After the navigation, which else has the last word on what the tab says. It stays until told anew.
title = page.title if page.title == NAME else f"{page.title} · {NAME}"
if st.session_state.get("tab") != title:
    st.set_page_config(page_title=title, page_icon=ICON)
    st.session_state["tab"] = title
page.run()
