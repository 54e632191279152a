"""The review of what people wrote: each text read, and shown, hidden or shortened."""

from __future__ import annotations

from urllib.parse import quote

import streamlit as st
from markupsafe import Markup

from assessment.report.terms import question_in_words
from assessment.screens.shared import markup
from assessment.screens.shared.buttons import text_button
from assessment.screens.shared.changing import Forms
from assessment.services.content import loaded
from assessment.services.own_words import text_review
from assessment.services.own_words.text_review import (
    REASONS,
    TOO_FEW,
    QuestionTexts,
    least_to_show,
)
from assessment.services.rounds.states import Act, allows, state_of
from assessment.store import Store
from assessment.store.records import AssessmentRecord, WrittenRecord
from questionnaires.library import Library
from questionnaires.phrases import counted, upper

FORMS = Forms("review")
#: The session knows whether what is decided shall be seen.
ALL = "see-decided"
#: So many texts wait on the page at once, and as many decided ones stand on it.
AT_ONCE = 10
BEFORE = (
    "People can still hand in. Nobody can read what they wrote before the round is closed: "
    "otherwise you would know who has just written."
)
AFTER = "The results are published. What may be shown of what people wrote stands in them."
AFTER_NOTHING = (
    "The results are published. Nobody had said of any text that it may be shown, so they show "
    "nothing of what people wrote."
)
AFTER_TOO_FEW = (
    "The results are published. No question was answered in words by {least} people or more, so "
    "they show nothing of what people wrote."
)
TOO_FEW_EVERYWHERE = (
    "No question was answered in words by {least} people or more, so nobody reads what people "
    "wrote, and nothing of it is shown."
)
RULES = (
    "Show a text unless it names somebody, or people could tell who wrote it, or it would hurt "
    "somebody. That it is hard to hear is no reason to hide it.",
    "Two should read: one of them with lived experience.",
    "Where only a part is a trouble, take that part out. Do not turn round what the person says.",
    "Do not try to find out who wrote what. Make no copies.",
)
BEGIN = (
    "Take in all workbooks first. As soon as you begin to read, no workbook with words of "
    "somebody’s own can be taken in any more: you would know whose they are."
)


def review_link(store: Store, record: AssessmentRecord) -> None:
    """On the overview: what becomes of what people write, and the way to it."""
    if not text_review.asks_to_write(store, record) or state_of(record).ahead:
        return
    with st.container(key="card-texts"):
        html = markup.heading("", "What people write in their own words")
        if not allows(record, Act.REVIEW_TEXTS):
            st.html(html + markup.texts([_not_now(store, record)]))
            return
        words = "Nothing of it is shown until somebody has read it and said so."
        if text_review.has_begun(store, record):
            if text_review.too_few_everywhere(store, record):
                words = TOO_FEW_EVERYWHERE.format(least=least_to_show(record))
                st.html(html + markup.texts([words]))
                return
            left = text_review.waiting(store, record)
            waits = "text waits" if left == 1 else "texts wait"
            words += f" {left} {waits}." if left else " You have decided about every text."
        st.html(html + markup.texts([words]) + markup.buttons(reading_link(record)))


def reading_link(record: AssessmentRecord) -> Markup:
    """The way to the texts."""
    address = f"/texts?assessment={quote(record.id)}"
    return markup.link("Read what people wrote", address, markup.QUIET)


def _not_now(store: Store, record: AssessmentRecord) -> str:
    """Why nothing is read before the end, or after publication; then what is shown of it."""
    if not state_of(record).final:
        return BEFORE
    if text_review.any_shown(store, record):
        return AFTER
    if text_review.too_few_everywhere(store, record):
        return AFTER_TOO_FEW.format(least=least_to_show(record))
    return AFTER_NOTHING


def review(store: Store, record: AssessmentRecord) -> None:
    """The whole page below its head."""
    if not allows(record, Act.REVIEW_TEXTS):
        st.html(markup.texts([_not_now(store, record)]))
        return
    st.html(markup.marked(RULES, "·"))
    if not text_review.has_begun(store, record):
        _begin(store, record)
        return
    FORMS.show_done()
    FORMS.show_mistake()
    questions = text_review.to_review(store, record)
    library = loaded.of_round(store, record).library
    waiting = sum(question.waiting for question in questions)
    _waiting(store, record, questions, library)
    if not waiting and not all(question.too_few for question in questions):
        st.html(markup.notice("You have decided about every text.", role="status"))
    _too_few(record, questions, library)
    _decided(store, record, questions, library)


def _begin(store: Store, record: AssessmentRecord) -> None:
    st.html(markup.notice(BEGIN))
    FORMS.show_mistake()
    if st.button("Begin to read", key="begin-texts", type="primary"):
        FORMS.change("", lambda: text_review.begin(store, record))


