"""The steps of setting up: the fields of each, and the plan that stands in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import streamlit as st
from markupsafe import Markup

from assessment.report.round_details import least_in_words
from assessment.screens.coordinator import own_questions, small_groups
from assessment.screens.shared import fields, markup
from assessment.screens.shared.buttons import text_button
from assessment.services import clock
from assessment.services.rounds.plan import (
    LONGEST_CONTACT,
    LONGEST_GROUP,
    LONGEST_LINE,
    STEPS,
    WorkingGroupPlan,
    suggested_dates,
    with_those_typed,
)
from assessment.services.rounds.workload import (
    LADDER_QUESTIONNAIRE,
    Workload,
    extent,
    groups_asked,
    questionnaires_of,
    readers,
    time_in_words,
    workloads,
)
from assessment.store.records import DEFAULT_ZONE, OrganisationRecord
from questionnaires.forms import FORMS, Form, asks_to_write
from questionnaires.library import Library
from questionnaires.model import Questionnaire
from questionnaires.reference_data import GROUP_SIDES, GROUP_TITLES, GROUPS

OTHER = "other"
SETTINGS = {
    "Drug and alcohol service": "Drug and alcohol service",
    "Homeless service": "Homeless service",
    "Mental-health service": "Mental-health service",
    OTHER: "Something else, or several of these",
}
SIDES = {"lived_experience": "lived experience", "organisation": "the organisation"}
#: What is wrong, by the name of the field.
Wrong = Mapping[str, str]
#: Words below a choice that is ticked.
UNDER = Markup('<p class="pw-hint pw-under">{}</p>')


def values(library: Library) -> dict[str, Any]:
    """The plan that stands in the fields, by the fields of ``AssessmentPlan``."""
    read = fields.typed_value
    other = read("setting") == OTHER
    form: Form | None = read("form")
    direct = ("time_zone", "help_contact", *STEPS["dates"])
    groups = [
        {
            "own_title": None if name in GROUP_SIDES else read(f"own_title-{name}") or "",
            "asked_like": name if name in GROUP_SIDES else read(f"asked_like-{name}"),
            "head_count": read(f"head_count-{name}"),
            "statement": bool(read(f"statement-{name}")),
        }
        for name in _groups()
    ]
    return {
        "organisation": read("organisation") or "",
        "setting": read("setting_other") or "" if other else read("setting"),
        "groups": groups,
        "own_questions": own_questions.typed(groups),
        "form": form,
        "follows": read("follows") if form == "full" else None,
        "questionnaires": _ticked(library, form or "full"),
        "ladder": read("ladder", library.ladder),
        **{name: read(name) for name in direct},
        "working_group": {name: read(name) for name in WorkingGroupPlan.model_fields},
    }


def _ticked(library: Library, form: Form) -> list[str]:
    """The questionnaires of a length that nobody has left out."""
    return [
        q.id for q in questionnaires_of(library, form) if fields.typed_value(f"asked-{q.id}", True)
    ]


def fill(plan: Mapping[str, Any]) -> None:
    """Fill the fields in with a plan, unless somebody has."""
    setting, typed = plan["setting"], dict(plan)
    if setting not in SETTINGS:
        typed |= {"setting": OTHER, "setting_other": setting}
    typed |= {"own": [], **typed.pop("working_group")}
    typed |= own_questions.as_typed(typed.pop("own_questions", ()))
    for number, group in enumerate(typed.pop("groups")):
        if group["own_title"] is None:
            name = group["asked_like"]
            typed |= {f"asks-{name}": True, f"head_count-{name}": group["head_count"]}
            typed[f"statement-{name}"] = group["statement"]
        else:
            typed["own"].append(number)
            typed |= {f"{field}-{number}": value for field, value in group.items()}
    for name, value in typed.items():
        if fields.typed_value(name) is None:
            fields.put(name, value)


def known(owner: OrganisationRecord) -> None:
    """Fill in what is known of the organisation, for somebody to look over."""
    fields.set_default("organisation", owner.name)
    if not owner.setting:
        return  # it has had no round yet
    usual = owner.setting in SETTINGS
    fields.set_default("setting", owner.setting if usual else OTHER)
    if not usual:
        fields.set_default("setting_other", owner.setting)
    fields.set_default("help_contact", owner.help_contact)
    fields.set_default("time_zone", owner.time_zone)


def _groups() -> list[str]:
    """The groups in the fields: ids of built-in ones that are ticked, numbers of their own."""
    ticked = [name for name in GROUP_SIDES if fields.typed_value(f"asks-{name}")]
    return ticked + [str(number) for number in _own()]


def _own() -> list[int]:
    """The numbers of the groups of their own."""
    return fields.typed_value("own") or []


def by_field(problems: Mapping[str, str]) -> dict[str, str]:
    """Problems by the names of their fields here, where groups are not counted through."""
    found = {}
    for place, text in problems.items():
        *path, field = place.split(".")
        if path[:1] == ["own_questions"]:
            found[own_questions.field_of(place)] = text
            continue
        found[f"{field}-{_groups()[int(path[1])]}" if path[:1] == ["groups"] else field] = text
    return found


def organisation(wrong: Wrong) -> None:
    fields.line("organisation", "What is your organisation called?", wrong, most=LONGEST_LINE)
    # What is wrong stands at the field that is to be filled in.
    in_own_words = fields.typed_value("setting") == OTHER
    fields.one_of("setting", "What kind of service is it?", SETTINGS, {} if in_own_words else wrong)
    if in_own_words:
        wrong_words = {"setting_other": wrong["setting"]} if "setting" in wrong else {}
        fields.line("setting_other", "In your own words", wrong_words, most=LONGEST_LINE)
    fields.text(
        "help_contact",
        "Whom can people turn to if a question upsets them?",
        wrong,
        hint="Everybody sees this while they answer. A name and a telephone number are best, and "
        "a helpline for the night.",
        most=LONGEST_CONTACT,
    )
    seen_in = st.context.timezone
    fields.set_default("time_zone", seen_in if seen_in in clock.time_zones() else DEFAULT_ZONE)
    fields.chosen_from_many(
        "time_zone",
        "Which city has the same time as you?",
        clock.time_zones(),
        wrong,
        hint="The days of all your rounds begin and end by it. Type the nearest big city.",
    )


def groups(wrong: Wrong) -> None:
    for name in GROUP_SIDES:
        with st.container(key=f"choice-{name}"):
            ticked = fields.tick(f"asks-{name}", GROUP_TITLES[name])
            st.html(UNDER.format(GROUPS[name].description))
            if ticked:
                people = GROUP_TITLES[name].lower()
                fields.number(
                    f"head_count-{name}",
                    f"About how many {people} are there?",
                    wrong,
                    unit="people",
                )
                small_groups.offers(name, _groups())
    for number in _own():
        own_group(number, wrong)
    st.button("Add a group of your own", key="add-group", on_click=_add, icon=":material/add:")
    st.html(
        '<p class="pw-hint">Such as families, volunteers or a second team, or a group that you '
        "call by another name. Each group has its own link and its own numbers.</p>"
    )
    fields.mistake("groups", wrong)


def own_group(number: int, wrong: Wrong) -> None:
    """A group of the organisation's own: what it is called, whose questions, how many."""
    with st.container(key=f"choice-own-{number}"):
        fields.line(f"own_title-{number}", "What is this group called?", wrong, most=LONGEST_GROUP)
        likes = {
            name: f"{GROUP_TITLES[name]} (side of {SIDES[side]})"
            for name, side in GROUP_SIDES.items()
        }
        fields.one_of(
            f"asked_like-{number}",
            "Whose questions are they asked?",
            likes,
            wrong,
            hint="This also says on which side their answers count.",
        )
        fields.number(
            f"head_count-{number}", "About how many people are they?", wrong, unit="people"
        )
        small_groups.offers(str(number), _groups())
        text_button("Remove this group", f"remove-{number}", _remove, number)


