"""Setting up an assessment: one thing at a time, then a look over everything, then open."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import NoReturn

import streamlit as st

from assessment.screens.coordinator import plan_steps
from assessment.screens.shared import fields
from assessment.screens.shared.page import apply_theme, script
from assessment.services.content import loaded
from assessment.services.installation import store
from assessment.services.rounds import overview, plan_draft
from assessment.services.rounds.overview import day
from assessment.services.rounds.plan import AssessmentPlan, advice, open_assessment
from assessment.services.rounds.plan_draft import PlanDraft, Problems
from questionnaires.library import Library

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Step:
    """One step: its name in the progress line, its question, its fields, what may be wrong."""

    id: str
    name: str
    question: str
    lead: str
    show: Callable[[Problems], None]
    problems: Callable[[PlanDraft], Problems]


REVIEW = "review"


def steps(library: Library) -> tuple[Step, ...]:
    today = date.today()
    description = loaded.guidance().ladders.ladders
    ladders = {ladder.id: ladder.title for ladder in description}
    return (
        Step(
            "organisation",
            "Your organisation",
            "Who are you?",
            "",
            plan_steps.organisation,
            plan_draft.organisation_problems,
        ),
        Step(
            "groups",
            "Groups",
            "Whom do you want to hear?",
            "Choose the groups and say about how many people each has. Hear both sides: people "
            "with lived experience, and the organisation.",
            plan_steps.groups,
            plan_draft.groups_problems,
        ),
        Step(
            "length",
            "Length",
            "A quick look, or a full round?",
            "Both come from the same questions. A quick look can be deepened into a full round "
            "later.",
            lambda wrong: plan_steps.length(wrong, library),
            plan_draft.length_problems,
        ),
        Step(
            "questions",
            "Questions",
            "What do you want to ask?",
            "Everything is chosen. Leave something out only if you know why.",
            lambda wrong: plan_steps.questions(wrong, library, ladders),
            lambda plan: plan_draft.questions_problems(plan, library),
        ),
        Step(
            "dates",
            "Dates",
            "When is it open?",
            "People can answer from the first day to the last.",
            lambda wrong: plan_steps.dates(wrong, today),
            lambda plan: plan_draft.dates_problems(plan, today),
        ),
        Step(
            "working-group",
            "Working group",
            "Who runs it?",
            "",
            plan_steps.working_group,
            plan_draft.working_group_problems,
        ),
    )


def where(steps: tuple[Step, ...], plan: PlanDraft) -> str:
    """The step that the address names, or the first one that is not done before it."""
    wanted = st.query_params.get("step", steps[0].id)
    for step in steps:
        if step.id == wanted or step.problems(plan):
            return step.id
    return REVIEW


def go(step: str) -> None:
    """Go to a step; the browser's own back button leads here again."""
    st.session_state.pop("set-up-wrong", None)
    fields.save_fields()
    st.query_params["step"] = step
    st.rerun()


def head(number: int, of: int, name: str, question: str, lead: str) -> None:
    """How far one is, and what is asked now. The reader's place moves to it."""
    st.html(
        f'<p class="pw-meta pw-progress-line"><span>Step {number} of {of} · {escape(name)}</span>'
        "</p>"
        f'<div class="pw-progress" aria-hidden="true"><span style="width: {100 * number // of}%">'
        "</span></div>"
        f'<h1 class="pw-headline" id="step-{number}" tabindex="-1">{escape(question)}</h1>'
        + (f'<p class="pw-text">{escape(lead)}</p>' if lead else "")
        + str(script("on_visit/focus", target=f"step-{number}")),
        unsafe_allow_javascript=True,
    )


def summary(wrong: Problems) -> None:
    """That something is missing, before the fields that say what."""
    if not wrong:
        return
    count = len(wrong)
    text = "One answer is" if count == 1 else f"{count} answers are"
    words = " ".join(wrong.values())
    st.html(
        f'<div class="pw-banner" role="alert" id="missing" tabindex="-1">{text} missing '
        "or cannot be right. What to do is written beside each field. "
        f'<span class="pw-visually-hidden">{escape(words)}</span></div>'
        + str(script("on_visit/focus", target="missing", insight=".pw-error")),
        unsafe_allow_javascript=True,
    )


def show(step: Step, number: int, steps: tuple[Step, ...], library: Library) -> None:
    head(number, len(steps) + 1, step.name, step.question, step.lead)
    if number == 1:
        st.html(
            '<p class="pw-banner">This is for trying out, not yet for a real round. What you '
            "enter stays in this installation.</p>"
        )
    at, wrong = st.session_state.get("set-up-wrong", ("", {}))
    wrong = wrong if at == step.id else {}
    summary(wrong)
    step.show(wrong)
    with st.container(key="set-up-buttons", horizontal=True):
        back = st.button("Back", key="back") if number > 1 else False
        on = st.button("Next", key="next", type="primary")
    fields.save_fields()
    if back:
        go(steps[number - 2].id)
    if on:
        found = plan_steps.by_field(step.problems(plan_steps.draft(library)))
        if found:
            st.session_state["set-up-wrong"] = (step.id, found)
            st.rerun()
        go(steps[number].id if number < len(steps) else REVIEW)


