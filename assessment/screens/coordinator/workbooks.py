"""Workbooks for filling in where there is no connection: handed out, and taken in again."""

from __future__ import annotations

import hashlib

import streamlit as st
from markupsafe import Markup

from assessment.exchange.answer_workbook.reading import read_workbooks
from assessment.exchange.answer_workbook.writing import template
from assessment.screens.shared import markup
from assessment.screens.shared.buttons import download_button
from assessment.services.content import loaded
from assessment.services.rounds.what_applies import what_applies
from assessment.services.rounds.workbook_import import ImportedAnswers, import_answers
from assessment.store import Store, UnreachableError
from assessment.store.records import AssessmentRecord, GroupRecord
from questionnaires.model import WORKING_GROUP
from questionnaires.problems import Place, Problem, ProblemsError
from questionnaires.reference_data import GROUP_TITLES


def download_buttons(store: Store, record: AssessmentRecord, group: GroupRecord | None) -> None:
    """A workbook for one person of a group, or for the working group; made when it is wanted."""
    name = group.group if group else WORKING_GROUP
    title = group.title if group else GROUP_TITLES[WORKING_GROUP]

    def made() -> bytes:
        applies = what_applies(store, record)
        return template(
            applies.library,
            name,
            applies=applies,
            side=group.side if group else None,
            asked_like=group.asked_like if group else None,
            title=record.title,
            organisation=record.organisation.name,
            group_name=title,
            questionnaires=tuple(record.questionnaires),
            help_contact=record.organisation.help_contact,
            last_day=record.closes_on,
            trial=True,
        )

    label = f"Workbook to fill in offline: {title}"
    download_button(label, made, f"{name}.xlsx", f"template-{name}", "tertiary")


def upload_form(store: Store, record: AssessmentRecord) -> None:
    """Take in workbooks that were filled in: all of them, or none."""
    with st.container(key="card-workbooks"):
        st.html(
            '<h2 class="pw-finding">Workbooks that were filled in</h2>'
            '<p class="pw-text">Choose them all together. If one of them has a mistake, none is '
            "taken in and you see what to mend. A file is less private than the form: delete it "
            "afterwards.</p>"
        )
        if said := st.session_state.pop("taken-in", None):
            st.html(markup.notice(said, role="status", style="pw-done"))
        again = st.session_state.setdefault("upload-round", 0)
        files = st.file_uploader(
            "Filled-in workbooks (.xlsx)",
            type=["xlsx"],
            accept_multiple_files=True,
            key=f"workbooks-{again}",
        )
        chosen = tuple(file.file_id for file in files)
        whose, lines, replaceable = st.session_state.get("workbooks-wrong", ((), [], False))
        replace = False
        if chosen and whose == chosen:
            st.html(
                Markup('<div role="alert">{}{}</div>').format(
                    markup.subheading("Nothing was taken in, and nothing was changed"),
                    markup.marked(lines, "!", "pw-mark pw-careful"),
                )
            )
            replace = replaceable and st.checkbox(
                "The workbook is right: let it replace those answers", key="replace"
            )
        which = "this workbook" if len(files) == 1 else f"these {len(files)} workbooks"
        if chosen and st.button(f"Take in {which}", key="take-in", type="primary"):
            st.session_state.pop("workbooks-wrong", None)
            contents = [(file.name, file.getvalue()) for file in files]
            try:
                found = _taken_in(contents, store, record, replace=replace)
            except ProblemsError as error:
                replaceable = error.problems[0].code == "agreed_otherwise"
                lines = error.lines("in_the_app")
                st.session_state["workbooks-wrong"] = (chosen, lines, replaceable)
            else:
                st.session_state["taken-in"] = _in_words(found, record)
                # A new place for files, so that a second tap does not hand them in again.
                st.session_state["upload-round"] = again + 1
            st.rerun()


def _taken_in(
    files: list[tuple[str, bytes]], store: Store, record: AssessmentRecord, *, replace: bool
) -> ImportedAnswers:
    """Read and keep workbooks.

    Raises:
        ProblemsError: with everything that is wrong; nothing was kept.
    """
    marks = {(record.id, hashlib.sha256(content).hexdigest()): name for name, content in files}
    before: set[tuple[str, str]] = st.session_state.setdefault("workbooks-taken", set())
    if twice := [name for mark, name in marks.items() if mark in before]:
        raise ProblemsError(Problem("imported_already", Place(), name) for name in twice)
    shown = st.progress(0.0, text="Reading the workbooks")

    def progress(finished: int, name: str) -> None:
        shown.progress(finished / len(files), text=f"Read {finished} of {len(files)}")

    try:
        library = loaded.library(record.ladder)
        table = read_workbooks(files, library, progress=progress, forms_only=True)
        found = import_answers(store, record, table, replace=replace)
    except UnreachableError:
        raise ProblemsError.of("our_fault") from None
    before.update(marks)
    return found


def _in_words(found: ImportedAnswers, record: AssessmentRecord) -> str:
    titles = {group.group: group.title for group in record.groups}
    parts = [f"{titles[name]}: {count}" for name, count in found.respondents.items() if count]
    if found.agreed:
        parts.append(f"{GROUP_TITLES[WORKING_GROUP]}: {found.agreed} answers")
    return "Taken in. " + ", ".join(parts) + "." if parts else "Taken in; nothing was new."
