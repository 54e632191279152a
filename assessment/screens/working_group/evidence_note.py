"""What shows an answer, and why it is given: written by several people at once.

The note has the parts what, where and date, which are kept as one text; the reason stands beside
it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import streamlit as st
from markupsafe import Markup

from assessment.screens.shared import markup
from assessment.screens.shared.buttons import text_button
from assessment.screens.shared.questions import plain
from assessment.screens.working_group.page_state import OnPage, Written
from assessment.services.current_store import store
from assessment.services.respondents.answering import RefusedError
from assessment.services.working_group.agreed_answers import (
    ChangedMeanwhileError,
    change,
    in_words,
)
from assessment.services.working_group.evidence_parts import EvidenceParts, parts_of
from assessment.store import UnreachableError
from assessment.store.records import AgreedRecord

TITLE = "What shows it?"
BARE = "A document, a date or a named role."
LABELS = {
    "where": "Where is it found?",
    "date": "Of what date?",
}
WHY = "Why do you answer so?"
HINT = (
    "What you could point to, so that others find it. Saved when you leave a box; a box that you "
    "empty is saved as empty."
)
EMPTIED = "✓ Emptied: no reason and no note stand beside this answer any more."
READ_BY_ALL = (
    "Write no names: everybody who was invited reads this beside the answer, once the results are "
    "published."
)
NOT_SAVED = (
    "The note is not saved yet: we cannot reach our store. It is still in the box, and we keep "
    "trying."
)
NOTHING = Written("", "")


@dataclass(frozen=True)
class EvidenceNote(OnPage):
    """The note of one question with its reason: to be read, or open for writing."""

    @property
    def key(self) -> str:
        return f"agreed:note:{self.item}"

    def _key(self, part: str) -> str:
        return self.key if part == "what" else f"agreed:note-{part}:{self.item}"

    def _box(self, part: str) -> str:
        return str(st.session_state.get(self._key(part)) or "")

    @property
    def written(self) -> Written | None:
        """What stands in the boxes; None where they are closed."""
        if self.key not in st.session_state:
            return None
        parts = EvidenceParts(self._box("what"), self._box("where"), self._box("date"))
        return Written(parts.text, self._box("reason").strip())

    def _fill(self, written: Written) -> None:
        parts = parts_of(written.note)
        boxes = {**vars(parts), "reason": written.reason}
        for part, text in boxes.items():
            st.session_state[self._key(part)] = text

    def open(self) -> None:
        """Open the boxes with the note as it stands."""
        if not self.question.item.takes_note or self.state.note_base is not None:
            return
        self.page.note_touched = self.item
        self.state.note_base = self.state.stored
        self._fill(Written.of(self.state.stored))

    def close(self) -> None:
        self.page.note_touched = self.item
        if self.save():
            self.state.note_base, self.state.emptied = None, None

    def empty(self) -> None:
        """Take out the reason and the note; what stood in the boxes can be brought back."""
        self._put(NOTHING, emptied=self.written)

    def bring_back(self) -> None:
        """Fill the boxes with what was taken out of them."""
        self._put(self.state.emptied or NOTHING, emptied=None)

    def _put(self, written: Written, *, emptied: Written | None) -> None:
        self.page.note_touched = self.item
        self.state.emptied = emptied
        self._fill(written)
        self.save()

    def answer_changed(self) -> None:
        """Take over that the answer has changed here: the reason of the one before is not its
        own."""
        base, stored = self.state.note_base, self.state.stored
        if base is None or base.reason == stored.reason:
            return
        written = self.written
        if written is not None and written.reason == base.reason:
            st.session_state[self._key("reason")] = stored.reason
        self.state.note_base = replace(stored, note=base.note)

    def save(self) -> bool:
        """Save what was written, if it is new. Returns whether nothing is left unsaved."""
        base, written = self.state.note_base, self.written
        if base is None or written is None:
            return self.state.unsaved_note is None
        before = Written.of(base)
        if written == before:
            self.state.unsaved_note = None
            if self.state.message == NOT_SAVED:
                self.state.message = ""
            return True
        state = self.state
        try:
            stored = change(
                store(),
                self.page.round,
                self.item,
                seen=base,
                note=written.note if written.note != before.note else None,
                reason=written.reason if written.reason != before.reason else None,
            )
        except ChangedMeanwhileError as changed:
            self._refresh(changed.now)
        except RefusedError as refused:
            state.message = str(refused)
        except UnreachableError:
            state.message, self.page.retry = NOT_SAVED, True
        else:
            self._refresh(stored)
            state.note_base, state.message, state.unsaved_note = stored, "", None
            if written != NOTHING:
                state.emptied = None
            elif state.emptied is None:
                state.emptied = before
            return True
        state.unsaved_note = written
        return False

    def _refresh(self, now: AgreedRecord) -> None:
        """Take over the stored note. A new answer beside it waits until the question is drawn."""
        same = now.value == self.state.stored.value
        self.state.stored = (
            now if same else replace(self.state.stored, note=now.note, reason=now.reason)
        )

    def _resolve(self, which: str) -> None:
        """Choose between two notes: theirs, mine, or both, part by part."""
        stored, mine = self.state.stored, self.written or NOTHING
        theirs = Written.of(stored)
        self.page.note_touched = self.item
        note = parts_of(theirs.note).beside(parts_of(mine.note)).text
        reasons = dict.fromkeys(text for text in (theirs.reason, mine.reason) if text)
        both = Written(note, "; ".join(reasons))
        self._fill({"theirs": theirs, "mine": mine, "both": both}[which])
        self.state.note_base = stored
        self.save()

    def draw(self) -> None:
        closed = not self.page.round.takes_answers
        if self.state.note_base is not None and not closed:
            self._draw_boxes(self.state.note_base)
            return
        stored = self.state.stored
        text = stored.note or ("No note." if closed else BARE)
        why = Markup("<strong>Why:</strong> {}").format(stored.reason) if stored.reason else ""
        st.html(
            Markup('<div class="{}">{}{}<p>{}</p>{}</div>').format(
                "pw-note" if stored.note or stored.reason else "pw-note pw-bare",
                Markup("<p>{}</p>").format(why) if why else "",
                markup.muted(TITLE),
                Markup("<br>").join(text.splitlines()),
                markup.muted(self._earlier_answer() if stored.value else ""),
            )
        )
        if not closed:
            written = stored.note or stored.reason
            st.button(
                "Change the note" if written else "Add a note",
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
        why = f", because: “{stored.earlier_reason}”" if stored.earlier_reason else ""
        return f"Before, the answer was “{was}”{noted}{why}."

    @property
    def _why(self) -> str:
        """The question for the reason: of an answer that changed, why it did."""
        stored = self.state.stored
        if not (stored.value and stored.earlier_value):
            return WHY
        return f"It was “{in_words(self.question, stored.earlier_value)}”. Why did it change?"

    def _draw_boxes(self, base: AgreedRecord) -> None:
        state = self.state
        if self.key not in st.session_state:
            unsaved = state.unsaved_note
            self._fill(Written.of(base) if unsaved is None else unsaved)
        st.html(markup.muted(READ_BY_ALL))
        st.text_input(plain(self._why), key=self._key("reason"), autocomplete="off")
        st.text_area(TITLE, key=self.key, height=100)
        for part, label in LABELS.items():
            st.text_input(label, key=self._key(part), autocomplete="off")
        theirs = state.stored
        if (base.note, base.reason) != (theirs.note, theirs.reason):
            self._draw_conflict(theirs)
            return
        written = self.written or NOTHING
        st.html(markup.notice(self._saved(written), role="status", style="pw-muted"))
        if written != NOTHING:
            text_button("Empty all boxes", f"agreed:empty:{self.item}", self.empty)
        elif state.emptied is not None:
            text_button("Bring back what stood here", f"agreed:refill:{self.item}", self.bring_back)
        close_key = f"agreed:close:{self.item}"
        st.button("Close the note", key=close_key, on_click=self.close)

    def _saved(self, written: Written) -> str:
        """What has become of the boxes; before anything was written, what they are for."""
        if self.state.unsaved_note is not None:
            return HINT
        if written != NOTHING:
            return "✓ Note saved"
        return HINT if self.state.emptied is None else EMPTIED

    def _draw_conflict(self, theirs: AgreedRecord) -> None:
        """Somebody else changed the note or its reason while the boxes were open."""
        found = " ".join(text for text in (theirs.reason, theirs.note) if text)
        did = f"wrote: “{found}”." if found else "emptied this note."
        happened = (
            f"Meanwhile somebody else {did} That counts for now. What is in your box is still "
            "there, and not saved."
        )
        st.html(markup.notice(happened, role="alert"))
        choices = {"theirs": "Take theirs", "mine": "Keep mine instead"}
        if found:
            choices["both"] = "Put both together"
        for which, label in choices.items():
            st.button(
                label,
                key=f"agreed:{which}:{self.item}",
                on_click=self._resolve,
                args=(which,),
                width="stretch",
            )
