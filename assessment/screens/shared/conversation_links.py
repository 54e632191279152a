"""The ways to the conversation sheet: for peer workers, and for those who offer the talk."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal
from urllib.parse import quote

import streamlit as st
from markupsafe import Markup

from assessment.screens.shared import markup
from assessment.services.content.conversation import conversation
from assessment.store.records import AssessmentRecord, GroupRecord


def talk_offered(group: GroupRecord) -> Markup:
    """For peer workers who have handed in: a talk that may follow. Nothing for other groups."""
    sheet = conversation().sheet
    if group.asked_like != sheet.group:
        return Markup()
    return _titled(sheet.title, sheet.offered, quiet_button("/conversation", "Look at the sheet"))


def talk_card(place: str) -> Markup:
    """Beside the results: how peer workers are heard, who are mostly too few to be shown."""
    return Markup('{}<p class="pw-text">{}</p><p class="pw-buttons">{}</p>').format(
        markup.heading("How do we hear peer workers?", "In a talk that is up to them"),
        conversation().sheet.why,
        quiet_button(place, "See and print the sheet"),
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
    sheet = conversation().sheet
    asked = any(group.asked_like == sheet.group for group in record.groups)
    if not asked and seen_from == "overview":
        return
    place = f"/conversation?assessment={quote(record.id)}&from={seen_from}"
    buttons = quiet_button(place, "See and print the sheet")
    if sheet.recorded_in[0] in asked_here:
        at = f"/together?at={quote(sheet.recorded_in[0])}"
        buttons += quiet_button(at, "Write down what may be passed on")
    with st.container(key="card-talk-offer"):
        st.html(_titled("A talk with peer workers", sheet.why, buttons))


def quiet_button(address: str, label: str) -> Markup:
    """A link that looks like a button of second rank."""
    return Markup('<a class="pw-button pw-quiet" href="{}" target="_self">{}</a>').format(
        address, label
    )


def _titled(title: str, text: str, buttons: Markup) -> Markup:
    return Markup(
        '<h2 class="pw-finding">{}</h2><p class="pw-text">{}</p><p class="pw-buttons">{}</p>'
    ).format(title, text, buttons)
