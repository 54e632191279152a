"""Links that several audiences meet: to the results, and to the conversation sheet."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal
from urllib.parse import quote

import streamlit as st
from markupsafe import Markup

from assessment.screens.shared import markup
from assessment.screens.shared.markup import QUIET, buttons, link
from assessment.services.content import loaded
from assessment.services.current_store import store
from assessment.services.rounds.states import Act, allows
from assessment.store.records import AssessmentRecord


def results_link(record: AssessmentRecord, style: str) -> Markup:
    """The way to the results; nothing before they are published."""
    if not allows(record, Act.SEE_RESULTS):
        return Markup()
    return link("See the results", f"/results?assessment={quote(record.id)}", style)


def what_we_found(record: AssessmentRecord) -> str:
    """The address of the page for everybody who was invited."""
    return f"/what-we-found?assessment={quote(record.id)}"


def talk_card(place: str, why: str) -> Markup:
    """Beside the results: how peer workers are heard, who are mostly too few to be shown."""
    return (
        markup.heading("How do we hear peer workers?", "In a talk that is up to them")
        + markup.texts([why])
        + buttons(link("See and print the sheet", place, QUIET))
    )


def talk_to_offer(
    record: AssessmentRecord,
    seen_from: Literal["overview", "together"],
    asked_here: Collection[str] = (),
) -> None:
    """For those who run the round: why there is a talk, its sheet, and where its outcome goes.

    The overview tells it where peer workers are a group of the round. The working group is told
    always: they may be too few to be one.

    Args:
        asked_here: the items that the working group is asked, where it is looking.
    """
    sheet = loaded.of_round(store(), record).sheet
    asked = any(group.asked_like == sheet.group for group in record.groups)
    if not asked and seen_from == "overview":
        return
    place = f"/conversation?assessment={quote(record.id)}&from={seen_from}"
    links = [link("See and print the sheet", place, QUIET)]
    if sheet.recorded_in[0] in asked_here:
        at = f"/together?at={quote(sheet.recorded_in[0])}"
        links.append(link("Write down what may be passed on", at, QUIET))
    with st.container(key="card-talk-offer"):
        st.html(
            markup.heading("", "A talk with peer workers")
            + markup.texts([sheet.why])
            + buttons(*links)
        )
