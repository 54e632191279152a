"""What a group is asked, to be read by those who run the round; nothing is answered there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st
from markupsafe import Markup

from assessment.screens.shared import markup
from assessment.screens.shared.page import sheet
from assessment.screens.shared.templates import render
from assessment.services.content.question_pages import Part
from assessment.services.respondents.posted_answers import NONE_LABEL, to_all
from assessment.services.rounds.question_preview import QuestionPreview, previews_of_plan
from assessment.services.rounds.workload import readers, time_in_words
from questionnaires.library import Library
from questionnaires.phrases import counted

#: What is given where no answer is ready to be chosen, by the kind of question.
GIVEN = {
    "text": "Answered in one’s own words.",
    "number": "A number is typed.",
    "choices": "Several may be chosen.",
}
#: Names the group of a plan whose questions are read.
CHOSEN = "questions-read"


def extent(preview: QuestionPreview) -> str:
    """How much a group is asked, in a sentence."""
    if not preview.pages:
        return "Nothing is asked of this group in this round."
    own_words = f", {counted(preview.texts, 'place')} for own words" if preview.texts else ""
    return f"{counted(preview.questions, 'question')}{own_words}, {time_in_words(preview.minutes)}."


def questions(preview: QuestionPreview) -> Markup:
    """All questions of a group, part by part, with the answers that they offer."""
    return sheet("asked_questions") + render(
        "asked_questions.html",
        preview=preview,
        numbers={page.id: number for number, page in enumerate(preview.pages, 1)},
        own_answer=GIVEN,
        how_ticked=_how_ticked,
        alone=_alone,
    )


def _how_ticked(part: Part) -> str:
    """How a list is ticked, in a sentence."""
    serious = part.questions[0].choices[-1].label
    return f"Whatever applies is ticked, and beside it, if it is so: “{serious}”."


def _alone(part: Part) -> list[str]:
    """What is ticked instead of lines of a list."""
    return [NONE_LABEL, *(choice.label for choice in to_all(part.questions))]


def of_plan(library: Library, values: Mapping[str, Any]) -> None:
    """In a plan that is looked over: the questions of the group that somebody chooses."""
    with st.container(key="card-questions-read"):
        st.html(markup.heading("", "Read what you will ask"))
        _choice(library, values)


@st.fragment
def _choice(library: Library, values: Mapping[str, Any]) -> None:
    titles = [title for title, _ in readers(values)]
    chosen = st.selectbox(
        "The questions for",
        range(len(titles)),
        index=None,
        format_func=lambda number: titles[number],
        placeholder="Choose a group",
        key=CHOSEN,
    )
    if chosen is not None:
        found = previews_of_plan(library, values)[chosen]
        st.html(markup.texts([extent(found)]) + questions(found))
