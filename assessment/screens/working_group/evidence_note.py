"""What shows an answer: the evidence note of a practice, written by several people at once."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field, replace
from html import escape

import streamlit as st

from assessment.services.content.question_pages import Question
from assessment.services.respondents.answering import RefusedError
from assessment.services.working_group.agreed_answers import (
    NO_ANSWER,
    ChangedMeanwhileError,
    WorkingGroupRound,
    change,
    in_words,
)
from assessment.store import Store
from assessment.store.records import AgreedRecord
from scoring.answers.validation import LONGEST_TEXT

log = logging.getLogger(__name__)

NOTE = "What shows it?"
HINT = "A document, a date, a named role: what you could point to. Saved when you leave the box."


@dataclass
class Desk:
    """What one browser has before it.

    Attributes:
        seen: the answers as this browser last saw them, by item.
        writing: the notes that are open for writing, with the answer as it stood when the writing
            began.
        unsaved: what somebody wrote into such a note and what is not kept yet.
        told: what a person is told beside a question.
        failed: the store could not be reached; tried again until it can be.
        refused: what was given and the question does not take, by item; it is still in its box.
        meanwhile: the questions that somebody else changed while this person's own answer was
            begun and could not be kept yet.
        others: the answers on the page that somebody else gave since it was opened.
        page: the questions that are shown.
        drawn: whether all of them are, so that now they are drawn anew one by one.
        shown: what stood in the widgets of each question when it was drawn last.
        touched: the question whose note somebody has just opened, closed or chosen.
    """

    store: Store
    table: WorkingGroupRound
    page: tuple[Question, ...] = ()
    drawn: bool = False
    shown: dict[str, tuple[str | None, ...]] = field(default_factory=dict)
    touched: str | None = None
    seen: dict[str, AgreedRecord] = field(default_factory=dict)
    writing: dict[str, AgreedRecord] = field(default_factory=dict)
    unsaved: dict[str, str] = field(default_factory=dict)
    told: dict[str, str] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    meanwhile: set[str] = field(default_factory=set)
    failed: bool = False
    others: set[str] = field(default_factory=set)


def _box(question: Question) -> str:
    return f"agreed:note:{question.item.id}"


def open_for_writing(desk: Desk, question: Question) -> None:
    """Open the box with the note as it stands."""
    item = question.item.id
    if not question.item.takes_note or item in desk.writing:
        return
    desk.touched = item
    desk.writing[item] = desk.seen.get(item, NO_ANSWER)
    st.session_state[_box(question)] = desk.writing[item].note


def settle(desk: Desk, question: Question) -> bool:
    """Keep what was written, if it is new and nobody wrote meanwhile."""
    item = question.item.id
    base, text = desk.writing.get(item), written(question)
    if base is None or text is None:
        return item not in desk.unsaved
    if text.strip() == base.note:
        desk.unsaved.pop(item, None)
        return True
    return _keep(desk, question, base, text)


def written(question: Question) -> str | None:
    """What stands in the box; None where it is closed."""
    return st.session_state.get(_box(question))


def _keep(desk: Desk, question: Question, base: AgreedRecord, text: str) -> bool:
    item = question.item.id
    try:
        kept = change(desk.store, desk.table, item, seen=base, note=text)
    except ChangedMeanwhileError as meanwhile:
        _take_in_note(desk, item, meanwhile.now)
    except RefusedError as refused:
        desk.told[item] = str(refused)
    except Exception:  # the store cannot be reached: say so, and keep what was written
        log.exception("a note could not be kept")
        desk.told[item] = (
            "The note is not saved yet: we cannot reach our store. It is still in the box, and we "
            "keep trying."
        )
        desk.failed = True
    else:
        _take_in_note(desk, item, kept)
        desk.writing[item] = kept
        desk.told.pop(item, None)
        desk.unsaved.pop(item, None)
        return True
    desk.unsaved[item] = text
    return False


def _take_in_note(desk: Desk, item: str, now: AgreedRecord) -> None:
    """Learn the note as it stands. The answer beside it is learnt when it is drawn anew."""
    seen = desk.seen.get(item, NO_ANSWER)
    if now.value == seen.value:
        desk.seen[item] = now
    else:
        desk.seen[item] = replace(seen, note=now.note)


def _theirs(desk: Desk, question: Question) -> str | None:
    """What somebody else wrote while the box was open; None where nobody did."""
    item = question.item.id
    base, seen = desk.writing.get(item), desk.seen.get(item, NO_ANSWER)
    return None if base is None or base.note == seen.note else seen.note


def _choose(desk: Desk, question: Question, which: str) -> None:
    """Settle two notes: theirs, mine, or one below the other."""
    item = question.item.id
    seen = desk.seen.get(item, NO_ANSWER)
    mine = (written(question) or "").strip()
    desk.touched = item
    text = {"theirs": seen.note, "mine": mine, "both": f"{seen.note}\n{mine}".strip()}[which]
    st.session_state[_box(question)] = text
    desk.writing[item] = seen
    if which == "theirs":
        desk.unsaved.pop(item, None)
    else:
        _keep(desk, question, seen, text)


def _close(desk: Desk, question: Question) -> None:
    desk.touched = question.item.id
    if settle(desk, question):
        desk.writing.pop(question.item.id, None)


def draw(desk: Desk, question: Question) -> None:
    """The note: to be read, or open for writing."""
    item = question.item.id
    closed = desk.table.round_state != "open"
    if item in desk.writing and not closed:
        _draw_box(desk, question)
        return
    seen = desk.seen.get(item, NO_ANSWER)
    note = seen.note
    if note:
        text = "<br>".join(escape(line) for line in note.splitlines())
    else:
        text = "No note." if closed else "A document, a date or a named role."
    style = "pw-note" if note else "pw-note pw-bare"
    before = f'<p class="pw-muted">{escape(_before(question, seen))}</p>' if seen.value else ""
    st.html(f'<div class="{style}"><p class="pw-muted">{NOTE}</p><p>{text}</p>{before}</div>')
    if not closed:
        st.button(
            "Change the note" if note else "Add a note",
            key=f"agreed:write:{item}",
            on_click=open_for_writing,
            args=(desk, question),
        )


def _before(question: Question, seen: AgreedRecord) -> str:
    """What the answer was before, and whether the note is still that answer's."""
    if not seen.earlier_value:
        return ""
    was = in_words(question, seen.earlier_value)
    if seen.note_is_older:
        return f"This note was written when the answer was “{was}”. Does it still hold?"
    noted = f", with the note “{seen.earlier_note}”" if seen.earlier_note else ""
    return f"Before, the answer was “{was}”{noted}."


