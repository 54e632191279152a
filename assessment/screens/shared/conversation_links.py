"""The ways to the conversation sheet: for peer workers, and for those who offer the talk."""

from __future__ import annotations

from collections.abc import Collection
from html import escape
from typing import Literal
from urllib.parse import quote

import streamlit as st

from assessment.screens.shared import markup
from assessment.services.content.conversation import conversation
from assessment.store.records import AssessmentRecord, GroupRecord


def talk_offered(group: GroupRecord) -> str:
    """For peer workers who have handed in: a talk that may follow. Nothing for other groups."""
    sheet = conversation().sheet
    if group.asked_like != sheet.group:
        return ""
    return (
        f'<h2 class="pw-finding">{escape(sheet.title)}</h2>'
        f'<p class="pw-text">{escape(sheet.offered)}</p>'
        '<p class="pw-buttons"><a class="pw-button pw-quiet" href="/conversation" target="_self">'
        "Look at the sheet</a></p>"
    )


def talk_card(place: str) -> str:
    """Beside the results: how peer workers are heard, who are mostly too few to be shown."""
    sheet = conversation().sheet
    return (
        markup.heading("How do we hear peer workers?", "In a talk that is up to them")
        + f'<p class="pw-text">{escape(sheet.why)}</p>'
        f'<p class="pw-buttons"><a class="pw-button pw-quiet" href="{escape(place)}" '
        'target="_self">See and print the sheet</a></p>'
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
    record_it = (
        f'<a class="pw-button pw-quiet" href="/together?at={quote(sheet.recorded_in[0])}" '
        'target="_self">Write down what may be passed on</a>'
        if sheet.recorded_in[0] in asked_here
        else ""
    )
    with st.container(key="card-talk-offer"):
        st.html(
            '<h2 class="pw-finding">A talk with peer workers</h2>'
            f'<p class="pw-text">{escape(sheet.why)}</p>'
            f'<p class="pw-buttons"><a class="pw-button pw-quiet" href="{escape(place)}" '
            f'target="_self">See and print the sheet</a>{record_it}</p>'
        )
