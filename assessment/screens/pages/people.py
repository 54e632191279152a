"""Who may come in to an organisation: its coordinators and viewers, and what was changed."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from assessment.render.html.charts.drawing import listing
from assessment.screens.coordinator import account_link
from assessment.screens.shared import markup
from assessment.screens.shared.access import access, own_store, refuse
from assessment.screens.shared.buttons import in_label, text_button
from assessment.screens.shared.markup import QUIET, buttons, link
from assessment.services.access import own_sign_in, people
from assessment.services.access.accounts import ROLES, RefusedError
from assessment.services.access.own_sign_in import takes_passphrase
from assessment.services.access.people import OpenLink
from assessment.services.rounds import audit
from assessment.store.records import AccountRecord, AccountRole
from questionnaires.phrases import upper

#: What the visit knows: whom somebody asked to remove, and what was refused.
ASKED, REFUSED = "people-asked", "people-refused"
PURPOSES: dict[AccountRole, str] = {
    "coordinator": "The link for another coordinator",
    "viewer": "The link for somebody who sees the results",
}
#: For what a link that is open is; one for a passphrase says whose.
OPEN: dict[str, str] = {"coordinator": "for another coordinator", "viewer": "for a viewer"}


def entry(record: AccountRecord, *, own: bool) -> None:
    """One person, with what can be done."""
    you = " (you)" if own else ""
    st.html(
        Markup('{}<p class="pw-muted">{}</p>').format(
            markup.subheading(f"{record.name}{you}"), upper(ROLES[record.role])
        )
    )
    label = in_label(record.name)
    if st.session_state.get(ASKED) == record.id:
        sure = (
            f"Let {record.name} in no more? What they did stays in the log. Links that they made "
            "and that nobody has used yet do nothing any more."
        )
        st.html(markup.texts([sure]))
        with st.container(key=f"person-sure-{record.id}", horizontal=True):
            st.button("Yes, remove", key=f"remove-{record.id}", on_click=_remove, args=(record.id,))
            text_button("Leave it as it is", f"keep-{record.id}", _ask, "")
        return
    with st.container(key=f"person-{record.id}", horizontal=True):
        if record.subject is None and takes_passphrase(record.role):
            another = "Change my passphrase" if own else f"New passphrase for {label}"
            text_button(another, f"passphrase-{record.id}", _passphrase, record)
        text_button(f"Remove {label}", f"to-remove-{record.id}", _ask, record.id)


def _ask(account: str) -> None:
    st.session_state[ASKED] = account
    st.session_state.pop(REFUSED, None)


def _remove(account: str) -> None:
    st.session_state.pop(ASKED, None)
    here = access()
    if here is None:
        return
    try:
        people.remove(own_store(), here, account)
    except RefusedError as refused:
        st.session_state[REFUSED] = str(refused)


def _passphrase(record: AccountRecord) -> None:
    here = access()
    if here is None:
        return
    try:
        token = people.new_passphrase(own_store(), here, record.id)
    except RefusedError as refused:
        st.session_state[REFUSED] = str(refused)
    else:
        purpose = f"The link for a new passphrase of {record.name}"
        own = record.id == here.account
        account_link.remember(token, purpose, of=record.name, alone=True, own=own)


def _invite(role: AccountRole) -> None:
    here = access()
    if here is None:
        return
    try:
        token = people.invite(own_store(), here, role)
    except RefusedError as refused:
        st.session_state[REFUSED] = str(refused)
    else:
        account_link.remember(token, PURPOSES[role])


def open_link(found: OpenLink) -> None:
    """A link that nobody has used yet, with what can be done."""
    purpose = f"for a new passphrase of {found.name}" if found.name else OPEN[found.role]
    st.html(
        Markup('{}<p class="pw-muted">{}</p>').format(
            markup.subheading(upper(purpose)), f"Made by {found.maker} · works until {found.until}"
        )
    )
    text_button(
        f"Withdraw the link {in_label(purpose)}", f"withdraw-{found.id[:12]}", _withdraw, found.id
    )


def _withdraw(link: str) -> None:
    here = access()
    if here is not None:
        people.withdraw(own_store(), here, link)


here = access()
if here is None:
    refuse(None, {}, "people")
store = own_store()
found = people.people(store)
coordinators = sum(record.role == "coordinator" for record in found)
with st.container(key="people"):
    st.html(
        markup.headline("Who may come in")
        + markup.texts(
            [
                "Coordinators set rounds up, invite people, and publish. Viewers see what is "
                "published. Nobody here sees who answered, or what somebody answered, except what "
                "people write in their own words: coordinators read it before it is shown, without "
                "knowing whose it is."
            ]
        )
        + buttons(link("To the first screen", "/", QUIET))
    )
    if refused := st.session_state.pop(REFUSED, ""):
        st.html(markup.notice(refused, role="alert", style="pw-banner"))
    if coordinators < 2:
        st.html(
            markup.notice(
                "There is one key-holder. Two are safer, and better if one of them has lived "
                "experience: each then sees in the log what the other did, and nobody is locked "
                "out."
            )
        )
    account_link.show()
    with st.container(key="card-people"):
        st.html(markup.heading("", "Coordinators and viewers"))
        for record in found:
            entry(record, own=record.id == here.account)
        if own_sign_in.only():
            st.html(markup.texts([account_link.decides()]))
        else:
            with st.container(key="people-add", horizontal=True):
                st.button(
                    "Let another coordinator in",
                    key="add-coordinator",
                    on_click=_invite,
                    args=("coordinator",),
                )
                st.button("Let a viewer in", key="add-viewer", on_click=_invite, args=("viewer",))
    with store.read() as work:
        owner = next(iter(work.organisations.all())).record
    if links := people.open_links(store, owner):
        with st.container(key="card-open-links"):
            st.html(
                markup.heading("", "Links that nobody has used yet")
                + markup.texts(
                    ["Was one sent to a wrong address? Withdraw it, and it does nothing any more."]
                )
            )
            for one in links:
                open_link(one)
    entries = audit.entries_of_organisation(store, owner)
    if entries:
        told = (f"{entry.at}, {entry.who}: {entry.what}" for entry in entries)
        st.html(markup.fold("What was changed here", listing(told, "pw-plain")))
