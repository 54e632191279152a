"""Publishing: what it does, what each group will be shown as, what is not settled yet; one
confirmation."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from assessment.render.html.charts.drawing import listing
from assessment.report.model import Quotation
from assessment.screens.coordinator.text_review import reading_link
from assessment.screens.shared import markup
from assessment.services.own_words import text_review
from assessment.services.results import before_publishing, publication
from assessment.services.results.before_publishing import GroupToShow
from assessment.services.results.publication import Draw
from assessment.services.rounds.changes import NotChangedError
from assessment.services.rounds.states import Act, allows
from assessment.store import Store, UnreachableError
from assessment.store.records import AssessmentRecord
from questionnaires.phrases import counted, day, listed, upper
from questionnaires.question_text import Question

OUR_FAULT = "Something went wrong on our side, and nothing was published. Try again in a minute."
#: What the session knows: the round whose publication is asked for once more, and what is wrong.
ASKED, WRONG = "publishing", "not-published"
WHAT_IT_DOES = (
    "Everybody sees the results at the same moment: those who were invited by the link or code "
    "that they were given, and you. Until then nobody sees any.",
    "From then on nothing changes them. Late workbooks are refused, and what the working group "
    "agreed is fixed.",
    "It cannot be taken back. Whoever wants to ask again sets up another round.",
)
BESIDE = (
    "Its reasons and notes are published word for word, those of an answer that it changed too. "
    "Read once more whether they name or point at anybody. The working group can change them until "
    "you publish."
)
NOT_READ = "People wrote something in their own words, and nobody has begun to read it."
NOT_DECIDED = "What nobody has decided about is not shown."
NO_STATEMENT = (
    "{group}: you chose to ask for a written statement instead of numbers, and none is written. "
    "Write it down below, under “What groups want to say themselves”. Once the results are "
    "published it cannot be written any more."
)


def publish_card(store: Store, record: AssessmentRecord, draw: Draw) -> None:
    """Publishing, where a round is closed.

    Args:
        draw: draws the pages that are kept.
    """
    if not allows(record, Act.PUBLISH):
        return
    with st.container(key="card-publish"):
        st.html(markup.heading("Next", "Publish the results") + listing(WHAT_IT_DOES, "pw-plain"))
        _groups(before_publishing.groups_to_show(store, record), record)
        _not_settled(store, record)
        _written_beside(store, record)
        _texts_wait(store, record)
        if wrong := st.session_state.pop(WRONG, ""):
            st.html(markup.notice(wrong, role="alert", style="pw-banner"))
        _confirm(store, record, draw)


def _groups(found: list[GroupToShow], record: AssessmentRecord) -> None:
    """What each group will be shown as."""
    rows = (
        Markup("<strong>{}</strong>: {}{}").format(
            one.group.title, _shown_as(one, record), _statement(one)
        )
        for one in found
    )
    title = markup.subheading("What each group will be shown as")
    lacking = (NO_STATEMENT.format(group=one.group.title) for one in found if one.lacks_statement)
    st.html(title + listing(rows, "pw-plain") + Markup().join(map(markup.notice, lacking)))


def _statement(found: GroupToShow) -> str:
    """That what a group says in words of its own is shown too, and of which day it is."""
    if found.statement is None:
        return ""
    return f" Their written statement of {day(found.statement.written_on)} is shown."


def _shown_as(found: GroupToShow, record: AssessmentRecord) -> str:
    match found.how:
        case "alone":
            return "shown, with numbers of its own."
        case "together":
            others = listed([group.title for group in found.others])
            return f"combined with {others}, and shown as one group."
    least = record.minimum_group_size
    few = "people" if found.group.head_count < least else "answers"
    return f"hidden: fewer than {least} {few}. What they said is in no number."


def _not_settled(store: Store, record: AssessmentRecord) -> None:
    """What the working group can still settle."""
    open_ = before_publishing.not_settled(store, record)
    if not open_.unanswered and not open_.not_agreed:
        st.html(markup.texts(["The working group has answered everything, and agreed on it."]))
        return
    st.html(
        markup.subheading("What the working group has not settled")
        + markup.texts(
            ["It can still do so, and change what it agreed, until you publish. Not after."]
        )
        + _questions("not answered", open_.unanswered)
        + _questions("on which it did not agree", open_.not_agreed)
        + markup.buttons(
            markup.link(
                "Open the working group’s questions",
                f"/i/{record.working_group.code}",
                markup.QUIET,
            )
        )
    )


def _questions(what: str, questions: tuple[Question, ...]) -> Markup:
    if not questions:
        return Markup()
    texts = (question.text for question in questions)
    title = f"{counted(len(questions), 'question')} {what}"
    return markup.fold(title, listing(texts, "pw-plain"))


def _written_beside(store: Store, record: AssessmentRecord) -> None:
    """What the working group wrote beside its answers, all of it."""
    found = before_publishing.written_beside(store, record)
    if not found:
        return
    entries = (Quotation(one.question.text, one.texts) for one in found)
    title = f"Read it: what stands beside {counted(len(found), 'answer')}"
    st.html(
        markup.subheading("What the working group wrote beside its answers")
        + markup.texts([BESIDE])
        + markup.fold(title, markup.quotations(entries))
    )


def _texts_wait(store: Store, record: AssessmentRecord) -> None:
    """That what people wrote is not shown as long as nobody has decided about it. How many texts
    wait is told only once no more of them can come."""
    left = text_review.waiting(store, record)
    if not left:
        return
    words = NOT_READ
    if text_review.has_begun(store, record):
        waiting = counted(left, "text waits", "texts wait", in_words=True)
        words = f"{upper(waiting)} for a decision."
    st.html(markup.notice(f"{words} {NOT_DECIDED}") + markup.buttons(reading_link(record)))


def _confirm(store: Store, record: AssessmentRecord, draw: Draw) -> None:
    if st.session_state.get(ASKED) != record.id:
        st.button(
            "Publish the results…",
            key="ask-publish",
            type="primary",
            on_click=_ask,
            args=(record.id,),
        )
        return
    st.html(markup.texts(["Publish now, for everybody and for good?"]))
    with st.container(key="buttons-publish", horizontal=True):
        sure = st.button("Yes, publish now", key="do-publish", type="primary")
        st.button("Not yet", key="leave-publish", on_click=_ask, args=("",))
    if sure:
        _publish(store, record, draw)


def _ask(name: str) -> None:
    st.session_state[ASKED] = name


def _publish(store: Store, record: AssessmentRecord, draw: Draw) -> None:
    try:
        with st.spinner("Making the results"):
            publication.publish(store, record.id, draw)
    except NotChangedError as refused:
        st.session_state[WRONG] = str(refused)
    except UnreachableError:
        st.session_state[WRONG] = OUR_FAULT
    st.session_state.pop(ASKED, None)
    st.rerun()