def _draw_box(desk: Desk, question: Question) -> None:
    item = question.item.id
    if _box(question) not in st.session_state:
        st.session_state[_box(question)] = desk.unsaved.get(item, desk.writing[item].note)
    st.text_area(
        NOTE,
        key=_box(question),
        height=132,
        max_chars=LONGEST_TEXT,
    )
    theirs = _theirs(desk, question)
    if theirs is not None:
        _draw_theirs(desk, question, theirs)
        return
    saved = bool(desk.seen.get(item, NO_ANSWER).note) and item not in desk.unsaved
    st.html(f'<p class="pw-muted" role="status">{"✓ Note saved" if saved else escape(HINT)}</p>')
    st.button("Close the note", key=f"agreed:close:{item}", on_click=_close, args=(desk, question))


def _draw_theirs(desk: Desk, question: Question, theirs: str) -> None:
    item = question.item.id
    text = f"wrote: “{theirs}”." if theirs else "emptied this note."
    st.html(
        f'<p class="pw-notice" role="alert">Meanwhile somebody else {escape(text)} '
        "That counts for now. What is in your box is still there, and not saved.</p>"
    )
    for which, label in (
        ("theirs", "Take theirs"),
        ("mine", "Keep mine instead"),
        ("both", "Put both together"),
    ):
        if which != "both" or theirs:
            st.button(
                label,
                key=f"agreed:{which}:{item}",
                on_click=_choose,
                args=(desk, question, which),
                width="stretch",
            )