def review(steps: tuple[Step, ...], plan: AssessmentPlan, library: Library) -> None:
    """Everything that was decided, what to think over, and the button that opens it."""
    last = len(steps) + 1
    head(
        last,
        last,
        "Look it over",
        "Is this right?",
        "You can still change everything. Once it is open, the groups and the questions stay as "
        "they are, so that nobody's answers change their meaning.",
    )
    if plan.follows is not None:
        next_button(plan.follows)
    text = {step.id: lines for step, lines in zip(steps, decided(plan, library), strict=True)}
    for step in steps:
        with st.container(key=f"card-review-{step.id}"):
            rows = "".join(
                f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>"
                for name, value in text[step.id]
            )
            st.html(
                f'<h2 class="pw-finding">{escape(step.name)}</h2><dl class="pw-facts">{rows}</dl>'
            )
            if st.button(f"Change {step.name.lower()}", key=f"change-{step.id}", type="tertiary"):
                go(step.id)
    think_over(steps, plan)
    with st.container(key="set-up-buttons", horizontal=True):
        back = st.button("Back", key="back")
        opened = st.button("Open the assessment", key="open", type="primary")
    if back:
        go(steps[-1].id)
    if opened:
        open_now(plan, library)


def next_button(follows: str) -> None:
    """What comes along from a quick look, and what does not."""
    before = overview.chosen(store(), follows)
    if before is None:
        return
    answered, _ = overview.agreed_answers(store(), before)
    st.html(
        f'<p class="pw-notice" role="note">This full round goes on from “{escape(before.title)}”. '
        f"{overview.carried_over_in_words(answered)}</p>"
    )


def think_over(steps: tuple[Step, ...], plan: AssessmentPlan) -> None:
    """What is worth a thought, each with the way to the step where it can be changed."""
    thoughts = advice(plan)
    if not thoughts:
        return
    with st.container(key="card-advice"):
        st.html(
            '<p class="pw-question">You may open it as it is</p>'
            '<h2 class="pw-finding">Worth thinking over first</h2>'
        )
        for step in steps:
            points = "".join(
                '<li><span class="pw-mark pw-careful" aria-hidden="true">!</span>'
                f"<span>{escape(thought.text)}</span></li>"
                for thought in thoughts
                if thought.step == step.id
            )
            if not points:
                continue
            st.html(f'<ul class="pw-list">{points}</ul>')
            if st.button(f"Go to {step.name.lower()}", key=f"to-{step.id}", type="tertiary"):
                go(step.id)


def open_now(plan: AssessmentPlan, library: Library) -> None:
    """Open the assessment, once, and show its links."""
    try:
        name = open_assessment(store(), library, plan)
    except Exception:
        log.exception("an assessment could not be opened")
        st.html(
            '<p class="pw-banner" role="alert">The assessment could not be opened just now: the '
            "database did not take it. What you entered is still here. Try again in a minute.</p>"
        )
        return
    st.session_state["set-up-opened"] = (st.query_params.get("plan"), name)
    fields.forget()
    to_overview(name)


def to_overview(name: str) -> NoReturn:
    st.switch_page("screens/pages/overview.py", query_params={"assessment": name})


def decided(plan: AssessmentPlan, library: Library) -> list[list[tuple[str, str]]]:
    """What was decided in each step, in words."""
    team = plan.working_group
    asked = [
        q.title.for_group("", "organisation") or q.id
        for q in sorted(library.questionnaires, key=lambda q: q.order)
        if q.id in plan.questionnaires
    ]
    description = library.forms.about
    assert description is not None
    length = description.length(plan.form)
    paid = "paid for their time" if team.members_paid else "not paid, or not all of them"
    return [
        [
            ("Name", plan.organisation),
            ("Service", plan.setting),
            ("Help", plan.help_contact),
        ],
        [(group.title, _people(group.head_count)) for group in plan.groups],
        [("Length", f"{length.title}. {length.about}")],
        [("Asked", "; ".join(asked))],
        [
            ("Called", plan.title),
            ("Open", f"{day(plan.opens_on)} to {day(plan.closes_on)}"),
            ("Numbers", f"shown from {plan.minimum_group_size} replies in a group on"),
        ],
        [
            (
                "Members",
                f"{team.members}, {team.members_lived_experience} with lived experience, {paid}",
            ),
            (
                "Key-holders",
                f"{team.key_holders}, {team.key_holders_lived_experience} with lived experience",
            ),
        ],
    ]


def _people(count: int) -> str:
    return "one person" if count == 1 else f"about {count} people"


def begin_deeper() -> None:
    """Where the address names a quick look to deepen: everything filled in, to be looked over."""
    named = st.query_params.pop("deepen", None)
    before = overview.chosen(store(), named) if named else None
    if before is None or before.form != "quick":
        return
    plan_steps.prefill(before, date.today())
    fields.save_fields()
    st.query_params["step"] = REVIEW


apply_theme()
plan_opened, its_name = st.session_state.get("set-up-opened", (None, ""))
if plan_opened is not None and plan_opened == st.query_params.get("plan"):
    # A second tap, or the way back: this plan is an assessment already.
    to_overview(its_name)
fields.restore()
asked = loaded.library()
begin_deeper()
known = steps(asked)
plan = plan_steps.draft(asked)
current = where(known, plan)
with st.container(key="set-up"):
    if current == REVIEW:
        review(known, plan_draft.finished(plan), asked)
    else:
        position = next(at for at, step in enumerate(known, 1) if step.id == current)
        show(known[position - 1], position, known, asked)
