"""The plan that is being made, between the fields of a visit and the store.

The store has the plan; a visit knows what it has last seen of it. What differs in the store was
changed in another window and comes into the fields; what differs in the fields was changed here
and goes into the store. What stands there is compared, so a change that could not be kept is tried
again with the next one.
"""

from __future__ import annotations

from typing import Any, Literal

import streamlit as st
from markupsafe import Markup

from assessment.screens.shared import fields, markup
from assessment.screens.shared.access import own_store
from assessment.services import clock
from assessment.services.access.codes import is_id, new_id
from assessment.services.rounds import overview, plans_in_the_making
from assessment.services.rounds.plans_in_the_making import (
    PlanGoneError,
    PlanTooLargeError,
    Typed,
)
from assessment.store import UnreachableError

#: Whether a plan can be made: it is open for change, its assessment has opened, or it was deleted.
PlanState = Literal["in_the_making", "opened", "deleted"]
#: Where a visit knows which plan stands in its fields, what the store had of it when it was last
#: seen (None: nothing yet), and why the last change is not kept.
OF, SEEN, TROUBLE = "set-up-of", "set-up-seen", "set-up-trouble"
#: How often it was told that the plan is kept: each time is an element of its own.
MARKS = "set-up-marks"
NOT_REACHED = (
    "Not saved: the database does not answer just now. What you entered is still on this page. Do "
    "not close it: we try again when you change something or go on."
)
TOO_LARGE = (
    "Not saved: this is more than a plan can hold. What you entered is still on this page. Shorten "
    "the longest text."
)
#: A script takes the first words back when something is entered, until the next mark comes.
SAVED = Markup(
    '<p class="pw-hint pw-plan-saved" data-mark="{}"><span><span aria-hidden="true">✓</span> '
    "Saved. You can close this page and go on later: the plan stands on the first screen.</span>"
    "<span>Not saved yet</span></p>"
)


def plan_id() -> str:
    """The random name of the plan, which stands in the address; the assessment gets it as its id.
    What is no such name is replaced."""
    if not is_id(st.query_params.get("plan", "")):
        st.query_params["plan"] = new_id()
    return st.query_params["plan"]


def is_new() -> bool:
    """Whether nothing of the plan is kept yet."""
    return st.session_state[SEEN] is None


def bring_in() -> PlanState:
    """Put what the store has of the plan into the fields, unless it was changed here. Call it
    before any field."""
    state, plan = st.session_state, plan_id()
    if state.get(OF) != plan:
        fields.clear()
        state[OF], state[SEEN] = plan, None
        state.pop(TROUBLE, None)
    try:
        now = plans_in_the_making.typed_in(own_store(), plan)
        if now is None and overview.chosen(own_store(), plan) is not None:
            return "opened"
    except UnreachableError:
        state[TROUBLE] = NOT_REACHED
        return "in_the_making"
    before: Typed | None = state[SEEN]
    if now is None:
        return "in_the_making" if before is None else "deleted"
    _merge(before or {}, now)
    state[SEEN] = now
    return "in_the_making"


def _merge(before: Typed, now: Typed) -> None:
    """Take over what was changed elsewhere."""
    here = fields.given()
    for name in before.keys() | now.keys():
        if now.get(name) != before.get(name) and here.get(name) == before.get(name):
            fields.put(name, now.get(name))


def keep() -> None:
    """Keep what was changed here since. Returns when it is on disk, or known not to be."""
    state, here = st.session_state, fields.given()
    before: dict[str, Any] = state[SEEN] or {}
    changed = {name: value for name, value in here.items() if before.get(name) != value}
    emptied = [name for name in before if name not in here]
    if not changed and not emptied:
        if state.get(TROUBLE) == TOO_LARGE:
            del state[TROUBLE]
        return
    begin = state[SEEN] is None
    if begin and not fields.entered():
        return
    try:
        plans_in_the_making.keep(
            own_store(), state[OF], changed, emptied, begin=begin, today=clock.now().date()
        )
    except UnreachableError:
        state[TROUBLE] = NOT_REACHED
    except PlanTooLargeError:
        state[TROUBLE] = TOO_LARGE
    except PlanGoneError:
        # It opened or was deleted in this moment: the next run finds out which.
        st.rerun()
    else:
        kept = {name: value for name, value in before.items() if name not in emptied}
        state[SEEN] = kept | changed
        state.pop(TROUBLE, None)


def mark() -> None:
    """Whether what stands in the fields is kept; nothing where nothing was entered yet."""
    trouble = st.session_state.get(TROUBLE)
    if trouble:
        st.html(markup.notice(trouble, role="alert", style="pw-banner"))
    elif st.session_state[SEEN] is not None:
        st.session_state[MARKS] = st.session_state.get(MARKS, 0) + 1
        st.html(SAVED.format(st.session_state[MARKS]))
