"""An assessment under way: how many replied, how to invite, and workbooks that come back."""

from __future__ import annotations

from datetime import date
from urllib.parse import quote

import streamlit as st
from markupsafe import Markup

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


def head(record: AssessmentRecord, state: RoundState) -> None:
    begun = any(found.handed_in for found in overview.replies(store(), record))
    until, owner = overview.state_in_words(record, date.today()), record.organisation.name
    lead = results = Markup()
    if not (begun and state == "open"):
        waiting = state == "open" and overview.waiting_groups(store(), record)
        day = Markup("<strong>{}.</strong> ").format(until[:1].upper() + until[1:])
        lead = Markup('<p class="pw-text">{}{}</p>').format(
            "" if state == "open" else day, LEAD_WAITING if waiting else LEADS[state]
        )
    if state != "early":
        # What to do next stands out: first the invitations, later the results.
        results = Markup(
            '<a class="pw-button{}" href="/results?assessment={}" target="_self">See the results{}'
            "</a>"
        ).format(
            "" if begun or state == "closed" else " pw-quiet",
            quote(record.id),
            "" if state == "closed" else " so far",
        )
    st.html(
        Markup(
            '<p class="pw-meta">{}</p><h1 class="pw-headline">{}</h1>{}<p class="pw-buttons">{}'
            '<a class="pw-button pw-quiet" href="/" target="_self">All assessments</a></p>'
            '<p class="pw-banner">This is for trying out, not yet for a real round: there are no '
            "personal codes yet, and whoever can open this page sees the results.</p>"
        ).format(f"{owner} · {until}" if state == "open" else owner, record.title, lead, results)
    )


def replies(name: str) -> None:
    """How many have replied."""
    record = overview.chosen(store(), name)
    if record is None:
        return
    rows = Markup().join(
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
        Markup(
            '<h2 class="pw-finding">How many have replied</h2>'
            '<ul class="pw-entries pw-meters">{}</ul>'
            '<p class="pw-hint">A group shows numbers from {} replies on. '
            "We keep no list of who has replied.</p>"
        ).format(rows, record.minimum_group_size)
    )


def brought_over(record: AssessmentRecord) -> None:
    """That a full round began with the agreed answers of a quick look."""
    before = overview.chosen(store(), record.follows) if record.follows else None
    if before is not None:
        st.html(
            Markup(
                '<p class="pw-text">This full round goes on from the quick look '
                '<a href="/overview?assessment={}" target="_self">{}</a>: what the working group '
                "had agreed there came along.</p>"
            ).format(quote(before.id), before.title)
        )


def deepen(record: AssessmentRecord) -> None:
    """From a quick look to a full round: what it adds, what comes along, and the way."""
    description = loaded.library(record.ladder).forms.about
    if record.form != "quick" or description is None:
        return
    answered, _ = overview.agreed_answers(store(), record)
    more = Markup().join(Markup("<li>{}</li>").format(line) for line in description.full.tells[1:])
    with st.container(key="card-deepen"):
        st.html(
            Markup(
                '<h2 class="pw-finding">This is a quick look. Go deeper when you go on</h2>'
                '<p class="pw-text">{} A full round tells besides:</p><ul class="pw-plain">{}</ul>'
                '<p class="pw-text">It is an assessment of its own. {}</p>'
                '<p class="pw-buttons"><a class="pw-button pw-quiet" '
                'href="/set-up?deepen={}" target="_self">Set up the full round</a></p>'
            ).format(
                description.full.about,
                more,
                overview.carried_over_in_words(answered),
                quote(record.id),
            )
        )


#: While people answer, the counts look again by themselves.
live_replies = st.fragment(run_every="20s")(replies)


def _counted(found: overview.Replies) -> str:
    if found.handed_in is None:
        return "Small group: replies are not counted here"
    more = f", {found.begun} more begun" if found.begun else ""
    return f"{found.handed_in} of about {found.group.head_count} handed in{more}"


def _reply(title: str, words: str, share: float | None) -> Markup:
    meter = Markup("<span></span>")
    if share is not None:
        meter = Markup(
            '<span class="pw-meter" aria-hidden="true"><span style="width: {:.0%}"></span></span>'
        ).format(min(share, 1))
    return Markup(
        '<li><span class="pw-meter-name">{}</span>{}<span class="pw-meter-text">{}</span></li>'
    ).format(title, meter, words)


apply_theme()
record = overview.chosen(store(), st.query_params.get("assessment"))
with st.container(key="overview"):
    if record is None:
        nothing_here()
    else:
        state = round_state(record, date.today())
        head(record, state)
        brought_over(record)
        if state != "early":
            with st.container(key="card-replies"):
                (live_replies if state == "open" else replies)(record.id)
        if state != "closed":
            # Before the buttons that print them.
            invitations.posters(store(), record)
            invitations.invitations(store(), record)
        talk_to_offer(record, "overview")
        if state == "open":
            workbooks.upload_form(store(), record)
        deepen(record)
