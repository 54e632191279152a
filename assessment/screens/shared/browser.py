"""What the browser before a screen shows of itself."""

from __future__ import annotations

import streamlit as st

from assessment.services.results.viewing import Browser

#: The cookies of a browser: its passes to results, and its sessions.
PASSES = "results"
SESSIONS = ("session", "team")


def this_browser() -> Browser:
    cookies = st.context.cookies
    tokens = [token for name in SESSIONS if (token := cookies.get(name))]
    return Browser(cookies.get(PASSES, ""), tokens)
