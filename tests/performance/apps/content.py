"""A page with nothing but the content of a dashboard, in the file that the environment names."""

from pathlib import Path

import streamlit as st

app = st.App(Path(__file__).parent / "content_page.py")
