"""A page with one sentence."""

from pathlib import Path

import streamlit as st

app = st.App(Path(__file__).parent / "bare_page.py")
