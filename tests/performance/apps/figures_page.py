"""The page with the figures: plotly's, and the charts that are drawn as HTML."""

import json
import os
from pathlib import Path

import plotly.graph_objects as go
import streamlit as st


@st.cache_resource
def drawn() -> tuple[list[go.Figure], list[object]]:
    class Ready(str):
        """HTML as it is: the floor should hold no work that a page can do without."""

        def _repr_html_(self) -> str:
            return self

    result = json.loads(Path(os.environ["BENCH_FIGURES"]).read_text(encoding="utf-8"))
    return [go.Figure(spec) for spec in result["figures"]], [Ready(html) for html in result["html"]]


figures, charts = drawn()
for number, figure in enumerate(figures):
    st.plotly_chart(figure, theme=None, key=f"figure-{number}")
for chart in charts:
    st.html(chart)
