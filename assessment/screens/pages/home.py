"""The first screen: look at the demonstration, start your own, or come in with a code."""

from __future__ import annotations

from urllib.parse import quote

import streamlit as st
from markupsafe import Markup

from assessment.screens.shared import markup
from assessment.screens.shared.buttons import in_label, text_button
from assessment.screens.shared.markup import BUTTON, QUIET, buttons, link
from assessment.services.current_store import store
from assessment.services.rounds import plans_in_the_making
from assessment.services.rounds.dates_in_words import state_in_words
from assessment.services.rounds.overview import assessments
from assessment.services.rounds.plan import REVIEW
from assessment.services.rounds.plans_in_the_making import PlanInTheMaking
from assessment.services.rounds.states import Act, RoundState, allows, state_of
from assessment.store import UnreachableError
from assessment.store.records import AssessmentRecord
from questionnaires.phrases import day


def what_overview_has(record: AssessmentRecord) -> str:
    """What the overview of a round has, as the words of the link to it."""
    if state_of(record).ahead:
        return "Links and posters"
    if allows(record, Act.PUBLISH):
        return "Replies and publishing"
    return "Links and replies" if allows(record, Act.INVITE) else "Replies"


def doors(*, begun: bool) -> None:
    """The two ways in."""
    demonstration, own = st.columns(2, gap="medium")
    with demonstration, st.container(key="card-door-demonstration"):
        door(
            "Look at the demonstration",
            "Harbour House is invented. See how ready it is, where its groups disagree, what it "
            "may start with and why.",
            link("Open the demonstration", "/demonstration", QUIET),
        )
    with own, st.container(key="card-door-own"):
        door(
            "Start another one" if begun else "Start your own",
            "Say who you are and whom you want to hear. In about ten minutes you have a link and a "
            "poster for each group.",
            link("Set up an assessment", "/set-up", BUTTON),
        )


def door(title: str, text: str, onward: Markup) -> None:
    st.html(markup.heading("", title) + markup.texts([text]) + buttons(onward))


def assessments_list(records: list[AssessmentRecord]) -> None:
    """The assessments of this installation; what is put away folded at the end."""
    away = [record for record in records if state_of(record) is RoundState.ARCHIVED]
    here = [record for record in records if record not in away]
    list_ = markup.heading("", "Your assessments") + (_entries(here) if here else Markup())
    if away:
        list_ += markup.fold(f"Put away ({len(away)})", _entries(away), is_open=not here)
    with st.container(key="card-under-way"):
        st.html(list_)


def _entries(records: list[AssessmentRecord]) -> Markup:
    """Each with its state and where to go."""
    link_to = Markup(
        '<a class="pw-button pw-quiet" href="/{page}?assessment={id}" target="_self" '
        'aria-label="{title}: {name}">{title}</a>'
    )
    entries = []
    for record in records:
        owner = record.organisation.name
        target = {"id": quote(record.id), "name": f"{owner}, {record.title}"}
        links = [link_to.format(page="overview", title=what_overview_has(record), **target)]
        if allows(record, Act.SEE_RESULTS):
            links.append(link_to.format(page="results", title="Results", **target))
        entries.append(
            Markup(
                '<li class="pw-entry"><div>{}<p class="pw-muted">{} · {}</p></div>{}</li>'
            ).format(
                markup.subheading(record.title),
                owner,
                state_in_words(record),
                buttons(*links),
            )
        )
    return Markup('<ul class="pw-entries">{}</ul>').format(Markup().join(entries))


def plans_list(found: list[PlanInTheMaking]) -> None:
    """Plans in the making, each with the way on and a way to be rid of it."""
    with st.container(key="card-plans"):
        st.html(markup.heading("", "Plans in the making"))
        for plan in found:
            with st.container(key=f"plan-entry-{plan.id}"):
                plan_entry(plan)


def plan_entry(plan: PlanInTheMaking) -> None:
    name = plan.title or "A new assessment"
    owner = plan.organisation or "no organisation named yet"
    text = Markup('{}<p class="pw-muted">{} · last changed on {}</p>')
    st.html(text.format(markup.subheading(name), owner, day(plan.changed_on)))
    if st.session_state.get(ASKED_TO_DELETE) == plan.id:
        st.html(markup.texts(["Delete this plan? What was entered is gone then."]))
        with st.container(key=f"plan-sure-{plan.id}", horizontal=True):
            st.button("Yes, delete it", key=f"delete-{plan.id}", on_click=_delete, args=(plan.id,))
            text_button("Keep it", f"keep-{plan.id}", _ask_to_delete, "")
        return
    if st.session_state.get(NOT_DELETED) == plan.id:
        st.html(markup.notice(STILL_THERE, role="alert", style="pw-banner"))
    on = Markup(
        '<a class="pw-button pw-quiet" href="/set-up?plan={}&amp;step={}" target="_self" '
        'aria-label="Go on: {}, {}">Go on</a>'
    )
    with st.container(key=f"plan-ways-{plan.id}", horizontal=True):
        st.html(buttons(on.format(plan.id, REVIEW, owner, name)), width="content")
        which = f"“{in_label(plan.title)}”" if plan.title else "this plan"
        text_button(f"Delete {which}", f"ask-{plan.id}", _ask_to_delete, plan.id)


#: Where a visit knows which plan it was asked to delete, and which could not be.
ASKED_TO_DELETE, NOT_DELETED = "home-delete", "home-not-deleted"
STILL_THERE = "Not deleted: the database does not answer just now. Try again in a minute."


def _ask_to_delete(plan: str) -> None:
    st.session_state[ASKED_TO_DELETE] = plan
    st.session_state[NOT_DELETED] = ""


def _delete(plan: str) -> None:
    st.session_state[ASKED_TO_DELETE] = ""
    try:
        plans_in_the_making.delete(store(), plan)
    except UnreachableError:
        st.session_state[NOT_DELETED] = plan


recent_assessments = assessments(store())
plans = plans_in_the_making.plans(store())
with st.container(key="home"):
    st.html(
        '<h1 class="pw-headline">Ready for peer work?</h1>'
        '<p class="pw-lead">Find out whether your service is ready to involve people with lived '
        "experience as peer workers, where people see it differently, and what to start with. "
        "Service users, staff and managers each answer; everybody sees the same results.</p>"
        '<p class="pw-banner">This is for trying out, not yet for a real round: whoever can open '
        "this page can open everything in it.</p>"
    )
    if deleted := st.session_state.pop("deleted", ""):
        gone = f"“{deleted}” is deleted, with all that was given to it."
        st.html(markup.notice(gone, role="status", style="pw-done"))
    if recent_assessments:
        assessments_list(recent_assessments)
    if plans:
        plans_list(plans)
    doors(begun=bool(recent_assessments))
    with st.container(key="card-code"):
        door(
            "Do you have a code?",
            "It is on the poster or in your link, or you wrote it down when you stopped.",
            link("Type my code", "/go", BUTTON),
        )
    st.html(
        '<p class="pw-text">You have answers in a file or in workbooks already? '
        '<a href="/file" target="_self">Score them without setting anything up</a>.</p>'
    )
