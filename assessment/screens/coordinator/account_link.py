"""A link that lets one person in: shown once, to be copied and passed on."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from assessment.screens.shared import markup
from assessment.screens.shared.markup import QUIET, buttons, link
from assessment.services.access import own_sign_in
from assessment.services.access.accounts import LINK_LASTS, look_at_link
from assessment.services.current_store import store
from assessment.services.rounds.overview import base_address
from assessment.services.rounds.reachability import Reach, reach
from questionnaires.phrases import counted

ONLY_HERE = (
    "It opens on this computer alone. For somebody at another one, start this tool with its "
    "address in your network first: the README has the line to type, under “Let phones in”."
)
EARLIER = " Earlier links for this do nothing any more."
DAYS = counted(LINK_LASTS.days, "day")
#: The link that was made last in this visit, with what it is for and what it does.
MADE = "account-link-made"


def decides() -> str:
    """Who comes in, where nobody does by a link."""
    return (
        f"{own_sign_in.name()} says who comes in, and whoever runs this tool sets up what they may "
        "do here. There are no links."
    )


def remember(
    token: str, purpose: str, *, of: str = "", alone: bool = False, own: bool = False
) -> None:
    """Show a new link when the page is drawn next, and until it is left.

    Args:
        purpose: what it is, as a heading.
        of: the name of the account that gets another passphrase; empty where one is made.
        alone: whether it ended the earlier ones.
        own: whether it is for whoever made it, who can open it here.
    """
    st.session_state[MADE] = (token, purpose, _opens(of) + (EARLIER if alone else ""), own)


def _opens(of: str) -> str:
    """To whom a link is sent, and what it does."""
    if not of:
        return (
            "Send it to that person alone: whoever opens it first makes the account. It works "
            f"once, within {DAYS}. It is shown only now."
        )
    return (
        f"Only {of} should have it: whoever opens it chooses a new passphrase for this account and "
        f"is signed in with it. It works once, within {DAYS}. It is shown only now."
    )


def show() -> None:
    """The link that was made last, as long as it works. The store does not know it, so it is never
    shown again."""
    if MADE not in st.session_state:
        return
    token, purpose, opens, own = st.session_state[MADE]
    if look_at_link(store(), token) is None:
        if own_sign_in.only():
            st.html(markup.notice(decides()))
        return
    base = base_address(st.context.url)
    address = f"{base}/account/{token}"
    with st.container(key="card-account-link"):
        st.html(
            markup.heading("", purpose)
            + Markup(
                '<p class="pw-text">{}</p><p class="pw-address">{}</p>'
                '<p class="pw-buttons"><button type="button" class="pw-button pw-quiet" '
                'data-copy="{}">Copy the link</button>'
                '<span role="status" class="pw-copied"></span></p>'
            ).format(opens, address, address)
            + (buttons(link("Choose it now", f"/account/{token}", QUIET)) if own else Markup())
            + (markup.notice(ONLY_HERE) if reach(base) is Reach.HERE and not own else Markup())
        )