def _waiting(
    store: Store,
    record: AssessmentRecord,
    questions: tuple[QuestionTexts, ...],
    library: Library,
) -> None:
    room = AT_ONCE
    for question in questions:
        texts = [text for text in question.texts if text.review == "waiting"][:room]
        if not texts:
            continue
        room -= len(texts)
        left = counted(question.waiting, "text waits", "texts wait", in_words=True)
        st.html(
            Markup('<h2 class="pw-finding pw-part">{}</h2>').format(
                question_in_words(question.item, library)
            )
            + markup.muted(f"{upper(left)}, in an order by chance.")
        )
        for number, text in enumerate(texts, 1):
            _text(store, record, text, f"text {number}")


def _too_few(
    record: AssessmentRecord, questions: tuple[QuestionTexts, ...], library: Library
) -> None:
    """The questions to which too few wrote for anybody to read it."""
    words = TOO_FEW.format(least=least_to_show(record))
    for question in questions:
        if question.too_few:
            title = question_in_words(question.item, library)
            st.html(
                Markup('<h2 class="pw-finding pw-part">{}</h2>').format(title)
                + markup.texts([words])
            )


def _text(store: Store, record: AssessmentRecord, text: WrittenRecord, name: str) -> None:
    """One text, and what can be decided of it."""
    with st.container(key=f"card-text-{text.id}"):
        st.html(markup.quoted(text.text))
        if text.review != "waiting":
            hidden = f"Not shown: {REASONS.get(text.reason, 'it was decided so')}."
            st.html(markup.muted(hidden if text.review == "hidden" else "May be shown."))
        FORMS.show_mistake(text.id)
        if FORMS.is_open(text.id, "hide"):
            _hide(store, record, text)
            return
        if FORMS.is_open(text.id, "shorten"):
            _shorten(store, record, text)
            return
        with st.container(key=f"decide-{text.id}", horizontal=True):
            # Each button says of which text, for those who hear only the buttons.
            if text.review != "shown":
                shown = st.button(f"Show {name}", key=f"show-{text.id}")
                if shown:
                    FORMS.change(
                        "The text may be shown.", lambda: text_review.show(store, record, text)
                    )
            if text.review != "hidden":
                text_button(f"Hide {name}", f"hide-{text.id}", FORMS.open, text.id, "hide")
            text_button(
                f"Take a part out of {name}", f"shorten-{text.id}", FORMS.open, text.id, "shorten"
            )


def _hide(store: Store, record: AssessmentRecord, text: WrittenRecord) -> None:
    reason = st.container(key=f"scale-0-why-{text.id}").radio(
        "Why is it not shown?",
        list(REASONS),
        index=None,
        format_func=lambda code: f"{upper(REASONS[code])}.",
        key=f"why-{text.id}",
        width="stretch",
    )
    if FORMS.buttons("Hide it", f"hide-{text.id}"):
        FORMS.change(
            "The text is not shown.", lambda: text_review.hide(store, record, text, reason or "")
        )


def _shorten(store: Store, record: AssessmentRecord, text: WrittenRecord) -> None:
    left = st.text_area(
        "Put [...] in the place of what nobody may read",
        text.text,
        height=160,
        key=f"left-{text.id}-{text.revision}",
    )
    st.html(
        markup.muted(
            "What you take out is gone for good: nobody can bring it back. The rest may be shown."
        )
    )
    if FORMS.buttons("Take it out", f"shorten-{text.id}"):
        FORMS.change(
            "The part is taken out.", lambda: text_review.shorten(store, record, text, left)
        )


def _decided(
    store: Store,
    record: AssessmentRecord,
    questions: tuple[QuestionTexts, ...],
    library: Library,
) -> None:
    """What is decided already, to be looked at again."""
    done = [text for question in questions for text in question.texts if text.review != "waiting"]
    if not done:
        return
    st.html('<h2 class="pw-finding pw-part">What is decided</h2>')
    if not st.session_state.get(ALL):
        text_button(f"See {counted(len(done), 'decided text')} again", "see-decided", _see_decided)
        return
    pages = -(-len(done) // AT_ONCE)
    page = 1
    if pages > 1:
        page = int(st.number_input(f"Page, from 1 to {pages}", 1, pages, key="decided-page"))
    begin = (page - 1) * AT_ONCE
    for number, text in enumerate(done[begin : begin + AT_ONCE], begin + 1):
        asked = next(question.item for question in questions if text in question.texts)
        st.html(markup.muted(question_in_words(asked, library)))
        _text(store, record, text, f"decided text {number}")


def _see_decided() -> None:
    st.session_state[ALL] = True
