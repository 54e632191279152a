"""How people come to their questions: a link, a QR code and a poster for each group."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from assessment.screens.coordinator import personal_codes, workbooks
from assessment.screens.shared import markup
from assessment.screens.shared.page import sheet
from assessment.screens.shared.templates import render
from assessment.services.rounds import dates_in_words, overview
from assessment.services.rounds.messages import NOTHING_DEPENDS, SECRETS, Message, Way, messages
from assessment.services.rounds.personal_codes import Codes, made
from assessment.services.rounds.qr import qr_image
from assessment.services.rounds.states import state_of
from assessment.store import Store
from assessment.store.records import AssessmentRecord, GroupRecord
from questionnaires.model import WORKING_GROUP
from questionnaires.phrases import day, listed, lower
from questionnaires.reference_data import GROUP_TITLES

STATEMENT = (
    "This group is too small for numbers. You chose to ask it for a written statement: let "
    "somebody sit down with its people and write what they want to say."
)


def invitations(store: Store, record: AssessmentRecord) -> None:
    """A card for each group, and one for the working group."""
    seen_at = st.context.url
    st.html(
        '<h2 class="pw-part">Invite each group</h2>'
        '<p class="pw-text">Everybody in a group gets the same link: send it, show the QR code, '
        "or put the poster up. Then one person can answer twice, and nobody would know. Give each "
        "person a code instead where that matters.</p>"
        '<p class="pw-text">Who has no connection gets a workbook. For several people take '
        "numbered copies: each is known when it comes back, so that nobody counts twice. Keep no "
        "list of who got which.</p>"
        '<p class="pw-buttons"><button type="button" class="pw-button pw-quiet" data-print="">'
        "Print all posters</button></p>"
    )
    if waiting := overview.waiting_groups(store, record):
        names = listed([lower(title) for title in waiting])
        st.html(
            markup.notice(
                f"Let the working group answer its first questions before you invite {names}: "
                "whether some peer work is running decides what they are asked."
            )
        )
    codes = made(store, record)
    for found in overview.asking(store, record):
        group = found.group
        extent = f"{found.answers} answers, about {found.minutes} minutes"
        with st.container(key=f"card-group-{group.group}"):
            if group.entry == "codes":
                st.html(_by_codes(group.group, group.title, extent, seen_at))
            else:
                st.html(_invitation(group.group, group.title, extent, group.code, seen_at))
            if group.statement:
                st.html(markup.notice(STATEMENT))
            personal_codes.codes_of(store, record, group, codes.get(group.group, Codes()))
            way = Way(overview.link(group.code, seen_at), overview.code_address(seen_at))
            st.html(_messages(group.title, messages(record, group, found.minutes, way)))
            workbooks.download_buttons(store, record, group)
    if overview.agreed_answers(store, record)[1]:
        extent = (
            "You answer the questions about the organisation together, in sittings. Give this link "
            "to members only"
        )
        title, code = GROUP_TITLES[WORKING_GROUP], record.working_group.code
        with st.container(key="card-working-group"):
            st.html(_invitation(WORKING_GROUP, title, extent, code, seen_at, poster=False))
            workbooks.download_buttons(store, record, None)


def _messages(group: str, texts: tuple[Message, ...]) -> Markup:
    """The texts to send to a group, folded, each to copy or to open in a mail program."""
    blocks = Markup().join(
        Markup(
            '<h4 class="pw-step">{title}</h4><div class="pw-message">{text}</div>'
            '<p class="pw-buttons"><button type="button" class="pw-button pw-quiet" '
            'data-copy="{text}" data-otherwise="Select the text above and copy it" '
            'aria-label="Copy the {name}: {group}">Copy the {name}</button>'
            '<a class="pw-button pw-quiet" href="{mail}" '
            'aria-label="Open the {name} as mail: {group}">Open as mail</a>'
            '<span role="status" class="pw-copied"></span></p>'
        ).format(
            title=message.title,
            name=lower(message.title),
            text=message.text,
            mail=message.mail,
            group=group,
        )
        for message in texts
    )
    names = listed([lower(message.title) for message in texts])
    return markup.fold(f"Text to send: {names}", blocks)


def _by_codes(group: str, title: str, details: str, seen_at: str | None) -> Markup:
    """A group whose people each have a code: where they type it, and a poster that says so."""
    return Markup(
        '<h3 class="pw-finding">{title}</h3><p class="pw-muted">{details}.</p>'
        '<p class="pw-text">Codes are typed at <span class="pw-address">{address}</span></p>'
        '<p class="pw-buttons"><button type="button" class="pw-button pw-quiet" '
        'data-print="{group}" aria-label="Print the poster: {title}">Print the poster</button></p>'
    ).format(title=title, details=details, address=overview.code_address(seen_at), group=group)


def _invitation(
    group: str, title: str, details: str, code: str, seen_at: str | None, *, poster: bool = True
) -> Markup:
    link = overview.link(code, seen_at)
    printing = Markup(
        '<button type="button" class="pw-button pw-quiet" data-print="{}" '
        'aria-label="Print the poster: {}">Print the poster</button>'
    ).format(group, title)
    return Markup(
        '<div class="pw-group"><div>'
        '<h3 class="pw-finding">{title}</h3><p class="pw-muted">{details}.</p>'
        '<p class="pw-address"><a href="{link}" target="_blank" '
        'aria-label="Open the link: {title}">{link}</a></p>'
        '<p class="pw-muted">To type: <span class="pw-typed">{code}</span></p>'
        '<p class="pw-buttons"><button type="button" class="pw-button pw-quiet" '
        'data-copy="{link}" aria-label="Copy the link: {title}">Copy the link</button>'
        '{printing}<span role="status" class="pw-copied"></span></p></div>'
        '<p class="pw-qr"><img src="{image}" alt="QR code of the link: {title}"></p></div>'
    ).format(
        title=title,
        details=details,
        link=link,
        code=code,
        printing=printing if poster else "",
        image=qr_image(link),
    )


def _scanned(group: GroupRecord, seen_at: str | None) -> str:
    """Where a poster's QR code leads: to the group's questions, or where a code is typed."""
    if group.entry == "codes":
        return f"{overview.base_address(seen_at)}/go"
    return overview.link(group.code, seen_at)


def posters(store: Store, record: AssessmentRecord) -> None:
    """A page for the wall for each group, on paper only."""
    seen_at = st.context.url
    end = dates_in_words.end(record)
    ahead = state_of(record).ahead
    when = f"From {day(record.opens_on)} until {end}" if ahead else f"Until {end}"
    pages = Markup().join(
        render(
            "poster.html",
            title="Peer work here: what do you think?",
            group=found.group,
            organisation=record.organisation.name,
            help_contact=record.organisation.help_contact,
            image=qr_image(_scanned(found.group, seen_at)),
            address=overview.code_address(seen_at),
            minutes=found.minutes,
            when=when,
            promise=NOTHING_DEPENDS,
            secrets=SECRETS,
        )
        for found in overview.asking(store, record)
    )
    pages += Markup().join(
        personal_codes.cards(record, found.group, found.minutes)
        for found in overview.asking(store, record)
    )
    with st.container(key="posters"):
        st.html(pages + sheet("posters"))
