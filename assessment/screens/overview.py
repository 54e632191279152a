"""An assessment under way: who has replied, how to invite, and workbooks that come back."""

from __future__ import annotations

from datetime import date
from html import escape
from urllib.parse import quote

import streamlit as st

from assessment.screens.components import inviting, workbooks
from assessment.screens.components.page import look
from assessment.services import overview
from assessment.services.installation import store
from assessment.store.records import AssessmentRecord


def nothing_here() -> None:
    """There is no such assessment, or none at all."""
    st.html(
        '<h1 class="pw-headline">There is no such assessment here</h1>'
        '<p class="pw-text">Perhaps the address is not complete, or nobody has opened one yet. '
        "Nothing was lost.</p>"
        '<p class="pw-buttons"><a class="pw-button" href="/" target="_self">To the first screen'
        "</a></p>"
    )


def head(record: AssessmentRecord) -> None:
    query = f"?assessment={quote(record.id)}"
    begun = any(found.handed_in for found in overview.replies(store(), record))
    # What to do next stands out: first the invitations, later the results.
    quiet = "" if begun else " pw-quiet"
    lead = (
        ""
        if begun
        else '<p class="pw-text">Next, invite each group. Meanwhile the working group can begin '
        "with its own questions.</p>"
    )
    st.html(
        f'<p class="pw-meta">{escape(record.organisation.name)} · '
        f"{escape(overview.state_in_words(record, date.today()))}</p>"
        f'<h1 class="pw-headline">{escape(record.title)}</h1>'
        f'{lead}<p class="pw-buttons">'
        f'<a class="pw-button{quiet}" href="/results{query}" target="_self">See the results '
        "so far</a>"
        '<a class="pw-button pw-quiet" href="/" target="_self">All assessments</a></p>'
        '<p class="pw-banner">This is for trying out, not yet for a real round: there are no '
        "personal codes yet, and whoever can open this page sees the results.</p>"
    )


@st.fragment(run_every="20s")
def replies(name: str) -> None:
    """How many have replied; looks again by itself."""
    record = overview.chosen(store(), name)
    if record is None:
        return
    rows = "".join(
        _reply(
            found.group.title,
            f"{found.handed_in} of about {found.group.head_count} handed in"
            + (f", {found.begun} more begun" if found.begun else ""),
            found.handed_in / found.group.head_count,
        )
        for found in overview.replies(store(), record)
    )
    answered, asked = overview.agreed_answers(store(), record)
    if asked:
        rows += _reply(
            "Working group", f"{answered} of {asked} questions answered", answered / asked
        )
    st.html(
        '<h2 class="pw-finding">Who has replied</h2>'
        f'<ul class="pw-entries pw-meters">{rows}</ul>'
        f'<p class="pw-hint">A group shows numbers from {record.minimum_group_size} replies on. '
        "Nobody can see who has replied.</p>"
    )


def _reply(title: str, words: str, share: float) -> str:
    return (
        f'<li><span class="pw-meter-name">{escape(title)}</span>'
        f'<span class="pw-meter" aria-hidden="true"><span style="width: {min(share, 1):.0%}">'
        f'</span></span><span class="pw-meter-said">{escape(words)}</span></li>'
    )


look()
record = overview.chosen(store(), st.query_params.get("assessment"))
with st.container(key="overview"):
    if record is None:
        nothing_here()
    else:
        head(record)
        with st.container(key="card-replies"):
            replies(record.id)
        # Before the buttons that print them.
        inviting.posters(store(), record)
        inviting.invitations(store(), record)
        workbooks.come_back(store(), record)
