"""The results of an assessment as they were published, for whoever may see them."""

from __future__ import annotations

from urllib.parse import quote

import streamlit as st
from markupsafe import Markup

from assessment.screens.respondent.finishing_texts import results_come
from assessment.screens.results.cache import published_dashboard
from assessment.screens.results.dashboard import draw_dashboard
from assessment.screens.shared import markup
from assessment.screens.shared.access import access
from assessment.screens.shared.browser import this_browser
from assessment.screens.shared.links import what_we_found
from assessment.screens.shared.markup import BUTTON, QUIET, link
from assessment.screens.shared.page import put
from assessment.services.access.accounts import Access
from assessment.services.current_store import store
from assessment.services.results import viewing
from assessment.services.results.viewing import Browser
from assessment.services.rounds import dates_in_words, overview
from assessment.store.records import AssessmentRecord
from questionnaires.phrases import day

NOTHING_HERE = markup.message(
    "There are no such results here",
    "Perhaps the address is not complete, or nobody has opened a round yet. Nothing was lost.",
    link("To the first screen", "/", BUTTON),
    link("Sign in", "/sign-in", QUIET),
)


def not_yet(record: AssessmentRecord) -> Markup:
    """Before they are published, for whoever will see them."""
    owner = Markup('<p class="pw-meta">{}</p>').format(record.organisation.name)
    come = (
        "They come once, for everybody at the same time, after the end of the round. Nobody sees "
        "any before."
        if record.organisation.closed_on is None
        else results_come(record)
    )
    return owner + markup.message(
        "The results are not published yet",
        f"{come} {dates_in_words.people_can_answer(record)}",
        _back(record, QUIET),
    )


def nothing_found(record: AssessmentRecord) -> Markup:
    owner = Markup('<p class="pw-meta">{}</p>').format(record.organisation.name)
    return owner + markup.message(
        "Nobody had handed anything in",
        "The round ended without an answer that could be shown, and the working group had agreed "
        "none. So there is no result.",
        _back(record, QUIET),
    )


def notice(record: AssessmentRecord, back: Markup) -> Markup:
    """The way back, and since when this stands."""
    published = f"Published on {day(record.published_on)}. " if record.published_on else ""
    return Markup(
        '<p class="pw-name">{}</p>'
        '<p class="pw-notice" role="note">{}They stay as they are, and everybody who was asked '
        "sees the same.</p>"
    ).format(back, published)


def _back(record: AssessmentRecord, style: str = "") -> Markup:
    return link(f"Back to {record.title}", f"/overview?assessment={quote(record.id)}", style)


def _to_the_short_page(record: AssessmentRecord) -> Markup:
    """For everybody who was invited, whose way does not lead over the overview."""
    return link("Back to what we found, in short", what_we_found(record))


def _named(signed_in: Access | None, browser: Browser) -> str | None:
    """The round that is asked for: by the address, by how somebody came, or the newest one of
    whoever has signed in."""
    name = st.query_params.get("assessment") or viewing.newest_pass(browser.passes)
    if name or signed_in is None or not browser.organisation:
        return name
    return overview.newest(signed_in.own(store()))


def draw() -> None:
    signed_in = access(seen=True)
    browser = this_browser(signed_in)
    name = _named(signed_in, browser)
    found = viewing.results(store(), name, browser) if name else None
    if found is not None:
        dashboard = published_dashboard(found)
        if dashboard.empty:
            put(nothing_found(found.record))
        else:
            invited = viewing.was_invited(store(), found.record, browser)
            back = _to_the_short_page(found.record) if invited else _back(found.record)
            draw_dashboard(dashboard, above=notice(found.record, back))
        return
    record = overview.chosen(store(), name) if name else None
    if record is not None and viewing.may_wait_for(store(), record, browser):
        put(not_yet(record))
    else:
        put(NOTHING_HERE)


draw()
