"""How people come to their questions: a link, a QR code and a poster for each group."""

from __future__ import annotations

from urllib.parse import quote

import streamlit as st
from markupsafe import Markup
from streamlit.delta_generator import DeltaGenerator

from assessment.screens.coordinator import personal_codes, workbooks
from assessment.screens.shared import markup
from assessment.screens.shared.buttons import in_label
from assessment.screens.shared.page import sheet
from assessment.screens.shared.templates import render
from assessment.services.rounds import dates_in_words, overview
from assessment.services.rounds.messages import NOTHING_DEPENDS, SECRETS, Message, Way, messages
from assessment.services.rounds.personal_codes import Codes, made
from assessment.services.rounds.qr import qr_image
from assessment.services.rounds.states import Act, allows, state_of
from assessment.store import Store
from assessment.store.records import AssessmentRecord, GroupRecord
from questionnaires.model import WORKING_GROUP
from questionnaires.phrases import day, listed, lower
from questionnaires.reference_data import GROUP_TITLES

STATEMENT = (
    "This group is too small for numbers. You chose to ask it for a written statement: let "
    "somebody sit down with its people and write what they want to say."
)


SAME_LINK = (
    "Everybody in a group gets the same link: send it, show the QR code, or put the poster up. "
    "Then one person can answer twice, and nobody would know. Give each person a code instead "
    "where that matters."
)
SOME_BY_CODES = (
    "In a group with personal codes each person comes in by a code of their own. Everybody in the "
    "other groups gets the same link: send it, show the QR code, or put the poster up. There one "
    "person can answer twice, and nobody would know."
)
BY_CODES = (
    "Each person comes in by a code of their own: let people draw cards, or send messages. The "
    "poster says where codes are typed."
)
WORKBOOKS = (
    "Who has no connection gets a workbook. For several people take numbered copies: each is known "
    "when it comes back, so that nobody counts twice. Keep no list of who got which."
)
FOR_MEMBERS = (
    "You answer the questions about the organisation together, in sittings. Give this link to "
    "members only"
)


def invitations(store: Store, record: AssessmentRecord) -> None:
    """A card for each group."""
    seen_at = st.context.url
    st.html(
        Markup('<h2 class="pw-part">Invite each group</h2>')
        + markup.texts([_ways_in(record), WORKBOOKS])
        + Markup(
            '<p class="pw-buttons"><button type="button" class="pw-button pw-quiet" data-print="">'
            "Print all posters</button></p>"
        )
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
        extent = f"{found.questions} questions, about {found.minutes} minutes"
        link = overview.link(group.code, seen_at)
        head = Markup('<h3 class="pw-finding">{}</h3>').format(group.title)
        if group.statement:
            head += markup.notice(STATEMENT)
        head += _asked(record, group.group, group.title, f"{extent}.")
        by_codes = group.entry == "codes"
        with st.container(key=f"card-group-{group.group}"):
            st.html(
                head
                + (
                    _by_codes(group.group, group.title, seen_at)
                    if by_codes
                    else _invitation(group.title, group.code, link, group.group)
                )
            )
            personal_codes.codes_of(store, record, group, codes.get(group.group, Codes()))
            with _other_ways(group.title):
                way = Way(link, overview.code_address(seen_at))
                texts = _messages(group.title, messages(record, group, found.minutes, way))
                st.html(texts if by_codes else _qr_code(group.title, link) + texts)
                workbooks.download_buttons(store, record, group)


def working_group(store: Store, record: AssessmentRecord) -> None:
    """The card of the working group: its link, for members alone."""
    title, code = GROUP_TITLES[WORKING_GROUP], record.working_group.code
    link = overview.link(code, st.context.url)
    with st.container(key="card-working-group"):
        st.html(
            markup.heading("", title)
            + _asked(record, WORKING_GROUP, title, f"{FOR_MEMBERS}.")
            + _invitation(title, code, link)
        )
        if allows(record, Act.INVITE):
            with _other_ways(title):
                st.html(_qr_code(title, link))
                workbooks.download_buttons(store, record, None)


def _asked(record: AssessmentRecord, group: str, title: str, extent: str) -> Markup:
    """How much a group is asked, and the way to its questions."""
    address = f"/questions?assessment={quote(record.id)}&group={quote(group)}"
    return markup.muted(extent) + Markup(
        '<p class="pw-text"><a href="{}" target="_self" aria-label="{}">Read the questions</a></p>'
    ).format(address, f"Read the questions: {title}")


def _ways_in(record: AssessmentRecord) -> str:
    """How people come in, as it stands above all groups."""
    ways = {group.entry for group in record.groups}
    if ways == {"codes"}:
        return BY_CODES
    return SOME_BY_CODES if "codes" in ways else SAME_LINK


def _other_ways(title: str) -> DeltaGenerator:
    """What is rarely needed of a card, folded."""
    return st.expander(f"Other ways to invite: {in_label(title)}")


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


def _by_codes(group: str, title: str, seen_at: str | None) -> Markup:
    """How people come in who each have a code: where they type it, and a poster that says so."""
    return Markup(
        '<p class="pw-text">Codes are typed at <span class="pw-address">{}</span></p>'
        '<p class="pw-buttons">{}</p>'
    ).format(overview.code_address(seen_at), _poster(group, title))


def _invitation(title: str, code: str, link: str, poster: str = "") -> Markup:
    """How people come in by one link.

    Args:
        poster: the name of its poster; empty where there is none.
    """
    return Markup(
        '<p class="pw-address"><a href="{link}" target="_blank" '
        'aria-label="Open the link: {title}">{link}</a></p>'
        '<p class="pw-muted">To type: <span class="pw-typed">{code}</span></p>'
        '<p class="pw-buttons"><button type="button" class="pw-button pw-quiet" '
        'data-copy="{link}" aria-label="Copy the link: {title}">Copy the link</button>'
        '{printing}<span role="status" class="pw-copied"></span></p>'
    ).format(title=title, link=link, code=code, printing=_poster(poster, title) if poster else "")


def _poster(name: str, title: str) -> Markup:
    return Markup(
        '<button type="button" class="pw-button pw-quiet" data-print="{}" '
        'aria-label="Print the poster: {}">Print the poster</button>'
    ).format(name, title)


def _qr_code(title: str, link: str) -> Markup:
    return Markup('<p class="pw-qr"><img src="{}" alt="QR code of the link: {}"></p>').format(
        qr_image(link), title
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
