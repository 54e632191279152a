"""Workbooks for filling in where there is no connection: handed out, and taken in again."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable
from html import escape

import streamlit as st

from assessment.exchange.answer_workbook.filled import NEW_ONE
from assessment.exchange.answer_workbook.reading import NO_FORM, read_workbooks
from assessment.exchange.answer_workbook.writing import template
from assessment.exchange.problems import InputError
from assessment.services.content import loaded
from assessment.services.rounds.what_applies import what_applies
from assessment.services.rounds.workbook_import import (
    ImportedAnswers,
    ImportRefusedError,
    import_answers,
)
from assessment.store import Store
from assessment.store.records import AssessmentRecord, GroupRecord
from questionnaires.model import WORKING_GROUP
from questionnaires.reference_data import GROUP_TITLES

log = logging.getLogger(__name__)

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

#: Begins what is said of a workbook that asks about another ladder; the rest is about files.
OTHER_LADDER = "it was made for the participation ladder"


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

    st.download_button(
        f"Workbook to fill in offline: {title}",
        made,
        file_name=f"{name}.xlsx",
        mime=WORKBOOK,
        key=f"template-{name}",
        on_click="ignore",
        type="tertiary",
        icon=":material/download:",
    )


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
            st.html(f'<p class="pw-done" role="status">{escape(said)}</p>')
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
            _wrong(lines)
            replace = replaceable and st.checkbox(
                "The workbook is right: let it replace those answers", key="replace"
            )
        if chosen and st.button(f"Take in {_files(len(files))}", key="take-in", type="primary"):
            st.session_state.pop("workbooks-wrong", None)
            contents = [(file.name, file.getvalue()) for file in files]
            try:
                found = _taken_in(contents, store, record, replace=replace)
            except ImportRefusedError as error:
                st.session_state["workbooks-wrong"] = (chosen, error.lines, error.replaceable)
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
        NotTakenError: with everything that is wrong; nothing was kept.
    """
    marks = {(record.id, hashlib.sha256(content).hexdigest()): name for name, content in files}
    before: set[tuple[str, str]] = st.session_state.setdefault("workbooks-taken", set())
    if twice := [name for mark, name in marks.items() if mark in before]:
        raise ImportRefusedError([f"{name} was taken in already: leave it out." for name in twice])
    shown = st.progress(0.0, text="Reading the workbooks")

    def progress(finished: int, name: str) -> None:
        shown.progress(finished / len(files), text=f"Read {finished} of {len(files)}")

    try:
        library = loaded.library(record.ladder)
        table = read_workbooks(files, library, progress=progress, forms_only=True)
        found = import_answers(store, record, table, replace=replace)
    except InputError as error:
        raise ImportRefusedError([*map(_for_this_screen, error.lines())]) from None
    except ImportRefusedError:
        raise
    except Exception:
        log.exception("workbooks could not be taken in")
        said = "Something went wrong on our side. Try again in a minute."
        raise ImportRefusedError([said]) from None
    before.update(marks)
    return found


def _for_this_screen(line: str) -> str:
    """What is wrong with a file, with what can be done about it here."""
    if OTHER_LADDER in line:
        line = f"{line.partition(OTHER_LADDER)[0]}{OTHER_LADDER} another than yours. {NEW_ONE}"
    line = line.replace(NEW_ONE, "Download a new one above and copy the answers into it.")
    return line.replace(NO_FORM, f"{NO_FORM}. Download one above for each group, and choose those.")


def _wrong(lines: Iterable[str]) -> None:
    points = "".join(
        '<li><span class="pw-mark pw-careful" aria-hidden="true">!</span>'
        f"<span>{escape(line)}</span></li>"
        for line in lines
    )
    st.html(
        '<div role="alert"><h3 class="pw-step">Nothing was taken in, and nothing was changed</h3>'
        f'<ul class="pw-list">{points}</ul></div>'
    )


def _files(count: int) -> str:
    return "this workbook" if count == 1 else f"these {count} workbooks"


def _in_words(found: ImportedAnswers, record: AssessmentRecord) -> str:
    titles = {group.group: group.title for group in record.groups}
    parts = [f"{titles[name]}: {count}" for name, count in found.respondents.items() if count]
    if found.agreed:
        parts.append(f"{GROUP_TITLES[WORKING_GROUP]}: {found.agreed} answers")
    return "Taken in. " + ", ".join(parts) + "." if parts else "Taken in; nothing was new."
