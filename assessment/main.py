"""The Streamlit script: names the screens."""

from __future__ import annotations

import streamlit as st

from assessment.brand.name import ICON, NAME
from assessment.screens.shared.access import allow
from assessment.screens.shared.navigation import SCREENS, pages, screen_of

page = st.navigation(pages(SCREENS), position="hidden")
# After the navigation, which else has the last word on what the tab says. It stays until told anew.
title = page.title if page.title == NAME else f"{page.title} · {NAME}"
if st.session_state.get("tab") != title:
    st.set_page_config(page_title=title, page_icon=ICON)
    st.session_state["tab"] = title
allow(screen_of(page))
page.run()
