"""The page with one sentence."""

import streamlit as st

st.write("Ready for peer work?")