def _add() -> None:
    fields.put("own", [*_own(), max(_own(), default=0) + 1])


def _remove(number: int) -> None:
    fields.put("own", [other for other in _own() if other != number])


def length(wrong: Wrong, library: Library) -> None:
    """A quick look or a full round: what each takes, and what it can and cannot tell."""
    description = library.forms.file
    assert description is not None
    plan = values(library)
    fields.one_of(
        "form",
        "How much do you want to ask?",
        {form: description.length(form).title for form in FORMS},
        wrong,
        captions=[description.length(form).description for form in FORMS],
    )
    titles = [description.length(form).title for form in FORMS]
    loads = [
        workloads(library, plan | {"questionnaires": _ticked(library, form)}, form)
        for form in FORMS
    ]
    rows = [
        (of_group[0].title, [_time(load) for load in of_group])
        for of_group in zip(*loads, strict=True)
    ]
    st.html(_table("how-long", "How long they take", titles, rows))
    for form in FORMS:
        length_ = description.length(form)
        html = markup.heading("", length_.title)
        html += markup.texts(["It tells:"]) + markup.marked(length_.covers, "✓")
        if length_.does_not_cover:
            html += markup.texts(["It does not tell:"]) + markup.marked(length_.does_not_cover, "–")
        st.html(html)


def _time(load: Workload) -> Markup:
    cell = Markup('{}<br><span class="pw-muted">{} questions</span>')
    return cell.format(time_in_words(load.minutes), load.questions)


def _table(
    key: str, title: str, columns: Sequence[str], rows: Iterable[tuple[str, Sequence[object]]]
) -> Markup:
    """How much each group is asked, a row for each, with how it was estimated."""
    heads = Markup().join(Markup('<th scope="col">{}</th>').format(name) for name in columns)
    body = Markup().join(
        Markup('<tr><th scope="row">{}</th>{}</tr>').format(
            group, Markup().join(Markup("<td>{}</td>").format(cell) for cell in cells)
        )
        for group, cells in rows
    )
    return Markup(
        '<h2 class="pw-finding" id="{key}">{title}</h2>'
        '<table class="pw-table pw-loads" aria-labelledby="{key}"><thead><tr>'
        '<th scope="col">Group</th>{heads}</tr></thead><tbody>{body}</tbody></table>{estimate}'
    ).format(key=key, title=title, heads=heads, body=body, estimate=ESTIMATE)


