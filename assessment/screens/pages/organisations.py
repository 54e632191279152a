"""The organisations of an installation, for whoever looks after it: no answers, no results."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st
from markupsafe import Markup

from assessment.screens.coordinator import account_link
from assessment.screens.shared import markup
from assessment.screens.shared.access import access, refuse
from assessment.screens.shared.buttons import in_label, text_button
from assessment.screens.shared.markup import QUIET, buttons, link
from assessment.screens.shared.page import script
from assessment.services.access import organisations, own_sign_in
from assessment.services.access.accounts import Access, RefusedError
from assessment.services.access.organisations import ListedOrganisation
from assessment.services.current_store import store
from questionnaires.phrases import counted, day, listed

#: What the visit knows: which organisation somebody wants to rename, or else to close or delete;
#: where what was tapped last was refused, and why; which one was renamed last, and from what; for
#: which one a link was made last.
RENAME, ASKED = "organisation-rename", "organisation-asked"
REFUSED, RENAMED = "organisation-refused", "organisation-renamed"
MADE_FOR = "organisation-made-for"
#: How often something was tapped, and how often the reader's place has moved to what came of it.
TAPS, MOVED = "organisation-taps", "organisation-moved"
#: The field for the name of a new organisation, whose place is called so too, and the one to find
#: an organisation in, with the number of them from which on it is there.
NEW, FIND, MANY = "organisation-new", "organisation-find", 11


def what_came(place: str, name: str) -> None:
    """What came of the last tap, at the place of it: why it was refused, what it was called before,
    or the link. The reader's place moves there."""
    at, refused = st.session_state.get(REFUSED, ("", ""))
    renamed, before = st.session_state.get(RENAMED, ("", ""))
    if at == place:
        del st.session_state[REFUSED]
        told = Markup(
            '<p class="pw-banner" role="alert" id="{target}" tabindex="-1">{words}</p>{focus}'
        )
        put_in_sight(told, refused)
        return
    if renamed == place:
        told = Markup(
            '<p class="pw-done" role="status" id="{target}" tabindex="-1">{words}</p>{focus}'
        )
        put_in_sight(told, f"Renamed: until now it was called {before}.")
    if st.session_state.get(MADE_FOR) != place:
        return
    if renamed != place and not own_sign_in.only():
        told = Markup(
            '<p class="pw-visually-hidden" id="{target}" tabindex="-1">{words}</p>{focus}'
        )
        put_in_sight(told, f"Made just now, for {name}:")
    account_link.show()


def put_in_sight(told: Markup, words: str) -> None:
    """Words that are read out, once for each tap."""
    taps = st.session_state.get(TAPS, 0)
    target, focus = f"told-{taps}", Markup()
    if st.session_state.get(MOVED) != taps:
        st.session_state[MOVED] = taps
        focus = script("on_visit/focus", target=target, insight=f"#{target}")
    html = told.format(target=target, words=words, focus=focus)
    st.html(html, unsafe_allow_javascript=True)


def entry(found: ListedOrganisation) -> None:
    """One organisation, with what can be done."""
    state = f"closed since {day(found.closed_on)}" if found.closed_on else "open"
    nobody = "nobody any more" if found.rounds else "nobody yet"
    people = counted(found.coordinators, "coordinator") if found.coordinators else nobody
    rounds = f"{counted(found.rounds, 'round')}, {found.running} not over"
    st.html(
        Markup('{}<p class="pw-muted">{} · {} · {}</p>').format(
            markup.subheading(found.name), state, people, rounds
        )
    )
    what_came(found.id, found.name)
    label = in_label(found.name)
    if st.session_state.get(RENAME) == found.id:
        _rename_form(found)
        return
    if st.session_state.get(ASKED) == found.id:
        (_delete_form if found.closed_on else _close_form)(found)
        return
    with st.container(key=f"organisation-{found.id}", horizontal=True):
        if found.closed_on is None:
            if not found.coordinators:
                text_button(
                    f"Let a coordinator of {label} in",
                    f"let-{found.id}",
                    _let_in,
                    found.id,
                    found.name,
                )
            text_button(f"Rename {label}", f"to-rename-{found.id}", _ask_name, found.id)
            text_button(f"Close {label}", f"to-close-{found.id}", _ask, found.id)
        else:
            text_button(f"Open {label} again", f"open-{found.id}", _reopen, found.id)
            text_button(f"Rename {label}", f"to-rename-{found.id}", _ask_name, found.id)
            text_button(f"Delete {label} for good", f"to-delete-{found.id}", _ask, found.id)
    if found.closed_on is None and found.rounds and not found.coordinators:
        st.html(markup.muted("Whoever uses this link will see all its rounds."))


def _rename_form(found: ListedOrganisation) -> None:
    key = f"name-{found.id}"
    st.text_input(f"New name of {in_label(found.name)}", found.name, key=key, autocomplete="off")
    told = "All its rounds name it so from then on, and its log says that you changed it."
    st.html(markup.muted(told))
    with st.container(key=f"sure-{found.id}", horizontal=True):
        st.button(
            "Rename it", key=f"rename-{found.id}", on_click=_rename, args=(found.id, found.name)
        )
        text_button("Leave it as it is", f"leave-{found.id}", _ask, "")


