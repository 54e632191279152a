"""The screens as Streamlit knows them."""

from __future__ import annotations

from copy import copy
from functools import cache
from typing import NamedTuple

import streamlit as st

from assessment.brand.name import NAME
from assessment.store.records import AccountRole


class Screen(NamedTuple):
    """One screen.

    Attributes:
        file: of its script, without the ending.
        address: on this server; the first screen's is empty.
        title: what the browser's tab says.
        description: what a preview of a link says, before the app has loaded.
        loading: what stands there until the app has drawn.
        roles: who may open it, of those who sign in; everybody if None.
    """

    file: str
    address: str
    title: str
    description: str
    loading: str = "Loading…"
    roles: frozenset[AccountRole] | None = None


COORDINATORS = frozenset[AccountRole](["coordinator"])
#: Those who belong to an organisation.
MEMBERS = frozenset[AccountRole](["coordinator", "viewer"])
ADMINISTRATORS = frozenset[AccountRole](["administrator"])
#: Where people answer: a preview stands in messages that others may see, so it names nobody.
ANSWERING = "Questions about peer work here. Nobody has to take part."
SCREENS = (
    Screen(
        "home", "", NAME, "Find out whether your organisation is ready to involve peer workers."
    ),
    Screen(
        "demonstration",
        "demonstration",
        "The demonstration",
        "What an invented organisation found out about peer work.",
        "Loading the results…",
    ),
    Screen(
        "set_up",
        "set-up",
        "Start your own",
        "Set up a round: whom to ask, what to ask, and until when.",
        roles=COORDINATORS,
    ),
    Screen(
        "overview",
        "overview",
        "Your round",
        "Links, posters and workbooks of a round.",
        roles=COORDINATORS,
    ),
    Screen(
        "questions",
        "questions",
        "What people are asked",
        "The questions of a round, group by group.",
        roles=COORDINATORS,
    ),
    Screen(
        "people",
        "people",
        "Who may come in",
        "Coordinators and viewers of an organisation.",
        roles=COORDINATORS,
    ),
    Screen(
        "organisations",
        "organisations",
        "Organisations",
        "The organisations of this installation.",
        roles=ADMINISTRATORS,
    ),
    Screen(
        "texts",
        "texts",
        "What people wrote",
        "Texts of a round, to be read by those who run it.",
        roles=COORDINATORS,
    ),
    Screen(
        "results",
        "results",
        "Results",
        "What an organisation found out about peer work.",
        "Loading the results…",
        # Whoever was invited sees them too: its own gate says who.
    ),
    Screen(
        "score_file",
        "file",
        "Score a file",
        "Score a file of answers; nothing is stored.",
        roles=MEMBERS,
    ),
    Screen("answer", "answer", "Your answers", ANSWERING, "Loading your questions…"),
    Screen(
        "working_group",
        "together",
        "The working group",
        "What is in place, answered by the working group together.",
        "Loading your questions…",
    ),
    Screen(
        "conversation",
        "conversation",
        "A talk about your work",
        "A sheet for peer workers to talk about. Nothing is entered here.",
    ),
)
Screens = tuple[Screen, ...]


def pages(screens: Screens) -> list[st.Page]:
    """The pages of this run alone, since running a page changes it."""
    return [copy(page) for page in _pages(screens)]


@cache
def _pages(screens: Screens) -> list[st.Page]:
    """Looking each file up takes a while, and they stay where they are."""
    return [
        st.Page(
            f"screens/pages/{screen.file}.py",
            title=screen.title,
            url_path=screen.address,
            default=not screen.address,
        )
        for screen in screens
    ]


def screen_of(page: st.Page) -> Screen:
    """The screen that a page shows."""
    return next(screen for screen in SCREENS if screen.address == page.url_path)
