"""A backup of an organisation: made under a passphrase, and taken away as a file."""

from __future__ import annotations

import re

import streamlit as st
from markupsafe import Markup

from assessment.screens.shared import markup
from assessment.screens.shared.buttons import download_button, text_button
from assessment.services import backup
from assessment.services.rounds.states import today
from assessment.store import Store, StoreError
from assessment.store.records import AssessmentRecord

#: What the session knows: the round whose form is open, what is wrong in it, and the file that was
#: made, with its name.
OPEN, WRONG, MADE = "backup-open", "backup-wrong", "backup-made"
FIRST, SECOND = "backup-passphrase", "backup-again"
DIFFERENT = "The two are not the same. Type the passphrase twice."
OUR_FAULT = "Something went wrong on our side, and there is no backup. Try again in a minute."


def backup_card(store: Store, record: AssessmentRecord) -> None:
    """What a backup is good for, the form that makes one, and the file."""
    owner = record.organisation
    with st.container(key="card-backup"):
        st.html(
            markup.heading("", f"A backup of {owner.name}")
            + markup.texts(
                [
                    "One file with all rounds of the organisation: what people answered and wrote, "
                    "what was begun, what the working group agreed; plans in the making; and who "
                    "may sign in. Whoever runs this tool can put "
                    "it into an empty installation, on this computer or another one."
                ]
            )
        )
        made: tuple[str, str, bytes] | None = st.session_state.get(MADE)
        if made and made[0] == owner.id:
            _hand_out(made[1], made[2])
        elif st.session_state.get(OPEN) == record.id:
            _form(store, record)
        else:
            text_button("Make a backup", "backup-open", _open, record)


def _open(record: AssessmentRecord) -> None:
    _close()
    st.session_state[OPEN] = record.id


def _close() -> None:
    for key in (OPEN, WRONG, MADE, FIRST, SECOND):
        st.session_state.pop(key, None)


def _form(store: Store, record: AssessmentRecord) -> None:
    st.html(
        markup.texts(
            [
                "So that nobody can read in it what one person said, it is locked twice: with a "
                "passphrase of yours, and with the secret of this installation, which whoever runs "
                "the computer keeps and which is not in the file. Both are needed to restore it.",
                "If the passphrase or the secret is lost, so is the backup. Keep the passphrase in "
                "another place than the file.",
            ]
        )
    )
    with st.container(key="field-backup"):
        st.html(Markup('<p class="pw-hint">{}</p>').format(backup.PASSPHRASE_RULE))
        for key, label in ((FIRST, "Passphrase"), (SECOND, "The same passphrase again")):
            st.text_input(label, type="password", autocomplete="new-password", key=key)
        if wrong := st.session_state.get(WRONG, ""):
            st.html(Markup('<p class="pw-error" role="alert">{}</p>').format(wrong))
    with st.container(key="buttons-backup", horizontal=True):
        if st.button("Make the backup", key="do-backup", type="primary"):
            _make(store, record)
        st.button("Leave it", key="leave-backup", on_click=_close)


def _make(store: Store, record: AssessmentRecord) -> None:
    passphrase = st.session_state[FIRST]
    wrong = backup.problem_of(passphrase)
    if not wrong and passphrase != st.session_state[SECOND]:
        wrong = DIFFERENT
    if not wrong:
        try:
            content = backup.of_organisation(store, record, passphrase)
        except StoreError:
            wrong = OUR_FAULT
        else:
            _close()
            st.session_state[MADE] = (record.organisation.id, _name(record), content)
    if wrong:
        st.session_state[WRONG] = wrong
    st.rerun()


def _name(record: AssessmentRecord) -> str:
    words = "-".join(re.findall(r"\w+", record.organisation.name.lower())) or "organisation"
    return f"{words}-{today(record)}.backup"


def _hand_out(name: str, content: bytes) -> None:
    st.html(
        markup.notice(
            "The backup is made. Save it now: when you leave this page, it is gone here.",
            role="status",
            style="pw-done",
        )
    )
    with st.container(key="backup-made-buttons", horizontal=True):
        download_button("Save the backup", lambda: content, name, "backup-save")
        st.button("Done", key="backup-done", on_click=_close)
