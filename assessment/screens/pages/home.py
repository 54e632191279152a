"""The first screen: look at the demonstration, come in with a code, or sign in and run rounds."""

from __future__ import annotations

from urllib.parse import quote

import streamlit as st
from markupsafe import Markup

from assessment.screens.coordinator import account_link
from assessment.screens.shared import markup
from assessment.screens.shared.access import access, own_store
from assessment.screens.shared.buttons import in_label, text_button
from assessment.screens.shared.markup import BUTTON, QUIET, buttons, link, post_button
from assessment.services.access import people
from assessment.services.access.accounts import ROLES, Access, RefusedError
from assessment.services.current_store import store
from assessment.services.rounds import plans_in_the_making
from assessment.services.rounds.dates_in_words import state_in_words
from assessment.services.rounds.overview import assessments
from assessment.services.rounds.plan import REVIEW
from assessment.services.rounds.plans_in_the_making import PlanInTheMaking
from assessment.services.rounds.states import Act, RoundState, allows, state_of
from assessment.store import UnreachableError
from assessment.store.records import AccountRole, AssessmentRecord
from questionnaires.phrases import day


def doors(here: Access | None, *, begun: bool, planned: bool) -> None:
    """The two ways in: to look, and to run rounds, as far as somebody may.

    Args:
        planned: there is a plan in the making, which comes before another one.
    """
    demonstration, own = st.columns(2, gap="medium")
    with demonstration, st.container(key="card-door-demonstration"):
        door(
            "Look at the demonstration",
            "Harbour House is invented. See how ready it is, where its groups disagree, what it "
            "may start with and why.",
            link("Open the demonstration", "/demonstration", QUIET),
        )
    with own, st.container(key="card-door-own"):
        door(*own_door(here, begun=begun, planned=planned))


def own_door(here: Access | None, *, begun: bool, planned: bool) -> tuple[str, str, Markup]:
    """What somebody can begin: title, text and link."""
    match here and here.role:
        case None:
            return (
                "Run your own",
                "For those who run a round, or look at its results. In about ten minutes you have "
                "a link and a poster for each group.",
                link("Sign in", "/sign-in", BUTTON),
            )
        case "coordinator":
            return (
                "Start another one" if begun or planned else "Start your own",
                "Say who you are and whom you want to hear. In about ten minutes you have a link "
                "and a poster for each group.",
                link("Set up a round", "/set-up", QUIET if planned else BUTTON),
            )
        case "viewer":
            return (
                "Score a file",
                "Answers that you have in a file or in workbooks give the same results. Nothing is "
                "stored.",
                link("Score a file", "/file", QUIET),
            )
        case _:
            return (
                "Look after the organisations",
                "Open and close organisations, and let their first coordinator in. What their "
                "people answered is not shown to you.",
                link("Organisations", "/organisations", BUTTON),
            )


def signed_in(here: Access) -> None:
    """Who is here, and the way out."""
    links = [link("Who may come in", "/people", QUIET)] if here.role == "coordinator" else []
    out = post_button("Sign out", "/sign-out", QUIET)
    with st.container(key="signed-in"):
        st.html(
            Markup('<p class="pw-meta">Signed in as {} · {}</p>{}').format(
                here.name, ROLES[here.role], buttons(*links, out)
            )
        )
        # Coordinators change theirs where they see who else may come in.
        if here.role != "coordinator" and people.has_passphrase(store(), here):
            text_button("Change my passphrase", "change-passphrase", _passphrase)
            if refused := st.session_state.pop(NO_LINK, ""):
                st.html(markup.notice(refused, role="alert", style="pw-banner"))
            account_link.show()


#: Where a visit knows why there is no link for another passphrase.
NO_LINK = "home-no-link"


def _passphrase() -> None:
    here = access()
    if here is None:
        return
    try:
        token = people.own_passphrase(store(), here)
    except RefusedError as refused:
        st.session_state[NO_LINK] = str(refused)
    else:
        purpose = "The link for your new passphrase"
        account_link.remember(token, purpose, of=here.name, alone=True, own=True)


def door(title: str, text: str, onward: Markup) -> None:
    st.html(markup.heading("", title) + markup.texts([text]) + buttons(onward))


