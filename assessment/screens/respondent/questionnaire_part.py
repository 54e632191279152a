"""One part of a questionnaire: its questions, each in a fragment that saves its own answer."""

from __future__ import annotations

import json
from collections.abc import Mapping
from urllib.parse import quote

import streamlit as st
from markupsafe import Markup
from streamlit.delta_generator import DeltaGenerator

from assessment.screens.respondent.finishing import later_and_who_sees
from assessment.screens.respondent.navigation import at_the_top, go, steps
from assessment.screens.respondent.promises import beside_a_box
from assessment.screens.respondent.tick_list import Answer, answer_of
from assessment.screens.shared.buttons import text_button
from assessment.screens.shared.markup import hidden, notice
from assessment.screens.shared.questions import repeats
from assessment.services.access import pauses
from assessment.services.content.question_pages import Page
from assessment.services.current_store import store
from assessment.services.respondents import answering
from assessment.services.respondents.answering import Draft, RefusedError
from assessment.store import UnreachableError

#: What the session knows: the address that this page was drawn for, and how often it saved.
ADDRESS, TIMES, MARKS = "address of the part", "times saved", "marks drawn"
NOT_SAVED, SAVING = "Not saved yet", "Saving…"
#: Shown by ``answers.js`` where the store has confirmed nothing for three seconds.
SILENCE_TEXT = (
    "This takes longer than usual: perhaps there is no connection. Your answers are still on this "
    "page. Keep it open; we go on trying to save them."
)
SILENCE = Markup('<p class="pw-silence" role="alert">{}</p>').format(SILENCE_TEXT)
STILL_HERE = (
    "We could not save this just now. Your answer is still here. In a moment, tap Next or choose "
    "again, and we try once more."
)


def save_unsaved(draft: Draft) -> str:
    """Save what is not saved yet, in one commit.

    Returns:
        What went wrong, for the person who answers; nothing where all is well.
    """
    waiting = dict(draft.unsaved)
    try:
        answering.save(store(), draft, waiting)
        draft.unsaved.clear()
    except UnreachableError:
        return STILL_HERE
    except RefusedError as refused:
        draft.unsaved.clear()
        if len(waiting) > 1:  # one of them must not take the others along
            messages = []
            for item, value in waiting.items():
                draft.unsaved[item] = value
                messages.append(save_unsaved(draft))
            return next((text for text in messages if text), "")
        for answer in (answer for page in draft.pages for answer in page.answers):
            if any(question.item.id in waiting for question in answer):
                answer_of(answer).start(draft.saved, anew=True)
        return str(refused)
    return ""


def save_page(draft: Draft, page: Page) -> str:
    """Save whatever stands on a page and is not in the store.

    State is compared, not events: taps that come together arrive as one message, which names only
    the first of them.

    Returns:
        What went wrong; nothing where all is well.
    """
    for questions in page.answers:
        answer = answer_of(questions)
        if not answer.on_page:
            continue
        refused = answer.refused
        for item, value in answer.values(draft.saved).items():
            if item in refused:
                draft.refused[item] = refused[item]
            else:
                draft.refused.pop(item, None)
            if value != draft.saved.get(item, ""):
                draft.unsaved[item] = value
            else:
                draft.unsaved.pop(item, None)
    return save_unsaved(draft) if draft.unsaved else ""


def save_what_came(draft: Draft, page: Page) -> None:
    """Save what a browser has on a page that is not shown: it may have come with its answers after
    a pause, or from a server that was there before."""
    for questions in page.answers:
        answer_of(questions).start({**draft.saved, **draft.unsaved, **draft.refused})
    save_page(draft, page)


def show_part(draft: Draft, number: int) -> None:
    """A part with its head, its questions and the way on."""
    page, parts = draft.pages[number - 1], len(draft.pages)
    st.session_state[ADDRESS] = st.query_params.get("part", "")
    mark = head(draft, page, f"Part {number} of {parts}", number / parts)
    before = None
    for part in page.parts:
        with st.container(key=f"section-{part.questions[0].item.id}"):
            first = part is page.parts[0]
            sentences = (page.reminder if first else "", part.intro)
            intro = Markup().join(
                Markup('<p class="pw-intro">{}</p>').format(text) for text in sentences if text
            )
            # The first title stands in the head already.
            style = "pw-visually-hidden" if first else "pw-section"
            st.html(Markup('<h2 class="{}">{}</h2>{}').format(style, part.title, intro))
            for questions in part.answers:
                ask(answer_of(questions, repeats=repeats(questions[0], before)), draft, page, mark)
                before = questions[-1]
    label, onward = ("Next", str(number + 1)) if number < parts else ("Check my answers", "review")
    steps(str(number - 1) if number > 1 else "", label, go, onward)
    st.html('<p class="pw-muted pw-middle">You can leave any question open.</p>')
    st.button("Send again", key="send-again")  # pressed by ``answers.js`` alone
    later_and_who_sees(draft, str(number))
    at_the_top(str(number))


