"""What the groups of a round are asked, for those who run it. Nothing is answered here."""

from __future__ import annotations

from urllib.parse import quote

import streamlit as st
from markupsafe import Markup

from assessment.screens.coordinator import asked_questions
from assessment.screens.coordinator.nothing_here import NOTHING_HERE
from assessment.screens.shared import markup
from assessment.screens.shared.access import own_store
from assessment.screens.shared.markup import QUIET, buttons, link
from assessment.services.rounds import overview
from assessment.services.rounds.question_preview import preview_of_round, titles
from assessment.store.records import AssessmentRecord

LEAD = (
    "Here they stand as this group reads them, to look through and to print. Nothing is answered "
    "here."
)
WAITS = (
    "Some of it hangs on what the working group says in its first questions, which it has not "
    "answered yet."
)


def show(record: AssessmentRecord, group: str) -> None:
    """The questions of one group, and the way to those of the others."""
    preview = preview_of_round(own_store(), record, group)
    here = f"/questions?assessment={quote(record.id)}"
    others = Markup().join(
        Markup('<li><a href="{}&amp;group={}" target="_self"{}>{}</a></li>').format(
            here, quote(name), Markup(' aria-current="page"') if name == group else "", title
        )
        for name, title in titles(record).items()
    )
    back = link("Back to the round", f"/overview?assessment={quote(record.id)}", QUIET)
    st.html(
        Markup('<p class="pw-meta">{} · {}</p>').format(record.organisation.name, record.title)
        + markup.headline(f"{preview.title}: the questions")
        + markup.texts([asked_questions.extent(preview), LEAD])
        + (markup.notice(WAITS) if preview.waits else Markup())
        + buttons(back)
        + Markup('<nav class="pw-groups-asked" aria-label="Groups"><ul>{}</ul></nav>').format(
            others
        )
        + asked_questions.questions(preview)
    )


record = overview.chosen(own_store(), st.query_params.get("assessment"))
with st.container(key="narrow-questions"):
    if record is None:
        st.html(NOTHING_HERE)
    else:
        asked = st.query_params.get("group", "")
        show(record, asked if asked in titles(record) else next(iter(titles(record))))
