"""What the browser before a screen shows of itself."""

from __future__ import annotations

import streamlit as st

from assessment.screens.shared.access import access
from assessment.screens.shared.navigation import MEMBERS
from assessment.services.results.viewing import Browser

#: The cookies of a browser: its passes to results, and its sessions.
PASSES = "results"
SESSIONS = ("session", "team")


def this_browser() -> Browser:
    cookies = st.context.cookies
    tokens = [token for name in SESSIONS if (token := cookies.get(name))]
    found = access(seen=True)
    # An administrator sees no results.
    organisation = found.organisation if found and found.role in MEMBERS else None
    return Browser(cookies.get(PASSES, ""), tokens, organisation or "")
