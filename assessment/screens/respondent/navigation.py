"""The way through a questionnaire: from part to part, and where the eye begins."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from assessment.screens.shared.page import run_script

ITEM = "item to show"


def go(part: str, item: str = "") -> None:
    """Go to a part, at one of its questions where one is named. For the callback of a button."""
    st.query_params["part"] = part
    st.session_state[ITEM] = item


def steps(back: str, label: str, onward: Callable[..., None], *args: object) -> None:
    """The button onward, and before it the one back to a part, if one is named."""
    with st.container(key="navigation", horizontal=True):
        if back:
            st.button("Back", key="back", on_click=go, args=(back,), width="stretch")
        st.button(
            label,
            key="next",
            type="primary",
            on_click=onward,
            args=args,
            width="stretch",
        )


def at_the_top(part: str) -> None:
    """Begin a part that was just opened at its top, or at the question that was asked for."""
    item = str(st.session_state.pop(ITEM, "")).replace(".", "-")
    run_script("begin_part", part=part, item=item)
