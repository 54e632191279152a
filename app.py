"""The web application. Start it with ``python -m assessment serve`` or ``make run``."""

from pathlib import Path

import streamlit as st

from assessment.web.server import lifespan, middleware, on_script_error, routes

app = st.App(
    Path(__file__).parent / "assessment/main.py",
    lifespan=lifespan,
    routes=routes,
    middleware=middleware,
    on_script_error=on_script_error,
)
