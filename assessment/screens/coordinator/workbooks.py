"""Workbooks for filling in where there is no connection, as they are handed out."""

from __future__ import annotations

from functools import partial

from assessment.screens.shared.buttons import download_button
from assessment.services.rounds.workbook_copies import copies_of, numbered_copies, workbook_for
from assessment.store import Store
from assessment.store.records import AssessmentRecord, GroupRecord
from questionnaires.model import WORKING_GROUP
from questionnaires.reference_data import GROUP_TITLES


def download_buttons(store: Store, record: AssessmentRecord, group: GroupRecord | None) -> None:
    """A workbook for one person of a group and numbered copies for several, or one for the working
    group; made when they are wanted."""
    name = group.group if group else WORKING_GROUP
    title = group.title if group else GROUP_TITLES[WORKING_GROUP]
    label = f"Workbook to fill in offline: {title}"
    made = partial(workbook_for, store, record, group)
    download_button(label, made, f"{name}.xlsx", f"template-{name}", "tertiary")
    if group is None or (number := copies_of(group)) < 2:
        return
    download_button(
        f"{number} numbered copies of it: {title}",
        partial(numbered_copies, store, record, group),
        f"{name}.zip",
        f"copies-{name}",
        "tertiary",
    )
