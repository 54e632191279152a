"""The web application. Start it with ``python -m assessment serve`` or ``make run``."""

from pathlib import Path

import streamlit as st

from assessment.web.middleware import middleware
from assessment.web.routes import routes
from assessment.web.startup import lifespan, on_script_error

app = st.App(
    Path(__file__).parent / "assessment/main.py",
    lifespan=lifespan,
    routes=routes,
    middleware=middleware,
    on_script_error=on_script_error,
)
