"""Who has signed in where a screen is drawn, and what they may open."""

from __future__ import annotations

from typing import NoReturn
from urllib.parse import urlencode

import streamlit as st

from assessment.screens.shared import markup
from assessment.screens.shared.markup import BUTTON, QUIET, link
from assessment.screens.shared.navigation import Screen
from assessment.services.access.accounts import Access, access_of
from assessment.services.current_store import store
from assessment.store import Store

#: The cookie of whoever has signed in.
COOKIE = "account"


def access(*, seen: bool = False) -> Access | None:
    """Who has signed in; None where nobody has, or it was too long ago.

    Args:
        seen: whether somebody has asked for a page, and not a page for itself.
    """
    return access_of(store(), st.context.cookies.get(COOKIE), seen=seen)


def own_store() -> Store:
    """The store of the organisation of whoever has signed in: nothing else is found in it. Nothing
    more is drawn where nobody has any more."""
    found = access()
    if found is None or found.organisation is None:
        refuse(found, st.query_params.to_dict(), "")
    return found.own(store())


def allow(screen: Screen) -> None:
    """Draw nothing of a screen for somebody who may not open it. What is refused does not say
    whether there is anything."""
    if screen.roles is None:
        return
    found = access(seen=True)
    if found is None or found.role not in screen.roles:
        refuse(found, st.query_params.to_dict(), screen.address)


def refuse(found: Access | None, asked: dict[str, str], address: str) -> NoReturn:
    """Say that somebody has to sign in, or that there is nothing for them here."""
    if found is None:
        onward = urlencode({"to": f"/{address}?{urlencode(asked)}" if asked else f"/{address}"})
        page = markup.message(
            "Sign in first",
            "This page is for those who run a round. Nobody is signed in on this device, or no "
            "longer. What was saved is kept.",
            link("Sign in", f"/sign-in?{onward}", BUTTON),
            link("To the first screen", "/", QUIET),
        )
    else:
        page = markup.message(
            "There is no such page",
            "Perhaps the address is not complete. Nothing was lost.",
            link("To the first screen", "/", BUTTON),
        )
    with st.container(key="no-access"):
        st.html(page)
    st.stop()
