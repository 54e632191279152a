"""What people said and what was done, on the overview: what stands there, and one more."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from assessment.screens.shared import markup
from assessment.screens.shared.buttons import in_label, text_button
from assessment.screens.shared.changing import Forms
from assessment.services.rounds import follow_ups
from assessment.services.rounds.states import Act, allows, today
from assessment.store import Store
from assessment.store.records import AssessmentRecord, FollowUpRecord
from questionnaires.phrases import day

FORMS = Forms("follow-ups")
#: The session knows how often something was added, so that the fields are empty again.
ADDED = "follow-ups-added"
#: So much of what was said names an entry on a button.
NAMED_BY = 40
#: How an entry is read.
AFTER_YOU_SAID = "It stands after “You said:”, so write it as people did: “We are told too late.”"


def follow_ups_card(store: Store, record: AssessmentRecord) -> None:
    """What was said and done, for everybody who was invited to read."""
    entries = follow_ups.of(store, record.id)
    may = allows(record, Act.FOLLOW_UP)
    if not (may or entries):
        return
    with st.container(key="card-follow-ups"):
        st.html(markup.heading("After the results", "You said, we did"))
        if may:
            st.html(
                markup.texts(
                    [
                        "Everybody who was invited finds this below what was found. Write plainly "
                        "what people said, what you did about it, and when; also what you decided "
                        "not to do, and why. Name nobody."
                    ]
                )
            )
        FORMS.show_done()
        for entry in entries:
            _entry(store, record, entry, may=may)
        if may:
            _form(store, record)


def _entry(store: Store, record: AssessmentRecord, entry: FollowUpRecord, *, may: bool) -> None:
    with st.container(key=f"follow-up-{entry.id}"):
        st.html(
            Markup(
                '<p class="pw-text"><strong>You said:</strong> {}<br><strong>We did:</strong> {} '
                '<span class="pw-muted">({})</span></p>'
            ).format(entry.said, entry.done, day(entry.done_on))
        )
        if may:
            named = entry.said[:NAMED_BY] + ("…" if len(entry.said) > NAMED_BY else "")
            text_button(
                f"Take out: {in_label(named)}",
                f"out-{entry.id}",
                _remove,
                store,
                record.id,
                entry.id,
            )


def _form(store: Store, record: AssessmentRecord) -> None:
    """One more entry."""
    number = st.session_state.setdefault(ADDED, 0)
    with st.container(key="field-said"):
        said = st.text_area(
            "What did people say?", key=f"said-{number}", max_chars=follow_ups.LONGEST
        )
        st.html(Markup('<p class="pw-hint">{}</p>').format(AFTER_YOU_SAID))
        FORMS.show_mistake("said")
    with st.container(key="field-done"):
        done = st.text_area("What did you do?", key=f"done-{number}", max_chars=follow_ups.LONGEST)
        FORMS.show_mistake("done")
    with st.container(key="field-done_on"):
        on = st.date_input("When?", today(record), format="DD/MM/YYYY", key=f"done-on-{number}")
        FORMS.show_mistake("done_on")
    FORMS.show_mistake()
    if st.button("Add this", key="add-follow-up", type="primary"):
        if FORMS.is_changed(
            lambda: follow_ups.add(store, record.id, said, done, on),
            "Added. Everybody who was invited can read it now.",
        ):
            st.session_state[ADDED] = number + 1
        st.rerun()


def _remove(store: Store, name: str, entry: str) -> None:
    """For the callback of a button."""
    FORMS.is_changed(lambda: follow_ups.remove(store, name, entry), "Taken out.")
