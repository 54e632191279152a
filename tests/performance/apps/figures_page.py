"""The page with the figures."""

import json
import os
from pathlib import Path

import plotly.graph_objects as go
import streamlit as st


@st.cache_resource
def figures() -> list[go.Figure]:
    specs = json.loads(Path(os.environ["BENCH_FIGURES"]).read_text(encoding="utf-8"))
    return [go.Figure(spec) for spec in specs]


for number, figure in enumerate(figures()):
    st.plotly_chart(figure, theme=None, key=f"figure-{number}")
