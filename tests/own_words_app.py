"""The web application with questions in which people write, and choose several.

No built-in questionnaire asks for either of a group now. The screens take both, and are tested.
"""

from pathlib import Path

import streamlit as st

from assessment.services.content import loaded
from assessment.web.middleware import middleware
from assessment.web.routes import routes
from assessment.web.startup import lifespan, on_script_error
from tests.organisations import with_own_words

loaded.library = lambda ladder=None: with_own_words()  # type: ignore[assignment]

app = st.App(
    Path(__file__).resolve().parents[1] / "assessment/main.py",
    lifespan=lifespan,
    routes=routes,
    middleware=middleware,
    on_script_error=on_script_error,
)
