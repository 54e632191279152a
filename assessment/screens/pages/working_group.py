"""The working group's screen: its questions in sittings, answered by several people at once."""

from __future__ import annotations

from html import escape

import streamlit as st

from assessment.screens.shared.conversation_links import talk_to_offer
from assessment.screens.shared.page import apply_theme, run_script
from assessment.screens.working_group import question as asked
from assessment.screens.working_group import verdict
from assessment.screens.working_group.evidence_note import Desk
from assessment.screens.working_group.sittings import (
    REVIEW,
    VERDICT,
    AnswersByItem,
    bar,
    counted,
    go,
    how_and_who,
    link,
    results_link,
    review,
    sitting_cards,
    when_in_words,
)
from assessment.services.content.question_pages import LeftOut, Page
from assessment.services.installation import store
from assessment.services.rounds.what_applies import with_answers
from assessment.services.working_group.agreed_answers import (
    WorkingGroupRound,
    agreed,
    in_words,
    working_group_round,
)
from assessment.services.working_group.sittings import Sitting, progress, sittings

#: How often a screen looks for what others have answered, seconds.
LOOK_AGAIN = 3


def arrive(place: str, target: str = "") -> None:
    """Begin at the top of a page, or at one of its questions."""
    run_script("arrive", place=place, target=target)


def desk_of(table: WorkingGroupRound, token: str) -> Desk:
    """What this browser has before it; kept between the pages."""
    name, desk = f"desk:{token}", st.session_state.get(f"desk:{token}")
    if desk is None or desk.table.record != table.record:
        desk = Desk(store(), table)
        st.session_state[name] = desk
    # What applies changes with the facts.
    desk.table = table
    return desk


def meta(table: WorkingGroupRound) -> str:
    record = table.record
    return f'<p class="pw-meta">{escape(record.organisation.name)} · {escape(record.title)}</p>' + (
        '<p class="pw-banner" role="note">For trying out, not yet for a real round.</p>'
    )


def begin(
    table: WorkingGroupRound, all_sittings: tuple[Sitting, ...], answers: AnswersByItem
) -> None:
    """The first page: who we are, what is asked, and where to go on."""
    st.html(meta(table) + '<h1 class="pw-headline">The working group’s questions</h1>')
    when_in_words(table)
    if table.round_state == "closed":
        st.html(f'<p class="pw-buttons">{results_link(table, "pw-button")}</p>')
    else:
        how_and_who(table)
    if all_sittings:
        sitting_cards(table, all_sittings, answers)
    else:
        st.html('<p class="pw-text">This assessment asks the working group nothing.</p>')
    asked_here = {question.item.id for sitting in all_sittings for question in sitting.questions}
    talk_to_offer(table.record, "together", asked_here)
    own = st.context.cookies.get("session")
    st.html(
        f"<p>{link('Leave the working group on this device', '/leave?as=team')}"
        + ("<br>Your own questionnaire on this device stays as it is.</p>" if own else "</p>")
    )


def sit(
    desk: Desk, sitting: Sitting, page: Page, count: int, answers: AnswersByItem, at: str
) -> None:
    """One page of a sitting."""
    desk.page, desk.drawn = page.questions, False
    number = sitting.pages.index(page)
    on_the_page = len(sitting.pages)
    with st.container(key="together-where", horizontal=True):
        st.button(
            "All sittings",
            key="together-all",
            type="tertiary",
            on_click=leave_page,
            args=(desk, page, None),
        )
        st.html(
            f'<p class="pw-meta">Sitting {sitting.number} of {count} · page {number + 1} of '
            f"{on_the_page}</p>"
        )
    practices = any(question.item.kind == "practice" for question in page.questions)
    disagree = " “We did not agree” is a proper answer." if practices else ""
    how = f'<p class="pw-muted">Service users speak first.{disagree}</p>'
    st.html(
        f'<h1 class="pw-headline pw-smaller">{escape(sitting.title)}</h1>'
        + ("" if desk.table.round_state == "closed" else how)
    )
    head = st.empty()

    def draw_head() -> None:
        now = {**answers, **desk.seen}
        done = progress(sitting, now)
        if desk.table.round_state == "early":
            return
        head.html(
            bar(done.answered, done.asked) + f'<p class="pw-muted">{counted(sitting, now)}</p>'
        )

    when_in_words(desk.table)
    for question in page.questions:
        asked.take_in(desk, question, answers)
    watch(desk, tuple(question.item.id for question in page.questions))
    draw_head()
    before = sum(len(p.questions) for p in sitting.pages[:number])
    position, total = before, len(sitting.questions)
    for part in page.parts:
        intro = f'<p class="pw-text">{escape(part.intro)}</p>' if part.intro else ""
        st.html(f'<h2 class="pw-finding pw-part">{escape(part.title)}</h2>{intro}')
        for question in part.questions:
            position += 1
            asked.draw(desk, question, f"Question {position} of {total}", draw_head)
        left_out(part.left_out, {**answers, **desk.seen})
    steps(desk, sitting, page, before)
    desk.drawn = True
    arrive(page.id, f"q-{at.replace('.', '-')}" if at != page.id else "")