def head(draft: Draft, page: Page, where: str, share: float) -> DeltaGenerator:
    """Where one is and how far, always in sight; returns the place of the saved mark."""
    title = page.parts[0].title
    with st.container(key="answer-head"):
        with st.container(key="answer-line", horizontal=True, vertical_alignment="center"):
            st.html(
                Markup(
                    '<h1 class="pw-where" tabindex="-1">{}<span aria-hidden="true"> · </span>{}{}'
                    "</h1>"
                ).format(where, hidden(": "), title)
            )
            mark = st.empty()
        percent = round(100 * share)
        st.html(
            Markup(
                '<div class="pw-progress" role="progressbar" aria-label="{0}" aria-valuemin="0" '
                'aria-valuemax="100" aria-valuenow="{1}"><span style="width: {1}%"></span></div>'
            ).format(where, percent)
            + SILENCE
        )
    show_mark(mark, draft, page)
    return mark


def show_mark(mark: DeltaGenerator, draft: Draft, page: Page, times: int = 0) -> None:
    """Say whether everything is saved, always in the same place.

    It carries what the store holds, by question: the page says "Saving…" as long as something else
    stands on it that is not refused either (``answers.js``). Its number tells it from an earlier
    one that says the same.
    """
    number = st.session_state[MARKS] = st.session_state.get(MARKS, 0) + 1
    answers = [answer_of(questions) for questions in page.answers]
    refused = {_name(answer): marks for answer in answers if (marks := answer.refused_marks())}
    style, text = "pw-saved", ""
    if draft.unsaved:
        style, text = "pw-saved pw-waiting", NOT_SAVED
    elif refused:
        style, text = "pw-saved pw-refused", NOT_SAVED
    elif draft.saved or times:
        text = Markup('<span aria-hidden="true">✓</span> Saved')
    stored = {_name(answer): answer.marks(draft.saved) for answer in answers}
    mark.html(
        Markup(
            '<p data-number="{}" data-times="{}" data-stored="{}" data-refused="{}" class="{}">{}'
            "</p>"
            '<p class="pw-unsaved">{}</p>'
        ).format(number, times, _quoted(stored), _quoted(refused), style, text, SAVING)
    )


def _name(answer: Answer) -> str:
    """What ``answers.js`` calls a question."""
    return answer.id.replace(".", "-")


def _quoted(marks: Mapping[str, str]) -> str:
    """Quoted, since what looks like markup is taken out of attributes."""
    return quote(json.dumps(marks), safe="")


@st.fragment
def ask(answer: Answer, draft: Draft, page: Page, mark: DeltaGenerator) -> None:
    """One question, or a list, and the saving of whatever was tapped on its page."""
    item = answer.id
    before = dict(draft.saved)
    answer.start({**draft.saved, **draft.unsaved, **draft.refused})
    given = any(value != before.get(item, "") for item, value in answer.values(before).items())
    trouble = save_page(draft, page)
    if st.query_params.get("part", "") != st.session_state[ADDRESS]:
        st.rerun()  # "Next" came together with an answer: the whole page turns
    if before and pauses.is_over(draft.token):
        st.rerun()  # what was tapped after a pause is saved; the whole page asks whose it is
    if trouble or draft.saved != before:
        st.session_state[TIMES] = st.session_state.get(TIMES, 0) + 1
    with st.container(key=f"ask-{item}"):
        answer.draw(saved=draft.saved.get(item, ""))
        if draft.questions[item].item.kind == "text":
            st.html(beside_a_box(draft.record))
        with st.container(key=f"after-{item}"):
            if trouble and given:
                # What could not be stored is told until it is (``answers.js``).
                passing = " pw-unreached" if trouble == STILL_HERE else ""
                st.html(notice(trouble, role="alert", style=f"pw-trouble{passing}"))
            if any(answer.values(draft.saved).values()) or answer.refused:
                text_button("Take my answer back", f"back:{item}", answer.clear)
    show_mark(mark, draft, page, st.session_state.get(TIMES, 0))
