"""The working group's screen: its questions in sittings, answered by several people at once."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from assessment.render.html.charts.drawing import listing
from assessment.screens.shared import markup
from assessment.screens.shared.buttons import text_button
from assessment.screens.shared.group_statements import statements_card
from assessment.screens.shared.links import results_link, talk_to_offer
from assessment.screens.shared.markup import BUTTON, QUIET, buttons, link, post_button
from assessment.screens.shared.page import run_script
from assessment.screens.working_group import before_agreement, verdict
from assessment.screens.working_group.page_state import PageState
from assessment.screens.working_group.question import AgreedQuestion
from assessment.screens.working_group.sittings import (
    REVIEW,
    VERDICT,
    AnswersByItem,
    back_and_title,
    go,
    how_and_who,
    progress_bar,
    progress_text,
    review,
    show_when_answers_are_taken,
    sitting_cards,
)
from assessment.services.content.question_pages import LeftOut, Page
from assessment.services.current_store import store
from assessment.services.rounds.what_applies import with_answers
from assessment.services.working_group.agreed_answers import (
    WorkingGroupRound,
    agreed,
    as_asked_now,
    in_words,
    working_group_round,
)
from assessment.services.working_group.before_agreement import AlonePart, alone_part
from assessment.services.working_group.sittings import Sitting, sittings
from assessment.store import UnreachableError
from assessment.store.records import NO_ANSWER
from questionnaires import phrases

#: How often a screen looks for what others have answered, seconds.
REFRESH_EVERY = 3
NO_SESSION = markup.message(
    "This is the working group’s screen",
    "Open the working group’s link on this device, or type its code on the first page. Nothing "
    "that was answered is lost.",
    link("To the first page", "/", BUTTON),
)


def show_new_page(place: str, target: str = "") -> None:
    """Begin at the top of a page, or at one of its questions."""
    run_script("new_page", place=place, target=target)


def page_state_of(
    round_: WorkingGroupRound, token: str, answers: AnswersByItem, alone: AlonePart
) -> PageState:
    """What this browser has before it; it lasts from page to page."""
    page_state = st.session_state.setdefault(f"working-group:{token}", PageState(round_, answers))
    page_state.round, page_state.answers = round_, answers  # what applies changes with the facts
    page_state.alone = alone
    return page_state


def first_page(
    round_: WorkingGroupRound,
    all_sittings: tuple[Sitting, ...],
    answers: AnswersByItem,
    alone: AlonePart,
) -> None:
    """Who we are, what is asked, and where to go on."""
    meta = Markup('<p class="pw-meta">{} · {}</p>').format(
        round_.record.organisation.name, round_.record.title
    )
    st.html(meta + markup.headline("The working group’s questions"))
    show_when_answers_are_taken(round_)
    if round_.over:
        st.html(buttons(results_link(round_.record, BUTTON)))
    else:
        how_and_who(round_)
    before_agreement.card(round_, alone)
    if all_sittings:
        sitting_cards(round_, all_sittings, answers)
    else:
        st.html('<p class="pw-text">This round asks the working group nothing.</p>')
    asked_here = {question.item.id for sitting in all_sittings for question in sitting.questions}
    talk_to_offer(round_.record, "together", asked_here)
    statements_card(store(), round_.record)
    own = st.context.cookies.get("session")
    stays = "Your own questionnaire on this device stays as it is." if own else ""
    leave = post_button("Leave the working group on this device", "/leave?as=team", QUIET)
    st.html(buttons(leave) + markup.muted(stays))


def sitting_page(page_state: PageState, sitting: Sitting, page: Page, count: int, at: str) -> None:
    """One page of a sitting.

    Args:
        count: how many sittings there are.
        at: the page or the question that the address names.
    """
    page_state.asked, page_state.drawn = page.questions, False
    number = sitting.pages.index(page)
    with st.container(key="together-where", horizontal=True):
        text_button("All sittings", "together-all", leave_page, page_state, page, None)
        st.html(
            Markup('<p class="pw-meta">Sitting {} of {} · page {} of {}</p>').format(
                sitting.number, count, number + 1, len(sitting.pages)
            )
        )
    practices = any(question.item.kind == "practice" for question in page.questions)
    disagree = " “We did not agree” is a proper answer." if practices else ""
    how = "" if page_state.round.over else f"Service users speak first.{disagree}"
    st.html(
        Markup('<h1 class="pw-headline pw-smaller">{}</h1>{}').format(
            sitting.title, markup.muted(how)
        )
    )
    head = st.empty()

    def draw_progress() -> None:
        if not page_state.round.ahead:
            now = page_state.latest
            head.html(progress_bar(sitting, now) + markup.muted(progress_text(sitting, now)))

    show_when_answers_are_taken(page_state.round)
    for question in page.questions:
        AgreedQuestion(page_state, question).refresh()
    watch(page_state)
    draw_progress()
    before = sum(len(p.questions) for p in sitting.pages[:number])
    position, total = before, len(sitting.questions)
    for part in page.parts:
        title = Markup('<h2 class="pw-finding pw-part">{}</h2>').format(part.title)
        st.html(title + markup.texts([part.intro]))
        for question in part.questions:
            position += 1
            with st.container(key=f"card-question-{question.item.id}"):
                name = f"Question {position} of {total}"
                AgreedQuestion(page_state, question).draw(name, draw_progress)
        left_out(part.left_out, page_state.latest)
    steps(page_state, sitting, page, before)
    page_state.drawn = True
    show_new_page(page.id, f"q-{at.replace('.', '-')}" if at != page.id else "")


def left_out(questions: tuple[LeftOut, ...], answers: AnswersByItem) -> None:
    """The questions that do not apply, folded, each with why, and with the earlier answer."""
    if not questions:
        return
    rows = []
    for left in questions:
        value = answers.get(left.question.item.id, NO_ANSWER).value
        earlier = (
            f" Your earlier answer, “{in_words(left.question, value)}”, is kept, and counts again "
            "if that changes."
        )
        rows.append(
            Markup("<strong>{}</strong><br>Does not apply, because {}.{}").format(
                left.question.text, left.because, earlier if value else ""
            )
        )
    st.html(
        Markup(
            '<details class="pw-fold pw-left-out"><summary>{} not apply here</summary>{}</details>'
        ).format(
            phrases.counted(len(questions), "question does", "questions do"),
            listing(rows, "pw-plain"),
        )
    )


def leave_page(page_state: PageState, page: Page, place: str | None) -> None:
    """Save everything on the page, then turn to another; stay where something is not saved."""
    saved = [AgreedQuestion(page_state, question).save() for question in page.questions]
    if all(saved):
        for question in page.questions:
            page_state.questions.pop(question.item.id, None)
        st.session_state.pop("together:stay", None)
        go(place)
    else:
        st.session_state["together:stay"] = page.id
    # A tap straight out of a note arrives together with the note, as if it belonged to it.
    st.rerun()


def steps(page_state: PageState, sitting: Sitting, page: Page, before: int) -> None:
    """Back and next.

    Args:
        before: how many questions of the sitting come before the page.
    """
    number = sitting.pages.index(page)
    last = number == len(sitting.pages) - 1
    back = None if number == 0 else sitting.pages[number - 1].id
    if not last:
        label, onward = "Next", sitting.pages[number + 1].id
    elif sitting.decides and page_state.round.takes_answers:
        label, onward = "Go, or not yet?", VERDICT
    elif page_state.round.ahead:
        label, onward = "All sittings", None
    elif page_state.round.over:
        label, onward = "See what was left open", REVIEW
    else:
        label, onward = "See what is still open", REVIEW
    unsaved = [
        str(before + position)
        for position, question in enumerate(page.questions, start=1)
        if AgreedQuestion(page_state, question).unsaved
    ]
    if unsaved and st.session_state.get("together:stay") == page.id:
        one = len(unsaved) == 1
        which = f"Question {unsaved[0]} is" if one else f"Questions {phrases.listed(unsaved)} are"
        missing = (
            f"{which} not saved yet. Look there at what is missing; nothing is lost while you stay "
            "on this page."
        )
        st.html(markup.notice(missing, role="alert"))
    with st.container(key="together-steps", horizontal=True):
        st.button("Back", key="together-back", on_click=leave_page, args=(page_state, page, back))
        st.button(
            label,
            key="together-onward",
            type="primary",
            on_click=leave_page,
            args=(page_state, page, onward),
        )


@st.fragment(run_every=REFRESH_EVERY)
def watch(page_state: PageState) -> None:
    """Draw the page anew where somebody else has changed something on it.

    While the page itself is being drawn there is nothing to do: it has just taken in what is new.
    """
    if not page_state.drawn:
        return
    round_ = page_state.round
    try:
        now = as_asked_now(round_, agreed(store(), round_.record.id))
        ended = alone_part(store(), round_.record).ended
    except UnreachableError:  # the next look tells
        return
    if with_answers(round_.record, now, round_.library).facts != round_.applies.facts:
        st.rerun()  # an answer that decides what applies has changed
    if ended != page_state.alone.ended:
        st.rerun()
    new = any(
        now.get(item, NO_ANSWER).revision > page_state.of(item).stored.revision
        for item in (question.item.id for question in page_state.asked)
    )
    if new or page_state.retry:
        page_state.retry = False
        st.rerun()


def main() -> None:
    token = st.context.cookies.get("team")
    round_ = working_group_round(store(), token)
    if token is None or round_ is None:
        st.html(NO_SESSION)
        return
    answers = as_asked_now(round_, agreed(store(), round_.record.id))
    alone = alone_part(store(), round_.record)
    all_sittings = sittings(round_)
    at = st.query_params.get("at", "")
    places = [
        (sitting, page)
        for sitting in all_sittings
        for page in sitting.pages
        if any(question.item.id == at for question in page.questions)
        or any(left.question.item.id == at for part in page.parts for left in part.left_out)
    ]
    if at == REVIEW and not round_.ahead:
        review(round_, all_sittings, answers)
        show_new_page(REVIEW)
    elif at == before_agreement.END and (alone.open or alone.ended):
        before_agreement.end_page(round_, alone, back_and_title)
        show_new_page(before_agreement.END)
    elif at == VERDICT:
        verdict.draw(round_, all_sittings, answers)
        show_new_page(VERDICT)
    elif places:
        sitting_page(
            page_state_of(round_, token, answers, alone), *places[0], len(all_sittings), at
        )
    else:
        first_page(round_, all_sittings, answers, alone)
        show_new_page("begin")


with st.container(key="together"):
    main()