def left_out(questions: tuple[LeftOut, ...], answers: AnswersByItem) -> None:
    """The questions that do not apply, folded, each with why; an earlier answer is kept."""
    if not questions:
        return
    rows = ""
    for left in questions:
        value = answers[left.question.item.id].value if left.question.item.id in answers else ""
        earlier = (
            f" Your earlier answer, “{escape(in_words(left.question, value))}”, is kept, and "
            "counts again if that changes."
            if value
            else ""
        )
        rows += (
            f"<li><strong>{escape(left.question.text)}</strong><br>Does not apply, because "
            f"{escape(left.because)}.{earlier}</li>"
        )
    count = len(questions)
    text = (
        "1 question does not apply here" if count == 1 else f"{count} questions do not apply here"
    )
    st.html(
        f'<details class="pw-fold pw-left-out"><summary>{text}</summary>'
        f'<ul class="pw-plain">{rows}</ul></details>'
    )


def leave_page(desk: Desk, page: Page, place: str | None) -> None:
    """Keep everything on the page, then turn to another; stay where something is not kept."""
    earlier = [asked.settle(desk, question) for question in page.questions]
    if all(earlier):
        desk.others.clear()
        desk.told.clear()
        desk.refused.clear()
        desk.meanwhile.clear()
        desk.writing.clear()
        st.session_state.pop("together:stay", None)
        go(place)
    else:
        st.session_state["together:stay"] = page.id
    # A tap straight out of a note arrives together with the note, as if it belonged to it.
    st.rerun()


def steps(desk: Desk, sitting: Sitting, page: Page, before: int) -> None:
    """Back and next.

    Args:
        before: how many questions of the sitting come before the page.
    """
    number = sitting.pages.index(page)
    last = number == len(sitting.pages) - 1
    back = None if number == 0 else sitting.pages[number - 1].id
    onward = REVIEW if last else sitting.pages[number + 1].id
    onward_label = "Next"
    if last and sitting.decides and desk.table.round_state == "open":
        onward_label, onward = "Go, or not yet?", VERDICT
    elif last:
        onward_label = {
            "early": "All sittings",
            "open": "See what is still open",
            "closed": "See what was left open",
        }[desk.table.round_state]
        onward = None if desk.table.round_state == "early" else REVIEW
    waiting = [
        f"Question {before + place}"
        for place, question in enumerate(page.questions, start=1)
        if asked.unsaved(desk, question)
    ]
    if waiting and st.session_state.get("together:stay") == page.id:
        verb = "is" if len(waiting) == 1 else "are"
        st.html(
            f'<p class="pw-notice" role="alert">{" and ".join(waiting)} {verb} not saved yet. Look '
            "there at what is missing; nothing is lost while you stay on this page.</p>"
        )
    with st.container(key="together-steps", horizontal=True):
        st.button("Back", key="together-back", on_click=leave_page, args=(desk, page, back))
        st.button(
            onward_label,
            key="together-onward",
            type="primary",
            on_click=leave_page,
            args=(desk, page, onward),
        )


@st.fragment(run_every=LOOK_AGAIN)
def watch(desk: Desk, items: tuple[str, ...]) -> None:
    """Draw the page anew where somebody else has changed something on it.

    While the page itself is being drawn there is nothing to do: it has just taken in what is new.
    """
    if not desk.drawn:
        return
    try:
        now = agreed(desk.store, desk.table.record.id)
    except Exception:  # the store cannot be reached just now; the next look tells
        return
    known = desk.seen
    if with_answers(desk.table.record, now).facts != desk.table.applies.facts:
        st.rerun()  # somebody has said something that decides what applies
    new = [
        item
        for item in items
        if item in now and now[item].revision > (known[item].revision if item in known else 0)
    ]
    if new or desk.failed:
        desk.failed = False
        st.rerun()


def no_session() -> None:
    st.html(
        '<h1 class="pw-headline">This is the working group’s screen</h1>'
        '<p class="pw-text">Open the working group’s link on this device, or type its code on the '
        "first page. Nothing that was answered is lost.</p>"
        f'<p class="pw-buttons">{link("To the first page", "/", "pw-button")}</p>'
    )


def main() -> None:
    token = st.context.cookies.get("team")
    table = working_group_round(store(), token)
    if token is None or table is None:
        no_session()
        return
    answers = agreed(store(), table.record.id)
    all_sittings = sittings(table)
    at = st.query_params.get("at", "")
    places = [
        (sitting, page)
        for sitting in all_sittings
        for page in sitting.pages
        if any(question.item.id == at for question in page.questions)
        or any(left.question.item.id == at for part in page.parts for left in part.left_out)
    ]
    if at == REVIEW and table.round_state != "early":
        review(table, all_sittings, answers)
        arrive(REVIEW)
    elif at == VERDICT:
        verdict.draw(table, all_sittings, answers)
        arrive(VERDICT)
    elif places:
        sit(desk_of(table, token), *places[0], len(all_sittings), answers, at)
    else:
        begin(table, all_sittings, answers)
        arrive("begin")


apply_theme()
with st.container(key="together"):
    main()
