"""The working group's sittings as lists: how far each has come, and what is still open."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st
from markupsafe import Markup

from assessment.services.access.sessions import RoundState
from assessment.services.content.question_pages import Question
from assessment.services.working_group.agreed_answers import WorkingGroupRound, not_open_message
from assessment.services.working_group.sittings import (
    Sitting,
    composition,
    first_unanswered,
    open_questions,
    progress,
)
from assessment.store.records import AgreedRecord

#: The most questions of a list that is unfolded at first.
MAX_UNFOLDED = 8
REVIEW, VERDICT = "review", "verdict"

AnswersByItem = Mapping[str, AgreedRecord]


def link(label: str, place: str, style: str = "") -> Markup:
    """A link of this screen or another one."""
    return Markup('<a class="{}" href="{}" target="_self">{}</a>').format(style, place, label)


def progress_text(sitting: Sitting, answers: AnswersByItem) -> str:
    done = progress(sitting, answers)
    noted = f", {done.noted} with a note" if done.noted else ""
    return f"{done.answered} of {done.asked} answered{noted}"


def progress_bar(sitting: Sitting, answers: AnswersByItem) -> str:
    done = progress(sitting, answers)
    share = 100 * done.answered / done.asked if done.asked else 0
    filled = f'<span style="width: {share:.0f}%"></span>'
    return f'<div class="pw-progress" aria-hidden="true">{filled}</div>'


def results_link(round_: WorkingGroupRound, style: str) -> Markup:
    label = "See the results" if round_.state == "closed" else "See the results so far"
    return link(label, f"/results?assessment={round_.record.id}", style)


def sitting_row(sitting: Sitting, answers: AnswersByItem, state: RoundState) -> None:
    """A sitting as a link with its progress; where nothing is to be done, to be read."""
    done = progress(sitting, answers)
    start = first_unanswered(sitting, answers) if state == "open" else sitting.pages[0].id
    mark = " · <strong>all answered ✓</strong>" if done.done else ""
    heading = link(
        f"Sitting {sitting.number}: {sitting.title}",
        f"/together?at={start}",
        "pw-sitting-link",
    )
    lasts = f"about {sitting.minutes} minutes of talk"
    skipped = len(sitting.left_out)
    if skipped:
        lasts += f" · {skipped} {'question does' if skipped == 1 else 'questions do'} not apply"
    html = f"{progress_text(sitting, answers)}{mark}"
    if state == "early":
        html = f"{done.asked} questions · {lasts}"
    elif state == "open":
        html += f" · {lasts}"
    description = Markup('<p class="pw-muted">{}</p>').format(sitting.description)
    st.html(
        f'<div class="pw-sitting"><h3>{heading}</h3>{description}'
        f"{'' if state == 'early' else progress_bar(sitting, answers)}"
        f'<p class="pw-muted">{html}</p></div>'
    )


def go(place: str | None) -> None:
    if place is None:
        st.query_params.clear()
    else:
        st.query_params["at"] = place


def show_when_answers_are_taken(round_: WorkingGroupRound) -> None:
    """Until when or from when, where no answers are taken now."""
    if text := not_open_message(round_.record, round_.state):
        st.html(Markup('<p class="pw-notice" role="note">{}</p>').format(text))


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
            "you can change it.</li></ul>"
        )
        st.html(
            '<h2 class="pw-finding">Who you are</h2><ul class="pw-plain">'
            + "".join(map(Markup("<li>{}</li>").format, composition(round_.record)))
            + "</ul>"
        )


def sitting_cards(
    round_: WorkingGroupRound, all_sittings: tuple[Sitting, ...], answers: AnswersByItem
) -> None:
    """The sittings: to go on with, to look forward to, or to read again."""
    state = round_.state
    next_one = next((s for s in all_sittings if not progress(s, answers).done), None)
    started = any(progress(s, answers).answered for s in all_sittings)
    questions = sum(len(sitting.questions) for sitting in all_sittings)
    many = "one sitting" if len(all_sittings) == 1 else f"{len(all_sittings)} sittings"
    counts = f"{questions} questions in {many}"
    plan = (
        "The minutes are an estimate of your talk: two to four for a practice, one for a fact. "
        "Skip what you cannot answer yet."
    )
    if len(all_sittings) > 1:
        plan += (
            " You need not finish them all: the first one tells whether it is a go, and the "
            "results are of use from then on."
        )
    with st.container(key="card-together-sittings"):
        if state == "closed":
            st.html('<h2 class="pw-finding">What you agreed, to read</h2>')
        else:
            st.html(f'<h2 class="pw-finding">{counts}</h2><p class="pw-text">{plan}</p>')
        if next_one is not None and state == "open":
            verb = "Go on with" if started else "Begin with"
            st.button(
                f"{verb} sitting {next_one.number}",
                key="together-next",
                type="primary",
                on_click=go,
                args=(first_unanswered(next_one, answers),),
            )
        for sitting in all_sittings:
            sitting_row(sitting, answers, state)
    if state != "early":
        label = "What is still open" if state == "open" else "What was left open"
        links = link(label, f"/together?at={REVIEW}", "pw-button pw-quiet")
        if any(sitting.decides for sitting in all_sittings):
            links += link("Go, or not yet?", f"/together?at={VERDICT}", "pw-button pw-quiet")
        if state == "open":
            links += results_link(round_, "pw-button pw-quiet")
        st.html(f'<p class="pw-buttons">{links}</p>')


def review(
    round_: WorkingGroupRound, all_sittings: tuple[Sitting, ...], answers: AnswersByItem
) -> None:
    """What is worth another look, and the way to the results."""
    closed = round_.state == "closed"
    when = (
        not_open_message(round_.record, round_.state)
        if round_.state != "open"
        else "Nothing here has to be filled. What you agreed counts, and you can change it."
    )
    st.html(
        f'<p class="pw-meta">{link("All sittings", "/together")}</p>'
        f'<h1 class="pw-headline">{"What was left open" if closed else "What is still open"}</h1>'
        f'<p class="pw-text">{when} An unanswered question counts as the cautious answer.</p>'
    )
    for sitting in all_sittings:
        found = open_questions(sitting, answers)
        lists = (
            ("Not answered" if closed else "Not answered yet", found.unanswered),
            ("Said to be in place, shown by nothing yet", found.without_evidence),
            ("You did not agree: worth another talk when something has changed", found.not_agreed),
        )
        with st.container(key=f"card-together-review-{sitting.number}"):
            st.html(
                Markup(
                    '<h2 class="pw-finding">Sitting {}: {}</h2><p class="pw-muted">{}</p>'
                ).format(sitting.number, sitting.title, progress_text(sitting, answers))
            )
            if not any(questions for _, questions in lists):
                st.html('<p class="pw-text">✓ Everything is answered and shown.</p>')
            for title, questions in lists:
                if questions:
                    question_list(title, questions)
    links = results_link(round_, "pw-button") + link(
        "All sittings", "/together", "pw-button pw-quiet"
    )
    st.html(f'<p class="pw-buttons">{links}</p>')


def question_list(title: str, questions: tuple[Question, ...]) -> None:
    points = "".join(
        f"<li>{link(question.text, f'/together?at={question.item.id}')}</li>"
        for question in questions
    )
    with st.expander(f"{title} ({len(questions)})", expanded=len(questions) <= MAX_UNFOLDED):
        st.html(f'<ul class="pw-jumps">{points}</ul>')
