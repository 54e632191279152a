"""Setting up an assessment: one thing at a time, then a look over everything, then open."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NoReturn

import streamlit as st
from markupsafe import Markup

from assessment.screens.coordinator import asked_questions, plan_steps, saved_plan
from assessment.screens.shared import fields, markup
from assessment.screens.shared.access import own_store
from assessment.screens.shared.markup import BUTTON, link
from assessment.screens.shared.page import put, run_script, script
from assessment.services import clock
from assessment.services.content import loaded
from assessment.services.rounds import overview, plans_in_the_making
from assessment.services.rounds.advice import advice
from assessment.services.rounds.plan import (
    REVIEW,
    STEPS,
    AssessmentPlan,
    NameRefusedError,
    current_step,
    full_round_after,
    name_problem,
    open_assessment,
    problems,
    step_problems,
    with_those_typed,
)
from assessment.services.rounds.workload import questionnaires_of
from assessment.store import UnreachableError
from assessment.store.records import DEFAULT_ZONE
from questionnaires.library import Library
from questionnaires.own_questions import KINDS, questions_of
from questionnaires.phrases import counted, days, zone_name

DELETED = markup.message(
    "This plan was deleted",
    "Somebody deleted it in another window. Nothing of it is kept.",
    link("To the first screen", "/", BUTTON),
)


@dataclass(frozen=True)
class Step:
    """A step on the screen: its name in the progress line, its question, and its fields."""

    name: str
    question: str
    lead: str
    show: Callable[[Mapping[str, str]], None]


def today_there() -> date:
    """The day that it is in the time zone that stands in the field."""
    return clock.today(fields.typed_value("time_zone") or DEFAULT_ZONE)


def steps(library: Library) -> dict[str, Step]:
    today = today_there()
    ladders = {ladder.id: ladder.title for ladder in loaded.guidance().ladders.ladders}
    return {
        "organisation": Step("Your organisation", "Who are you?", "", plan_steps.organisation),
        "groups": Step(
            "Groups",
            "Whom do you want to hear?",
            "Choose the groups and say about how many people each has. Hear both sides: people "
            "with lived experience, and the organisation.",
            plan_steps.groups,
        ),
        "length": Step(
            "Length",
            "A quick look, or a full round?",
            "Both come from the same questions. A quick look can be deepened into a full round "
            "later.",
            lambda wrong: plan_steps.length(wrong, library),
        ),
        "questions": Step(
            "Questions",
            "What do you want to ask?",
            "Everything is chosen. Leave something out only if you know why.",
            lambda wrong: plan_steps.questions(wrong, library, ladders),
        ),
        "dates": Step(
            "Dates",
            "When is it open?",
            "People can answer from the first day to midnight of the last.",
            lambda wrong: plan_steps.dates(wrong, today),
        ),
        "working-group": Step("Working group", "Who runs it?", "", plan_steps.working_group),
    }


def missing(values: Mapping[str, Any], library: Library) -> dict[str, str]:
    """What is missing in a plan or cannot be, by its place."""
    return name_problem(own_store(), values) | problems(values, library, today_there())


def go(step: str) -> None:
    """Go to a step; the browser's own back button leads here again."""
    st.session_state.pop("set-up-wrong", None)
    saved_plan.keep()
    st.query_params["step"] = step
    st.rerun()