#: Stands wherever a time does.
ESTIMATE = Markup(
    '<p class="pw-hint">Estimates: reading at 200 words a minute and four seconds an answer. For '
    "the working group it is the time that talking takes; a full round is spread over several "
    "sittings, and what it says of the organisation adds some questions or leaves some out. A list "
    "to tick counts as one question.</p>"
)


def questions(wrong: Wrong, library: Library, ladders: Mapping[str, str]) -> None:
    plan = values(library)
    form = plan["form"] or "full"
    for questionnaire in questionnaires_of(library, form):
        fields.set_default(f"asked-{questionnaire.id}", True)
        groups = groups_asked(library, form, questionnaire)
        titles = [title for title, reader in readers(plan) if reader.group in groups]
        title = questionnaire.title.for_group("", "organisation") or questionnaire.id
        with st.container(key=f"choice-{questionnaire.id}"):
            fields.tick(f"asked-{questionnaire.id}", title)
            st.html(
                UNDER.format(f"{questionnaire.description}{_extent(library, form, questionnaire)}")
                + UNDER.format(
                    f"For: {', '.join(titles)}. " if titles else "For none of your groups. "
                )
                + (
                    UNDER.format(WORDS_REVIEWED)
                    if asks_to_write(library.forms, form, [questionnaire])
                    else ""
                )
            )
    fields.mistake("questionnaires", wrong)
    own_questions.own_questions(wrong, plan["groups"])
    plan = values(library)
    with_own, asked = with_those_typed(library, plan)
    rows = [
        (load.title, (load.questions, time_in_words(load.minutes)))
        for load in workloads(with_own, asked)
    ]
    st.html(_table("time-needed", "How long it takes", ("Questions", "Time"), rows))
    if LADDER_QUESTIONNAIRE in plan["questionnaires"]:
        fields.set_default("ladder", library.ladder)
        fields.one_of("ladder", "Which ladder shows how much say people have?", ladders, wrong)


def _extent(library: Library, form: Form, questionnaire: Questionnaire) -> str:
    """How much of a questionnaire a length asks, after what is said of the whole of it."""
    description = library.forms.file
    assert description is not None
    asked, all_ = extent(library, form, questionnaire)
    if asked == all_:
        return ""
    return f" {description.length(form).title} asks at most {asked} of its {all_} questions."


#: Below a questionnaire that asks for words.
WORDS_REVIEWED = (
    "It has a box to write in. After the end, you read what people wrote before any of it is shown."
)


def dates(wrong: Wrong, today: date) -> None:
    for name, value in suggested_dates(today).items():
        fields.set_default(name, value)
    fields.line(
        "title",
        "What shall this round be called?",
        wrong,
        hint="So that you can tell it from the next one.",
        most=LONGEST_LINE,
    )
    first, last = st.columns(2)
    with first:
        fields.day("opens_on", "First day", wrong)
    with last:
        fields.day("closes_on", "Last day", wrong)
    fields.number(
        "grace_hours",
        "How many hours more have those who have begun by then?",
        wrong,
        hint="So that nobody loses what they are writing at midnight. Nobody can begin any more. "
        "Two are usual, 0 is possible.",
        unit="hours",
    )
    fields.number(
        "minimum_group_size",
        "From how many replies on does a group show numbers?",
        wrong,
        hint="Five is usual, four the least. A group with fewer replies shows no numbers, so "
        "that nobody can guess who said what. With four, three people who compare their answers "
        "can work out nearly all that the fourth said. It cannot be changed once the round "
        "is open.",
        unit="replies",
    )


def working_group(wrong: Wrong) -> None:
    part, least = least_in_words()
    lead = (
        "The working group runs this round and answers the questions about the organisation "
        "together. An assessment of co-production is itself co-produced: at least "
        f"{part} of the group, and at least {least}, should have lived experience and be paid for "
        "their time. The results say how it was."
    )
    st.html(markup.texts([lead]))
    fields.number("members", "How many people are in the working group?", wrong, unit="people")
    fields.number("members_lived_experience", "How many of them have lived experience?", wrong)
    fields.one_of(
        "members_paid",
        "Are members with lived experience paid for their time?",
        {True: "Yes", False: "No, or not all of them"},
        wrong,
    )
    fields.number(
        "key_holders",
        "How many of them hold the keys?",
        wrong,
        hint="Key-holders look after the links and the answers. Two are better than one.",
    )
    fields.number(
        "key_holders_lived_experience",
        "How many of the key-holders have lived experience?",
        wrong,
    )
