"""A link that lets one person in: shown once, to be copied and passed on."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from assessment.screens.shared import markup
from assessment.services.access import own_sign_in
from assessment.services.access.accounts import LINK_LASTS
from assessment.services.rounds.overview import base_address
from assessment.services.rounds.reachability import Reach, reach
from questionnaires.phrases import counted

ONLY_HERE = (
    "It opens on this computer alone. For somebody at another one, start this tool with its "
    "address in your network first: the README has the line to type, under “Let phones in”."
)
#: The link that was made last in this visit, with what it is for.
MADE = "account-link-made"


def decides() -> str:
    """Who comes in, where nobody does by a link."""
    return (
        f"{own_sign_in.name()} says who comes in, and whoever runs this tool sets up what they may "
        "do here. There are no links."
    )


def remember(token: str, purpose: str) -> None:
    """Show a new link when the page is drawn next, and until it is left."""
    st.session_state[MADE] = (f"{base_address(st.context.url)}/account/{token}", purpose)


def show() -> None:
    """The link that was made last. The store does not know it, so it is never shown again."""
    if MADE not in st.session_state:
        return
    if own_sign_in.only():
        st.html(markup.notice(decides()))
        return
    address, purpose = st.session_state[MADE]
    here = reach(base_address(st.context.url)) is Reach.HERE
    with st.container(key="card-account-link"):
        st.html(
            markup.heading("", purpose)
            + Markup(
                '<p class="pw-text">Send it to that person alone: whoever opens it first makes the '
                "account. It works once, within {}. It is shown only now.</p>"
                '<p class="pw-address">{}</p><p class="pw-buttons"><button type="button" '
                'class="pw-button pw-quiet" data-copy="{}">Copy the link</button>'
                '<span role="status" class="pw-copied"></span></p>'
            ).format(counted(LINK_LASTS.days, "day"), address, address)
            + (markup.notice(ONLY_HERE) if here else Markup())
        )
