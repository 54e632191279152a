"""How people come to their questions: a link, a QR code and a poster for each group."""

from __future__ import annotations

from datetime import date
from html import escape

import streamlit as st

from assessment.screens.coordinator import workbooks
from assessment.services.access.sessions import round_state
from assessment.services.rounds import overview
from assessment.services.rounds.qr import qr_image
from assessment.store import Store
from assessment.store.records import AssessmentRecord
from questionnaires.model import WORKING_GROUP
from questionnaires.phrases import listed, lower
from questionnaires.reference_data import GROUP_TITLES

#: As people are promised before they begin, whichever group they are in.
NOTHING_DEPENDS = (
    "Your support, your place, your benefits and your job stay as they are, whatever you say."
)
TRIAL = "This is a trial. Do not tell us anything that must stay secret."


def invitations(store: Store, record: AssessmentRecord) -> None:
    """A card for each group, and one for the working group."""
    seen_at = st.context.url
    st.html(
        '<h2 class="pw-part">Invite each group</h2>'
        '<p class="pw-text">Everybody in a group gets the same link. Send it, show the QR code, '
        "or put the poster up.</p>"
        + (
            '<p class="pw-banner">These links lead nowhere from another device: this app is open '
            "on its own computer only. Let the person who runs it set "
            "ASSESSMENT_PUBLIC_ADDRESS.</p>"
            if overview.only_here(overview.base_address(seen_at))
            else ""
        )
    )
    if waiting := overview.waiting_groups(store, record):
        st.html(
            '<p class="pw-notice" role="note">Let the working group answer its first questions '
            f"before you invite {escape(listed([lower(title) for title in waiting]))}: whether "
            "some peer work is running decides what they are asked.</p>"
        )
    for found in overview.replies(store, record):
        group = found.group
        extent = f"{found.answers} answers, about {found.minutes} minutes"
        with st.container(key=f"card-group-{group.group}"):
            st.html(_invitation(group.group, group.title, extent, group.code, seen_at))
            workbooks.download_buttons(store, record, group)
    if overview.agreed_answers(store, record)[1]:
        _working_group(store, record, seen_at)


def _working_group(store: Store, record: AssessmentRecord, seen_at: str | None) -> None:
    extent = (
        "You answer the questions about the organisation together, in sittings. Give this link "
        "to members only"
    )
    title, code = GROUP_TITLES[WORKING_GROUP], record.working_group.code
    with st.container(key="card-working-group"):
        st.html(_invitation(WORKING_GROUP, title, extent, code, seen_at, poster=False))
        workbooks.download_buttons(store, record, None)


def _invitation(
    group: str, title: str, details: str, code: str, seen_at: str | None, *, poster: bool = True
) -> str:
    link = overview.link(code, seen_at)
    name, escaped, address = escape(title), escape(code), escape(link, quote=True)
    printing = (
        f'<button type="button" class="pw-button pw-quiet" data-print="{escape(group)}" '
        f'aria-label="Print the poster: {name}">Print the poster</button>'
        if poster
        else ""
    )
    return (
        '<div class="pw-group"><div>'
        f'<h3 class="pw-finding">{name}</h3><p class="pw-muted">{escape(details)}.</p>'
        f'<p class="pw-address"><a href="{address}" target="_blank" '
        f'aria-label="Open the link: {name}">{address}</a></p>'
        f'<p class="pw-muted">To type: <span class="pw-typed">{escaped}</span></p>'
        '<p class="pw-buttons"><button type="button" class="pw-button pw-quiet" '
        f'data-copy="{address}" aria-label="Copy the link: {name}">Copy the link</button>'
        f'{printing}<span role="status" class="pw-copied"></span></p></div>'
        f'<p class="pw-qr"><img src="{qr_image(link)}" alt="QR code of the link: {name}"></p>'
        "</div>"
    )


def posters(store: Store, record: AssessmentRecord) -> None:
    """A page for the wall for each group, on paper only."""
    seen_at = st.context.url
    first, last = overview.day(record.opens_on), overview.day(record.closes_on)
    early = round_state(record, date.today()) == "early"
    when = f"From {first} to {last}" if early else f"Until {last}"
    pages = []
    for found in overview.replies(store, record):
        group = found.group
        link = overview.link(group.code, seen_at)
        pages.append(
            f'<div class="pw-poster" data-poster="{escape(group.group)}">'
            f"<p>{escape(record.organisation.name)} · {escape(group.title)}</p>"
            '<p class="pw-poster-title">Peer work here: what do you think?</p>'
            "<p>We are thinking about peer work: people who have been through hard times "
            "themselves, working with us to help others. Tell us how things are here.</p>"
            f'<p><img src="{qr_image(link)}" alt="QR code of the link"></p>'
            f"<p>Point your phone’s camera here, or open<br>"
            f"<strong>{escape(overview.base_address(seen_at))}</strong><br>and type the code</p>"
            f'<p><span class="pw-typed">{escape(group.code)}</span></p>'
            f"<p>About {found.minutes} minutes. {escape(when)}. Nobody has to take part. "
            f"{NOTHING_DEPENDS}</p>"
            f"<p>{TRIAL}</p>"
            f"<p>Questions? {escape(record.organisation.help_contact)}</p></div>"
        )
    with st.container(key="posters"):
        st.html("".join(pages))
