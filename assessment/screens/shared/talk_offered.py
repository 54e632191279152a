"""For peer workers who have handed in: a talk that may follow."""

from __future__ import annotations

from markupsafe import Markup

from assessment.screens.shared import markup
from assessment.services.content import loaded
from assessment.services.current_store import store
from assessment.store.records import AssessmentRecord, GroupRecord


def talk_offered(record: AssessmentRecord, group: GroupRecord) -> Markup:
    """The talk, to a group of peer workers; nothing for other groups."""
    sheet = loaded.of_round(store(), record).sheet
    if group.asked_like != sheet.group:
        return Markup()
    sheet_link = markup.link("Look at the sheet", "/conversation", markup.QUIET)
    return (
        markup.heading("", sheet.title) + markup.texts([sheet.offered]) + markup.buttons(sheet_link)
    )
