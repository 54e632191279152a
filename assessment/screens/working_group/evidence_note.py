"""What shows an answer: the evidence note of a practice, written by several people at once."""

from __future__ import annotations

from dataclasses import dataclass, replace

import streamlit as st
from markupsafe import Markup

from assessment.screens.shared import markup
from assessment.screens.working_group.page_state import OnPage
from assessment.services.current_store import store
from assessment.services.respondents.answering import RefusedError
from assessment.services.working_group.agreed_answers import (
    ChangedMeanwhileError,
    change,
    in_words,
)
from assessment.store import UnreachableError
from assessment.store.records import AgreedRecord

TITLE = "What shows it?"
HINT = "A document, a date, a named role: what you could point to. Saved when you leave the box."
NOT_SAVED = (
    "The note is not saved yet: we cannot reach our store. It is still in the box, and we keep "
    "trying."
)


@dataclass(frozen=True)
class EvidenceNote(OnPage):
    """The note of one question: to be read, or open for writing."""

    @property
    def key(self) -> str:
        return f"agreed:note:{self.item}"

    @property
    def text(self) -> str | None:
        """What stands in the box; None where it is closed."""
        return st.session_state.get(self.key)

    def open(self) -> None:
        """Open the box with the note as it stands."""
        if not self.question.item.takes_note or self.state.note_base is not None:
            return
        self.page.note_touched = self.item
        self.state.note_base = self.state.stored
        st.session_state[self.key] = self.state.stored.note

    def close(self) -> None:
        self.page.note_touched = self.item
        if self.save():
            self.state.note_base = None

    def save(self) -> bool:
        """Save what was written, if it is new. Returns whether nothing is left unsaved."""
        base, text = self.state.note_base, self.text
        if base is None or text is None:
            return self.state.unsaved_note is None
        if text.strip() == base.note:
            self.state.unsaved_note = None
            if self.state.message == NOT_SAVED:
                self.state.message = ""
            return True
        state = self.state
        try:
            stored = change(store(), self.page.round, self.item, seen=base, note=text)
        except ChangedMeanwhileError as changed:
            self._refresh(changed.now)
        except RefusedError as refused:
            state.message = str(refused)
        except UnreachableError:
            state.message, self.page.retry = NOT_SAVED, True
        else:
            self._refresh(stored)
            state.note_base, state.message, state.unsaved_note = stored, "", None
            return True
        state.unsaved_note = text
        return False

    def _refresh(self, now: AgreedRecord) -> None:
        """Take over the stored note. A new answer beside it waits until the question is drawn."""
        same = now.value == self.state.stored.value
        self.state.stored = now if same else replace(self.state.stored, note=now.note)

    def _resolve(self, which: str) -> None:
        """Choose between two notes: theirs, mine, or one below the other."""
        stored, mine = self.state.stored, (self.text or "").strip()
        self.page.note_touched = self.item
        both = f"{stored.note}\n{mine}".strip()
        text = {"theirs": stored.note, "mine": mine, "both": both}[which]
        st.session_state[self.key], self.state.note_base = text, stored
        self.save()

    def draw(self) -> None:
        closed = not self.page.round.takes_answers
        if self.state.note_base is not None and not closed:
            self._draw_box(self.state.note_base)
            return
        stored = self.state.stored
        text = stored.note or ("No note." if closed else "A document, a date or a named role.")
        st.html(
            Markup('<div class="{}">{}<p>{}</p>{}</div>').format(
                "pw-note" if stored.note else "pw-note pw-bare",
                markup.muted(TITLE),
                Markup("<br>").join(text.splitlines()),
                markup.muted(self._earlier_answer() if stored.value else ""),
            )
        )
        if not closed:
            st.button(
                "Change the note" if stored.note else "Add a note",
                key=f"agreed:write:{self.item}",
                on_click=self.open,
            )

    def _earlier_answer(self) -> str:
        """What the answer was before, and whether the note is still that answer's."""
        stored = self.state.stored
        if not stored.earlier_value:
            return ""
        was = in_words(self.question, stored.earlier_value)
        if stored.note_is_older:
            return f"This note was written when the answer was “{was}”. Does it still hold?"
        noted = f", with the note “{stored.earlier_note}”" if stored.earlier_note else ""
        return f"Before, the answer was “{was}”{noted}."

    def _draw_box(self, base: AgreedRecord) -> None:
        state = self.state
        if self.key not in st.session_state:
            unsaved = state.unsaved_note
            st.session_state[self.key] = base.note if unsaved is None else unsaved
        st.text_area(TITLE, key=self.key, height=132)
        if base.note != state.stored.note:
            self._draw_conflict(state.stored.note)
            return
        saved = state.stored.note and state.unsaved_note is None
        st.html(markup.notice("✓ Note saved" if saved else HINT, role="status", style="pw-muted"))
        close_key = f"agreed:close:{self.item}"
        st.button("Close the note", key=close_key, on_click=self.close)

    def _draw_conflict(self, theirs: str) -> None:
        """Somebody else changed the note while the box was open."""
        did = f"wrote: “{theirs}”." if theirs else "emptied this note."
        happened = (
            f"Meanwhile somebody else {did} That counts for now. What is in your box is still "
            "there, and not saved."
        )
        st.html(markup.notice(happened, role="alert"))
        choices = {"theirs": "Take theirs", "mine": "Keep mine instead"}
        if theirs:
            choices["both"] = "Put both together"
        for which, label in choices.items():
            st.button(
                label,
                key=f"agreed:{which}:{self.item}",
                on_click=self._resolve,
                args=(which,),
                width="stretch",
            )
