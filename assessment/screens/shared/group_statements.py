"""What groups say in words of their own: written down here until the report is published."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from assessment.report.who_answered import SERVICE_USERS
from assessment.screens.shared import markup
from assessment.screens.shared.buttons import in_label, text_button
from assessment.screens.shared.changing import Forms
from assessment.services.own_words import group_statements
from assessment.services.own_words.group_statements import LONGEST_STATEMENT, ORIGINS
from assessment.services.rounds.states import Act, allows, state_of, today
from assessment.store import Store
from assessment.store.records import AssessmentRecord, GroupRecord, StatementRecord
from questionnaires.phrases import day, listed, lower

FORMS = Forms(
    "statements",
    "Something went wrong on our side, and nothing was kept. Try again in a minute.",
)
#: What the session knows of the form that is open: which state of the statement it began from, and
#: whether it was asked to be taken back.
SEEN, SURE = "statement-seen", "take-back-sure"
LEAD = (
    "Each group may say something in the report in words of its own. It stands beside the group’s "
    "figures and changes none of them."
)
COUNTS = (
    "The working group is asked whether service users have given a written statement. Let it say "
    "yes: then they count as heard."
)
ORIGIN_WORDS = {
    "together": "Written by the group together",
    "facilitated": "Written down by somebody else and read back to the group",
}


def statements_card(store: Store, record: AssessmentRecord) -> None:
    """The statement of each group, and the form that writes one down."""
    said = group_statements.statements(store, record)
    writes = allows(record, Act.STATE)
    if not (writes or said):
        return
    with st.container(key="card-statements"):
        st.html(markup.heading("", "What groups want to say themselves") + markup.texts([LEAD]))
        FORMS.show_done()
        if not writes:
            words = (
                "They can be written down from the first day on."
                if state_of(record).ahead
                else "The results are published, so nothing is changed here any more."
            )
            st.html(markup.muted(words))
        elif small := group_statements.too_small(record):
            st.html(markup.notice(_offer(small, record)))
        for group in record.groups:
            _group(store, record, group, said.get(group.group), writes=writes)
        if writes:
            st.html(_guide())


def _offer(groups: tuple[GroupRecord, ...], record: AssessmentRecord) -> str:
    """That some groups are heard by a statement or not at all, by their names."""
    first, *others = (group.title for group in groups)
    names = listed([first, *map(lower, others)])
    return (
        f"{names}: fewer than {record.minimum_group_size} people, so no numbers are shown of them "
        "alone. A statement that somebody neutral writes down with them lets them be heard."
    )


def _guide() -> Markup:
    guide = group_statements.guide()
    lines = Markup().join(
        markup.subheading(line.title or "") + markup.texts([line.text]) for line in guide.entries
    )
    return markup.fold(guide.title, markup.texts([guide.lead]) + lines)


def _group(
    store: Store,
    record: AssessmentRecord,
    group: GroupRecord,
    said: StatementRecord | None,
    *,
    writes: bool,
) -> None:
    with st.container(key=f"statement-{group.group}", gap="xxsmall"):
        st.html(markup.subheading(group.title))
        if writes and FORMS.is_open(record.id, group.group):
            _form(store, record, group, said)
            return
        if said is None:
            st.html(markup.muted(f"Nothing is written down{' yet' if writes else ''}."))
        else:
            by = f" Written down by: {said.written_by}." if said.written_by else ""
            about = f"{ORIGIN_WORDS[said.origin]}, on {day(said.written_on)}.{by}"
            st.html(markup.muted(about) + markup.quoted(said.text))
            if group in group_statements.too_small(record) and group.asked_like == SERVICE_USERS:
                st.html(markup.muted(COUNTS))
        if writes:
            name = in_label(lower(group.title))
            label = f"Change the statement of {name}" if said else f"Write down what {name} say"
            text_button(label, f"state-{group.group}", _open, record.id, group.group, said)


def _open(round_: str, group: str, said: StatementRecord | None) -> None:
    """Open the form of a group, filled in with what it says now. For the callback of a button."""
    FORMS.open(round_, group)
    st.session_state[SEEN] = said.revision if said else 0
    st.session_state.pop(SURE, None)


def _form(
    store: Store, record: AssessmentRecord, group: GroupRecord, said: StatementRecord | None
) -> None:
    seen, key = int(st.session_state.get(SEEN, 0)), group.group
    name = in_label(group.title)
    with st.container(key="field-statement-text"):
        text = st.text_area(
            f"{name}: what they say",
            said.text if said else "",
            height=220,
            key=f"statement-text-{key}-{seen}",
        )
        st.html(
            Markup('<p class="pw-hint">{}</p>').format(
                f"Up to {LONGEST_STATEMENT} letters. An empty line begins a new paragraph. Write "
                "no names: everybody who sees the report reads this."
            )
        )
        FORMS.show_mistake("text")
    with st.container(key="field-statement-origin"):
        codes = list(ORIGINS)
        origin = st.container(key="scale-0-statement-origin").radio(
            "How it came about",
            codes,
            index=codes.index(said.origin) if said else None,
            format_func=lambda code: ORIGINS[code],
            key=f"statement-origin-{key}-{seen}",
            width="stretch",
        )
        FORMS.show_mistake("origin")
    with st.container(key="field-statement-by"):
        by = st.text_input(
            "Who wrote it down",
            said.written_by if said else "",
            key=f"statement-by-{key}-{seen}",
            autocomplete="off",
        )
        st.html(
            '<p class="pw-hint">Without a name, such as: an advocate from outside. You may leave '
            "this out.</p>"
        )
        FORMS.show_mistake("written_by")
    with st.container(key="field-statement-on"):
        on = st.date_input(
            "The day on which it was written",
            said.written_on if said else today(record),
            format="DD/MM/YYYY",
            key=f"statement-on-{key}-{seen}",
        )
        FORMS.show_mistake("written_on")
    FORMS.show_mistake()
    keep = FORMS.buttons("Keep the statement", "statement")
    if said is not None:
        _taking_back(store, record, group, seen)
    if keep:
        FORMS.change(
            f"The statement of {lower(group.title)} is kept. It is shown when the results are.",
            lambda: group_statements.write(
                store,
                record,
                group.group,
                text=text,
                origin=origin,
                written_by=by,
                written_on=on,
                after=seen,
            ),
        )


def _taking_back(store: Store, record: AssessmentRecord, group: GroupRecord, seen: int) -> None:
    """Deleting a statement takes a second tap."""
    if not st.session_state.get(SURE):
        text_button("Take the statement back", "take-back", _ask_whether_sure)
        return
    st.html(markup.muted("It is deleted for good, and the report says nothing of it."))
    if st.button("Yes, take it back", key="take-back-now"):
        FORMS.change(
            f"The statement of {lower(group.title)} is taken back.",
            lambda: group_statements.take_back(store, record, group.group, after=seen),
        )


def _ask_whether_sure() -> None:
    st.session_state[SURE] = True
