"""An assessment under way: how many replied, how to invite, and workbooks that come back."""

from __future__ import annotations

from datetime import date
from html import escape
from urllib.parse import quote

import streamlit as st

from assessment.screens.coordinator import invitations, workbooks
from assessment.screens.shared.conversation_links import talk_to_offer
from assessment.screens.shared.page import apply_theme
from assessment.services.access.sessions import RoundState, round_state
from assessment.services.content import loaded
from assessment.services.installation import store
from assessment.services.rounds import overview
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


#: The same where some groups wait for what the working group says first.
LEAD_WAITING = (
    "Next, let the working group answer its first questions. Then invite each group; those that do "
    "not wait for it can be invited now."
)
#: What comes next before the first reply, by whether the assessment takes answers.
LEADS: dict[RoundState, str] = {
    "early": "Nobody can answer before that day. You can get everything ready now: print the "
    "posters and hand out the links. Until then, the links say when it opens.",
    "open": "Next, invite each group. Meanwhile the working group can begin with its own "
    "questions.",
    "closed": "Nobody can answer any more. What was handed in is kept, and the results stay.",
}


def head(record: AssessmentRecord, now: RoundState) -> None:
    query = f"?assessment={quote(record.id)}"
    begun = any(found.handed_in for found in overview.replies(store(), record))
    # What to do next stands out: first the invitations, later the results.
    quiet = "" if begun or now == "closed" else " pw-quiet"
    until = overview.state_in_words(record, date.today())
    text = "" if now == "open" else f"<strong>{escape(until[:1].upper() + until[1:])}.</strong> "
    waiting = now == "open" and overview.waiting_groups(store(), record)
    next_ = LEAD_WAITING if waiting else LEADS[now]
    lead = "" if begun and now == "open" else f'<p class="pw-text">{text}{next_}</p>'
    meta = f"{record.organisation.name} · {until}" if now == "open" else record.organisation.name
    results = (
        ""
        if now == "early"
        else f'<a class="pw-button{quiet}" href="/results{query}" target="_self">See the results'
        f"{'' if now == 'closed' else ' so far'}</a>"
    )
    st.html(
        f'<p class="pw-meta">{escape(meta)}</p>'
        f'<h1 class="pw-headline">{escape(record.title)}</h1>'
        f'{lead}<p class="pw-buttons">{results}'
        '<a class="pw-button pw-quiet" href="/" target="_self">All assessments</a></p>'
        '<p class="pw-banner">This is for trying out, not yet for a real round: there are no '
        "personal codes yet, and whoever can open this page sees the results.</p>"
    )


def replies(name: str) -> None:
    """How many have replied."""
    record = overview.chosen(store(), name)
    if record is None:
        return
    rows = "".join(
        _reply(
            found.group.title,
            _counted(found),
            None if found.handed_in is None else found.handed_in / found.group.head_count,
        )
        for found in overview.replies(store(), record)
    )
    answered, asked = overview.agreed_answers(store(), record)
    if asked:
        rows += _reply(
            "Working group", f"{answered} of {asked} questions answered", answered / asked
        )
    st.html(
        '<h2 class="pw-finding">How many have replied</h2>'
        f'<ul class="pw-entries pw-meters">{rows}</ul>'
        f'<p class="pw-hint">A group shows numbers from {record.minimum_group_size} replies on. '
        "We keep no list of who has replied.</p>"
    )


def brought_over(record: AssessmentRecord) -> None:
    """That a full round began with the agreed answers of a quick look."""
    before = overview.chosen(store(), record.follows) if record.follows else None
    if before is not None:
        st.html(
            '<p class="pw-text">This full round goes on from the quick look '
            f'<a href="/overview?assessment={quote(before.id)}" target="_self">'
            f"{escape(before.title)}</a>: what the working group had agreed there came along.</p>"
        )


def deepen(record: AssessmentRecord) -> None:
    """From a quick look to a full round: what it adds, what comes along, and the way."""
    forms_file = loaded.library(record.ladder).forms.about
    if record.form != "quick" or forms_file is None:
        return
    answered, _ = overview.agreed_answers(store(), record)
    more = "".join(f"<li>{escape(line)}</li>" for line in forms_file.full.tells[1:])
    with st.container(key="card-deepen"):
        st.html(
            '<h2 class="pw-finding">This is a quick look. Go deeper when you go on</h2>'
            f'<p class="pw-text">{escape(forms_file.full.about)} A full round tells besides:</p>'
            f'<ul class="pw-plain">{more}</ul>'
            f'<p class="pw-text">It is an assessment of its own. '
            f"{escape(overview.carried_over_in_words(answered))}</p>"
            f'<p class="pw-buttons"><a class="pw-button pw-quiet" '
            f'href="/set-up?deepen={quote(record.id)}" target="_self">Set up the full round</a></p>'
        )


#: While people answer, the counts look again by themselves.
live_replies = st.fragment(run_every="20s")(replies)


def _counted(found: overview.Replies) -> str:
    if found.handed_in is None:
        return "Small group: replies are not counted here"
    more = f", {found.begun} more begun" if found.begun else ""
    return f"{found.handed_in} of about {found.group.head_count} handed in{more}"


def _reply(title: str, words: str, share: float | None) -> str:
    meter = (
        "<span></span>"
        if share is None
        else '<span class="pw-meter" aria-hidden="true">'
        f'<span style="width: {min(share, 1):.0%}"></span></span>'
    )
    return (
        f'<li><span class="pw-meter-name">{escape(title)}</span>{meter}'
        f'<span class="pw-meter-text">{escape(words)}</span></li>'
    )


apply_theme()
record = overview.chosen(store(), st.query_params.get("assessment"))
with st.container(key="overview"):
    if record is None:
        nothing_here()
    else:
        now = round_state(record, date.today())
        head(record, now)
        brought_over(record)
        if now != "early":
            with st.container(key="card-replies"):
                (live_replies if now == "open" else replies)(record.id)
        if now != "closed":
            # Before the buttons that print them.
            invitations.posters(store(), record)
            invitations.invitations(store(), record)
        talk_to_offer(record, "overview")
        if now == "open":
            workbooks.upload_form(store(), record)
        deepen(record)
