"""One question of the working group: its answer, its evidence note, and what others do to both.

What a person has given is compared with what this browser last saw in the store, so that a lost
event heals itself. Others' changes come in whenever the question is drawn again; a note that is
open for writing is never overwritten.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cached_property

import streamlit as st
from markupsafe import Markup

from assessment.render.html.charts.drawing import listing
from assessment.screens.shared import markup
from assessment.screens.shared.buttons import text_button
from assessment.screens.shared.questions import Field, plain
from assessment.screens.working_group.before_agreement import of_question
from assessment.screens.working_group.evidence_note import EvidenceNote
from assessment.screens.working_group.page_state import OnPage
from assessment.services.current_store import store
from assessment.services.respondents.answering import RefusedError
from assessment.services.working_group.agreed_answers import (
    ChangedMeanwhileError,
    change,
    in_words,
)
from assessment.store import UnreachableError
from assessment.store.records import NO_ANSWER
from questionnaires.model import DID_NOT_AGREE, chosen_by_members, disagreement
from questionnaires.question_text import Choice, Question

NOT_SAVED = "Not saved yet: we cannot reach our store. It is still here, and we keep trying."


def _without_members(value: str) -> str:
    """An answer without what members chose where they did not agree."""
    return DID_NOT_AGREE if chosen_by_members(value) else value


@dataclass(frozen=True)
class AgreedQuestion(OnPage):
    """A question on a page of the working group."""

    @cached_property
    def note(self) -> EvidenceNote:
        return EvidenceNote(self.page, self.question)

    @cached_property
    def field(self) -> Field:
        """Where it is answered; a practice can also be left without agreement."""
        return Field(self.question, "agreed", headed=True)

    def _member_key(self, choice: Choice) -> str:
        return f"agreed:member:{self.item}:{choice.code}"

    @property
    def _members(self) -> list[str]:
        """What members chose where they did not agree."""
        state = st.session_state
        return [c.code for c in self.question.choices if state.get(self._member_key(c))]

    @property
    def _chosen(self) -> str:
        """What is chosen or typed here, taken or not."""
        if self.field.refusal is not None:
            return self.field.typed
        return self.field.value(_without_members(self.state.stored.value))

    @property
    def current_value(self) -> str | None:
        """What the widgets say; None where that is not an answer yet."""
        if self._chosen != DID_NOT_AGREE:
            return self._chosen
        return disagreement(self._members) if self._members else None

    @property
    def changed(self) -> bool:
        """Whether something is chosen or begun here that is not what the store holds."""
        value, stored = self.current_value, self.state.stored.value
        if self.field.refusal is not None:
            return True
        if value and self.question.item.kind == "number":
            try:  # however it is written
                return Decimal(value) != Decimal(stored)
            except InvalidOperation:
                pass
        return value != stored

    @property
    def unsaved(self) -> bool:
        """Whether an answer or a note waits to be saved."""
        return self.changed or self.state.unsaved_note is not None

    def _show(self, value: str) -> None:
        """Let the widgets show an answer."""
        members = chosen_by_members(value) or ()
        self.field.start({self.item: _without_members(value)}, anew=True)
        for choice in self.question.choices:
            st.session_state[self._member_key(choice)] = choice.code in members

    def show_stored(self) -> None:
        """Let the widgets show what the store holds; what was begun here is given up."""
        self.state.message = ""
        self.state.nothing_pending()
        self._show(self.state.stored.value)

    def take_back(self) -> None:
        self._show("")
        self.field.clear()

    def save(self) -> bool:
        """Save what a person has given, if it is new. Returns whether nothing is left unsaved."""
        if not self.field.on_page:
            return True
        answer_saved = self._save_answer()
        return self.note.save() and answer_saved

    def _save_answer(self) -> bool:
        state, value = self.state, self.current_value
        before = state.stored
        if value is None:
            return False
        if not self.changed:
            if state.refused is not None or state.message == NOT_SAVED:
                state.message = ""
            state.nothing_pending()
            return True
        if refusal := self.field.refusal:
            kept = f" Until then “{in_words(self.question, before.value)}” counts."
            state.message = f"Not saved yet. {refusal.sentence}{kept if before.value else ''}"
            state.refused = value
            return False
        try:
            state.stored = change(store(), self.page.round, self.item, seen=before, value=value)
        except ChangedMeanwhileError as changed:
            state.stored = changed.now
            self.show_stored()
            state.message = _answered_at_once(self.question, changed.now.value, value)
            return False
        except RefusedError as refused:
            state.message = str(refused)
            if self.question.item.kind in ("number", "text"):
                state.refused = value
            else:
                self._show(before.value)
            return False
        except UnreachableError:
            state.message, self.page.retry = NOT_SAVED, True
            return False
        state.message, state.changed_by_others = "", False
        state.nothing_pending()
        self.note.answer_changed()
        to_show = value.startswith(("partly", "in_place", DID_NOT_AGREE)) and not before.note
        if to_show or state.stored.changed_without_reason:
            self.note.open()
        return True

    def refresh(self) -> None:
        """Take in what others have changed, unless this person is in the middle of an answer."""
        fresh = self.item not in self.page.questions or not self.field.on_page
        state, now = self.state, self.page.answers.get(self.item, NO_ANSWER)
        if fresh:
            state.stored = now
            self._show(now.value)
            return
        value, before = self.current_value, state.stored
        refused = value is not None and state.refused == value
        if now.revision == before.revision or (self.changed and value is not None and not refused):
            return  # nothing is new; or what is chosen here is saved next, and that will tell
        state.stored = now
        if now.value == before.value:
            return
        if not refused:
            state.message = ""
        if refused or (value is None and _without_members(now.value) != DID_NOT_AGREE):
            state.conflict = True  # it stays as it was begun, beside what counts now
            return
        state.changed_by_others = True
        self.show_stored()

    @st.fragment
    def draw(self, number: str, after: Callable[[], None]) -> None:
        """Draw the question as a fragment of its own, which saves what was given in it.

        Args:
            number: such as ``Question 3 of 23``.
            after: called each time, to draw progress again.
        """
        self.save()
        after()
        self._rerun_where_others_wait()
        state = self.state
        anchor = f"q-{self.item.replace('.', '-')}"
        status = st.empty()
        st.html(Markup('<h3 class="pw-asked" id="{}">{}</h3>').format(anchor, self.question.text))
        if self.question.item.kind == "practice":
            answers = self.page.round.takes_answers
            if before := of_question(self.page.alone, self.item, takes_answers=answers):
                st.html(before)
        messages = [state.message] if state.message else []
        if state.conflict:
            pending = self.current_value is None
            messages.append(_changed_meanwhile(self.question, state.stored.value, pending=pending))
        for message in messages:
            st.html(markup.notice(message, role="alert"))
        if self.question.item.takes_note and not self.page.round.ahead:
            left, right = st.columns([3, 2], gap="medium")
            with left:
                self._draw_answer()
            with right:
                self.note.draw()
        else:
            self._draw_answer()
        state.drawn = self._widgets
        status.html(
            Markup(
                '<p class="pw-top"><span>{}</span>'
                '<span class="pw-status" role="status">{}</span></p>'
            ).format(number, self._status)
        )

    def _rerun_where_others_wait(self) -> None:
        """Draw the whole page where something else on it waits: a tap straight out of a note or a
        number arrives together with it, as if both belonged to the question that was left."""
        touched = self.page.note_touched not in (None, self.item)
        self.page.note_touched = None
        if not self.page.drawn:
            return
        page = [AgreedQuestion(self.page, question) for question in self.page.asked]
        others = [other for other in page if other.item != self.item and other.field.on_page]
        if touched or any(other.state.drawn != other._widgets for other in others):
            st.rerun()

    @property
    def _widgets(self) -> tuple[str | None, ...]:
        """All that stands in its widgets."""
        return self._chosen, *self._members, *(self.note.written or ())

    @property
    def _status(self) -> str:
        if not self.page.round.takes_answers:
            return ""
        if self.changed:
            return "Not saved yet"
        match bool(self.state.stored.value), self.state.changed_by_others:
            case True, True:
                return "✓ Saved · just answered by somebody else"
            case False, True:
                return "Just taken back by somebody else"
            case answered, _:
                return "✓ Saved" if answered else "Not answered yet"

    def _draw_answer(self) -> None:
        value = self.state.stored.value
        if self.page.round.ahead:
            st.html(_options_to_read(self.field.question))
            return
        if self.page.round.over:
            words = in_words(self.question, value) if value else "Not answered"
            st.html(Markup('<p class="pw-text"><strong>{}</strong></p>').format(words))
            return
        self.field.start({self.item: _without_members(value)})
        self.field.draw()
        if self._chosen == DID_NOT_AGREE:
            self._draw_members()
        current = self.current_value
        if current is None or current == self.state.refused:
            words = plain(in_words(self.question, value))
            label = f"Keep “{words}” instead" if value else "Leave it open"
            text_button(label, f"agreed:drop:{self.item}", self.show_stored)
        elif value:
            text_button("Take this answer back", f"agreed:back:{self.item}", self.take_back)

    def _draw_members(self) -> None:
        with st.container(key=f"ticks-0-members-{self.item}"):
            st.html(
                markup.texts(["What did members choose? Tick each answer that somebody chose."])
            )
            for choice in self.question.choices:
                st.checkbox(plain(choice.label), key=self._member_key(choice), width="stretch")
        if not self._members:
            st.html(markup.muted("Saved as soon as one is ticked."))


def _answered_at_once(question: Question, theirs: str, mine: str) -> str:
    """Two people gave different answers at once, and the first one is stored.

    Args:
        theirs: what is stored; empty where they took the answer back.
        mine: what is not; empty likewise.
    """
    did = f"chose “{in_words(question, theirs)}”" if theirs else "took the answer back"
    chose = f"You chose “{in_words(question, mine)}”." if mine else "You took it back."
    return (
        f"Somebody else {did} at the same time, and that counts for now. {chose} Talk it over, "
        "then choose again."
    )


def _changed_meanwhile(question: Question, value: str, *, pending: bool) -> str:
    """What somebody else did while this person was in the middle of an answer.

    Args:
        value: what is stored now; empty where they took the answer back.
        pending: "We did not agree" is chosen, and what members chose is not ticked yet.
    """
    until = "you tick what members chose" if pending else "yours is saved"
    if value:
        chose = in_words(question, value)
        return f"Somebody else chose “{chose}” meanwhile. That counts until {until}."
    return f"Somebody else took the answer back meanwhile. There is none until {until}."


def _options_to_read(question: Question) -> Markup:
    """What can be answered, to be read before anybody can."""
    points = ["A number"] if question.item.kind == "number" else []
    for choice in (*question.choices, *question.off_scale):
        description = Markup('<br><span class="pw-muted">{}</span>').format(choice.description)
        points.append(choice.label + (description if choice.description else Markup()))
    description = Markup('<p class="pw-ask-help">{}</p>').format(question.help)
    return (description if question.help else Markup()) + listing(points, "pw-plain")
