"""One question of the working group: its answer, what shows it, and what others just did to it.

What a person has given is compared with what this browser last saw in the store, so that a lost
event heals itself. Others' changes come in whenever the question is drawn again; a note that is
open for writing is never overwritten.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from html import escape

import streamlit as st

from assessment.screens.shared.questions import Field, plain
from assessment.screens.working_group import evidence_note as notes
from assessment.screens.working_group.evidence_note import Desk
from assessment.screens.working_group.messages import clash, meanwhile, to_read
from assessment.services.content.question_pages import Choice, Question
from assessment.services.respondents.answering import RefusedError
from assessment.services.working_group.agreed_answers import (
    NO_ANSWER,
    ChangedMeanwhileError,
    change,
    in_words,
)
from assessment.store.records import AgreedRecord
from questionnaires.model import DID_NOT_AGREE

DISAGREED = Choice(
    DID_NOT_AGREE, "We did not agree", "A proper answer: then tick what members chose."
)
NOT_SAVED = "Not saved yet: we cannot reach our store. It is still here, and we keep trying."


def field_of(question: Question) -> Field:
    """Where a question is answered; a practice can also be left without agreement."""
    if question.item.kind == "practice":
        question = replace(question, off_scale=(DISAGREED, *question.off_scale))
    return Field(question, "agreed", headed=True)


def _member(question: Question, choice: Choice) -> str:
    return f"agreed:member:{question.item.id}:{choice.code}"


def _members(question: Question) -> list[str]:
    """What members chose where they did not agree."""
    state = st.session_state
    return [c.code for c in question.choices if state.get(_member(question, c))]


def _head(value: str) -> str:
    """An answer without what members chose."""
    return DID_NOT_AGREE if value.startswith(f"{DID_NOT_AGREE}:") else value


def lay_out(question: Question, value: str) -> None:
    """Let the widgets show an answer as it stands."""
    disagreed, chosen = _head(value) == DID_NOT_AGREE, value.partition(":")[2]
    field_of(question).start(_head(value), anew=True)
    for choice in question.choices:
        ticked = disagreed and choice.code in chosen.split(";")
        st.session_state[_member(question, choice)] = ticked


def given(question: Question, saved: str) -> str | None:
    """What the widgets say; None where it is not an answer yet."""
    value = field_of(question).value(_head(saved))
    if value != DID_NOT_AGREE:
        return value
    members = _members(question)
    return f"{DID_NOT_AGREE}:{';'.join(members)}" if members else None


def _same(question: Question, one: str, other: str) -> bool:
    """Whether two answers are the same, however a number is written."""
    if question.item.kind == "number":
        try:
            return Decimal(one) == Decimal(other)
        except InvalidOperation:
            pass
    return one == other


def settle(desk: Desk, question: Question) -> bool:
    """Keep what a person has given, if it is new. Returns whether nothing is left unsaved."""
    item = question.item.id
    if not field_of(question).on_page:
        return True
    seen = desk.seen.get(item, NO_ANSWER)
    wanted = given(question, seen.value)
    told = desk.told
    settled = True
    if wanted is None:
        settled = False
    elif _same(question, wanted, seen.value):
        if item in desk.refused or told.get(item) == NOT_SAVED:
            told.pop(item, None)
        _nothing_begun(desk, item)
    else:
        try:
            desk.seen[item] = change(desk.store, desk.table, item, seen=seen, value=wanted)
            told.pop(item, None)
            _nothing_begun(desk, item)
            desk.others.discard(item)
            if wanted.startswith(("partly", "in_place", DID_NOT_AGREE)) and not seen.note:
                notes.open_for_writing(desk, question)
        except ChangedMeanwhileError as changed:
            now = changed.now
            desk.seen[item] = now
            lay_out(question, now.value)
            told[item] = clash(question, now.value, wanted)
            _nothing_begun(desk, item)
            settled = False
        except RefusedError as refused:
            told[item] = str(refused)
            settled = False
            if question.item.kind in ("number", "text"):
                desk.refused[item] = wanted
            else:
                lay_out(question, seen.value)
        except Exception:  # the store cannot be reached: say so, and keep what was chosen
            notes.log.exception("an agreed answer could not be kept")
            told[item] = NOT_SAVED
            desk.failed = True
            settled = False
    return notes.settle(desk, question) and settled


def _nothing_begun(desk: Desk, item: str) -> None:
    """Nothing waits at a question that could not be kept."""
    desk.refused.pop(item, None)
    desk.meanwhile.discard(item)


def _is_stuck(desk: Desk, item: str, wanted: str | None) -> bool:
    """Whether what somebody has begun cannot be kept as it is."""
    return wanted is None or desk.refused.get(item) == wanted


def unsaved(desk: Desk, question: Question) -> bool:
    """Whether something on the page is begun at a question, or in its note, and not kept."""
    item = question.item.id
    seen = desk.seen.get(item, NO_ANSWER)
    wanted = given(question, seen.value)
    return wanted is None or not _same(question, wanted, seen.value) or item in desk.unsaved


def take_in(desk: Desk, question: Question, latest: Mapping[str, AgreedRecord]) -> None:
    """Show what others have changed since, unless this person is in the middle of it."""
    item = question.item.id
    now, seen = latest.get(item, NO_ANSWER), desk.seen.get(item)
    if not field_of(question).on_page:
        desk.seen[item] = now
        lay_out(question, now.value)
        return
    if seen is None or now.revision == seen.revision:
        return
    wanted = given(question, seen.value)
    stuck = _is_stuck(desk, item, wanted)
    if not stuck and not _same(question, wanted or "", seen.value):
        return  # chosen and not kept yet: settling will tell
    desk.seen[item] = now
    if now.value == seen.value:
        return
    if wanted is None or not stuck:
        desk.told.pop(item, None)
    if stuck and not (wanted is None and _head(now.value) == DID_NOT_AGREE):
        desk.meanwhile.add(item)  # it stays as it was begun, beside what counts now
        return
    _nothing_begun(desk, item)
    desk.others.add(item)
    lay_out(question, now.value)


def _take_back(question: Question) -> None:
    lay_out(question, "")
    field_of(question).clear()


def _drop(desk: Desk, question: Question) -> None:
    """Give up what was begun here, for what the store holds."""
    desk.told.pop(question.item.id, None)
    _nothing_begun(desk, question.item.id)
    lay_out(question, desk.seen.get(question.item.id, NO_ANSWER).value)


def draw(desk: Desk, question: Question, number: str, after: Callable[[], None]) -> None:
    """Draw one question as a fragment of its own.

    Args:
        number: such as ``Question 3 of 23``.
        after: called each time, to draw progress again.
    """
    with st.container(key=f"card-question-{question.item.id}"):
        _question(desk, question, number, after)


@st.fragment
def _question(desk: Desk, question: Question, number: str, after: Callable[[], None]) -> None:
    item = question.item.id
    settle(desk, question)
    after()
    _look_around(desk, item)
    anchor = f"q-{item.replace('.', '-')}"
    status = st.empty()
    st.html(f'<h3 class="pw-asked" id="{anchor}">{escape(question.text)}</h3>')
    messages = [desk.told[item]] if item in desk.told else []
    if item in desk.meanwhile:
        value = desk.seen.get(item, NO_ANSWER).value
        pending = given(question, value) is None
        messages.append(meanwhile(question, value, pending=pending))
    for message in messages:
        st.html(f'<p class="pw-notice" role="alert">{escape(message)}</p>')
    if question.item.takes_note and desk.table.round_state != "early":
        left, right = st.columns([3, 2], gap="medium")
        with left:
            _answer(desk, question)
        with right:
            notes.draw(desk, question)
    else:
        _answer(desk, question)
    desk.shown[item] = _given_now(desk, question)
    status.html(
        f'<p class="pw-top"><span>{escape(number)}</span>'
        f'<span class="pw-status" role="status">{escape(_status(desk, question))}</span></p>'
    )


def _look_around(desk: Desk, item: str) -> None:
    """Draw the whole page where another question waits: a tap straight out of a note or a number
    arrives together with it, as if both belonged to the question that was left."""
    touched = desk.touched not in (None, item)
    desk.touched = None
    if not desk.drawn:
        return
    if touched or any(
        desk.shown.get(other.item.id) != _given_now(desk, other)
        for other in desk.page
        if other.item.id != item and field_of(other).on_page
    ):
        st.rerun()


def _given_now(desk: Desk, question: Question) -> tuple[str | None, ...]:
    """All that stands in the widgets of a question."""
    value = desk.seen.get(question.item.id, NO_ANSWER).value
    written = notes.written(question)
    return field_of(question).value(_head(value)), *_members(question), written


def _status(desk: Desk, question: Question) -> str:
    item = question.item.id
    seen = desk.seen.get(item, NO_ANSWER)
    if desk.table.round_state != "open":
        return ""
    wanted = given(question, seen.value)
    if wanted is None or not _same(question, wanted, seen.value):
        return "Not saved yet"
    if item in desk.others and seen.value:
        return "✓ Saved · just answered by somebody else"
    if item in desk.others:
        return "Just taken back by somebody else"
    return "✓ Saved" if seen.value else "Not answered yet"


def _answer(desk: Desk, question: Question) -> None:
    item = question.item.id
    value = desk.seen.get(item, NO_ANSWER).value
    if desk.table.round_state == "early":
        st.html(to_read(field_of(question).question))
        return
    if desk.table.round_state == "closed":
        words = in_words(question, value) if value else "Not answered"
        st.html(f'<p class="pw-text"><strong>{escape(words)}</strong></p>')
        return
    field = field_of(question)
    field.start(_head(value))
    field.draw()
    if field.value(_head(value)) == DID_NOT_AGREE:
        _draw_members(question)
    if _is_stuck(desk, item, given(question, value)):
        st.button(
            f"Keep “{plain(in_words(question, value))}” instead" if value else "Leave it open",
            key=f"agreed:drop:{item}",
            type="tertiary",
            on_click=_drop,
            args=(desk, question),
        )
    elif value:
        st.button(
            "Take this answer back",
            key=f"agreed:back:{item}",
            type="tertiary",
            on_click=_take_back,
            args=(question,),
        )


def _draw_members(question: Question) -> None:
    with st.container(key=f"ticks-0-members-{question.item.id}"):
        st.html('<p class="pw-text">What did members choose? Tick each answer that somebody chose.')
        for choice in question.choices:
            st.checkbox(plain(choice.label), key=_member(question, choice), width="stretch")
    if not _members(question):
        st.html('<p class="pw-muted">Saved as soon as one is ticked.</p>')
