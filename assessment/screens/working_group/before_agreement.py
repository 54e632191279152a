"""Each alone, then together: the way to answer alone, the end of that part, and how the answers to
a question spread before anybody talked."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st
from markupsafe import Markup

from assessment.render.html.charts.drawing import listing
from assessment.screens.shared import markup
from assessment.screens.shared.markup import BUTTON, QUIET, buttons, link
from assessment.services.current_store import store
from assessment.services.respondents.answering import RefusedError
from assessment.services.working_group import before_agreement
from assessment.services.working_group.agreed_answers import WorkingGroupRound
from assessment.services.working_group.before_agreement import AlonePart, least_of
from assessment.store import UnreachableError
from assessment.store.records import AssessmentRecord
from questionnaires.phrases import number, upper
from scoring.disclosure.before_agreement import (
    LEAST_TO_COMPARE,
    ClassCounts,
    SpreadBefore,
)

#: The place of the page that asks before the part ends.
END = "alone"
MESSAGE = "end-alone:message"
NOT_ENDED = "This part is not ended: we cannot reach our store. Try again in a moment."
SPEAK_FIRST = "Members with lived experience speak first."


def card(round_: WorkingGroupRound, part: AlonePart) -> None:
    """On the first page: where the part stands, and what can be done about it."""
    if not part.ended and not part.open:
        return
    with st.container(key="card-together-alone"):
        if part.ended:
            st.html(
                markup.heading("", "Each alone: done") + markup.texts([_ended(round_.record, part)])
            )
            return
        why = (
            "If you like, each of you first says alone what is in place, on a phone of your own or "
            "one after the other. Then nobody just follows whoever speaks first. You see together, "
            "question by question, where you agree and where you differ: never who."
        )
        st.html(
            markup.heading("", "First, each alone")
            + markup.texts([why, _so_far(round_.record, part)])
            + buttons(
                link("Answer alone first", "/alone", QUIET),
                link("End this part", f"/together?at={END}", QUIET),
            )
        )


def _so_far(record: AssessmentRecord, part: AlonePart) -> str:
    """What ending it would show by now; in steps, so that nobody sees who hands in."""
    least = least_of(record)
    match part.enough:
        case "nothing":
            return f"Fewer than {LEAST_TO_COMPARE} have handed in: nothing could be shown yet."
        case "whether":
            return (
                f"{LEAST_TO_COMPARE} or more have handed in, and fewer than {least}: you would see "
                "whether you agree, and nothing more."
            )
    return f"{least} or more have handed in: you would see how many said what."


def _ended(record: AssessmentRecord, part: AlonePart) -> str:
    least = least_of(record)
    if part.members is not None:
        return (
            f"{upper(number(part.members))} of you answered alone first. Each question says how "
            "your answers spread. If more handed in than did answer, somebody answered twice: then "
            "do not rely on it."
        )
    return (
        f"Fewer than {least} of you answered alone first. Each question that {LEAST_TO_COMPARE} or "
        "more of you answered says whether you agreed."
    )


def end_page(
    round_: WorkingGroupRound, part: AlonePart, back_and_title: Callable[..., Markup]
) -> None:
    """Before the part ends: what that means, and once more what it would show."""
    if part.ended:
        st.html(
            back_and_title("Each alone: done")
            + markup.texts([_ended(round_.record, part)])
            + buttons(link("To the questions", "/together", BUTTON))
        )
        return
    st.html(
        back_and_title("End the part in which each answers alone?")
        + listing(
            (
                "Do it when you sit together, and all who wanted to have handed in. Ask them.",
                Markup("<strong>It ends once.</strong> After that nobody can answer alone."),
                "What was begun and not handed in is deleted. What was handed in is deleted, too: "
                "only what you see then is kept, and stands in the results.",
                _so_far(round_.record, part),
            ),
            "pw-plain",
        )
    )
    if message := st.session_state.pop(MESSAGE, ""):
        st.html(markup.notice(message, role="alert", style="pw-trouble"))
    with st.container(key="together-steps", horizontal=True):
        st.button("Not yet", key="alone-not-yet", on_click=st.query_params.clear)
        st.button(
            "End it without showing anything" if part.enough == "nothing" else "End it and show it",
            key="alone-end",
            type="primary",
            on_click=_end,
            args=(round_,),
        )


def _end(round_: WorkingGroupRound) -> None:
    try:
        before_agreement.end(store(), round_.record)
    except RefusedError as refused:
        st.session_state[MESSAGE] = str(refused)
    except UnreachableError:
        st.session_state[MESSAGE] = NOT_ENDED


def of_question(part: AlonePart, item: str, *, takes_answers: bool) -> Markup:
    """Above a question's answers: how members' own ones spread, and who speaks first."""
    first = markup.muted(SPEAK_FIRST) if takes_answers else Markup()
    if not part.ended:
        return first
    return (
        Markup('<div class="pw-before"><p><strong>Before you talked</strong></p>{}</div>').format(
            _spread(part.spreads.get(item))
        )
        + first
    )


def _spread(spread: SpreadBefore | None) -> Markup:
    if spread is None:
        return markup.texts([f"Fewer than {LEAST_TO_COMPARE} of you answered this alone."])
    if isinstance(spread, ClassCounts):
        counts = [
            Markup("{}: <strong>{}</strong>").format(label, count)
            for label, count in zip(spread.classes, spread.counts, strict=True)
        ]
        told = {"none": "", "few": "A few could not say.", "many": "Many could not say."}
        return listing(counts, "pw-spread") + markup.texts([told[spread.off_scale]])
    agreed = "You agree: all answers are of the same kind. “I don’t know” is not counted here."
    return markup.texts([agreed if spread.agree else "You differ. Talk about why."])
