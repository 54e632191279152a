"""The first screen: look at the demonstration, start your own, or come in with a code."""

from __future__ import annotations

import json
from datetime import date
from html import escape
from urllib.parse import quote

import streamlit as st

from assessment.screens.components.page import look
from assessment.services.installation import store
from assessment.services.overview import assessments, state_in_words
from assessment.store.records import AssessmentRecord

#: Longer than any code with blanks and dashes.
LONGEST_CODE = 60


def doors(*, begun: bool) -> None:
    """The two ways in."""
    demonstration, own = st.columns(2, gap="medium")
    with demonstration, st.container(key="card-door-demonstration"):
        st.html(
            '<h2 class="pw-finding">Look at the demonstration</h2>'
            '<p class="pw-text">Harbour House is invented. See how ready it is, where its groups '
            "disagree, what it may start with and why.</p>"
            '<p class="pw-buttons"><a class="pw-button pw-quiet" href="/demonstration" '
            'target="_self">Open the demonstration</a></p>'
        )
    with own, st.container(key="card-door-own"):
        title = "Start another one" if begun else "Start your own"
        st.html(
            f'<h2 class="pw-finding">{title}</h2>'
            '<p class="pw-text">Say who you are and whom you want to hear. In about ten minutes '
            "you have a link and a poster for each group.</p>"
            '<p class="pw-buttons"><a class="pw-button" href="/set-up" target="_self">'
            "Set up an assessment</a></p>"
        )


def code_entry() -> None:
    """For people who come with a code on a card or a poster."""
    with st.container(key="card-code"):
        st.html(
            '<h2 class="pw-finding">Do you have a code?</h2>'
            '<p class="pw-text">It stands on your card or on the poster. Small letters and blanks '
            "do not matter.</p>"
        )
        with st.form("code", border=False, enter_to_submit=True):
            code = st.text_input(
                "Your code",
                key="typed-code",
                max_chars=LONGEST_CODE,
                autocomplete="off",
                placeholder="K7QMX-4PD9R-TCH",
            )
            went = st.form_submit_button("Open my questions", type="primary")
        if went:
            follow(code or "")


def follow(code: str) -> None:
    """Go where a code leads, or say what is missing."""
    if not any(sign.isalnum() for sign in code):
        st.html('<p class="pw-error" role="alert">Type the code first.</p>')
        return
    # A code is an address of the server, not a screen: the browser has to go there itself.
    address = f"/code?code={quote(code.strip())}"
    st.html(
        f'<p class="pw-text" role="status">Opening. If nothing happens, '
        f'<a href="{escape(address)}" target="_self">go on here</a>.</p>'
        f"<script>window.location.assign({json.dumps(address)})</script>",
        unsafe_allow_javascript=True,
    )


def under_way(known: list[AssessmentRecord]) -> None:
    """The assessments of this installation, each with its state and where to go."""
    entries = []
    for record in known:
        query = f"?assessment={quote(record.id)}"
        name = f"{record.organisation.name}, {record.title}"
        entries.append(
            '<li class="pw-entry"><div>'
            f'<h3 class="pw-step">{escape(record.title)}</h3>'
            f'<p class="pw-soft">{escape(record.organisation.name)} · '
            f"{escape(state_in_words(record, date.today()))}</p></div>"
            '<p class="pw-buttons">'
            f'<a class="pw-button pw-quiet" href="/overview{query}" target="_self" '
            f'aria-label="Links and replies: {escape(name)}">Links and replies</a>'
            f'<a class="pw-button pw-quiet" href="/results{query}" target="_self" '
            f'aria-label="Results: {escape(name)}">Results</a></p></li>'
        )
    with st.container(key="card-under-way"):
        st.html(
            '<h2 class="pw-finding">Your assessments</h2>'
            f'<ul class="pw-entries">{"".join(entries)}</ul>'
        )


look()
known = assessments(store())
with st.container(key="home"):
    st.html(
        '<h1 class="pw-headline">Ready for peer work?</h1>'
        '<p class="pw-lead">Find out whether your service is ready to involve people with lived '
        "experience as peer workers, where people see it differently, and what to start with. "
        "Service users, staff and managers each answer; everybody sees the same results.</p>"
        '<p class="pw-banner">This is for trying out, not yet for a real round: whoever can open '
        "this page can open everything in it.</p>"
    )
    if known:
        under_way(known)
    doors(begun=bool(known))
    code_entry()
    st.html(
        '<p class="pw-text">You have answers in a file or in workbooks already? '
        '<a href="/file" target="_self">Score them without setting anything up</a>.</p>'
    )