def _close_form(found: ListedOrganisation) -> None:
    st.html(
        markup.texts(
            [
                f"Close {found.name}? Nobody of it can come in then, and nobody can answer. What "
                "is stored stays until you delete it.",
                _ending(found),
            ]
        )
    )
    key = f"typed-to-close-{found.id}"
    if found.running:
        _type_name(found, key)
    with st.container(key=f"sure-{found.id}", horizontal=True):
        sure = f"Yes, close {in_label(found.name)}"
        st.button(sure, key=f"close-{found.id}", on_click=_close, args=(found.id, key))
        text_button("Leave it as it is", f"leave-{found.id}", _ask, "")


def _ending(found: ListedOrganisation) -> str:
    """What becomes of its rounds that are not over."""
    closed = f"closed after “Open {found.name} again”, too."
    if not found.running:
        return ""
    if found.running == 1:
        return (
            f"Its round that is not over ends at once. It cannot be opened again: it stays {closed}"
        )
    return (
        f"Its {found.running} rounds that are not over end at once. They cannot be opened again: "
        f"they stay {closed}"
    )


def _type_name(found: ListedOrganisation, key: str) -> None:
    """Where somebody writes its name, so that no slip of a finger ends what cannot be undone."""
    st.text_input(f"To be sure, type its name: {in_label(found.name)}", key=key, autocomplete="off")


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
    _type_name(found, key)
    with st.container(key=f"sure-{found.id}", horizontal=True):
        st.button(
            "Delete it for good", key=f"delete-{found.id}", on_click=_delete, args=(found.id, key)
        )
        text_button("Leave it as it is", f"leave-{found.id}", _ask, "")


def _ask(name: str) -> None:
    st.session_state[ASKED] = name
    for other in (RENAME, REFUSED, RENAMED):
        st.session_state.pop(other, None)


def _ask_name(name: str) -> None:
    _ask("")
    st.session_state[RENAME] = name


def _do(place: str, change: Callable[[Access], None]) -> None:
    """Do something as an administrator; what is refused is told at its place."""
    st.session_state[TAPS] = st.session_state.get(TAPS, 0) + 1
    st.session_state.pop(REFUSED, None)
    st.session_state.pop(RENAMED, None)
    here = access()
    if here is None or here.role != "administrator":
        return
    try:
        change(here)
    except RefusedError as refused:
        st.session_state[REFUSED] = (place, str(refused))
    else:
        st.session_state.pop(ASKED, None)
        st.session_state.pop(RENAME, None)


def _let_in(name: str, called: str) -> None:
    def change(here: Access) -> None:
        token = organisations.first_coordinator(store(), here, name)
        account_link.remember(token, f"The link for a coordinator of {called}", alone=True)
        st.session_state[MADE_FOR] = name

    _do(name, change)


def _open() -> None:
    def change(here: Access) -> None:
        name = str(st.session_state.get(NEW, ""))
        token = organisations.open_organisation(store(), here, name)
        account_link.remember(token, f"The link for the first coordinator of {name.strip()}")
        st.session_state[NEW] = ""
        st.session_state[MADE_FOR] = NEW

    _do(NEW, change)


def _rename(name: str, called: str) -> None:
    def change(here: Access) -> None:
        to = str(st.session_state.get(f"name-{name}", ""))
        organisations.rename(store(), here, name, to)
        if to.split() != called.split():
            st.session_state[RENAMED] = (name, called)

    _do(name, change)


def _close(name: str, key: str) -> None:
    typed = str(st.session_state.get(key, ""))
    _do(name, lambda here: organisations.close(store(), here, name, typed))


def _reopen(name: str) -> None:
    _do(name, lambda here: organisations.reopen(store(), here, name))


def _delete(name: str, key: str) -> None:
    _do(name, lambda _: organisations.delete(store(), name, str(st.session_state.get(key, ""))))


def narrowed(every: Sequence[ListedOrganisation]) -> Sequence[ListedOrganisation]:
    """Those that somebody looks for."""
    st.text_input("Find an organisation", key=FIND, autocomplete="off")
    found = organisations.found(every, str(st.session_state.get(FIND, "")))
    if not found:
        st.html(markup.muted("No organisation here has this in its name."))
    return found


def administrators(here: Access) -> None:
    """Who else can do what is done here."""
    others = organisations.other_administrators(store(), here)
    told = (
        f"Beside you, this installation is looked after by {listed(others.names)}."
        if others.names
        else "Nobody beside you looks after this installation. Whoever runs the machine can let "
        "another administrator in."
    )
    with st.container(key="card-administrators"):
        st.html(
            markup.heading("", "Administrators")
            + markup.texts([told])
            + markup.muted(f"As it was on {others.at}.")
        )


here = access()
if here is None:
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
    every = organisations.organisations(store())
    refused_at, _ = st.session_state.get(REFUSED, (NEW, ""))
    if refused_at not in {NEW, *(one.id for one in every)}:
        what_came(refused_at, "")  # it is gone meanwhile
    with st.container(key="card-organisation-new"):
        st.text_input("Name of a new organisation", key=NEW, autocomplete="off")
        st.button("Open it", key="open-organisation", type="primary", on_click=_open)
        what_came(NEW, "a new organisation")
    if every:
        with st.container(key="card-organisations"):
            st.html(markup.heading("", "Served here"))
            shown = narrowed(every) if len(every) >= MANY else every
            for one in shown:
                entry(one)
    administrators(here)
