"""A respondent's questionnaire: one part at a time, each answer saved as it is given."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from assessment.screens.respondent import finishing, finishing_texts
from assessment.screens.respondent.questionnaire_part import save_page, save_what_came, show_part
from assessment.screens.shared.page import leave_for, script
from assessment.services.access import pauses
from assessment.services.current_store import store
from assessment.services.respondents import answering
from assessment.services.respondents.answering import Draft
from assessment.store import StoreError

#: What the session knows: the draft, and the part that its page shows.
DRAFT, SHOWN, ENTRY = "draft", "shown part", "entry part"
CODE, LATER, REVIEW, LEAVE = "code", "later", "review", "leave"
#: What stands around the questions, by the name of its part.
AROUND = {
    CODE: finishing.show_code,
    LATER: finishing.show_later,
    REVIEW: finishing.show_review,
    LEAVE: finishing.show_leave,
}
#: What ``pause.js`` looks at: after so many seconds without a tap the page asks whose it is.
WATCHED = Markup('<span class="pw-watched" data-pause="{}"></span>')
UNREACHABLE = """<h1 class="pw-title">We cannot reach your answers just now</h1>
<p class="pw-text" role="alert">What you gave us before is kept. Wait a minute, then reload this
page.</p>"""


def wanted(draft: Draft) -> str:
    """The part that the address names; the phone's back button leads through them."""
    part = st.query_params.get("part", "")
    if part in (*AROUND, *map(str, range(1, len(draft.pages) + 1))):
        return part
    return str(st.session_state.setdefault(f"{ENTRY}:{draft.id}", finishing_texts.entry(draft)))


def saved_before(draft: Draft) -> str:
    """The part to show, after everything on the one before is kept.

    An answer and a tap on "Next" may arrive at once, so each change of part saves what the part
    before it still holds, in one commit. Where the store does not answer, that part stays.
    """
    part, before = wanted(draft), st.session_state.get(f"{SHOWN}:{draft.id}", "")
    if before.isdecimal() and before != part:
        trouble = save_page(draft, draft.pages[int(before) - 1])
        if trouble and draft.unsaved:
            st.query_params["part"] = before
            return before
        answering.reload(store(), draft)
    if part in (LATER, LEAVE) and before not in ("", CODE, LATER, LEAVE):
        finishing.remember(draft, before)
    st.session_state[f"{SHOWN}:{draft.id}"] = part
    return part


def show(draft: Draft) -> None:
    """The part that is wanted; after a pause, nothing before somebody says that it is theirs."""
    if draft.saved and pauses.is_over(draft.token):
        if (part := wanted(draft)).isdecimal():
            save_what_came(draft, draft.pages[int(part) - 1])
        leave_for(finishing_texts.YOURS)
        return
    watched = WATCHED.format(pauses.limit(own_device=draft.own_device))
    st.html(watched + script("on_visit/pause"), unsafe_allow_javascript=True)
    part = saved_before(draft)
    if part in AROUND:
        AROUND[part](draft)
    else:
        show_part(draft, int(part))


with st.container(key="narrow-answer"):
    try:
        token, draft = st.context.cookies.get("session"), st.session_state.get(DRAFT)
        found = answering.find_visit(store(), token, draft)
        st.session_state[DRAFT] = found.draft
        if found.draft is not None:
            show(found.draft)
        else:
            leave_for("/thanks" if found.state == "handed_in" else "/welcome")
    except StoreError:
        st.html(UNREACHABLE)
