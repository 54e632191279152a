"""Before a respondent begins: what is promised, how long it takes, and whose device this is."""

from __future__ import annotations

from html import escape

import streamlit as st

from assessment.screens.components.page import look
from assessment.screens.components.promises import day, help_contact, promises, trial
from assessment.services import answering, asking
from assessment.services.answering import Visit
from assessment.services.installation import store

NO_SEAT = """<h1 class="pw-title">Open your link to begin</h1>
<p class="pw-text">This browser is not answering a questionnaire at the moment. Open the link that
you were given, or type your code on the first page.</p>
<div class="pw-buttons"><a class="pw-button" href="/" target="_self">Go to the first page</a></div>
"""
DONE = """<h1 class="pw-title">You have handed in your answers</h1>
<p class="pw-text">Thank you. They are stored, and there is nothing more to do.</p>
<div class="pw-buttons"><a class="pw-button pw-quiet" href="/leave" target="_self">Leave this
device clean</a></div>"""
CHOICE = """<h2 class="pw-finding">Whose phone or computer is this?</h2>
<div class="pw-doors">
<a class="pw-door pw-first" href="/begin/own" target="_self"><strong>Start – this is my own
device</strong><span>You can close the page at any time. Your link brings you back to where you
stopped.</span></a>
<a class="pw-door" href="/begin/shared" target="_self"><strong>Start – others use this device
too</strong><span>You get a code to come back with. When you stop, nothing of yours can be seen
here.</span></a>
</div>"""
ON = """<div class="pw-buttons"><a class="pw-button" href="/answer" target="_self">Go on where you
stopped</a></div>"""


def about(visit: Visit) -> str:
    """What this is, for whom, and how long it takes."""
    record = visit.record
    assert record is not None
    group = record.group(visit.group).title
    return (
        f'<p class="pw-name">{escape(record.organisation.name)} · {escape(record.title)}</p>'
        '<h1 class="pw-title">How does it look from where you stand?</h1>'
        f'<p class="pw-text">{escape(record.organisation.name)} wants to know if it is ready for '
        "peer work: people who have been through hard times themselves, and who use this to help "
        f"others. These questions are for: <strong>{escape(group)}</strong>.</p>"
    )


def length(visit: Visit) -> str:
    assert visit.record is not None
    library, reader, pages = answering.asked_of(visit.record, visit.group)
    count = sum(len(page.questions) for page in pages)
    takes = asking.minutes(library, pages, reader)
    return (
        f'<p class="pw-lead"><strong>{count} questions, about {takes} minutes.</strong> '
        "There are no wrong answers.</p>"
    )


def body(visit: Visit) -> str:
    record = visit.record
    if record is None:
        return NO_SEAT
    if visit.state == "handed_in":
        return DONE + help_contact(record)
    if visit.state == "closed":
        return (
            '<h1 class="pw-title">This round has ended</h1><p class="pw-text">'
            f"It took answers until {day(record.closes_on)}. Nothing that was handed in is lost. "
            f"Thank you for coming.</p>{help_contact(record)}"
        )
    told = (
        '<h2 class="pw-finding">What we promise you</h2>'
        + promises(record)
        + '<p class="pw-text">Who sees the results? The people who run this round, with the '
        "numbers of whole groups.</p>" + help_contact(record)
    )
    if visit.state == "early":
        begins = (
            f'<p class="pw-lead"><strong>It opens on {day(record.opens_on)}.</strong> Open the '
            "same link again from then on.</p>"
        )
        return trial() + about(visit) + begins + told
    return trial() + about(visit) + length(visit) + told + (ON if visit.draft else CHOICE)


look()
with st.container(key="narrow-welcome"):
    st.html(body(answering.visit(store(), st.context.cookies.get("seat"))))
