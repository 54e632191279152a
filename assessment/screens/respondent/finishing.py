"""Around the questions: the code to come back with, stopping, looking over, handing in, thanks."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from assessment.screens.respondent.navigation import at_the_top, go, steps
from assessment.screens.respondent.promises import help_contact, promises, trial, who
from assessment.screens.shared import markup
from assessment.screens.shared.buttons import text_button
from assessment.screens.shared.links import talk_offered
from assessment.screens.shared.questions import plain
from assessment.services.access import sessions
from assessment.services.content import question_pages
from assessment.services.current_store import store
from assessment.services.respondents import answering
from assessment.services.respondents.answering import Draft, RefusedError, Visit
from assessment.store import UnreachableError
from assessment.store.records import AssessmentRecord
from questionnaires.phrases import day
from questionnaires.question_text import Question

#: So many open questions are named one by one before handing in; more only by their part.
MAX_NAMED = 12
CODE, TROUBLE = "code to come back", "handing in failed"
#: The part from which somebody came who stops for now.
RETURN_TO = "part before stopping"


def later_and_who_sees(record: AssessmentRecord) -> None:
    """Below every part: the way out, and the promises once more, folded."""
    with st.container(key="secondary"):
        text_button("Finish later", "later", go, "later")
        st.html(
            Markup(
                '<details class="pw-fold"><summary>Who sees my answers?</summary>{}{}{}{}</details>'
            ).format(trial(), who(record), promises(record), help_contact(record))
        )


def leave_button(style: str = "pw-button") -> Markup:
    return Markup(
        '<div class="pw-buttons"><a class="{}" href="/leave?sure=yes" target="_self">'
        "Leave this device clean</a></div>"
    ).format(style)


def code_of(draft: Draft) -> str:
    """The code that brings a draft back: one for as long as this page stays open."""
    name = f"{CODE}:{draft.id}"
    if name not in st.session_state:
        st.session_state[name] = sessions.return_code(store(), draft.token) or ""
    return str(st.session_state[name])


def ask_for_code(draft: Draft) -> None:
    """Show a code from now on. For the callback of a button."""
    code_of(draft)


def code_asked(draft: Draft) -> bool:
    """Whether this page shows a code already."""
    return f"{CODE}:{draft.id}" in st.session_state


def big_code(code: str) -> Markup:
    """A code, large; a screen reader says it sign by sign."""
    spoken = " ".join(code.replace("-", ", "))
    return Markup('<p class="pw-code"><span aria-hidden="true">{}</span>{}</p>').format(
        code, markup.hidden(f"Your code, sign by sign: {spoken}")
    )


def show_code(draft: Draft) -> None:
    """On a device that others use: the code, before the first question."""
    st.html(
        Markup(
            '<h1 class="pw-title" tabindex="-1">First, write down your code</h1>'
            '<p class="pw-text">If you stop, or if the page closes, this code brings your answers '
            'back, on any phone or computer. Keep it to yourself.</p>{}<p class="pw-muted">'
            "To come back, open your link and type the code under “Began before?”. If you see "
            "another code here later on, only the newest one works.</p>"
        ).format(big_code(code_of(draft)))
    )
    steps("", "I have it – go on", go, "1")
    at_the_top("code")


def show_later(draft: Draft) -> None:
    """Stopping for now."""
    closes = day(draft.record.closes_on)
    if draft.own_device:
        st.html(
            Markup(
                '<h1 class="pw-title" tabindex="-1">Your answers are saved</h1>'
                '<p class="pw-text">You can close this page now. Open your link again on this '
                "device by {}, and you go on where you stopped.</p>{}"
            ).format(closes, _counts(draft))
        )
        if code_asked(draft):
            st.html(
                Markup('<h2 class="pw-finding">Your code for another device</h2>')
                + big_code(code_of(draft))
                + markup.texts([HOW_BACK])
                + leave_button("pw-button pw-quiet")
            )
        else:
            st.button(
                "Continue on another device", key="code", on_click=ask_for_code, args=(draft,)
            )
    else:
        st.html(
            Markup(
                '<h1 class="pw-title" tabindex="-1">Write down your code before you go</h1>'
                '<p class="pw-text">Your answers are saved. This code brings them back, on any '
                "phone or computer, until {}. If you had another code before, only this one works "
                "now.</p>"
            ).format(closes)
            + big_code(code_of(draft))
            + _counts(draft)
            + leave_button()
            + markup.muted("After that nobody can see your answers here.")
        )
    not_taken(draft)
    _back(draft)
    at_the_top("later")


def show_leave(draft: Draft) -> None:
    """Before a device of one's own forgets answers that are not handed in: the code for them."""
    st.html(
        Markup(
            '<h1 class="pw-title" tabindex="-1">Write down your code before you go</h1>'
            '<p class="pw-text">You have answers here that are not handed in. When you leave, this '
            "device forgets them. Only this code brings them back.</p>"
        )
        + big_code(code_of(draft))
        + markup.texts([HOW_BACK])
        + _counts(draft)
        + leave_button()
    )
    not_taken(draft)
    _back(draft)
    at_the_top("leave")


HOW_BACK = (
    "Write it down. To come back, open your link on any phone or computer and type the code under "
    "“Began before?”. Only the newest code works."
)


