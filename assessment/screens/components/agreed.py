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

from assessment.screens.components import agreed_note as notes
from assessment.screens.components.agreed_note import Desk
from assessment.screens.components.questions import Field, plain
from assessment.services.answering import RefusedError
from assessment.services.asking import Choice, Question
from assessment.services.together import NOTHING, ChangedMeanwhileError, change, in_words
from assessment.store.records import AgreedRecord
from questionnaires.model import DID_NOT_AGREE

DISAGREED = Choice(
    DID_NOT_AGREE, "We did not agree", "A proper answer: then tick what members chose."
)
NOT_SAVED = "Not saved yet: we cannot reach our store. It is still here, and we keep trying."


def field_of(question: Question) -> Field:
    """Where a question is answered; a practice can also be left without agreement."""
    if question.item.kind == "practice":
        question = replace(question, apart=(DISAGREED, *question.apart))
    return Field(question, "agreed", repeats=True)


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
    if not field_of(question).shown:
        return True
    seen = desk.seen.get(item, NOTHING)
    wanted = given(question, seen.value)
    told = desk.told
    settled = True
    if wanted is None:
        settled = False
    elif _same(question, wanted, seen.value):
        if question.item.kind in ("number", "text"):
            told.pop(item, None)
    else:
        try:
            desk.seen[item] = change(desk.store, desk.table, item, seen=seen, value=wanted)
            told.pop(item, None)
            desk.others.discard(item)
            if wanted.startswith(("partly", "in_place", DID_NOT_AGREE)) and not seen.note:
                notes.open_for_writing(desk, question)
        except ChangedMeanwhileError as meanwhile:
            now = meanwhile.now
            desk.seen[item] = now
            lay_out(question, now.value)
            told[item] = _clash(question, now.value, wanted)
            settled = False
        except RefusedError as refused:
            told[item] = str(refused)
            settled = False
            if question.item.kind not in ("number", "text"):
                lay_out(question, seen.value)
        except Exception:  # the store cannot be reached: say so, and keep what was chosen
            notes.log.exception("an agreed answer could not be kept")
            told[item] = NOT_SAVED
            desk.failed = True
            settled = False
    return notes.settle(desk, question) and settled


def _clash(question: Question, theirs: str, mine: str) -> str:
    stands = f"chose “{in_words(question, theirs)}”" if theirs else "took the answer back"
    chose = f"You chose “{in_words(question, mine)}”." if mine else "You took it back."
    return (
        f"Somebody else {stands} at the same time, and that stands for now. {chose} Talk it over, "
        "then choose again."
    )


def take_in(desk: Desk, question: Question, latest: Mapping[str, AgreedRecord]) -> None:
    """Show what others have changed since, unless this person is in the middle of it."""
    item = question.item.id
    now, seen = latest.get(item, NOTHING), desk.seen.get(item)
    if not field_of(question).shown:
        desk.seen[item] = now
        lay_out(question, now.value)
        return
    if seen is None or now.revision == seen.revision:
        return
    wanted = given(question, seen.value)
    if wanted is None or not _same(question, wanted, seen.value):
        return  # chosen and not kept yet: settling will tell
    desk.seen[item] = now
    if now.value != seen.value:
        desk.told.pop(item, None)
        desk.others.add(item)
        lay_out(question, now.value)


def _take_back(question: Question) -> None:
    lay_out(question, "")
    field_of(question).take_back()


def draw(desk: Desk, question: Question, number: str, after: Callable[[], None]) -> None:
    """Draw one question as a fragment of its own.

    Args:
        number: such as ``Question 3 of 23``.
        after: called each time, to draw progress again.
    """
    with st.container(key=f"card-agreed-{question.item.id}"):
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
    if message := desk.told.get(item):
        st.html(f'<p class="pw-told" role="alert">{escape(message)}</p>')
    if question.item.takes_note:
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
        f'<span class="pw-kept" role="status">{escape(_status(desk, question))}</span></p>'
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
        if other.item.id != item and field_of(other).shown
    ):
        st.rerun()


def _given_now(desk: Desk, question: Question) -> tuple[str | None, ...]:
    """All that stands in the widgets of a question."""
    value = desk.seen.get(question.item.id, NOTHING).value
    written = notes.written(question)
    return field_of(question).value(_head(value)), *_members(question), written


def _status(desk: Desk, question: Question) -> str:
    item = question.item.id
    seen = desk.seen.get(item, NOTHING)
    wanted = given(question, seen.value)
    if wanted is None or not _same(question, wanted, seen.value):
        return "Not saved yet"
    if item in desk.others and seen.value:
        return "✓ Saved · just answered by somebody else"
    if item in desk.others:
        return "Just taken back by somebody else"
    return "✓ Saved" if seen.value else "Not answered yet"


def _answer(desk: Desk, question: Question) -> None:
    value = desk.seen.get(question.item.id, NOTHING).value
    if desk.table.state != "open":
        words = in_words(question, value) if value else "Not answered"
        st.html(f'<p class="pw-text"><strong>{escape(words)}</strong></p>')
        return
    field = field_of(question)
    field.start(_head(value))
    field.draw()
    if field.value(_head(value)) == DID_NOT_AGREE:
        _draw_members(question)
    if value:
        st.button(
            "Take this answer back",
            key=f"agreed:back:{question.item.id}",
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
        st.html('<p class="pw-soft">Saved as soon as one is ticked.</p>')
