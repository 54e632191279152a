"""The way through a questionnaire: from part to part, and where the eye begins."""

from __future__ import annotations

import streamlit as st

from assessment.screens.shared.page import run_script

ITEM = "item to show"


def go(part: str, item: str = "") -> None:
    """Go to a part, at one of its questions where one is named. For the callback of a button."""
    st.query_params["part"] = part
    st.session_state[ITEM] = item


def at_the_top(part: str) -> None:
    """Begin a part that was just opened at its top, or at the question that was asked for."""
    item = str(st.session_state.pop(ITEM, "")).replace(".", "-")
    run_script("begin_part", part=part, item=item)