def _counts(draft: Draft) -> Markup:
    return Markup(
        '<p class="pw-text"><strong>Only what you hand in by {} counts.</strong></p>'
    ).format(day(draft.record.closes_on))


def remember(draft: Draft, part: str) -> None:
    """Keep from which part somebody stops, so that the way back leads there."""
    st.session_state[f"{RETURN_TO}:{draft.id}"] = part


def _back(draft: Draft) -> None:
    part = st.session_state.get(f"{RETURN_TO}:{draft.id}") or first_open(
        draft, str(len(draft.pages))
    )
    st.button("Back to the questions", key="back", on_click=go, args=(part,))


def _open(draft: Draft) -> list[tuple[int, str, list[tuple[str, str]]]]:
    """What is left open: part, title, and the questions with their ids. Words of one's own are
    extra, and never left open."""
    found = []
    for number, page in enumerate(draft.pages, 1):
        missing = [
            (answer[0].item.id, _called(answer, part.title))
            for part in page.parts
            for answer in part.answers
            if not draft.has(answer) and answer[0].item.kind != "text"
        ]
        if missing:
            found.append((number, page.parts[0].title, missing))
    return found


def _called(answer: tuple[Question, ...], title: str) -> str:
    """What is left open: the question, or the title of a list to tick."""
    first = answer[0]
    if first.item.kind == "concern":
        return title
    return f"{first.text} {first.help}" if first.item.kind == "boundary" else first.text


def first_open(draft: Draft, otherwise: str) -> str:
    """The first part with something left open."""
    return next((str(number) for number, *_ in _open(draft)), otherwise)


def show_review(draft: Draft) -> None:
    """What is left open, and handing in."""
    left = _open(draft)
    count = sum(len(missing) for *_, missing in left)
    asked, places = question_pages.counted(draft.pages)
    written = draft.answered - (asked - count)
    st.html(
        Markup(
            '<h1 class="pw-title" tabindex="-1">Before you hand in</h1>'
            '<p class="pw-lead">You answered <strong>{} of {}</strong> questions.{}{}</p>'
        ).format(
            asked - count,
            asked,
            "" if count else " That is all of them.",
            " You also wrote something in your own words." if places and written else "",
        )
    )
    if left:
        st.html(
            '<h2 class="pw-finding">What you left open</h2><p class="pw-text">That is fine. If you '
            "like, tap one to go there.</p>"
        )
    for number, title, missing in left:
        with st.container(key=f"open-{number}"):
            if count > MAX_NAMED:
                wording = f"Part {number} · {plain(title)}: {len(missing)} left open"
                text_button(wording, f"open:{number}", go, str(number), missing[0][0])
                continue
            st.html(markup.subheading(f"Part {number} · {title}"))
            for item, text in missing:
                text_button(plain(text), f"open:{item}", go, str(number), item)
    not_taken(draft)
    if trouble := st.session_state.pop(TROUBLE, ""):
        st.html(markup.notice(trouble, role="alert", style="pw-trouble"))
    st.html('<p class="pw-text">After you hand in, your answers cannot be changed.</p>')
    last = str(len(draft.pages))
    steps(last, "Hand in my answers", _hand_in, draft, disabled=not draft.saved)
    if not draft.saved:
        st.html('<p class="pw-muted pw-middle">There is nothing to hand in yet.</p>')
    later_and_who_sees(draft.record)
    at_the_top("review")


def not_taken(draft: Draft) -> None:
    """What somebody typed that could not be saved, each with the way to it."""
    typed = [
        (number, question)
        for number, page in enumerate(draft.pages, 1)
        for question in page.questions
        if question.item.id in draft.refused
    ]
    if not typed:
        return
    with st.container(key="not-taken"):
        st.html(markup.notice(NOT_TAKEN, role="alert", style="pw-trouble"))
        for number, question in typed:
            item = question.item.id
            text_button(plain(question.text), f"not-taken:{item}", go, str(number), item)


NOT_TAKEN = (
    "What you typed here is not saved yet. It still stands in its box, and is lost if you close "
    "this page. Tap it to change it:"
)


def _hand_in(draft: Draft) -> None:
    try:
        answering.hand_in(store(), draft.token)
    except RefusedError as refused:
        st.session_state[TROUBLE] = str(refused)
    except UnreachableError:
        st.session_state[TROUBLE] = (
            "We could not hand in your answers just now. They are still saved. Try again in a "
            "moment."
        )


def show_thanks(visit: Visit) -> None:
    """After handing in."""
    record = visit.record
    assert record is not None
    st.html(
        Markup(
            '<h1 class="pw-title" tabindex="-1">Thank you</h1>'
            '<p class="pw-lead">Your answers are handed in.</p>'
            '<h2 class="pw-finding">What happens next</h2>'
            '<p class="pw-text">People can answer until {}. The results show the numbers of each '
            "group with {} or more answers. They can be seen already, and they change while people "
            "answer. Ask those who run this round what came out, and what they will do first.</p>"
        ).format(day(record.closes_on), record.minimum_group_size)
        + talk_offered(record.group(visit.group))
        + help_contact(record)
        + leave_button("pw-button pw-quiet" if visit.own_device else "pw-button")
        + markup.muted(
            "Or just close this page."
            if visit.own_device
            else "Tap this before the next person uses the device."
        )
    )
    at_the_top("thanks")
