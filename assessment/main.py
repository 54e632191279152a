"""The Streamlit script: names the screens and the look that they share."""

from __future__ import annotations

import streamlit as st

st.set_page_config(page_title="Ready for peer work?", page_icon=":material/handshake:")

st.navigation([st.Page("screens/readiness.py", title="Readiness")], position="hidden").run()
