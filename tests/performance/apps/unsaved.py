"""Our app, except that an answer is taken as kept without being stored."""

import sys
from pathlib import Path

import streamlit as st

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from assessment.services.content import loaded
from assessment.services.respondents import answering
from assessment.services.respondents.sent_answers import SentAnswer
from assessment.web import light_form
from assessment.web.middleware import middleware
from assessment.web.routes import routes
from assessment.web.startup import lifespan, on_script_error
from questionnaires.question_text import Reader, question_of


def remember(_store: object, draft: answering.Draft, values: dict[str, str | None]) -> None:
    """What ``save`` leaves in the session, without the database and the checks before it."""
    draft.saved.update({item: value for item, value in values.items() if value})


async def confirm(_store: object, _token: str, _name: str, fields: object) -> SentAnswer:
    """What ``save_sent`` returns, without the database, the questions and the checks before it."""
    return KEPT


library = loaded.library()
item = next(item for item in library.items.values() if item.kind == "frequency")
KEPT = SentAnswer("", (question_of(library, item, Reader("staff", None, "staff")),))
answering.save = remember
light_form.save_sent = confirm
app = st.App(
    Path(__file__).resolve().parents[3] / "assessment/main.py",
    lifespan=lifespan,
    routes=routes,
    middleware=middleware,
    on_script_error=on_script_error,
)
