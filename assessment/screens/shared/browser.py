"""What the browser before a screen shows of itself."""

from __future__ import annotations

import streamlit as st

from assessment.screens.shared.navigation import MEMBERS
from assessment.services.access.accounts import Access
from assessment.services.results.viewing import Browser

#: The cookies of a browser: its passes to results, and its sessions.
PASSES = "results"
SESSIONS = ("session", "team")


def this_browser(signed_in: Access | None) -> Browser:
    """What it shows, with whoever has signed in."""
    cookies = st.context.cookies
    tokens = [token for name in SESSIONS if (token := cookies.get(name))]
    # An administrator sees no results.
    organisation = signed_in.organisation if signed_in and signed_in.role in MEMBERS else None
    return Browser(cookies.get(PASSES, ""), tokens, organisation or "")
