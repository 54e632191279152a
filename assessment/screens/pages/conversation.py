"""The conversation sheet: to be read and talked through, or printed. Nothing is entered here."""

from __future__ import annotations

from urllib.parse import quote

import streamlit as st

from assessment.screens.respondent import conversation_sheet
from assessment.screens.shared.access import access
from assessment.screens.shared.page import run_script
from assessment.services.access import sessions
from assessment.services.content import loaded
from assessment.services.content.conversation import conversation
from assessment.services.current_store import store
from assessment.services.respondents import answering
from assessment.services.respondents.just_handed_in import HandedIn
from assessment.services.rounds import overview
from assessment.store import StoreError
from assessment.store.records import AssessmentRecord
from questionnaires.model import WORKING_GROUP


def found() -> tuple[AssessmentRecord | None, str, str]:
    """The assessment that the sheet belongs to, and the way back: where to and in which words."""
    name = st.query_params.get("assessment")
    if st.query_params.get("from") == "demonstration":
        return None, "/demonstration", "Back to the demonstration"
    try:
        if name and (record := _own(name)):
            if st.query_params.get("from") == "results":
                return record, f"/results?assessment={quote(record.id)}", "Back to the results"
            return record, f"/overview?assessment={quote(record.id)}", f"Back to {record.title}"
        team = sessions.session_of(store(), st.context.cookies.get("team"))
        if team is not None and name == team[1].id:
            return team[1], "/together", "Back to the working group’s questions"
        session = sessions.session_of(store(), st.context.cookies.get("session"))
        done = HandedIn.read(st.context.cookies.get("handed_in"))
        visit = answering.handed_in_visit(store(), done) if session is None and done else None
    except StoreError:  # the sheet can be read without it
        return None, "/", "To the first page"
    if visit is not None and visit.record is not None:
        return visit.record, "/thanks", "Back"
    if session is None or session[0].group == WORKING_GROUP:
        return None, "/", "To the first page"
    return session[1], "/answer", "Back"


def _own(name: str) -> AssessmentRecord | None:
    """The assessment of that id, if it is one of whoever has signed in."""
    here = access(seen=True)
    if here is None or here.organisation is None:
        return None
    return overview.chosen(here.own(store()), name)


def show(record: AssessmentRecord | None, back: str, label: str) -> None:
    talk = conversation(loaded.of_round(store(), record) if record else None)
    organisation = record.organisation.name if record else ""
    contact = record.organisation.help_contact if record else ""
    with st.container(key="narrow-talk"):
        st.html(conversation_sheet.on_screen(talk, organisation, contact, back, label))
    st.html(conversation_sheet.on_paper(talk, organisation, contact))
    run_script("print_sheet")


show(*found())