def head(number: int, name: str, question: str, lead: str) -> None:
    """The progress, and what is asked now. The reader's place moves to it."""
    of = len(STEPS) + 1
    st.html(
        Markup(
            '<p class="pw-meta pw-progress-line"><span>Step {number} of {of} · {name}</span></p>'
            '{progress}<h1 class="pw-headline" id="step-{number}" tabindex="-1">{question}</h1>'
            "{lead}{focus}"
        ).format(
            focus=script("on_visit/focus", target=f"step-{number}"),
            number=number,
            of=of,
            name=name,
            progress=markup.progress(100 * number // of),
            question=question,
            lead=markup.texts([lead]),
        ),
        unsafe_allow_javascript=True,
    )


def summary(wrong: Mapping[str, str]) -> None:
    """That something is missing, before the fields that say what."""
    if not wrong:
        return
    count = len(wrong)
    st.html(
        Markup(
            '<div class="pw-banner" role="alert" id="missing" tabindex="-1">{} missing '
            "or cannot be right. What to do is written beside each field. "
            '<span class="pw-visually-hidden">{}</span></div>{}'
        ).format(
            "One answer is" if count == 1 else f"{count} answers are",
            " ".join(wrong.values()),
            script("on_visit/focus", target="missing", insight=".pw-error"),
        ),
        unsafe_allow_javascript=True,
    )


def show(name: str, step: Step, library: Library) -> None:
    order = [*STEPS, REVIEW]
    number = order.index(name) + 1
    head(number, step.name, step.question, step.lead)
    wrong_step, wrong = st.session_state.get("set-up-wrong", ("", {}))
    wrong = wrong if wrong_step == name else {}
    summary(wrong)
    step.show(wrong)
    with st.container(key="set-up-buttons", horizontal=True):
        back = st.button("Back", key="back") if number > 1 else False
        forward = st.button("Next", key="next", type="primary")
    saved_plan.keep()
    saved_plan.mark()
    if back:
        go(order[number - 2])
    if forward:
        found = missing(plan_steps.values(library), library)
        if wrong := step_problems(name, found):
            st.session_state["set-up-wrong"] = (name, plan_steps.by_field(wrong))
            st.rerun()
        go(order[number])


def review(steps: Mapping[str, Step], plan: AssessmentPlan, library: Library) -> None:
    """The whole plan, what to think over, and the button that opens it."""
    head(
        len(STEPS) + 1,
        "Look it over",
        "Is this right?",
        "You can still change everything. Once it is open, the groups and the questions stay as "
        "they are, so that nobody's answers change their meaning.",
    )
    if plan.follows is not None:
        carried_over(plan.follows)
    facts = facts_by_step(plan, library)
    for name, step in steps.items():
        with st.container(key=f"card-review-{name}"):
            rows = Markup().join(
                Markup("<div><dt>{}</dt><dd>{}</dd></div>").format(*fact) for fact in facts[name]
            )
            facts_list = Markup('<dl class="pw-facts">{}</dl>').format(rows)
            st.html(markup.heading("", step.name) + facts_list)
            if st.button(f"Change {step.name.lower()}", key=f"change-{name}", type="tertiary"):
                go(name)
    asked_questions.of_plan(*with_those_typed(library, plan_steps.values(library)))
    think_over(steps, plan)
    with st.container(key="set-up-buttons", horizontal=True):
        back = st.button("Back", key="back")
        opened = st.button("Open the round", key="open", type="primary")
    saved_plan.mark()
    if back:
        go(list(STEPS)[-1])
    if opened:
        open_now(plan, library)


def carried_over(follows: str) -> None:
    """What a full round takes over from a quick look, and what not."""
    before = overview.chosen(own_store(), follows)
    if before is not None:
        carried = overview.carried_over(own_store(), before)
        st.html(markup.notice(f"This full round goes on from “{before.title}”. {carried}"))


def think_over(steps: Mapping[str, Step], plan: AssessmentPlan) -> None:
    """What is worth a thought, each with the way to the step where it can be changed."""
    thoughts = advice(plan)
    if not thoughts:
        return
    with st.container(key="card-advice"):
        st.html(markup.heading("You may open it as it is", "Worth thinking over first"))
        for name, step in steps.items():
            texts = [thought.text for thought in thoughts if thought.step == name]
            if not texts:
                continue
            st.html(markup.marked(texts, "!", "pw-mark pw-careful"))
            if st.button(f"Go to {step.name.lower()}", key=f"to-{name}", type="tertiary"):
                go(name)


def open_now(plan: AssessmentPlan, library: Library) -> None:
    """Open the round, once, and show its links."""
    try:
        name = open_assessment(own_store(), library, plan, saved_plan.plan_id())
    except NameRefusedError as refused:
        st.session_state["set-up-wrong"] = ("organisation", {"organisation": str(refused)})
        st.query_params["step"] = "organisation"
        st.rerun()
    except UnreachableError:
        trouble = (
            "The round could not be opened just now: the database did not take it. What you "
            "entered is still here. Try again in a minute."
        )
        st.html(markup.notice(trouble, role="alert", style="pw-banner"))
        return
    fields.clear()
    to_overview(name)


def to_overview(name: str) -> NoReturn:
    st.switch_page("screens/pages/overview.py", query_params={"assessment": name})


def facts_by_step(plan: AssessmentPlan, library: Library) -> dict[str, list[tuple[str, str]]]:
    """What a plan says, by the step that it was given in: each fact with its name."""
    team = plan.working_group
    asked = [
        q.title.for_group("", "organisation") or q.id
        for q in questionnaires_of(library, plan.form)
        if q.id in plan.questionnaires
    ]
    description = library.forms.file
    assert description is not None
    length = description.length(plan.form)
    paid = "paid for their time" if team.members_paid else "not paid, or not all of them"
    return {
        "organisation": [
            ("Name", plan.organisation),
            ("Service", plan.setting),
            ("Time", zone_name(clock.now().astimezone(clock.zone(plan.time_zone)))),
            ("Help", plan.help_contact),
        ],
        "groups": [
            (
                g.title,
                ("one person" if g.head_count == 1 else f"about {g.head_count} people")
                + (", a written statement instead of numbers" if g.statement else ""),
            )
            for g in plan.groups
        ],
        "length": [("Length", f"{length.title}. {length.description}")],
        "questions": [
            ("Asked", "; ".join(asked)),
            *(
                (f"Own question {number}", f"{question.text} ({KINDS[question.kind].lower()})")
                for number, question in enumerate(plan.own_questions, 1)
            ),
        ],
        "dates": [
            ("Called", plan.title),
            ("Open", f"{days(plan.opens_on, plan.closes_on)}, midnight"),
            (
                "To finish",
                f"{counted(plan.grace_hours, 'hour')} more for those who have begun"
                if plan.grace_hours
                else "no time more",
            ),
            ("Numbers", f"shown from {plan.minimum_group_size} replies in a group on"),
        ],
        "working-group": [
            (
                "Members",
                f"{team.members}, {team.members_lived_experience} with lived experience, {paid}",
            ),
            (
                "Key-holders",
                f"{team.key_holders}, {team.key_holders_lived_experience} with lived experience",
            ),
        ],
    }


def fill_in_full_round() -> None:
    """Where the address names a quick look to deepen: everything filled in, to be looked over. A
    plan that does so already is gone on with."""
    quick_look = st.query_params.pop("deepen", None)
    before = overview.chosen(own_store(), quick_look) if quick_look else None
    if before is None or before.form != "quick":
        return
    st.query_params["step"] = REVIEW
    begun = plans_in_the_making.going_on_from(own_store(), before.id)
    if begun is not None and begun != saved_plan.plan_id():
        st.query_params["plan"] = begun
        st.rerun()
    own = questions_of(loaded.of_round(own_store(), before).library)
    plan_steps.fill(full_round_after(before, clock.today(before.organisation.time_zone), own))
    saved_plan.keep()


def make(content: Library) -> None:
    """The step that comes next, or the whole plan to be looked over."""
    fill_in_full_round()
    if saved_plan.is_new():
        with own_store().read() as work:
            plan_steps.known(*(listed.record for listed in work.organisations.all()))
    values = plan_steps.values(content)
    wanted = st.query_params.get("step", next(iter(STEPS)))
    step_shown = current_step(wanted, missing(values, content))
    run_script("moved_buttons")
    with st.container(key="set-up"):
        if step_shown == REVIEW:
            review(steps(content), AssessmentPlan.model_validate(values), content)
        else:
            show(step_shown, steps(content)[step_shown], content)


match saved_plan.bring_in():
    case "opened":
        # A second tap, or the way back: this plan is an assessment already.
        to_overview(saved_plan.plan_id())
    case "deleted":
        put(DELETED)
    case "in_the_making":
        make(loaded.library())
