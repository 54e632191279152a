"""The results of an assessment: the dashboard of what was handed in and agreed by now."""

from __future__ import annotations

from urllib.parse import quote

import streamlit as st
from markupsafe import Markup

from assessment.screens.results.cache import results_of
from assessment.screens.results.dashboard import draw_dashboard
from assessment.screens.shared import markup
from assessment.screens.shared.access import own_store
from assessment.screens.shared.markup import BUTTON, QUIET, link
from assessment.screens.shared.page import put
from assessment.services.results import round_results
from assessment.services.rounds import overview
from assessment.store.records import AssessmentRecord

NOTHING_HERE = markup.message(
    "There are no such results here",
    "Perhaps the address is not complete, or nobody has opened an assessment yet. Nothing was "
    "lost.",
    link("To the first screen", "/", BUTTON),
)


def nothing_yet(record: AssessmentRecord) -> Markup:
    owner = Markup('<p class="pw-meta">{}</p>').format(record.organisation.name)
    return owner + markup.message(
        "Nobody has handed anything in yet",
        "As soon as a group has enough replies, or the working group has agreed an answer, the "
        "results stand here.",
        _back(record, QUIET),
    )


def notice(record: AssessmentRecord, so_far: str) -> Markup:
    """The way back; that this is for trying out; while people can answer, that it changes; and
    where questions have changed since, that these have not."""
    content = overview.about_content(own_store(), record)
    return Markup(
        '<p class="pw-name">{}</p>'
        '<p class="pw-banner" role="note">This is a trial, not yet a real round: anyone with this '
        "web address can see these results. {}</p>{}"
    ).format(_back(record), so_far, markup.notice(content) if content else "")


def _back(record: AssessmentRecord, style: str = "") -> Markup:
    return link(f"Back to {record.title}", f"/overview?assessment={quote(record.id)}", style)


own = own_store()
record = overview.chosen(own, st.query_params.get("assessment"))
found = results_of(*round_results.version(own, record.id)) if record else None
if found is None:
    put(NOTHING_HERE)
elif found[1].empty:
    put(nothing_yet(found[0]))
else:
    record, dashboard = found
    so_far = round_results.so_far(record)
    draw_dashboard(dashboard, above=notice(record, so_far), so_far=so_far)
