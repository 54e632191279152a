"""What can be changed while a round runs: one form at a time, and what was changed before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st
from markupsafe import Markup

from assessment.render.html.charts.drawing import listing
from assessment.screens.shared import markup
from assessment.screens.shared.access import access
from assessment.screens.shared.browser import this_browser
from assessment.screens.shared.buttons import download_button, in_label, text_button
from assessment.screens.shared.changing import Forms
from assessment.services import clock
from assessment.services.results import viewing
from assessment.services.rounds import audit, changes, dates_in_words
from assessment.services.rounds.plan import LONGEST_CONTACT
from assessment.services.rounds.states import Act, RoundState, allows, state_of
from assessment.store import Store
from assessment.store.records import AssessmentRecord
from questionnaires.phrases import counted

FORMS = Forms("changes")


@dataclass(frozen=True)
class Change:
    """One thing that can be changed.

    Attributes:
        act: what a round has to allow.
        label: of the button that opens its form.
        show: draws the form.
    """

    name: str
    act: Act
    label: str
    show: Callable[[Store, AssessmentRecord], None]


def changes_card(store: Store, record: AssessmentRecord) -> None:
    """What can be changed now, and the log of what was."""
    with st.container(key="card-changes"):
        st.html(markup.heading("", "Change this round"))
        FORMS.show_done()
        with st.container(key="change-buttons", horizontal=True):
            for change in CHANGES:
                if allows(record, change.act):
                    text_button(
                        change.label, f"change-{change.name}", FORMS.open, record.id, change.name
                    )
        for change in CHANGES:
            if FORMS.is_open(record.id, change.name) and allows(record, change.act):
                with st.container(key="change-form"):
                    st.html(markup.subheading(change.label))
                    change.show(store, record)
        _log(store, record)


def show_closed(record: AssessmentRecord) -> None:
    """Say once that the round was closed or put away, at the top: another part is next then."""
    for name in ("close", "archive"):
        FORMS.show_done(record.id, name)


def _hint(text: str) -> None:
    st.html(Markup('<p class="pw-hint">{}</p>').format(text))


def _buttons(label: str, key: str, *, for_good: bool = False) -> bool:
    FORMS.show_mistake()
    return FORMS.buttons(label, key, for_good=for_good)


def _dates(store: Store, record: AssessmentRecord) -> None:
    """The days of a round that has not begun; only its end as soon as it has."""
    moves = allows(record, Act.CHANGE_FIRST_DAY)
    st.html(
        markup.texts(
            [
                f"The round ends on {dates_in_words.end(record)}. Whoever opens the questions "
                "from now on reads the new days. Posters, workbooks and messages that are out "
                "still say the old ones."
            ]
        )
    )
    first, key = record.opens_on, f"{record.opens_on}-{record.closes_on}-{record.grace_hours}"
    columns = st.columns(2)
    if moves:
        with columns[0], st.container(key="field-first"):
            first = st.date_input("First day", first, format="DD/MM/YYYY", key=f"new-first-{key}")
            FORMS.show_mistake("first")
    with columns[1 if moves else 0], st.container(key="field-last"):
        last = st.date_input(
            "Last day", record.closes_on, format="DD/MM/YYYY", key=f"new-last-{key}"
        )
        FORMS.show_mistake("last")
    with st.container(key="field-grace"):
        grace = st.text_input(
            "How many hours more have those who have begun by then?",
            str(record.grace_hours),
            autocomplete="off",
            key=f"new-grace-{key}",
        )
        FORMS.show_mistake("grace")
    if _buttons("Save the days", "dates"):
        FORMS.change(
            "The days are changed. They stand at the top of this page.",
            lambda: (
                changes.change_days(store, record.id, first, last, grace)
                if moves
                else changes.change_end(store, record.id, last, grace)
            ),
        )


def _names(store: Store, record: AssessmentRecord) -> None:
    own = changes.own_groups(record)
    with st.container(key="field-title"):
        title = st.text_input("Name of the round", record.title, key=f"new-title-{record.title}")
        FORMS.show_mistake("title")
    titles = {}
    for group in own:
        with st.container(key=f"field-{group.group}"):
            titles[group.group] = st.text_input(
                f"Name of the group {in_label(group.title)}",
                group.title,
                key=f"new-title-{group.group}-{group.title}",
            )
            FORMS.show_mistake(group.group)
    _hint("Change a name only to make it clearer: it has to mean the same people and questions.")
    if _buttons("Change the names", "names"):
        FORMS.change(
            "The names are changed.",
            lambda: changes.change_titles(store, record.id, title, titles),
        )


def _help(store: Store, record: AssessmentRecord) -> None:
    owner = record.organisation
    with st.container(key="field-help_contact"):
        contact = st.text_area(
            "Whom can people turn to if a question upsets them?",
            owner.help_contact,
            max_chars=LONGEST_CONTACT,
            height=90,
            key=f"new-help-{owner.help_contact}",
        )
        _hint(
            f"It holds for all rounds of {owner.name}. People who are answering see it on their "
            "next page; posters and workbooks that are out still name the old one."
        )
        FORMS.show_mistake("help_contact")
    if _buttons("Change whom to turn to", "help"):
        FORMS.change(
            "People see from now on whom they can turn to.",
            lambda: changes.change_help_contact(store, record.id, contact),
        )


def _heads(store: Store, record: AssessmentRecord) -> None:
    least = record.minimum_group_size
    st.html(
        markup.texts(
            [
                "Correct a number where it was wrong, so that the share of replies is right. A "
                f"group with fewer than {least} people stays one, and a larger group stays larger: "
                "which groups are shown was fixed when the round opened."
            ]
        )
    )
    counts = {}
    for group in record.groups:
        with st.container(key=f"field-heads-{group.group}"):
            counts[group.group] = st.text_input(
                f"{in_label(group.title)}: about how many people?",
                str(group.head_count),
                autocomplete="off",
                key=f"new-heads-{group.group}-{group.head_count}",
            )
            FORMS.show_mistake(group.group)
    if _buttons("Change the head counts", "heads"):
        FORMS.change(
            "The head counts are changed.",
            lambda: changes.change_head_counts(store, record.id, counts),
        )


def _close_now(store: Store, record: AssessmentRecord) -> None:
    grace = dates_in_words.grace_would_end(record, clock.now())
    st.html(
        markup.texts(
            [
                "Nobody can begin any more from that moment on.",
                f"Whoever has begun can go on and hand in until {grace}."
                if record.grace_hours
                else "What is begun and not handed in does not count.",
                "People were told another last day: tell them that it ends earlier. It cannot be "
                "opened again.",
            ]
        )
    )
    if _buttons("Yes, close it now", "close", for_good=True):
        FORMS.change("The round is closed.", lambda: changes.close_early(store, record.id))


def _archive(store: Store, record: AssessmentRecord) -> None:
    st.html(
        markup.texts(
            [
                "The round moves to the end of the list on the first screen. Its results stay as "
                "they are, and everybody who was invited still finds them. Nothing can be added "
                "to “you said, we did” any more. It cannot be taken back.",
            ]
        )
    )
    if _buttons("Yes, put it away", "archive", for_good=True):
        FORMS.change("The round is put away.", lambda: changes.archive(store, record.id))


def _delete(store: Store, record: AssessmentRecord) -> None:
    st.html(
        markup.texts(
            [
                "This deletes for good all that people answered and wrote, what the working group "
                "agreed, the links and the results. Nobody can bring it back. Workbooks and "
                "backups outside this app stay where they are.",
            ]
        )
    )
    if state_of(record) in (RoundState.PUBLISHED, RoundState.ARCHIVED):
        _offer_results(store, record)
    st.html(
        Markup('<p class="pw-text">To delete it, type its name: <strong>{}</strong></p>').format(
            record.title
        )
    )
    with st.container(key="field-typed_title"):
        typed = st.text_input("Name of the round to delete", key="typed-title", autocomplete="off")
        FORMS.show_mistake("typed_title")
    if _buttons("Delete it for good", "delete", for_good=True):
        _deleted(store, record, typed)


def _offer_results(store: Store, record: AssessmentRecord) -> None:
    """What was published, to take along before it goes."""
    published = viewing.results(store, record.id, this_browser(access()))
    if published is None:
        return
    st.html(markup.texts(["Take along first what was published:"]))
    with st.container(key="buttons-take-along", horizontal=True):
        download_button(
            "Results as an Excel workbook",
            published.workbook,
            "results.xlsx",
            "take-along-workbook",
        )
        download_button(
            "Results as data (JSON)",
            published.data,
            "results.json",
            "take-along-json",
        )


def _deleted(store: Store, record: AssessmentRecord, typed: str) -> None:
    if not FORMS.is_changed(lambda: changes.delete(store, record.id, typed)):
        st.rerun()
    FORMS.close()
    st.session_state["deleted"] = record.title
    st.switch_page("screens/pages/home.py")


CHANGES: Sequence[Change] = (
    Change("dates", Act.CHANGE_LAST_DAY, "Change the days", _dates),
    Change("heads", Act.CHANGE_HEAD_COUNTS, "Correct head counts", _heads),
    Change("names", Act.CHANGE_TITLES, "Change names", _names),
    Change("help", Act.CHANGE_HELP_CONTACT, "Change whom people can turn to", _help),
    Change("close", Act.CLOSE_EARLY, "Close the round early", _close_now),
    Change("archive", Act.ARCHIVE, "Put the round away", _archive),
    Change("delete", Act.DELETE, "Delete the round", _delete),
)


def _log(store: Store, record: AssessmentRecord) -> None:
    """What was done to the round, the newest first."""
    entries = audit.entries(store, record)
    if not entries:
        return
    rows = (
        Markup('<span class="pw-muted">{} · {}</span><br>{}').format(told.at, told.who, told.what)
        for told in entries
    )
    title = f"What was changed ({counted(len(entries), 'entry', 'entries')})"
    note = markup.muted("Nothing that people who answer do stands here.")
    st.html(markup.fold(title, note + listing(rows, "pw-plain")))
