"""The web application with questions in which people write, choose several and give a number.

No built-in questionnaire asks for either of a group now. The screens take both, and are tested.
"""

import streamlit as st

from assessment.services.content import loaded
from assessment.web.middleware import middleware
from assessment.web.routes import routes
from assessment.web.startup import lifespan, on_script_error
from tests.support.organisations import with_own_words
from tests.support.places import MAIN

loaded.library = lambda ladder=None: with_own_words()  # type: ignore[assignment]

app = st.App(
    MAIN,
    lifespan=lifespan,
    routes=routes,
    middleware=middleware,
    on_script_error=on_script_error,
)
