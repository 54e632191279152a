"""The working group's sittings as lists: how far each has come, and what is still open."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import streamlit as st

from assessment.services.asking import Question
from assessment.services.sittings import Sitting, progress, still_open
from assessment.services.together import Table
from assessment.store.records import AgreedRecord

#: The most questions of a list that stands open.
OPEN = 8

Answers = Mapping[str, AgreedRecord]


def link(label: str, place: str, style: str = "") -> str:
    """A link of this screen or another one, as HTML."""
    return f'<a class="{style}" href="{escape(place)}" target="_self">{escape(label)}</a>'


def counted(sitting: Sitting, answers: Answers) -> str:
    done = progress(sitting, answers)
    noted = f", {done.noted} with a note" if done.noted else ""
    return f"{done.answered} of {done.asked} answered{noted}"


def bar(answered: int, of: int) -> str:
    share = 100 * answered / of if of else 0
    filled = f'<span style="width: {share:.0f}%"></span>'
    return f'<div class="pw-progress" aria-hidden="true">{filled}</div>'


def results_link(table: Table, style: str) -> str:
    return link("See the results so far", f"/results?assessment={table.record.id}", style)


def first_open(sitting: Sitting, answers: Answers) -> str:
    """The first page of a sitting with a question that has no answer; else its first page."""
    for page in sitting.pages:
        if any(q.item.id not in answers or not answers[q.item.id].value for q in page.questions):
            return page.id
    return sitting.pages[0].id


def row(sitting: Sitting, answers: Answers) -> None:
    done = progress(sitting, answers)
    mark = " · <strong>all answered ✓</strong>" if done.done else ""
    heading = link(
        f"Sitting {sitting.number}: {sitting.title}",
        f"/together?at={first_open(sitting, answers)}",
        "pw-sitting-link",
    )
    st.html(
        f'<div class="pw-sitting"><h3>{heading}</h3>'
        f'<p class="pw-soft">{escape("; ".join(sitting.sections))}</p>'
        f"{bar(done.answered, done.asked)}"
        f'<p class="pw-soft">{escape(counted(sitting, answers))}{mark} · about '
        f"{sitting.minutes} minutes</p></div>"
    )


def review(table: Table, all_sittings: tuple[Sitting, ...], answers: Answers) -> None:
    """What is worth another look, and the way to the results."""
    st.html(
        f'<p class="pw-meta">{link("All sittings", "/together")}</p>'
        '<h1 class="pw-headline">What is still open</h1>'
        '<p class="pw-text">Nothing here has to be filled. What you agreed counts as it stands; an '
        "unanswered question counts as the cautious answer.</p>"
    )
    for sitting in all_sittings:
        found = still_open(sitting, answers)
        lists = (
            ("Not answered yet", found.unanswered),
            ("Said to be in place, shown by nothing yet", found.shown_by_nothing),
            ("You did not agree: worth another talk when something has changed", found.not_agreed),
        )
        with st.container(key=f"card-together-review-{sitting.number}"):
            st.html(
                f'<h2 class="pw-finding">Sitting {sitting.number}: {escape(sitting.title)}</h2>'
                f'<p class="pw-soft">{escape(counted(sitting, answers))}</p>'
            )
            if not any(questions for _, questions in lists):
                st.html('<p class="pw-text">✓ Everything is answered and shown.</p>')
            for title, questions in lists:
                if questions:
                    listed(title, questions)
    st.html(
        '<p class="pw-buttons">'
        + results_link(table, "pw-button")
        + link("All sittings", "/together", "pw-button pw-quiet")
        + "</p>"
    )


def listed(title: str, questions: tuple[Question, ...]) -> None:
    points = "".join(
        f"<li>{link(question.text, f'/together?at={question.item.id}')}</li>"
        for question in questions
    )
    with st.expander(f"{title} ({len(questions)})", expanded=len(questions) <= OPEN):
        st.html(f'<ul class="pw-jumps">{points}</ul>')
