"""The working group's sittings as lists: how far each has come, and what is still open."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st
from markupsafe import Markup

from assessment.render.html.charts.drawing import listing
from assessment.screens.shared import markup
from assessment.screens.shared.links import results_link
from assessment.screens.shared.markup import BUTTON, QUIET, buttons, link
from assessment.screens.shared.page import put
from assessment.services.working_group.agreed_answers import (
    WorkingGroupRound,
    not_open_message,
    until_when,
)
from assessment.services.working_group.sittings import (
    Sitting,
    composition,
    first_unanswered,
    open_questions,
    progress,
)
from assessment.store.records import AgreedRecord
from questionnaires import phrases
from questionnaires.question_text import Question

#: The most questions of a list that is unfolded at first.
MAX_UNFOLDED = 8
REVIEW, VERDICT = "review", "verdict"

AnswersByItem = Mapping[str, AgreedRecord]


def progress_text(sitting: Sitting, answers: AnswersByItem) -> str:
    done = progress(sitting, answers)
    noted = f", {done.noted} with a note" if done.noted else ""
    return f"{done.answered} of {done.asked} answered{noted}"


def progress_bar(sitting: Sitting, answers: AnswersByItem) -> Markup:
    done = progress(sitting, answers)
    return markup.progress(100 * done.answered / done.asked if done.asked else 0)


def sitting_row(sitting: Sitting, answers: AnswersByItem, round_: WorkingGroupRound) -> None:
    """A sitting as a link with its progress; where nothing is to be done, to be read."""
    done = progress(sitting, answers)
    start = first_unanswered(sitting, answers) if round_.takes_answers else sitting.pages[0].id
    lasts = f"about {sitting.minutes} minutes of talk"
    skipped = len(sitting.left_out)
    if skipped:
        lasts += f" · {phrases.counted(skipped, 'question does', 'questions do')} not apply"
    details = [progress_text(sitting, answers)]
    if done.done:
        details.append(Markup("<strong>all answered ✓</strong>"))
    if round_.ahead:
        details = [f"{done.asked} questions"]
    if not round_.over:
        details.append(lasts)
    st.html(
        Markup('<div class="pw-sitting"><h3>{}</h3>{}{}{}</div>').format(
            link(
                f"Sitting {sitting.number}: {sitting.title}",
                f"/together?at={start}",
                "pw-sitting-link",
            ),
            markup.muted(sitting.description),
            "" if round_.ahead else progress_bar(sitting, answers),
            markup.muted(Markup(" · ").join(details)),
        )
    )


def go(place: str | None) -> None:
    if place is None:
        st.query_params.clear()
    else:
        st.query_params["at"] = place


def show_when_answers_are_taken(round_: WorkingGroupRound) -> None:
    """Until when or from when answers are taken, where that is not as usual."""
    if text := not_open_message(round_.record) or until_when(round_.record):
        st.html(markup.notice(text))


def how_and_who(round_: WorkingGroupRound) -> None:
    """How the group works, and who it is."""
    with st.container(key="card-together-who"):
        st.html(
            '<h2 class="pw-finding">How you work</h2><ul class="pw-plain">'
            "<li><strong>Service users speak first</strong>, question by question; the others "
            "after them.</li>"
            "<li><strong>“We did not agree” is a proper answer.</strong> Tick what members chose, "
            "and go on.</li>"
            "<li><strong>Say what shows it</strong>: a note of a document, a date or a named role. "
            "“In place” means it would work on day one.</li>"
            "<li>Several of you can answer at once, each on a device of their own. Everybody sees "
            "each answer within seconds. There is nothing to hand in: what you agreed counts, and "
            "you can change it until the results are published.</li></ul>"
        )
        members = composition(round_.record, round_.library)
        st.html(markup.heading("", "Who you are") + listing(members, "pw-plain"))


def sitting_cards(
    round_: WorkingGroupRound, all_sittings: tuple[Sitting, ...], answers: AnswersByItem
) -> None:
    """The sittings: to go on with, to look forward to, or to read again."""
    next_one = next((s for s in all_sittings if not progress(s, answers).done), None)
    started = any(progress(s, answers).answered for s in all_sittings)
    questions = sum(len(sitting.questions) for sitting in all_sittings)
    many = "one sitting" if len(all_sittings) == 1 else f"{len(all_sittings)} sittings"
    counts = f"{questions} questions in {many}"
    plan = (
        "The minutes are an estimate of your talk: two to four for a practice, one for a fact. "
        "Skip what you cannot answer yet. Your facts come first: they add some questions, or leave "
        "some out."
    )
    if len(all_sittings) > 1:
        plan += (
            " You need not finish them all: the first one tells whether it is a go, and is of use "
            "by itself."
        )
    with st.container(key="card-together-sittings"):
        if round_.over:
            st.html(markup.heading("", "What you agreed, to read"))
        else:
            st.html(markup.heading("", counts) + markup.texts([plan]))
        if next_one is not None and round_.takes_answers:
            verb = "Go on with" if started else "Begin with"
            st.button(
                f"{verb} sitting {next_one.number}",
                key="together-next",
                type="primary",
                on_click=go,
                args=(first_unanswered(next_one, answers),),
            )
        for sitting in all_sittings:
            sitting_row(sitting, answers, round_)
    if not round_.ahead:
        label = "What is still open" if round_.takes_answers else "What was left open"
        links = [link(label, f"/together?at={REVIEW}", QUIET)]
        if any(sitting.decides for sitting in all_sittings):
            links.append(link("Go, or not yet?", f"/together?at={VERDICT}", QUIET))
        st.html(buttons(*links))


def review(
    round_: WorkingGroupRound, all_sittings: tuple[Sitting, ...], answers: AnswersByItem
) -> None:
    """What is worth another look, and once they are published the way to the results."""
    closed = round_.over
    when = (
        not_open_message(round_.record)
        if not round_.takes_answers
        else "Nothing here has to be filled. What you agreed counts, and you can change it."
    )
    st.html(
        back_and_title("What was left open" if closed else "What is still open")
        + markup.texts([f"{when} An unanswered question counts as the cautious answer."])
    )
    for sitting in all_sittings:
        found = open_questions(sitting, answers)
        lists = (
            ("Not answered" if closed else "Not answered yet", found.unanswered),
            ("Said to be in place, shown by nothing yet", found.without_evidence),
            ("You did not agree: worth another talk when something has changed", found.not_agreed),
            ("Changed, and not said why", found.without_reason),
        )
        with st.container(key=f"card-together-review-{sitting.number}"):
            st.html(
                markup.heading("", f"Sitting {sitting.number}: {sitting.title}")
                + markup.muted(progress_text(sitting, answers))
            )
            if not any(questions for _, questions in lists):
                st.html(markup.texts(["✓ Everything is answered and shown."]))
            for title, questions in lists:
                if questions:
                    question_list(title, questions)
    back = link("All sittings", "/together", QUIET)
    st.html(buttons(results_link(round_.record, BUTTON), back))


def back_and_title(title: str) -> Markup:
    """The head of a page beside the sittings."""
    back = link("All sittings", "/together")
    return Markup('<p class="pw-meta">{}</p>{}').format(back, markup.headline(title))


def question_list(title: str, questions: tuple[Question, ...]) -> None:
    points = (link(question.text, f"/together?at={question.item.id}") for question in questions)
    few = len(questions) <= MAX_UNFOLDED
    listed = listing(points, "pw-jumps")
    put(markup.fold(f"{title} ({len(questions)})", listed, is_open=few, printed=True))
