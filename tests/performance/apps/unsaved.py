"""Our app, except that an answer is taken as kept without being stored."""

import sys
from pathlib import Path

import streamlit as st

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from assessment.services.respondents import answering
from assessment.web.middleware import middleware
from assessment.web.routes import routes
from assessment.web.startup import lifespan, on_script_error


def remember(_store: object, draft: answering.Draft, values: dict[str, str | None]) -> None:
    """What ``save`` leaves in the session, without the database and the checks before it."""
    draft.saved.update({item: value for item, value in values.items() if value})


answering.save = remember
app = st.App(
    Path(__file__).resolve().parents[3] / "assessment/main.py",
    lifespan=lifespan,
    routes=routes,
    middleware=middleware,
    on_script_error=on_script_error,
)
