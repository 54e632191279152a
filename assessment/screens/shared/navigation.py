"""The screens as Streamlit knows them."""

from __future__ import annotations

from copy import copy
from functools import cache

import streamlit as st

from assessment.brand.name import NAME

Screens = tuple[tuple[str, str, str], ...]
#: Each screen's file, its address and what the browser's tab says.
SCREENS: Screens = (
    ("home", "", NAME),
    ("demonstration", "demonstration", "The demonstration"),
    ("set_up", "set-up", "Start your own"),
    ("overview", "overview", "Your assessment"),
    ("results", "results", "Results"),
    ("score_file", "file", "Score a file"),
    ("welcome", "welcome", "Before you begin"),
    ("answer", "answer", "Your answers"),
    ("left_questionnaire", "left", "Nothing is left here"),
    ("unknown_link", "unknown-link", "This link opens nothing"),
    ("working_group", "together", "The working group"),
    ("conversation", "conversation", "A talk about your work"),
)


def pages(screens: Screens) -> list[st.Page]:
    """The pages of this run alone, since running a page changes it."""
    return [copy(page) for page in _pages(screens)]


@cache
def _pages(screens: Screens) -> list[st.Page]:
    """Looking each file up takes a while, and they stay where they are."""
    return [
        st.Page(f"screens/pages/{file}.py", title=title, url_path=address, default=not address)
        for file, address, title in screens
    ]
