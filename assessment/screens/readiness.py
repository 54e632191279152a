"""The first screen: how ready, what limits it, what may start, and what comes next."""

from __future__ import annotations

import streamlit as st

from assessment.exchange.context_file import parse_context
from assessment.exchange.csv_file import parse_csv
from assessment.exchange.problems import InputError
from assessment.screens.components import blocks
from assessment.screens.components.page import look
from assessment.services.demo import demonstration
from assessment.services.evaluate import Evaluation, evaluate
from assessment.story import Story, story
from questionnaires.library import load
from scoring.answers import Context

DEMO, FILE = "The demonstration", "A file of answers"


def tell(found: Evaluation) -> Story:
    return story(found.profile, found.stability, found.guidance)


@st.cache_resource(max_entries=1, show_spinner="Scoring the demonstration")
def demo_story() -> tuple[Story, str]:
    """The story of the invented organisation, and what it is about. Published figures only."""
    made = demonstration(load())
    return tell(evaluate(made.table, made.context, name="demonstration")), made.about


def demo_file() -> bytes:
    """The demonstration's answers, as a pattern for a file of one's own."""
    return demonstration(load()).table.to_csv(index=False, lineterminator="\n").encode()


def from_file() -> Story | None:
    """The story of the answers in a file that the reader chooses; None while there is none."""
    st.html(
        '<p class="pw-text">Choose a CSV file with one row an answer. It is read in memory and '
        "never stored. This is for trying out, not yet for a real round.</p>"
    )
    st.download_button(
        "Download the demonstration's answers as a pattern",
        demo_file,
        file_name="answers.csv",
        mime="text/csv",
        on_click="ignore",
        icon=":material/download:",
    )
    answers = st.file_uploader("File of answers (CSV, at most 5 MB)", type=["csv"])
    about = st.file_uploader("Context, if you have one (YAML)", type=["yaml", "yml"])
    if answers is None:
        return None
    try:
        context, document = (
            parse_context(about.getvalue(), about.name) if about else (Context(), None)
        )
        with st.spinner("Scoring the answers"):
            table = parse_csv(answers.getvalue(), answers.name)
            found = evaluate(table, context, name=answers.name, context_file=document)
            return tell(found)
    except InputError as error:
        blocks.problems("This file cannot be scored yet", error.lines())
        return None


look()
st.html('<p class="pw-name">Ready for peer work?</p>')
with st.container(key="choose"):
    shown = st.radio("What do you want to see?", [DEMO, FILE], horizontal=True)
if shown == DEMO:
    told, about_demo = demo_story()
    st.html(f'<p class="pw-banner" role="note"><strong>Demonstration.</strong> {about_demo}</p>')
else:
    told = from_file()

if told is not None:
    blocks.headline(told)
    left, right = st.columns([1, 1], gap="medium")
    by_id = {block.id: block for block in told.blocks}
    with left:
        blocks.start(told.start)
        blocks.next_steps(told.next_sentence, told.next)
    with right:
        for name in ("domains", "gaps"):
            if name in by_id:
                blocks.block(by_id[name])
    for name, block in by_id.items():
        if name not in ("domains", "gaps"):
            blocks.block(block)
