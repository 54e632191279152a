"""The results of an assessment: the dashboard of what was handed in and agreed by now."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from urllib.parse import quote

import streamlit as st

from assessment.screens.components.dashboard import Told, dashboard, tell
from assessment.screens.components.page import look
from assessment.services import overview, results
from assessment.services.installation import store
from assessment.store.records import AssessmentRecord


@dataclass(frozen=True)
class Shown:
    """An assessment and the story of its answers. Published figures only."""

    record: AssessmentRecord
    told: Told


@st.cache_resource(max_entries=8, show_spinner="Scoring the answers")
def shown(name: str, version: str) -> Shown | None:
    """One assessment at one state of its answers; None where there is no such assessment."""
    record = overview.chosen(store(), name)
    return Shown(record, tell(results.evaluation(store(), record))) if record else None


def nothing_here() -> None:
    st.html(
        '<h1 class="pw-headline">There are no such results here</h1>'
        '<p class="pw-text">Perhaps the address is not complete, or nobody has opened an '
        "assessment yet. Nothing was lost.</p>"
        '<p class="pw-buttons"><a class="pw-button" href="/" target="_self">To the first screen'
        "</a></p>"
    )


def nothing_yet(record: AssessmentRecord) -> None:
    st.html(
        f'<p class="pw-meta">{escape(record.organisation.name)}</p>'
        '<h1 class="pw-headline">Nobody has handed anything in yet</h1>'
        '<p class="pw-text">As soon as a group has enough replies, or the working group has '
        "agreed an answer, the results stand here.</p>"
        f'<p class="pw-buttons">{_back(record)}</p>'
    )


def _back(record: AssessmentRecord) -> str:
    return (
        f'<a class="pw-button pw-quiet" href="/overview?assessment={quote(record.id)}" '
        f'target="_self">Back to {escape(record.title)}</a>'
    )


look()
name, version = results.version(store(), st.query_params.get("assessment"))
found = shown(name, version) if name else None
if found is None:
    nothing_here()
elif found.told.empty:
    nothing_yet(found.record)
else:
    dashboard(found.told, above=f'<p class="pw-buttons pw-back">{_back(found.record)}</p>')
