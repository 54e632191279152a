"""The steps of setting up: the fields of each, and the plan that stands in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from html import escape

import streamlit as st

from assessment.screens.shared import fields
from assessment.services.rounds.plan_draft import (
    LONGEST_CONTACT,
    LONGEST_GROUP,
    LONGEST_LINE,
    GroupDraft,
    PlanDraft,
    Problems,
    loads,
    questionnaires_in_words,
    suggested_end,
    suggested_title,
)
from assessment.store.records import AssessmentRecord
from questionnaires.forms import FORMS, Form
from questionnaires.library import Library
from questionnaires.model import WORKING_GROUP
from questionnaires.reference_data import GROUP_SIDES, GROUP_TITLES, GROUPS
from scoring.thresholds import thresholds

OTHER = "other"
SETTINGS = {
    "Drug and alcohol service": "Drug and alcohol service",
    "Homeless service": "Homeless service",
    "Mental-health service": "Mental-health service",
    OTHER: "Something else, or several of these",
}
#: Who may be asked, with words on who belongs to each group.
WHO = {group.id: group.about for group in GROUPS.values() if group.about}
#: From there on a time is told in hours.
LONGEST_IN_MINUTES = 100
SIDES = {"lived_experience": "lived experience", "organisation": "the organisation"}
Wrong = Mapping[str, str]


def draft(library: Library) -> PlanDraft:
    """What stands in the fields."""
    chosen = fields.typed_value("setting")
    setting = fields.typed_value("setting_other", "") if chosen == OTHER else chosen
    groups = [
        GroupDraft(name, GROUP_TITLES[name], name, fields.typed_value(f"head_count-{name}"))
        for name in WHO
        if fields.typed_value(f"asks-{name}")
    ]
    groups += [
        GroupDraft(
            None,
            fields.typed_value(f"own_title-{number}", ""),
            fields.typed_value(f"own_like-{number}"),
            fields.typed_value(f"own_count-{number}"),
        )
        for number in fields.typed_value("own", [])
    ]
    team = ("members", "members_lived_experience", "members_paid", "key_holders")
    form: Form | None = fields.typed_value("form")
    return PlanDraft(
        organisation=fields.typed_value("organisation", ""),
        setting=setting or "",
        help_contact=fields.typed_value("help_contact", ""),
        groups=groups,
        form=form,
        follows=fields.typed_value("follows") if form == "full" else None,
        questionnaires=[
            q.id
            for q in questionnaires_in_words(library, form or "full")
            if fields.typed_value(f"asked-{q.id}", True)
        ],
        ladder=fields.typed_value("ladder", library.ladder),
        title=fields.typed_value("title", ""),
        opens_on=fields.typed_value("opens_on"),
        closes_on=fields.typed_value("closes_on"),
        minimum_group_size=fields.typed_value(
            "minimum_group_size", thresholds().minimum_group_size
        ),
        **{name: fields.typed_value(name) for name in team},
        key_holders_lived_experience=fields.typed_value("key_holders_lived_experience"),
    )


def by_field(problems: Problems) -> Problems:
    """Problems of groups, which are counted through, by the names of their fields."""
    built_in = [name for name in WHO if fields.typed_value(f"asks-{name}")]
    own = {"title": "own_title", "asked_like": "own_like", "head_count": "own_count"}
    found: Problems = {}
    for name, said in problems.items():
        start, _, rest = name.partition("-")
        if start != "group":
            found[name] = said
            continue
        number, _, part = rest.partition("-")
        at = int(number)
        if at < len(built_in):
            found[f"head_count-{built_in[at]}"] = said
        else:
            found[f"{own[part]}-{fields.typed_value('own')[at - len(built_in)]}"] = said
    return found


def organisation(wrong: Wrong) -> None:
    fields.line("organisation", "What is your organisation called?", wrong, most=LONGEST_LINE)
    fields.one_of("setting", "What kind of service is it?", SETTINGS, wrong)
    if fields.typed_value("setting") == OTHER:
        fields.line("setting_other", "In your own words", {}, most=LONGEST_LINE)
    fields.text(
        "help_contact",
        "Whom can people turn to if a question upsets them?",
        wrong,
        hint="Everybody sees this while they answer. A name and a telephone number are best, and "
        "a helpline for the night.",
        most=LONGEST_CONTACT,
    )


def groups(wrong: Wrong) -> None:
    for name, forms_file in WHO.items():
        with st.container(key=f"choice-{name}"):
            ticked = fields.tick(f"asks-{name}", f"{GROUP_TITLES[name]}")
            st.html(f'<p class="pw-hint pw-under">{escape(forms_file)}</p>')
            if ticked:
                called = GROUP_TITLES[name].lower()
                fields.number(f"head_count-{name}", f"About how many {called} are there?", wrong)
    own: list[int] = fields.typed_value("own", [])
    for number in own:
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
            f"own_like-{number}",
            "Whose questions are they asked?",
            likes,
            wrong,
            hint="This also says on which side their answers count.",
        )
        fields.number(f"own_count-{number}", "About how many people are they?", wrong)
        st.button(
            "Remove this group",
            key=f"remove-{number}",
            type="tertiary",
            on_click=_remove,
            args=(number,),
        )


def _add() -> None:
    own = fields.typed_value("own", [])
    st.session_state[fields.PREFIX + "own"] = [*own, max(own, default=0) + 1]


def _remove(number: int) -> None:
    own = [other for other in fields.typed_value("own", []) if other != number]
    st.session_state[fields.PREFIX + "own"] = own


def prefill(record: AssessmentRecord, today: date) -> None:
    """Fill everything in for a full round that goes on from a quick look."""
    owner, team = record.organisation, record.working_group
    known = owner.setting in SETTINGS
    values: dict[str, object] = {
        "organisation": owner.name,
        "setting": owner.setting if known else OTHER,
        "setting_other": "" if known else owner.setting,
        "help_contact": owner.help_contact,
        "form": "full",
        "follows": record.id,
        "ladder": record.ladder,
        "title": f"{record.title}, in full"[:LONGEST_LINE],
        "opens_on": today,
        "closes_on": suggested_end(today),
        "minimum_group_size": record.minimum_group_size,
        "members": team.members,
        "members_lived_experience": team.members_lived_experience,
        "members_paid": team.members_paid,
        "key_holders": team.key_holders,
        "key_holders_lived_experience": team.key_holders_lived_experience,
    }
    own = [group for group in record.groups if group.group not in WHO]
    for group in record.groups:
        if group.group in WHO:
            values |= {f"asks-{group.group}": True, f"head_count-{group.group}": group.head_count}
    for number, group in enumerate(own, start=1):
        values |= {
            f"own_title-{number}": group.title,
            f"own_like-{number}": group.asked_like,
            f"own_count-{number}": group.head_count,
        }
    values["own"] = list(range(1, len(own) + 1))
    for name, value in values.items():
        fields.give(name, value)


def length(wrong: Wrong, library: Library) -> None:
    """A quick look or a full round: what each takes, and what it can and cannot tell."""
    forms_file = library.forms.about
    assert forms_file is not None
    now = draft(library)
    fields.one_of(
        "form",
        "How much do you want to ask?",
        {form: forms_file.length(form).title for form in FORMS},
        wrong,
        captions=[forms_file.length(form).about for form in FORMS],
    )
    st.html(times(library, now))
    for form in FORMS:
        said = forms_file.length(form)
        st.html(
            f'<h2 class="pw-finding">{escape(said.title)}</h2>'
            f'<p class="pw-text">It tells:</p>{_points(said.tells, "✓", "pw-good")}'
            + (
                f'<p class="pw-text">It does not tell:</p>{_points(said.does_not_tell, "–", "")}'
                if said.does_not_tell
                else ""
            )
        )


def _points(lines: Sequence[str], mark: str, style: str) -> str:
    rows = "".join(
        f'<li><span class="pw-mark {style}" aria-hidden="true">{mark}</span>'
        f"<span>{escape(line)}</span></li>"
        for line in lines
    )
    return f'<ul class="pw-list">{rows}</ul>'


def times(library: Library, plan: PlanDraft) -> str:
    """How long each length takes each group of a plan, as a table."""
    lengths = {form: {load.group: load for load in loads(library, plan, form)} for form in FORMS}
    forms_file = library.forms.about
    assert forms_file is not None
    heads = "".join(
        f'<th scope="col">{escape(forms_file.length(form).title)}</th>' for form in FORMS
    )
    rows = ""
    for group, load in lengths["full"].items():
        cells = "".join(
            f"<td>{_minutes(lengths[form][group].minutes)}<br>"
            f'<span class="pw-soft">{lengths[form][group].answers} answers</span></td>'
            for form in FORMS
        )
        rows += f'<tr><th scope="row">{escape(load.title)}</th>{cells}</tr>'
    return (
        '<h2 class="pw-finding" id="how-long">How long they take</h2>'
        '<table class="pw-table pw-loads" aria-labelledby="how-long"><thead><tr>'
        f'<th scope="col">Group</th>{heads}</tr></thead><tbody>{rows}</tbody></table>{ESTIMATE}'
    )


#: Said wherever a time stands.
ESTIMATE = (
    '<p class="pw-hint">Estimates: reading at 200 words a minute and four seconds an answer. For '
    "the working group it is the time that talking takes; a full round is spread over several "
    "sittings.</p>"
)


def questions(wrong: Wrong, library: Library, ladders: Mapping[str, str]) -> None:
    form = draft(library).form or "full"
    asked_now = [(group.asked_like, group.title) for group in draft(library).groups]
    asked_now.append((WORKING_GROUP, GROUP_TITLES[WORKING_GROUP]))
    for questionnaire in questionnaires_in_words(library, form):
        fields.give(f"asked-{questionnaire.id}", True)
        named = {
            group
            for item in questionnaire.items()
            for group in library.forms.groups(form, item, questionnaire)
        }
        whom = [title for group, title in asked_now if group in named]
        forms_file = f"For: {', '.join(whom)}. " if whom else "For none of your groups. "
        title = questionnaire.title.for_group("", "organisation") or questionnaire.id
        with st.container(key=f"choice-{questionnaire.id}"):
            fields.tick(f"asked-{questionnaire.id}", title)
            st.html(
                f'<p class="pw-hint pw-under">{escape(questionnaire.about)}</p>'
                f'<p class="pw-hint pw-under">{escape(forms_file)}</p>'
            )
    fields.mistake("questionnaires", wrong)
    time_needed(library)
    ladder = any(q.id == "participation-ladder" for q in questionnaires_in_words(library, form))
    if ladder and fields.typed_value("asked-participation-ladder", True):
        fields.give("ladder", library.ladder)
        fields.one_of("ladder", "Which ladder shows how much say people have?", ladders, wrong)


def time_needed(library: Library) -> None:
    """How much each group is asked, as it stands now."""
    rows = "".join(
        f'<tr><th scope="row">{escape(load.title)}</th><td>{load.answers}</td>'
        f"<td>{_minutes(load.minutes)}</td></tr>"
        for load in loads(library, draft(library))
    )
    st.html(
        '<h2 class="pw-finding" id="time-needed">How long it takes</h2>'
        '<table class="pw-table pw-loads" aria-labelledby="time-needed"><thead><tr>'
        '<th scope="col">Group</th><th scope="col">Answers</th><th scope="col">Time</th>'
        f"</tr></thead><tbody>{rows}</tbody></table>{ESTIMATE}"
    )


def _minutes(minutes: int) -> str:
    """A time as it is told: whole minutes, and hours where they are many."""
    if not minutes:
        return "nothing"
    if minutes <= LONGEST_IN_MINUTES:
        return f"about {minutes} min"
    halves = round(minutes / 30)
    hours, half = divmod(halves, 2)
    return f"about {hours}{'½' if half else ''} hours"


def dates(wrong: Wrong, today: date) -> None:
    fields.give("title", suggested_title(today))
    fields.give("opens_on", today)
    fields.give("closes_on", suggested_end(today))
    fields.give("minimum_group_size", thresholds().minimum_group_size)
    fields.line(
        "title",
        "What shall this assessment be called?",
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
        "minimum_group_size",
        "From how many replies on does a group show numbers?",
        wrong,
        hint="Five is usual, four the least. A group with fewer replies shows no numbers, so "
        "that nobody can guess who said what. With four, three people who compare their answers "
        "can work out nearly all that the fourth said. It cannot be changed once the assessment "
        "is open.",
    )


def working_group(wrong: Wrong) -> None:
    st.html(
        '<p class="pw-text">The working group runs this assessment and answers the questions '
        "about the organisation together. An assessment of co-production is itself co-produced: "
        "at least a third of the group, and at least two people, should have lived experience "
        "and be paid for their time. The results say how it was.</p>"
    )
    fields.number("members", "How many people are in the working group?", wrong)
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
