"""After leaving: nothing of the person before is on this device."""

from __future__ import annotations

import streamlit as st

from assessment.screens.shared.code_entry import begun_before, code_entry
from assessment.screens.shared.page import run_script
from assessment.services.current_store import store
from assessment.services.respondents import answering
from assessment.store import UnreachableError

LEFT = """<h1 class="pw-title">Nothing of yours is left on this device</h1>
<p class="pw-text">The next person who uses it cannot see what you answered. What you answered is
kept.</p>
<p class="pw-text">If you did not hand it in yet, your code brings it back, on any phone or
computer.</p>"""
TEAM = """<h1 class="pw-title">You have left the working group’s page</h1>
<p class="pw-text">This device no longer opens it. What the group agreed on is kept. To come back,
open the working group’s link or type its code.</p>"""
OWN = """<p class="pw-help">Your own questionnaire is still open on this device. What you answered
there is kept.</p>
<div class="pw-buttons"><a class="pw-button" href="/answer" target="_self">Go on with my own
answers</a><a class="pw-button pw-quiet" href="/leave" target="_self">Leave this device
clean</a></div>"""


def own_draft() -> bool:
    """Whether the person's own questionnaire is still unfinished in this browser."""
    try:
        found = answering.find_visit(store(), st.context.cookies.get("session"))
    except UnreachableError:
        return False
    return found.draft is not None


with st.container(key="narrow-left"):
    if st.query_params.get("as") == "team":
        st.html(TEAM + (OWN if own_draft() else ""))
        code_entry("Do you want to go back in?", "Type the working group’s code.", "Open")
    else:
        st.html(LEFT)
        begun_before()
        run_script("leave_other_windows")
