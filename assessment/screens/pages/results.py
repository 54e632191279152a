"""The results of an assessment: the dashboard of what was handed in and agreed by now."""

from __future__ import annotations

from datetime import date
from urllib.parse import quote

import streamlit as st
from markupsafe import Markup

from assessment.screens.results.cache import results_of
from assessment.screens.results.dashboard import draw_dashboard
from assessment.screens.shared.page import colours, put
from assessment.services.installation import store
from assessment.services.results import round_results
from assessment.store.records import AssessmentRecord


def nothing_here() -> None:
    put(
        colours()
        + Markup(
            '<h1 class="pw-headline">There are no such results here</h1>'
            '<p class="pw-text">Perhaps the address is not complete, or nobody has opened an '
            "assessment yet. Nothing was lost.</p>"
            '<p class="pw-buttons"><a class="pw-button" href="/" target="_self">To the first screen'
            "</a></p>"
        )
    )


def nothing_yet(record: AssessmentRecord) -> None:
    put(
        colours()
        + Markup(
            '<p class="pw-meta">{}</p>'
            '<h1 class="pw-headline">Nobody has handed anything in yet</h1>'
            '<p class="pw-text">As soon as a group has enough replies, or the working group has '
            'agreed an answer, the results stand here.</p><p class="pw-buttons">{}</p>'
        ).format(record.organisation.name, _back(record, "pw-button pw-quiet"))
    )


def notice(record: AssessmentRecord) -> Markup:
    """The way back; that this is for trying out; and while people can answer, that it changes."""
    return Markup(
        '<p class="pw-name">{}</p>'
        '<p class="pw-banner" role="note">This is a trial, not yet a real round: anyone with this '
        "web address can see these results. {}</p>"
    ).format(_back(record), round_results.so_far(record, date.today()))


def _back(record: AssessmentRecord, style: str = "") -> Markup:
    return Markup(
        '<a class="{}" href="/overview?assessment={}" target="_self">Back to {}</a>'
    ).format(style, quote(record.id), record.title)


name, version = round_results.version(store(), st.query_params.get("assessment"))
found = results_of(name, version) if name else None
if found is None:
    nothing_here()
elif found.dashboard.empty:
    nothing_yet(found.record)
else:
    draw_dashboard(
        found.dashboard,
        above=colours() + notice(found.record),
        so_far=round_results.so_far(found.record, date.today()),
    )
