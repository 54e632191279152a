"""The first screen: how ready, what limits it, what may start."""

from __future__ import annotations

import streamlit as st

st.title("Ready for peer work?", anchor=False)
st.write(
    "Find out whether your organisation is ready to involve people with lived experience as "
    "peer workers, and how to begin safely."
)
