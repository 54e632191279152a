"""What people wrote in their own words, to be read before it is shown."""

from __future__ import annotations

from urllib.parse import quote

import streamlit as st
from markupsafe import Markup

from assessment.screens.coordinator import text_review
from assessment.screens.coordinator.nothing_here import NOTHING_HERE
from assessment.screens.shared import markup
from assessment.screens.shared.access import own_store
from assessment.screens.shared.markup import QUIET, buttons, link
from assessment.services.rounds import overview

record = overview.chosen(own_store(), st.query_params.get("assessment"))
with st.container(key="texts"):
    if record is None:
        st.html(NOTHING_HERE)
    else:
        back = link("Back to the round", f"/overview?assessment={quote(record.id)}", QUIET)
        st.html(
            Markup('<p class="pw-meta">{} · {}</p>').format(record.organisation.name, record.title)
            + markup.headline("What people wrote")
            + buttons(back)
        )
        text_review.review(own_store(), record)
