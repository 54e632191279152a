"""The organisations of an installation, for whoever looks after it: no answers, no results."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st
from markupsafe import Markup

from assessment.screens.coordinator import account_link
from assessment.screens.shared import markup
from assessment.screens.shared.access import access, refuse
from assessment.screens.shared.buttons import in_label, text_button
from assessment.screens.shared.markup import QUIET, buttons, link
from assessment.services.access import organisations
from assessment.services.access.accounts import Access, RefusedError
from assessment.services.access.organisations import ListedOrganisation
from assessment.services.current_store import store
from questionnaires.phrases import counted, day

#: What the visit knows: which organisation somebody wants to close or delete, and what was refused.
ASKED, REFUSED = "organisation-asked", "organisation-refused"
NEW = "organisation-new"


def entry(found: ListedOrganisation) -> None:
    """One organisation, with what can be done."""
    state = f"closed since {day(found.closed_on)}" if found.closed_on else "open"
    people = counted(found.coordinators, "coordinator") if found.coordinators else "nobody yet"
    rounds = f"{counted(found.rounds, 'round')}, {found.running} not over"
    st.html(
        Markup('{}<p class="pw-muted">{} · {} · {}</p>').format(
            markup.subheading(found.name), state, people, rounds
        )
    )
    label = in_label(found.name)
    if st.session_state.get(ASKED) == found.id:
        (_delete_form if found.closed_on else _close_form)(found)
        return
    with st.container(key=f"organisation-{found.id}", horizontal=True):
        if found.closed_on is None:
            if not found.coordinators:
                text_button(
                    f"Let a coordinator of {label} in", f"let-{found.id}", _let_in, found.id
                )
            text_button(f"Close {label}", f"ask-{found.id}", _ask, found.id)
        else:
            text_button(f"Open {label} again", f"open-{found.id}", _reopen, found.id)
            text_button(f"Delete {label} for good", f"ask-{found.id}", _ask, found.id)


def _close_form(found: ListedOrganisation) -> None:
    running = (
        f" {counted(found.running, 'round').capitalize()} of it that "
        f"{'is' if found.running == 1 else 'are'} not over would end at once."
        if found.running
        else ""
    )
    st.html(
        markup.texts(
            [
                "Nobody of it can come in then, and nobody can answer. What is stored stays until "
                f"you delete it.{running}"
            ]
        )
    )
    with st.container(key=f"sure-{found.id}", horizontal=True):
        st.button("Yes, close it", key=f"close-{found.id}", on_click=_close, args=(found.id,))
        text_button("Leave it as it is", f"leave-{found.id}", _ask, "")


def _delete_form(found: ListedOrganisation) -> None:
    st.html(
        markup.texts(
            [
                "Its rounds, its people, and all that was given to them are gone for good then. "
                "Nothing brings them back but a backup."
            ]
        )
    )
    key = f"typed-{found.id}"
    st.text_input(f"To be sure, type its name: {in_label(found.name)}", key=key, autocomplete="off")
    with st.container(key=f"sure-{found.id}", horizontal=True):
        st.button(
            "Delete it for good", key=f"delete-{found.id}", on_click=_delete, args=(found.id, key)
        )
        text_button("Leave it as it is", f"leave-{found.id}", _ask, "")


def _ask(name: str) -> None:
    st.session_state[ASKED] = name
    st.session_state.pop(REFUSED, None)


def _do(change: Callable[[Access], None]) -> None:
    """Do something as an administrator; what is refused is told."""
    here = access()
    if here is None or here.role != "administrator":
        return
    try:
        change(here)
    except RefusedError as refused:
        st.session_state[REFUSED] = str(refused)
    else:
        st.session_state.pop(ASKED, None)


def _let_in(name: str) -> None:
    def change(here: Access) -> None:
        token = organisations.first_coordinator(store(), here, name)
        account_link.remember(token, "The link for a coordinator", alone=True)

    _do(change)


def _open() -> None:
    def change(here: Access) -> None:
        name = str(st.session_state.get(NEW, ""))
        token = organisations.open_organisation(store(), here, name)
        account_link.remember(token, f"The link for the first coordinator of {name.strip()}")
        st.session_state[NEW] = ""

    _do(change)


def _close(name: str) -> None:
    _do(lambda here: organisations.close(store(), here, name))


def _reopen(name: str) -> None:
    _do(lambda here: organisations.reopen(store(), here, name))


def _delete(name: str, key: str) -> None:
    _do(lambda _: organisations.delete(store(), name, str(st.session_state.get(key, ""))))


if access() is None:
    refuse(None, {}, "organisations")
with st.container(key="organisations"):
    st.html(
        markup.headline("Organisations")
        + markup.texts(
            [
                "Each organisation runs its own rounds, and sees its own results alone. You see "
                "neither: you let its first coordinator in, and close it when it leaves."
            ]
        )
        + buttons(link("To the first screen", "/", QUIET))
    )
    if refused := st.session_state.pop(REFUSED, ""):
        st.html(markup.notice(refused, role="alert", style="pw-banner"))
    account_link.show()
    with st.container(key="card-organisation-new"):
        st.text_input("Name of a new organisation", key=NEW, autocomplete="off")
        st.button("Open it", key="open-organisation", type="primary", on_click=_open)
    every = organisations.organisations(store())
    if every:
        with st.container(key="card-organisations"):
            st.html(markup.heading("", "Served here"))
            for one in every:
                entry(one)
