"""Around the questions: the code to come back with, stopping, looking over, handing in, thanks."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from assessment.screens.respondent import finishing_texts as texts
from assessment.screens.respondent.navigation import at_the_top, go, steps
from assessment.screens.respondent.promises import folded
from assessment.screens.shared import markup
from assessment.screens.shared.buttons import text_button
from assessment.screens.shared.questions import plain
from assessment.services.access import sessions
from assessment.services.current_store import store
from assessment.services.respondents.answering import Draft
from assessment.services.rounds import overview

CODE = "code to come back"
#: The part from which somebody came who stops for now.
RETURN_TO = "part before stopping"


def later_and_who_sees(draft: Draft, part: str) -> None:
    """Below every part: the way out, the light form, and the promises once more, folded."""
    with st.container(key="secondary"):
        text_button("Finish later", "later", go, "later")
        light = markup.link("Slow line or old phone? Use the light form", f"/form?part={part}")
        st.html(
            Markup('<p class="pw-other-form">{}</p>').format(light)
            + folded(draft.record, draft.reader.group)
        )


def code_of(draft: Draft) -> str:
    """The code that brings a draft back, for as long as this page stays open; empty where one was
    made before that, which is on nobody's page any more and still works."""
    if not code_shown(draft) and not sessions.has_return_code(store(), draft.token):
        make_code(draft)
    return code_shown(draft)


def make_code(draft: Draft) -> None:
    """Show a new code from now on; an earlier one no longer works. For the callback of a button."""
    made = sessions.return_code(store(), draft.token) or ""
    st.session_state[f"{CODE}:{draft.id}"] = made


def code_shown(draft: Draft) -> str:
    """The code that this page shows already; empty where it shows none."""
    return str(st.session_state.get(f"{CODE}:{draft.id}", ""))


def _new_code(code: str, draft: Draft) -> None:
    """For whoever has lost the code that was made before."""
    if not code:
        text_button(texts.NEW_CODE, "new-code", make_code, draft)


def _door() -> str:
    """The address at which a code is typed, as people type it."""
    return markup.as_typed(overview.base_address(st.context.url), "/go")


def show_code(draft: Draft) -> None:
    """The code, before the first question."""
    code = code_of(draft)
    st.html(texts.code_first(code, _door()))
    _new_code(code, draft)
    steps("", "I have it – go on", go, "1")
    at_the_top("code")


def show_later(draft: Draft) -> None:
    """Stopping for now."""
    if not draft.own_device:
        code = code_of(draft)
        st.html(texts.later_on_a_shared_device(draft, code, _door()))
        _new_code(code, draft)
    else:
        st.html(texts.later_on_own_device(draft))
        if code := code_shown(draft):
            st.html(texts.code_for_another_device(code, _door()))
        else:
            st.button("Continue on another device", key="code", on_click=make_code, args=(draft,))
    not_taken(draft)
    _back(draft)
    at_the_top("later")


def show_leave(draft: Draft) -> None:
    """Before a device of one's own forgets answers that are not handed in: the code for them."""
    code = code_of(draft)
    st.html(texts.leaving(draft, code, _door()))
    _new_code(code, draft)
    not_taken(draft)
    _back(draft)
    at_the_top("leave")


def remember(draft: Draft, part: str) -> None:
    """Keep from which part somebody stops, so that the way back leads there."""
    st.session_state[f"{RETURN_TO}:{draft.id}"] = part


def _back(draft: Draft) -> None:
    part = st.session_state.get(f"{RETURN_TO}:{draft.id}") or texts.first_open(
        draft, str(len(draft.pages))
    )
    st.button("Back to the questions", key="back", on_click=go, args=(part,))


def show_review(draft: Draft) -> None:
    """What is left open, and handing in."""
    left = texts.open_parts(draft)
    st.html(texts.review(draft, left, "/answer"))
    many = sum(len(part.questions) for part in left) > texts.MAX_NAMED
    for part in left:
        number = part.number
        with st.container(key=f"open-{number}"):
            if many:
                wording = f"Part {number} · {plain(part.title)}: {len(part.questions)} left open"
                text_button(wording, f"open:{number}", go, str(number), part.questions[0][0])
                continue
            st.html(markup.subheading(f"Part {number} · {part.title}"))
            for item, text in part.questions:
                text_button(plain(text), f"open:{item}", go, str(number), item)
    not_taken(draft)
    st.html(markup.texts([texts.CANNOT_CHANGE]))
    with st.container(key="navigation", horizontal=True):
        st.button("Back", key="back", on_click=go, args=(str(len(draft.pages)),), width="stretch")
        if draft.saved:
            # Not a button of the app: the browser has to learn that it has handed in, which the
            # store forgets.
            st.html(markup.post_button("Hand in my answers", "/form/hand-in"), width="stretch")
        else:
            st.button("Hand in my answers", type="primary", disabled=True, width="stretch")
    if not draft.saved:
        st.html(Markup('<p class="pw-muted pw-middle">{}</p>').format(texts.NOTHING_YET))
    later_and_who_sees(draft, "review")
    at_the_top("review")


NOT_TAKEN = (
    "What you typed here is not saved yet. It still stands in its box, and is lost if you close "
    "this page. Tap it to change it:"
)


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