def assessments_list(records: list[AssessmentRecord], role: AccountRole) -> None:
    """The assessments of an organisation; what is put away folded at the end."""
    away = [record for record in records if state_of(record) is RoundState.ARCHIVED]
    here = [record for record in records if record not in away]
    list_ = markup.heading("", "Your rounds") + (_entries(here, role) if here else Markup())
    if away:
        list_ += markup.fold(f"Put away ({len(away)})", _entries(away, role), is_open=not here)
    with st.container(key="card-under-way"):
        st.html(list_)


def _entries(records: list[AssessmentRecord], role: AccountRole) -> Markup:
    """Each with its state and where to go."""
    link_to = Markup(
        '<a class="pw-button pw-quiet" href="/{page}?assessment={id}" target="_self" '
        'aria-label="{title}: {name}">{title}</a>'
    )
    entries = []
    for record in records:
        owner = record.organisation.name
        target = {"id": quote(record.id), "name": f"{owner}, {record.title}"}
        links = []
        if role == "coordinator":
            links.append(link_to.format(page="overview", title="Open this round", **target))
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
        for number, plan in enumerate(found):
            with st.container(key=f"plan-entry-{plan.id}"):
                plan_entry(plan, QUIET if number else BUTTON)


def plan_entry(plan: PlanInTheMaking, style: str) -> None:
    """A plan: what it is about, and what can be done with it.

    Args:
        style: of the way on.
    """
    name = plan.title or "A new round"
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
        '<a class="{}" href="/set-up?plan={}&amp;step={}" target="_self" '
        'aria-label="Go on: {}, {}">Go on</a>'
    )
    with st.container(key=f"plan-ways-{plan.id}", horizontal=True):
        st.html(buttons(on.format(style, plan.id, REVIEW, owner, name)), width="content")
        which = f"“{in_label(plan.title)}”" if plan.title else "this plan"
        text_button(f"Delete {which}", f"to-delete-{plan.id}", _ask_to_delete, plan.id)


#: Where a visit knows which plan it was asked to delete, and which could not be.
ASKED_TO_DELETE, NOT_DELETED = "home-delete", "home-not-deleted"
STILL_THERE = "Not deleted: the database does not answer just now. Try again in a minute."


def _ask_to_delete(plan: str) -> None:
    st.session_state[ASKED_TO_DELETE] = plan
    st.session_state[NOT_DELETED] = ""


def _delete(plan: str) -> None:
    st.session_state[ASKED_TO_DELETE] = ""
    try:
        plans_in_the_making.delete(own_store(), plan)
    except UnreachableError:
        st.session_state[NOT_DELETED] = plan


here = access(seen=True)
own = here.own(store()) if here and here.organisation else None
recent_assessments = assessments(own) if own else []
with st.container(key="home"):
    st.html(
        '<h1 class="pw-headline">Ready for peer work?</h1>'
        '<p class="pw-lead">Find out whether your service is ready to involve people with lived '
        "experience as peer workers, where people see it differently, and what to start with. "
        "Service users, staff and managers each answer; everybody sees the same results.</p>"
    )
    if here is not None:
        signed_in(here)
    if deleted := st.session_state.pop("deleted", ""):
        gone = f"“{deleted}” is deleted, with all that was given to it."
        st.html(markup.notice(gone, role="status", style="pw-done"))
    if here and recent_assessments:
        assessments_list(recent_assessments, here.role)
    runs = own and here and here.role == "coordinator"
    plans = plans_in_the_making.plans(own) if own and runs else []
    if plans:
        plans_list(plans)
    doors(here, begun=bool(recent_assessments), planned=bool(plans))
    with st.container(key="card-code"):
        door(
            "Do you have a code?",
            "It is on the poster or in your link, or you wrote it down when you stopped.",
            link("Type my code", "/go", BUTTON if here is None else QUIET),
        )
    if here is not None and here.role == "coordinator":
        st.html(
            '<p class="pw-text">You have answers in a file or in workbooks already? '
            '<a href="/file" target="_self">Score them without setting anything up</a>.</p>'
        )
